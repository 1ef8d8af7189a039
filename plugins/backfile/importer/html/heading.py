"""The heading and the title of a page's article, which are not those of the site that it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from backfile.importer.html.links import safe_url
from backfile.importer.html.words import letters_of, words
from backfile.importer.identity import is_first_page
from backfile.text import clean_line

_CUT = re.compile(r"\s+[|•·–—»«:/-]+\s+|\s*[|»]\s*|:\s+")
_BEHIND = re.compile(r"\s*[|•·–—»«:/-]+\s+")
_EDGES = " |•·–—»«:/-"
_TITLED = frozenset({"entry-title", "post-title", "article-title", "posttitle"})
_SITE = frozenset("header masthead banner branding logo site blog".split())
_HOME = frozenset(("/", "./", "index.html", "index.php", "/index.html", "/index.php"))
_LARGE, _NAMED = ("font", "big", "b", "strong"), ("td", "div", "span", "p")
_HEADING = re.compile("head(?:ing|line)|title", re.IGNORECASE)
_MOST_HEADINGS, _MOST_AROUND, _LONGEST = 200, 8, 1_000


def heading_of(root: HtmlElement) -> HtmlElement | None:
    """The heading of the article: the only one of the first level that does not name the site, else the titled one."""
    firsts = [one for one in islice(root.iter("h1"), _MOST_HEADINGS) if letters_of(one.text_content())]
    own = [one for one in firsts if not _leads_home(one)]
    title = document_title(root)
    parts = {letters_of(part) for part in _parts_of(title)}
    alone = len(own) == 1 and (len(firsts) == 1 or letters_of(own[0].text_content()[:_LONGEST]) in letters_of(title))
    if alone and not _is_of_site(own[0], root, parts):
        return own[0]
    others = (one for one in _headings(root, "h1", "h2", "h3", "h4") if not (alone and one is own[0]))
    titled = _one_text(one for one in others if _text_in(one, parts))
    if titled is None and firsts and not own:
        titled = _one_text(_headings(root, "h2"))
    if titled is None:
        titled = _one_text(filter(_is_named, _headings(root, "h1", "h2", "h3")))
    return titled if titled is not None or firsts else _one_text(_set_large(root, parts))


def document_title(root: HtmlElement) -> str:
    """What the page's head calls it."""
    element = root.find(".//title")
    return clean_line(element.text_content()[:_LONGEST]) if element is not None else ""


def shown_title(root: HtmlElement, heading: HtmlElement | None, site: str) -> str:
    """The heading, else the document's title without the name of the site."""
    if heading is not None:
        return clean_line(heading.text_content())
    title = document_title(root)
    names = [site, *(clean_line(one.text_content()) for one in islice(root.iter("h1"), 3) if _leads_home(one))]
    return next((short for name in names if (short := without_site(title, name)) != title), title)


def without_site(title: str, site: str) -> str:
    """A title without the site's name before it or after it."""
    if not site or len(title) <= len(site):
        return title
    if title.casefold().startswith(site.casefold()) and (behind := _BEHIND.match(title, len(site))):
        return title[behind.end() :]
    before = title[: -len(site)].rstrip()
    if title.casefold().endswith(site.casefold()) and before.rstrip(_EDGES) not in ("", before):
        return before.rstrip(_EDGES)
    return title


def declared_title(title: str, root: HtmlElement, heading: HtmlElement | None, site: str) -> str:
    """What a page declares to be its title, as far as it is that of the article; nothing where it is the site's."""
    said = letters_of(title)
    if said and said == letters_of(site):
        return ""
    title = without_site(title, site)
    if heading is None:
        return title
    shown = clean_line(heading.text_content()[:_LONGEST])
    parts = {letters_of(part) for part in _CUT.split(document_title(root))}
    if said in parts and letters_of(shown) in parts - {said}:
        return ""  # the document's title has both, one beside the other: this is the site's name
    cut = _CUT.match(title, len(shown)) if shown and title.startswith(shown) else None
    return shown if cut and len(letters_of(title[cut.end() :])) < len(letters_of(shown)) else title


def _parts_of(title: str) -> list[str]:
    """The parts of a title, and what remains of it without the first and without the last."""
    cuts = list(_CUT.finditer(title))
    if not cuts:
        return [title]
    return [*_CUT.split(title), title[cuts[0].end() :], title[: cuts[-1].start()]]


def _headings(root: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    return (one for one in islice(root.iter(*tags), _MOST_HEADINGS) if not _leads_home(one))


def _one_text(headings: Iterator[HtmlElement]) -> HtmlElement | None:
    """The first of some headings, if all of them say the same."""
    found = list(islice(headings, 10))
    return found[0] if len({letters_of(one.text_content()) for one in found}) == 1 else None


def _set_large(root: HtmlElement, parts: set[str]) -> Iterator[HtmlElement]:
    """What is set as a heading on a page that has none: in a font, in bold or by its name, in no link."""
    longest = max(map(len, _CUT.split(document_title(root))))
    large = (one for one in root.iter(*_LARGE, *_NAMED) if one.tag in _LARGE or _HEADING.search(one.get("class") or ""))
    for element in islice(large, _MOST_HEADINGS):
        said = letters_of("".join(islice(element.itertext(), 10))[:_LONGEST])
        if 2 * len(said) > longest and said in parts and element.find(".//a") is None and not _leads_home(element):
            yield element


def _text_in(heading: HtmlElement, parts: set[str]) -> bool:
    said = letters_of(heading.text_content()[:_LONGEST])
    return len(said) > 1 and said in parts


def _is_named(heading: HtmlElement) -> bool:
    return bool(_TITLED.intersection((heading.get("class") or "").split()))


def _leads_home(heading: HtmlElement) -> bool:
    """True for a heading that is a link to the first page of the site, as its name is."""
    link = next(heading.iter("a"), None)
    link = next(heading.iterancestors("a"), None) if link is None else link
    if link is None or (href := (link.get("href") or "").strip()) == "":
        return False
    if href in _HOME:
        return True
    address = safe_url(href)
    return bool(address) and is_first_page(address)


def _is_of_site(heading: HtmlElement, root: HtmlElement, parts: set[str]) -> bool:
    """True for a heading in the head of the page, where the document's title has it and another heading as well."""
    if not _text_in(heading, parts) or not _stands_in_head(heading):
        return False
    said = letters_of(heading.text_content())
    others = (one for one in _headings(root, "h2", "h3") if _text_in(one, parts) and not _stands_in_head(one))
    return any(letters_of(other.text_content()) != said for other in others)


def _stands_in_head(heading: HtmlElement) -> bool:
    for around in islice((heading, *heading.iterancestors()), _MOST_AROUND):
        if around.tag in ("article", "main", "body"):
            return False
        names = f"{around.get('class') or ''} {around.get('id') or ''}".split()[:12]
        if around.tag == "header" or any(words(name) & _SITE for name in names):
            return True
    return False
