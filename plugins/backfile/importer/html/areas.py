"""What a page names as the list of its comments, whether or not these can be told apart in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from backfile.importer.html.gaps import letters_in
from backfile.importer.html.outline import SILENT, Outline
from backfile.importer.html.words import COMMENT_STEM, NOT_SECTION, WHOLES, words
from backfile.importer.moments import DATE

AREAS = ("div", "section", "ol", "ul", "dl", "table", "tbody")
_NO_AREA = NOT_SECTION | {"form", "respond", "policy", "rules"}
_MOST_AREAS, _MOST_ELEMENTS, _LONGEST, _MOST_DATES = 5, 2000, 20_000, 500
_LEAST = 60
"""Letters; what says less is a form, or says that comments are closed."""


def areas_of(root: HtmlElement) -> Iterator[HtmlElement]:
    """The first few elements that are named as lists of comments."""
    named = (element for element in root.iter(*AREAS) if COMMENT_STEM.search(_names(element)))
    return islice((element for element in named if any(map(names_area, _names(element).split()[:12]))), _MOST_AREAS)


def names_area(token: str) -> bool:
    """True for the name of a list of comments, and of no other list."""
    return bool(COMMENT_STEM.search(token) and words(token) & WHOLES and not words(token) & _NO_AREA)


def said_in(element: HtmlElement) -> str:
    """The beginning of what readers see in an element and do not fill in."""
    return "".join(_texts_in(element))[:_LONGEST]


def count_dates(text: str) -> int:
    """How many dates a text has; no more than enough to tell a list."""
    return sum(1 for _ in islice(DATE.finditer(text), _MOST_DATES))


def holds_comments(page: Outline, element: HtmlElement) -> bool:
    """True where an area has dates and words in it, most of them no links, and not most of the words of its page."""
    place = page.places[element]
    if 2 * page.text_in(place, page.ends[place]) > page.text_in(0, len(page.elements)):
        return False
    if element.find(".//h1") is not None or count_dates(said_in(element)) < 2:
        return False
    return len(letters_in(element)) >= _LEAST and not leads_away(element)


def leads_away(element: HtmlElement) -> bool:
    """True where most of the words are those of links."""
    return 2 * sum(len(letters_in(link)) for link in element.iter("a")) >= len(letters_in(element))


def _names(element: HtmlElement) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def _texts_in(element: HtmlElement) -> Iterator[str]:
    for part in islice(element.iter(), _MOST_ELEMENTS):
        if part.tag not in SILENT:
            yield part.text or ""
        if part is not element:
            yield part.tail or ""
