"""Why a page without comments may have had some: a service loads them, a script holds them, or the page counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from backfile.importer.html.areas import areas_of, count_dates, said_in
from backfile.importer.html.page import HtmlPage, shells_of
from backfile.importer.html.words import COMMENT_STEM, letters_of
from backfile.text import clean_line

_DATA = re.compile(
    rb'"(?:comments|commentList|comment_list|allComments|postings|replies|discussion)\\?"\s{0,20}:\s{0,20}\[\s{0,20}\{'
)
_TEXT = re.compile(rb'"(?:body|text|content|message|html|comment|markdown)\\?"\s{0,20}:')
_MOST_DATA = 20
_REACH = 3000  # bytes in which a comment says its text
_NOUN = r"(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties?|комментари\w{1,3})"
_COUNT = re.compile(
    rf"(?:[^\d\w]*+(?:(?:alle|all|show|view|read|see|load|zeige)\s++)*+(?P<before>\d{{1,6}})\s+{_NOUN}"
    rf"|{_NOUN}\W{{0,5}}(?P<after>\d{{1,6}}))\b\W*+(?:\w++\W*+){{0,6}}+",
    re.IGNORECASE,
)
_LONGEST, _MOST_PARTS = 80, 12
_FEWEST_MISSING = 3
"""A page may count what was deleted, and trackbacks."""
_COUNTING = frozenset("a h2 h3 h4 button summary".split())


def why_missing(page: HtmlPage, body: str) -> str:
    """What to say of the comments of a page on which there are none, in words for the report; mostly nothing."""
    if shells := shells_of(page):
        return f"comments not in the page: it loads them from {', '.join(shells)}"
    if _in_a_script(page.markup):
        return "what may be its comments stands in a script, as data, and was not read"
    if count := max(_counts(page.root), default=0):
        return f"the page says that it has {count} comment{'' if count == 1 else 's'}, and none was found in it"
    if dates := max(_dates_in_areas(page.root, body), default=0):
        return f"what the page calls its comments has {dates} dates in it, and no comments could be told apart there"
    return ""


def how_many_missing(page: HtmlPage, found: int) -> str:
    """What to say of a page that says it has many more comments than were found in it; mostly nothing."""
    count = max(_counts(page.root), default=0)
    if count - found < max(_FEWEST_MISSING, count // 10):
        return ""
    return f"the page says that it has {count} comments, and {found} {'was' if found == 1 else 'were'} found in it"


def _in_a_script(markup: bytes) -> bool:
    lists = islice(_DATA.finditer(markup), _MOST_DATA) if b'ts"' in markup or b"ts\\" in markup else ()
    return any(_TEXT.search(markup, found.end(), found.end() + _REACH) for found in lists)


def _counts(root: HtmlElement) -> Iterator[int]:
    """How many comments the page itself says it has: where it leads to them, and over the place where they were."""
    for element in root.iter(*_COUNTING):
        place = element.get("href") or "" if element.tag == "a" else _names(element)
        if (element.tag == "a" and not place.startswith("#")) or not COMMENT_STEM.search(place):
            continue
        text = clean_line("".join(part[: 2 * _LONGEST] for part in islice(element.itertext(), _MOST_PARTS)))
        if len(text) <= _LONGEST and (found := _COUNT.fullmatch(text)):
            yield int(found["before"] or found["after"])


def _dates_in_areas(root: HtmlElement, body: str) -> Iterator[int]:
    """How many dates stand in what is named as a list of comments and did not become a part of the article's text."""
    kept = ""
    for element in areas_of(root):
        text = said_in(element)
        dates = count_dates(text)
        kept = kept or letters_of(body)
        if dates > 1 and letters_of(text)[:_LONGEST] not in kept:
            yield dates


def _names(element: HtmlElement) -> str:
    parent = element.getparent()
    around = (element,) if parent is None else (element, parent)
    return " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in around)
