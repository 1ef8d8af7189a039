"""What a page says about its article: JSON-LD first, then meta elements, then the page's own markup.

What is declared is read; what is only shown (a heading, a date beside it) is taken as a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement

from backfile.importer.html.authors import declared_authors
from backfile.importer.html.byline import byline_above_text, line_below_text, names_in_byline
from backfile.importer.html.heading import declared_title, heading_of, shown_title
from backfile.importer.html.jsonld import Node, find_article, names_of, text_of, texts_of
from backfile.importer.html.links import safe_url
from backfile.importer.html.meta import meta_values
from backfile.importer.html.page import HtmlPage
from backfile.importer.html.paging import title_without_page
from backfile.importer.html.published import modified_on, published_on
from backfile.importer.html.shown import only_card, shown_authors, shown_terms
from backfile.importer.identity import is_first_page
from backfile.text import clean_line

_TITLE = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "sailthru.title",
)
_SECTION = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "section",
    "category",
    "dc.subject.section",
)
_TAGS = (
    "article:tag",
    "og:article:tag",
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "keywords",
    "dc.subject",
    "dcterms.subject",
    "citation_keywords",
)
_SUMMARY = (
    "og:description",
    "description",
    "dc.description",
    "dcterms.description",
    "twitter:description",
    "sailthru.description",
)


_MARKED_SECTIONS = etree.XPath("//*[@itemprop='articleSection' and not(self::meta)]")
_MOST_SECTIONS = 20
_COMMENT_TYPE = re.compile(r"[/:](?:Comment|UserComments)\b")
_COMMENTS = etree.XPath("//*[contains(@itemtype, 'Comment') or contains(@typeof, 'Comment')]")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What is known of the article besides its text. Dates are EDTF."""

    title: str
    standfirst: str
    authors: tuple[str, ...]
    published: str
    modified: str
    section: str
    tags: tuple[str, ...]
    language: str
    site: str
    guessed: tuple[str, ...]


def read_metadata(page: HtmlPage, nodes: list[Node]) -> PageMetadata:
    """The article's metadata as the page declares or shows it."""
    article = find_article(nodes, page.root)
    comments = _in_comments(page)
    meta = meta_values(page.root, comments)
    guessed: list[str] = []
    site = _first(meta, ("og:site_name", "application-name")) or text_of(article.get("publisher"))
    heading = heading_of(page.root)
    named = (text_of(article.get("headline")), _first(meta, _TITLE), text_of(article.get("name")))
    titles = (declared_title(clean_line(name), page.root, heading, site) for name in named)
    title = next(filter(None, titles), "")
    if not title:
        title = shown_title(page.root, heading, site)
        guessed += ["title"] if title else []
    published, is_guess = published_on(page, article, meta, canonical(page, nodes), heading, comments)
    guessed += ["published"] if is_guess else []
    told = names_of(article.get("author") or article.get("creator"), nodes)
    declared = declared_authors(told, meta, page, comments, site)
    authors = declared.names
    if not declared.persons and not page.forum:
        shown = _shown_names(page, heading, comments)
        if shown and shown != authors:
            authors = shown
            guessed.append("authors")
    shown_sections, terms = shown_terms(page.root, comments) if b"tag" in page.markup else ((), ())
    sections = _declared_sections(article, meta) or shown_sections or _marked_sections(page, comments)
    tags = texts_of(article.get("keywords")) or [tag for name in _TAGS for tag in meta.get(name, ())]
    return PageMetadata(
        title=title_without_page(title) if page.forum else title,
        standfirst=clean_line(_first(meta, _SUMMARY) or text_of(article.get("description"))),
        authors=authors,
        published=published,
        modified=modified_on(page, article, meta, published, comments),
        section=next(iter(sections), ""),
        tags=tuple(
            dict.fromkeys((*(_split_tags(tags) or _besides((*shown_sections, *terms), sections[:1])), *sections[1:]))
        ),
        language=language_tag(
            text_of(article.get("inLanguage"))
            or page.language
            or _first(meta, ("og:locale", "dc.language", "language"))
        ),
        site=site,
        guessed=tuple(guessed),
    )


def without_guessed_date(metadata: PageMetadata) -> PageMetadata:
    """The same without a date of publication that is only shown."""
    if "published" not in metadata.guessed:
        return metadata
    return replace(metadata, published="", guessed=tuple(name for name in metadata.guessed if name != "published"))


def language_tag(text: str) -> str:
    """`de_DE.utf8` as `de-DE`; the empty string for what is no language tag."""
    found = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}))?(?![A-Za-z])", text.strip())
    if not found:
        return ""
    region = found[2] or ""
    return found[1].lower() + (f"-{region.upper() if len(region) == 2 else region.title()}" if region else "")


def _in_comments(page: HtmlPage) -> set[HtmlElement]:
    """The elements of what is declared to be a comment, so that nothing in them is said of the article."""
    found: set[HtmlElement] = set()
    if b"/Comment" in page.markup or b":Comment" in page.markup or b"UserComments" in page.markup:
        for element in _COMMENTS(page.root):
            kinds = f"{element.get('itemtype')} {element.get('typeof')}"
            if element not in found and _COMMENT_TYPE.search(kinds):
                found.update(element.iter("*"))
    return found


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((meta[name][0] for name in names if meta.get(name)), "")


def _shown_names(page: HtmlPage, heading: HtmlElement | None, comments: set[HtmlElement]) -> tuple[str, ...]:
    """Whom the page shows to have written it: in what is named as a byline, or in a line that says so."""
    return (
        shown_authors(page.root, heading, comments)
        or byline_above_text(page.root, heading, comments)
        or names_in_byline(line_below_text(page.root, heading, page.markup, comments))
        or (only_card(page.root, comments) if b"vcard" in page.markup else ())
    )


def _declared_sections(article: Node, meta: dict[str, list[str]]) -> tuple[str, ...]:
    """All that the article is filed under, as the first says that says so at all."""
    told = texts_of(article.get("articleSection")) or next((meta[name] for name in _SECTION if meta.get(name)), [])
    return _lines(told)


def _marked_sections(page: HtmlPage, comments: set[HtmlElement]) -> tuple[str, ...]:
    found = _MARKED_SECTIONS(page.root)[:_MOST_SECTIONS] if b"articleSection" in page.markup else ()
    return _lines([element.text_content() for element in found if element not in comments])


def _lines(texts: list[str]) -> tuple[str, ...]:
    lines = (clean_line(text) for text in texts[:_MOST_SECTIONS])
    return tuple(dict.fromkeys(line for line in lines if line))


def _besides(terms: tuple[str, ...], sections: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term for term in terms if term not in sections)


def _split_tags(values: list[str]) -> tuple[str, ...]:
    parts = [clean_line(part) for value in values for part in re.split(r"[,;]", value)]
    return tuple(dict.fromkeys(part for part in parts if 0 < len(part) <= 60))[:30]


def canonical(page: HtmlPage, nodes: list[Node]) -> str:
    """The page's address: where it was saved from, or what it declares; that of a site alone where it has no other."""
    if page.url and (page.given or not is_first_page(page.url)):
        return page.url
    article = find_article(nodes, page.root)
    told = safe_url(text_of(article.get("url")) or text_of(article.get("mainEntityOfPage")), page.base)
    return page.url if not told or (page.url and is_first_page(told)) else told
