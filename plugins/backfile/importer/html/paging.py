"""Whether a page is one of several: of a long article, of its comments, or of a thread in a forum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from backfile.importer.html.links import safe_url
from backfile.importer.identity import canonical_url, is_first_page
from backfile.text import clean_line

_OF_THREAD = (
    (
        re.compile(r"(?<=[?&;])(?:start|st|page|pg|pageno|pagenumber)=\d{1,6}(?:&(?:amp;)?|(?=[;#]|$))", re.IGNORECASE),
        "",
    ),
    (re.compile(r"(?<=[?&])(id=\d{1,9})&p=\d{1,5}(?=[&#]|$)"), r"\1"),
    (re.compile(r"(?<=[?&;/])(topic[=,]\d{1,9})\.\d{1,7}(?!\d)"), r"\1.0"),
    (re.compile(r"/(?:page[-/]?|p)\d{1,5}/?(?=[?#]|$)|[-/]page-\d{1,5}(?=\.html)"), ""),
    (re.compile(r"(/thread-\d{1,9})-\d{1,5}(-\d{1,5}\.html)"), r"\1-1\2"),
    (re.compile(r"(/t\d{1,9})p\d{1,6}(?=-)"), r"\1"),
)
"""How programs of forums write which page of a thread an address is."""
_OF_COMMENTS = re.compile(
    r"(?:/comment-page-\d{1,4}/?|[?&](?:cpage|comments?[_-]?page)=\d{1,4})(?:#comments)?$", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:/(?:page|seite|pagina)?[-/]?\d{1,2}/?|[?&](?:page|pg|seite|pagina)=\d{1,3})$", re.IGNORECASE)
_PAGE_OF = re.compile(
    r"\W{0,3}(?:page|seite|página|pagina|strona|sida|side|страница|стр\.)\s(?P<this>\d{1,3})\s?"
    r"(?:of|von|sur|de|di|van|z|av|из|/)\s?(?P<all>\d{1,3})\W{0,3}",
    re.IGNORECASE,
)
_GAP = rb"(?:\s|&nbsp;|\xc2\xa0|<[^<>]{0,80}>)"
_MAY_COUNT = re.compile(
    rb"(?:page|seite|gina|strona|sida|side|\xd1\x86\xd0\xb0|\xd1\x80\.)"
    + _GAP
    + rb"{1,9}\d{1,3}"
    + _GAP
    + rb"{0,9}[a-z/\xd0]"
)
"""How `Page 2 of 3` looks among tags, in small letters, so that most pages need not be searched for it line by line."""
_IN_TITLE = re.compile(
    r"\s*[-–—|,(:•·»]\s*(?:page|seite|página|pagina|strona|sida|side|страница)\s\d{1,4}(?:\s?(?:of|von|sur|de|/)\s?\d{1,4})?\)?"
    r"(?=\s*(?:[-–—|,:•·»]|$))",
    re.IGNORECASE,
)
_PAGER = re.compile(r"\W{0,3}(?:(?:page|seite|página|pagina)\s)?\d{1,4}\W{0,3}", re.IGNORECASE)
_NEIGHBOURS = frozenset({"next", "prev", "previous"})
_MOST_LINKS, _LONGEST_LINE = 5_000, 40


def thread_address(url: str) -> str:
    """The address of a forum's thread, without the page of it that was saved."""
    for written, instead in _OF_THREAD:
        url = written.sub(instead, url)
    return url.rstrip("?&")


def title_without_page(title: str) -> str:
    """A title without the number of the page."""
    return _IN_TITLE.sub("", title) or title


def told_of_pages(root: HtmlElement, markup: bytes, url: str, base: str, *, forum: bool) -> str:
    """What to tell of a page that is one of several; nothing where it is whole, as far as it says."""
    for address in _paged(root, base) if url and not is_first_page(url) else ():
        plain, bare = canonical_url(address), _without_number(address)
        if _OF_COMMENTS.search(address):
            if plain == canonical_url(url) and address.partition("#")[0] != url:
                return f"its comments stand on several pages: another is {address}"
        elif forum:
            if canonical_url(thread_address(address)) == canonical_url(thread_address(url)) and plain != canonical_url(
                url
            ):
                return f"one of several pages of a thread: another is {address}"
        elif plain != canonical_url(url) and bare == _without_number(url) and bare in (plain, canonical_url(url)):
            return f"one of several pages, of which each is an article of its own: another is {address}"
    counted = _counted(root) if not forum and _MAY_COUNT.search(markup.lower()) else ""
    return f"one of several pages, of which each is an article of its own: it says {counted}" if counted else ""


def _paged(root: HtmlElement, base: str) -> Iterator[str]:
    """Where links lead that go from page to page: by what they say, or by their address."""
    for link in islice(root.iter("a", "link"), _MOST_LINKS):
        if not (href := link.get("href") or "") or href.startswith("#"):
            continue
        relation = (link.get("rel") or "").lower().split()
        said = "".join(islice(link.itertext(), 4))[:20] if link.tag == "a" else ""
        leads_on = bool(_NEIGHBOURS.intersection(relation)) or bool(_PAGER.fullmatch(said))
        if (leads_on or _OF_COMMENTS.search(href)) and (address := safe_url(href, base)):
            yield address if _OF_COMMENTS.search(address) else address.partition("#")[0]


def _without_number(url: str) -> str:
    return canonical_url(_NUMBER.sub("", url))


def _counted(root: HtmlElement) -> str:
    """`Page 2 of 3`, where a short line of the page says so."""
    for element in root.iter("p", "div", "span", "td", "li", "b", "font", "center", "small"):
        line = clean_line("".join(islice(element.itertext(), 8))[: 2 * _LONGEST_LINE])
        counted = _PAGE_OF.fullmatch(line) if line and len(line) <= _LONGEST_LINE else None
        if counted and 0 < int(counted["this"]) <= int(counted["all"]) and counted["all"] != "1":
            return line
    return ""
