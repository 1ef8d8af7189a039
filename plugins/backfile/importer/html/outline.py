"""An outline of a page in document order: for each element its span, the length of its text, and the
marks of dates and authors on it, so that any range of the page is weighed without walking it again.

    order      0     1      2     3     4 ...
    element   body  ul     li    cite  time ...
    end       90    44     12     4     5 ...      subtree of i = [i, end[i])
    dates      0     0      0     0     1 ...      running sums: dates in the subtree = [end[i]] - [i]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from lxml.html import HtmlElement

from backfile.importer.html.words import AUTHOR, NOT_AUTHOR, PROFILE_LINK, words
from backfile.importer.moments import DATE, RELATIVE

SILENT = frozenset(
    "script style textarea select option svg iframe object video audio head button input form-template".split()
)
"""Elements whose text no reader sees as prose."""

_SHORT = 160  # a date in a longer run of text is part of the prose, not a mark
_STATE = re.compile(
    r"^(?:even|odd|alt|first|last|depth|level|byuser|bypostauthor|parent|clearfix|row|col|cf)(?:[-_]|$)|^thread-(?:even|odd|alt)"
    r"|^comment-author-|^(?:user|author|by)-|(?:even|odd|alt)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+|(?<=[-_])[0-9a-f]{8,}(?:-[0-9a-f-]+)?")
_DATE_ATTRIBUTES = ("datetime", "data-time", "data-timestamp", "data-date", "data-utime", "data-created")


@dataclass(slots=True)
class Outline:
    """The page in document order; `keys[i]` are the names under which element i may recur."""

    elements: list[HtmlElement] = field(default_factory=list)
    places: dict[HtmlElement, int] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    date_texts: list[str] = field(default_factory=list)

    def text_in(self, start: int, end: int) -> int:
        """Number of characters of visible text from element `start` up to before `end`."""
        return self.texts[end] - self.texts[start]

    def prose_in(self, start: int, end: int) -> int:
        """The same without the text of author and date marks."""
        return self.prose[end] - self.prose[start]

    def dates_in(self, start: int, end: int) -> int:
        """Number of dates marked in the range."""
        return self.dates[end] - self.dates[start]

    def authors_in(self, start: int, end: int) -> int:
        """Number of author marks in the range."""
        return self.authors[end] - self.authors[start]


def outline(root: HtmlElement) -> Outline:
    """Walks the page once. Element text counts where its element starts, tails with the element before."""
    page = Outline()
    texts: list[int] = []
    dates: list[int] = []
    authors: list[int] = []
    memo: dict[str, bool] = {}
    for element, leaves in _walk(root):
        if leaves >= 0:
            page.ends[leaves] = len(page.elements)
            continue
        page.places[element] = len(page.elements)
        page.elements.append(element)
        page.ends.append(0)
        text = element.text or ""
        pieces = [text, *(child.tail for child in element if child.tail)]
        texts.append(sum(len(piece.strip()) for piece in pieces))
        found = _date_text(element, pieces)
        dates.append(1 if found else 0)
        if found:
            page.date_texts.append(found)
        authors.append(1 if _is_author(element, memo) else 0)
    page.texts = [0, *accumulate(texts)]
    page.prose = [0, *accumulate(_without_marks(page, texts, dates, authors))]
    page.dates = [0, *accumulate(dates)]
    page.authors = [0, *accumulate(authors)]
    return page


def _without_marks(page: Outline, texts: list[int], dates: list[int], authors: list[int]) -> list[int]:
    """Lengths of text with those inside of short marks set to nothing."""
    prose = list(texts)
    covered = 0
    for position in range(len(prose)):
        marked = dates[position] or authors[position]
        if marked and page.text_in(position, page.ends[position]) <= _SHORT:
            covered = max(covered, page.ends[position])
        if position < covered:
            prose[position] = 0
    return prose


def _walk(root: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Each element as (element, -1) and, when its subtree is done, (element, its position)."""
    stack: list[tuple[HtmlElement, int]] = [(root, -1)]
    position = 0
    while stack:
        element, leaves = stack.pop()
        yield element, leaves
        if leaves >= 0:
            continue
        stack.append((element, position))
        position += 1
        stack.extend((child, -1) for child in reversed(element) if _is_shown(child))


def _is_shown(element: HtmlElement) -> bool:
    """False for what holds no text of the page, and for the form that asks for a comment."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return False
    return element.get("id") not in ("respond", "commentform", "comment-form", "reply-title")


def _date_text(element: HtmlElement, pieces: list[str]) -> str:
    """The text or attribute of the element that holds a date, or the empty string."""
    if element.tag == "a" and "showComment=" in (element.get("href") or ""):
        return "time"  # Blogger's permalinks hold the time
    for name in _DATE_ATTRIBUTES:
        if value := element.get(name):
            return value
    title = element.get("title")
    if title and len(title) < _SHORT and any(map(str.isdecimal, title)) and DATE.search(title):
        return title
    for piece in pieces:
        if 4 < len(piece) < _SHORT and (DATE.search(piece) if any(map(str.isdecimal, piece)) else None):
            return piece
    if element.tag == "time":
        return element.text or "time"
    # "Sept" and "4, 2012" may stand in elements of their own; a distance is a date when it is all there is.
    return pieces[0] if 4 < len(pieces[0]) < 40 and RELATIVE.search(pieces[0]) else ""


def _is_author(element: HtmlElement, memo: dict[str, bool]) -> bool:
    if element.tag == "cite":
        return True
    name = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}"
    if name != "  ":
        if name not in memo:
            memo[name] = any(
                (found := words(token)) & AUTHOR and not found & NOT_AUTHOR
                for token in name.split()
                if not _STATE.search(token)
            )
        if memo[name]:
            return True
    href = element.get("href") if element.tag == "a" else None
    return bool(href and PROFILE_LINK.search(href))


def recurring_names(element: HtmlElement) -> Iterator[str]:
    """The names under which other elements of the same kind appear: classes without states, id patterns."""
    tag = element.tag
    for token in (element.get("class") or "").split()[:12]:
        if not _STATE.search(token):
            yield f"{tag}.{_NUMBER.sub('', token)}"
    for attribute in ("id", "name"):
        identity = element.get(attribute)
        if (
            identity
            and not (tag == "a" and element.get("href"))
            and (pattern := _NUMBER.sub("", identity)) != identity
        ):
            yield f"{tag}#{pattern}"
    if kind := element.get("itemtype") or element.get("typeof"):
        yield f"{tag}@{kind.rstrip('/').rsplit('/', 1)[-1]}"
    if element.get("data-comment-id"):
        yield f"{tag}#comment-"
