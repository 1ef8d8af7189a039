"""The date that a page shows in the line below, or right above, its heading: `Posted on 4 May 2012 by Ann Lee`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from backfile.importer.html.byline import lines_of
from backfile.importer.html.shown import above, below, is_paragraph
from backfile.importer.html.words import DATE, letters_of, words
from backfile.importer.moments import find_date
from backfile.text import clean_line

_MOST_PIECES = 40
_LONGEST, _LONGEST_NAMED = 120, 200
_MOST_BESIDE = 40
"""Letters beside a date in a line that says little more."""
_NOT_PUBLISHED = re.compile(
    r"updated|modified|edited|last|zuletzt|aktualisiert|geändert|stand:|mis à jour|modifié|actualizado|aggiornato"
    r"|bijgewerkt|обновлен|оновлен|copyright|©|\(c\)|joined|since|until|today is|heute ist",
    re.IGNORECASE,
)
_NO_LINE = frozenset(
    "nav masthead topbar ticker weather clock today menu copyright footer related sidebar widget".split()
)


def shown_dateline(root: HtmlElement, heading: HtmlElement | None, comments: Collection[HtmlElement]) -> str:
    """The line beside the heading that says a date and little else; empty where there is none."""
    if heading is None:
        return ""
    for element in chain(_below(root, heading), above(heading)):
        if element not in comments and (line := _dated_line(element)):
            return line
    return ""


def _below(root: HtmlElement, heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after the heading, up to the first paragraph of a text."""
    for element in below(root, heading):
        if is_paragraph(element) and not _dated_line(element):
            return
        yield element


def _dated_line(element: HtmlElement) -> str:
    """What an element says, where that is a date and little else."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()[:12]
    found = frozenset().union(*map(words, names)) if names else frozenset()
    if found & _NO_LINE or element.tag in ("nav", "script", "style", "select", "option"):
        return ""
    is_named = bool(found & DATE)
    text = clean_line(" ".join(islice(element.itertext(), _MOST_PIECES)))
    if len(text) <= (_LONGEST_NAMED if is_named else _LONGEST) and _says_when(text, is_named=is_named):
        return text
    lines = lines_of(element) if element.find(".//br") is not None else ()
    return next((line for line in lines if _says_when(line, is_named=False)), "")


def _says_when(text: str, *, is_named: bool) -> bool:
    """True for a date with little beside it, and nothing that tells that it is another than that of publication."""
    if not (date := find_date(text)):
        return False
    beside = text[: date.start()] + text[date.end() :]
    return not _NOT_PUBLISHED.search(beside) and (is_named or len(letters_of(beside)) <= _MOST_BESIDE)
