"""An outline of a page in document order: for each element its span, the length of its text, and the
marks of dates and authors on it, so that any range of the page is weighed without walking it again.

    order      0     1      2     3     4 ...
    element   body  ul     li    cite  time ...
    end       90    44     12     4     5 ...      subtree of i = [i, end[i])
    dates      0     0      0     0     1 ...      running sums: dates in the subtree = [end[i]] - [i]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from lxml.html import HtmlElement

from backfile.importer.html.words import AUTHOR, NOT_AUTHOR, PROFILE_LINK, words
from backfile.importer.moments import DATE, RELATIVE

ALONE = "#!"
"""In the name of an element whose id has no number: it may be a list of records, and is none itself."""
SILENT = frozenset(
    "script style textarea select option svg iframe object video audio head button input form- template".split()
)
"""Elements whose text no reader sees as prose."""

_SHORT = 160  # a date in a longer run of text is part of the prose, not a mark
_STATE = re.compile(
    r"^(?:even|odd|alt|first|last|depth|level|byuser|bypostauthor|parent|clearfix|row|col|cf)(?:[-_]|$)|^thread-(?:even|odd|alt)"
    r"|^comment-(?:author|by)-|^(?:user|author|by)-|^field-+name-|author[-_]\d+$|(?:even|odd|alt)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+|(?<=[-_])[0-9a-f]{8,}(?:-[0-9a-f-]+)?")
_DIGIT = re.compile(r"\d")
_POSTED_BY = re.compile(
    r"\s*(?:(?:comment|posted|written|submitted|left|said)\s+by|by:|geschrieben\s+von|kommentar\s+von|verfasst\s+von"
    r"|publié\s+par|escrito\s+por|enviado\s+por|scritto\s+da|inviato\s+da)\b(?=[^\n]{0,80}\s*$)"
    r"|\s*(?:by|von|par|por|door|av|af)\s*:?\s*$"
    r"|\s*[^\W\d_][^.!?\n]{0,40}\s(?:wrote|writes|says|said|schrieb|schreibt|sagt|meint|a\s+écrit|a\s+dit|escribió|dice"
    r"|scrive|ha\s+scritto|schreef|zegt|skrev)\b(?:[^.!?\n]{0,40}\d[^.!?\n]{0,20})?:?\s*$",
    re.IGNORECASE,
)
_DATE_ATTRIBUTES = ("datetime", "data-time", "data-timestamp", "data-date", "data-utime", "data-created")


@dataclass(slots=True)
class Outline:
    """The page in document order; `groups` are the positions of elements that recur under one name."""

    elements: list[HtmlElement] = field(default_factory=list)
    places: dict[HtmlElement, int] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    date_texts: list[str] = field(default_factory=list)
    groups: dict[str, list[int]] = field(default_factory=dict)
    aside: dict[HtmlElement, bool] = field(default_factory=dict)

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


def outline(root: HtmlElement, speaks: Callable[[str], bool]) -> Outline:
    """Walks the page once; elements are grouped under those of their names that `speaks` is true for."""
    page = Outline()
    texts: list[int] = []
    dates: list[int] = []
    authors: list[int] = []
    names = _Names(speaks)
    for element, leaves in _walk(root):
        if leaves >= 0:
            page.ends[leaves] = len(page.elements)
            continue
        position = len(page.elements)
        page.places[element] = position
        page.elements.append(element)
        page.ends.append(0)
        pieces = [element.text or "", *(child.tail for child in element if child.tail)]
        texts.append(sum(len(piece.strip()) for piece in pieces))
        attributes = dict(element.items())
        named = bool(attributes)
        found = _date_text(element, attributes, pieces)
        dates.append(1 if found else 0)
        if found:
            page.date_texts.append(found)
        known = element.tag == "cite" or (named and names.is_author(element, attributes))
        authors.append(1 if known or _POSTED_BY.match(pieces[0]) else 0)
        if named:
            for name in names.of(element, attributes):
                page.groups.setdefault(name, []).append(position)
    page.texts = [0, *accumulate(texts)]
    page.prose = [0, *accumulate(_without_marks(page, texts, dates, authors))]
    page.dates = [0, *accumulate(dates)]
    page.authors = [0, *accumulate(authors)]
    return page


def has_named(root: HtmlElement, speaks: Callable[[str], bool]) -> bool:
    """True when any element has a name that speaks: without one, there is nothing to outline."""
    names = _Names(speaks)
    return any(names.of(element, dict(items)) for element in root.iter("*") if (items := element.items()))


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


def _date_text(element: HtmlElement, attributes: Mapping[str, str], pieces: list[str]) -> str:
    """The text or attribute of the element that holds a date, or the empty string."""
    if attributes:
        if element.tag == "a" and "showComment=" in attributes.get("href", ""):
            return "time"  # Blogger's permalinks hold the time
        for name in _DATE_ATTRIBUTES:
            if value := attributes.get(name):
                return value
        title = attributes.get("title")
        if title and len(title) < _SHORT and _DIGIT.search(title) and DATE.search(title):
            return title
    for piece in pieces:
        if 4 < len(piece) < _SHORT and _DIGIT.search(piece) and DATE.search(piece):
            return piece
    if element.tag == "time":
        return element.text or "time"
    # A distance ("3 days ago") is a date when it is all there is.
    return pieces[0] if 4 < len(pieces[0]) < 40 and _DIGIT.search(pieces[0]) and RELATIVE.search(pieces[0]) else ""


def _names_person(names: str) -> bool:
    """True for the names of an element that holds somebody's name; one that also says "content" holds a text."""
    found = [words(token) for token in names.split() if not _STATE.search(token)]
    return any(one & AUTHOR for one in found) and not any(one & NOT_AUTHOR for one in found)


class _Names:
    """What the names of the elements of one page say; each class attribute is read once."""

    def __init__(self, speaks: Callable[[str], bool]) -> None:
        self._speaks = speaks
        self._authors: dict[str, bool] = {}
        self._classes: dict[tuple[str, str], tuple[str, ...]] = {}
        self._spoken: dict[str, bool] = {}

    def is_author(self, element: HtmlElement, attributes: Mapping[str, str]) -> bool:
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

    def of(self, element: HtmlElement, attributes: Mapping[str, str]) -> tuple[str, ...]:
        """The names under which others of its kind appear: classes without states, id patterns."""
        tag = element.tag
        known: tuple[str, ...] = ()
        if classes := attributes.get("class"):
            if (tag, classes) not in self._classes:
                self._classes[tag, classes] = tuple(self._told(self._class_names(tag, classes)))
            known = self._classes[tag, classes]
        if _OTHERS.isdisjoint(attributes):
            return known
        return (*known, *self._told(_other_names(tag, attributes)))

    def _class_names(self, tag: str, classes: str) -> Iterator[str]:
        for token in classes.split()[:12]:
            if not _STATE.search(token):
                yield f"{tag}.{_NUMBER.sub('', token)}"

    def _told(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            if name not in self._spoken:
                self._spoken[name] = self._speaks(name)
            if self._spoken[name]:
                yield name


_OTHERS = frozenset({"id", "name", "itemtype", "typeof", "data-comment-id", "data-testid"})


def _other_names(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    for attribute in ("id", "name"):
        identity = attributes.get(attribute)
        if not identity or (tag == "a" and "href" in attributes):
            continue
        pattern = _NUMBER.sub("", identity)
        yield f"{tag}#{pattern}" if pattern != identity else f"{tag}{ALONE}{identity}"
    if kind := attributes.get("itemtype") or attributes.get("typeof"):
        yield f"{tag}@{kind.rstrip('/').rsplit('/', 1)[-1]}"
    if test := attributes.get("data-testid"):
        yield f"{tag}.{test}"
    if "data-comment-id" in attributes:
        yield f"{tag}#comment-"
