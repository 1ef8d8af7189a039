"""What on an element marks a date or an author: attributes, names, links to profiles, the words of its own text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from backfile.importer.distances import NEARBY, RELATIVE
from backfile.importer.html.naming import STATE
from backfile.importer.html.words import AUTHOR, NOT_AUTHOR, PROFILE_LINK, words
from backfile.importer.moments import find_date

SHORT = 160
"""Characters: a date in a longer run of text is part of the prose, not a mark."""

_DIGIT = re.compile(r"\d")
_POSTED_BY = re.compile(
    r"\s*(?:(?:comment|posted|written|submitted|left|said)\s+by|by:|geschrieben\s+von|kommentar\s+von|verfasst\s+von"
    r"|publié\s+par|escrito\s+por|enviado\s+por|scritto\s+da|inviato\s+da)\b(?=[^\n]{0,80}\s*$)"
    r"|\s*(?:by|von|par|por|door|av|af)\s*:?\s*$"
    r"|\s*[^\W\d_][^.!?\n]{0,40}\s(?:wrote|writes|says|said|schrieb|schreibt|sagt|meint|a\s+écrit|a\s+dit|escribió|dice"
    r"|scrive|ha\s+scritto|schreef|zegt|skrev)\b(?:[^.!?\n]{0,40}\d[^.!?\n]{0,20})?:?\s*$",
    re.IGNORECASE,
)
_BESIDE = " \t\n\r\xa0,|•·»–—-()"
_BY_AT_END = re.compile(r"\s(?:by|par|von|por|da|door|av|af)\s+[^\W\d_][^.!?:;\n]{0,40}\s*$", re.IGNORECASE)
_LONGEST_BOLD = 40
_LONGEST_BY = 300
_DATE_ATTRIBUTES = ("datetime", "data-time", "data-timestamp", "data-date", "data-utime", "data-created")
_DATING = frozenset({"href", "title", *_DATE_ATTRIBUTES})


class Marks:
    """Reads the marks on the elements of one page; each name is read once."""

    def __init__(self) -> None:
        self._authors: dict[str, bool] = {}

    def of(self, element: HtmlElement, length: int) -> tuple[str, bool]:
        """The text that holds a date, or the empty string, and whether an author is marked.

        `length` is that of the element's own text.
        """
        attributes = dict(element.items())
        pieces = [element.text or ""]
        if length:
            pieces += [tail for child in element if (tail := child.tail)]
        author = element.tag == "cite" or (attributes and self._is_author(element, attributes))
        date = _date_text(element, attributes, pieces if length else [""])
        return date, bool(author or (length and (_says_by(pieces[0]) or _names_beside(element, date, pieces))))

    def _is_author(self, element: HtmlElement, attributes: Mapping[str, str]) -> bool:
        """True for an element whose name or link says that it names a person."""
        for attribute in ("class", "itemprop", "rel"):
            name = attributes.get(attribute)
            if not name:
                continue
            if name not in self._authors:
                self._authors[name] = _names_person(name)
            if self._authors[name]:
                return True
        href = attributes.get("href") if element.tag == "a" else None
        return bool(href and PROFILE_LINK.search(href))


def _date_text(element: HtmlElement, attributes: Mapping[str, str], pieces: list[str]) -> str:
    """The text or attribute of the element that holds a date, or the empty string."""
    if not _DATING.isdisjoint(attributes):
        if element.tag == "a" and "showComment=" in attributes.get("href", ""):
            return "time"  # Blogger's permalinks hold the time
        for name in _DATE_ATTRIBUTES:
            if value := attributes.get(name):
                return value
        title = attributes.get("title")
        if title and len(title) < SHORT and find_date(title):
            return title
    numbered = [piece for piece in pieces if 4 < len(piece) < SHORT and _DIGIT.search(piece)]
    for piece in numbered:
        if find_date(piece) or NEARBY.search(piece):
            return piece
    if element.tag == "time":
        return element.text or "time"
    if not numbered:
        return ""
    # A distance ("3 days ago") is a date when it is all there is.
    if 4 < len(pieces[0]) < 40 and _DIGIT.search(pieces[0]) and RELATIVE.search(pieces[0]):
        return pieces[0]
    return next((piece for piece in numbered if RELATIVE.fullmatch(piece.strip(_BESIDE))), "")


def _names_beside(element: HtmlElement, date: str, pieces: list[str]) -> bool:
    """True where a name stands in the line of a date: `4 May 2012 by Ann`, `<b>Ann</b> | 4 May 2012`."""
    if not date or date not in pieces:
        return False
    if _BY_AT_END.search(date):
        return True
    return any(child.tag in ("b", "strong") and 1 < len(child.text or "") <= _LONGEST_BOLD for child in element)


def _says_by(text: str) -> bool:
    """True for a text that says who wrote what follows."""
    return bool(text) and not text.isspace() and len(text) <= _LONGEST_BY and bool(_POSTED_BY.match(text))


def _names_person(names: str) -> bool:
    """True for the names of an element that holds somebody's name; one that also says "content" holds a text."""
    found = [words(token) for token in names.split() if not STATE.search(token)]
    return any(one & AUTHOR for one in found) and not any(one & NOT_AUTHOR for one in found)
