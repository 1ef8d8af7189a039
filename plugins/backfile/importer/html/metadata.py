"""What a page says about its article: JSON-LD first, then meta elements, then the page's own markup.

What is declared is read; what is only shown (a heading, a date beside it) is taken as a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from backfile.dates import parse_edtf
from backfile.importer.html.authors import declared_authors
from backfile.importer.html.byline import byline_above_text, line_below_text, names_in_byline
from backfile.importer.html.dateline import shown_dateline
from backfile.importer.html.heading import declared_title, heading_of, shown_title
from backfile.importer.html.jsonld import Node, find_article, names_of, text_of, texts_of
from backfile.importer.html.links import safe_url
from backfile.importer.html.meta import meta_values
from backfile.importer.html.page import HtmlPage
from backfile.importer.html.shown import only_card, shown_authors, shown_change, shown_terms
from backfile.importer.identity import is_first_page
from backfile.importer.moments import date_in_address, month_leads, read_moment
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
_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "publishdate",
    "publish-date",
    "publication_date",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "date.created",
    "cxenseparse:recs:publishtime",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "dcterms.modified",
    "datemodified",
    "last-modified",
    "lastmod",
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
_LOOSE = ("dc.date", "dcterms.date", "date", "pubdate", "created", "last-modified-date")
"""What many write with the day on which the page was sent."""
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
_DECLARED_TIMES = (
    "//time[@pubdate or @itemprop='datePublished' or contains(@class,'published')]|//*[@itemprop='datePublished']"
    "|//abbr[contains(@class,'published')]|//*[contains(@class,'entry-date') or contains(@class,'post-date')]"
)
_TIMES = _DECLARED_TIMES.replace("//", ".//") + "|.//time"


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
    published = _moment(text_of(article.get("datePublished"))) or _first_moment(meta, _PUBLISHED)
    published = published or _moment(text_of(article.get("dateCreated"))) or _loose_date(page, nodes, meta)
    if not published and (published := _guessed_date(page, nodes, heading, comments)):
        guessed.append("published")
    modified = _moment(text_of(article.get("dateModified"))) or _first_moment(meta, _MODIFIED)
    told = names_of(article.get("author") or article.get("creator"), nodes)
    declared = declared_authors(told, meta, page, comments, site)
    authors = declared.names
    if not declared.persons and not page.forum:
        shown = _shown_names(page, heading, comments)
        if shown and shown != authors:
            authors = shown
            guessed.append("authors")
    if not modified or modified == published:
        change = (
            _moment(shown_change(page.root, comments)) if b"odified" in page.markup or b"updated" in page.markup else ""
        )
        modified = change if published and change[:10] > published[:10] else modified
    shown_sections, terms = shown_terms(page.root, comments) if b"tag" in page.markup else ((), ())
    sections = _declared_sections(article, meta) or shown_sections or _marked_sections(page, comments)
    tags = texts_of(article.get("keywords")) or [tag for name in _TAGS for tag in meta.get(name, ())]
    return PageMetadata(
        title=title,
        standfirst=clean_line(_first(meta, _SUMMARY) or text_of(article.get("description"))),
        authors=authors,
        published=published,
        modified="" if modified == published else modified,
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


def _first_moment(meta: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((moment for name in names for text in meta.get(name, ())[:1] if (moment := _moment(text))), "")


def _loose_date(page: HtmlPage, nodes: list[Node], meta: dict[str, list[str]]) -> str:
    """A date of which is not said what it is of; none where the address tells an earlier one."""
    date = _first_moment(meta, _LOOSE)
    addressed = date_in_address(canonical(page, nodes))
    return "" if addressed and date[: len(addressed)] > addressed else date


def _moment(text: str) -> str:
    """EDTF of a declared date; midnight with no seconds told apart stays a day."""
    moment = read_moment(text) if text else ""
    parsed = parse_edtf(moment)
    if parsed and parsed.hour == 0 and parsed.minute == 0 and not parsed.second and not parsed.offset:
        return moment.split("T")[0]  # a date that a program wrote as a time
    return moment


def _shown_names(page: HtmlPage, heading: HtmlElement | None, comments: set[HtmlElement]) -> tuple[str, ...]:
    """Whom the page shows to have written it: in what is named as a byline, or in a line that says so."""
    return (
        shown_authors(page.root, heading, comments)
        or byline_above_text(page.root, heading, comments)
        or names_in_byline(line_below_text(page.root, page.markup, comments))
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


def _guessed_date(page: HtmlPage, nodes: list[Node], heading: HtmlElement | None, comments: set[HtmlElement]) -> str:
    """The date that the page shows, or that of its address where it shows another, or none."""
    shown = _shown_date(page)
    line = ""
    if not shown and not page.forum:
        line = shown_dateline(page.root, heading, comments) or line_below_text(page.root, page.markup, comments)
    if line:
        shown = read_moment(line, month_leads=month_leads([line], page.language))
    addressed = date_in_address(canonical(page, nodes))
    if not shown.startswith(addressed):
        return addressed
    return shown.rstrip("?~") if len(addressed) == len("2012-05-04") else shown


def _shown_date(page: HtmlPage) -> str:
    """The date that the markup shows beside the only first-level heading, or as that of the page's entry."""
    headings = page.root.findall(".//h1")
    article = next(headings[0].iterancestors("article", "main"), None) if len(headings) == 1 else None
    found = article.xpath(_TIMES) if article is not None else page.root.xpath(_DECLARED_TIMES)
    days = set()
    for element in found[:3]:
        text = element.get("datetime") or element.get("content") or element.get("title") or ""
        text = text or element.text_content()[:100]
        if moment := read_moment(text, month_leads=month_leads([text], page.language)):
            if article is not None:
                return moment
            days.add(moment)
    return days.pop() if len(days) == 1 else ""


def canonical(page: HtmlPage, nodes: list[Node]) -> str:
    """The page's address: where it was saved from, or what it declares; that of a site alone where it has no other."""
    if page.url and (page.given or not is_first_page(page.url)):
        return page.url
    article = find_article(nodes, page.root)
    told = safe_url(text_of(article.get("url")) or text_of(article.get("mainEntityOfPage")), page.base)
    return page.url if not told or (page.url and is_first_page(told)) else told
