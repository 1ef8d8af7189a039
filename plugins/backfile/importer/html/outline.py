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

from lxml import etree
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
_LONGEST_BY = 300
_DATE_ATTRIBUTES = ("datetime", "data-time", "data-timestamp", "data-date", "data-utime", "data-created")
_DATING = frozenset({"href", "title", *_DATE_ATTRIBUTES})
_CLASSES = etree.XPath("//*[not(self::html or self::body or self::main)]/@class", smart_strings=False)


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


def outline(root: HtmlElement, names: Names) -> Outline:
    """Walks the page once; elements are grouped under those of their names that speak."""
    page = Outline()
    texts: list[int] = []
    dates: list[int] = []
    authors: list[int] = []
    stack: list[HtmlElement | int] = [root]  # elements to come, and the places of those whose subtrees end there
    while stack:
        element = stack.pop()
        position = len(texts)
        if isinstance(element, int):
            page.ends[element] = position
            continue
        page.places[element] = position
        page.elements.append(element)
        page.ends.append(0)
        pieces = [element.text or ""]
        children = list(element)
        if children:
            pieces += [tail for child in children if (tail := child.tail)]
        length = sum(map(len, map(str.strip, pieces)))
        texts.append(length)
        attributes = dict(element.items())
        found = _date_text(element, attributes, pieces if length else [""])
        dates.append(1 if found else 0)
        if found:
            page.date_texts.append(found)
        known = element.tag == "cite" or (attributes and names.is_author(element, attributes))
        authors.append(1 if known or (length and _says_by(pieces[0])) else 0)
        if attributes:
            for name in names.of(element, attributes):
                page.groups.setdefault(name, []).append(position)
        if children:
            stack.append(position)
            stack += [child for child in reversed(children) if _is_shown(child)]
        else:
            page.ends[position] = position + 1
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


def _is_shown(element: HtmlElement) -> bool:
    """False for what holds no text of the page, and for the form that asks for a comment."""
    if element.tag in SILENT or not isinstance(element.tag, str):
        return False
    return element.get("id") not in ("respond", "commentform", "comment-form", "reply-title")


def _date_text(element: HtmlElement, attributes: Mapping[str, str], pieces: list[str]) -> str:
    """The text or attribute of the element that holds a date, or the empty string."""
    if not _DATING.isdisjoint(attributes):
        if element.tag == "a" and "showComment=" in attributes.get("href", ""):
            return "time"  # Blogger's permalinks hold the time
        for name in _DATE_ATTRIBUTES:
            if value := attributes.get(name):
                return value
        title = attributes.get("title")
        if title and len(title) < _SHORT and _DIGIT.search(title) and DATE.search(title):
            return title
    numbered = [piece for piece in pieces if 4 < len(piece) < _SHORT and _DIGIT.search(piece)]
    for piece in numbered:
        if DATE.search(piece):
            return piece
    if element.tag == "time":
        return element.text or "time"
    if not numbered:
        return ""
    # A distance ("3 days ago") is a date when it is all there is.
    return pieces[0] if 4 < len(pieces[0]) < 40 and _DIGIT.search(pieces[0]) and RELATIVE.search(pieces[0]) else ""


def _says_by(text: str) -> bool:
    """True for a text that says who wrote what follows."""
    return bool(text) and not text.isspace() and len(text) <= _LONGEST_BY and bool(_POSTED_BY.match(text))


def _names_person(names: str) -> bool:
    """True for the names of an element that holds somebody's name; one that also says "content" holds a text."""
    found = [words(token) for token in names.split() if not _STATE.search(token)]
    return any(one & AUTHOR for one in found) and not any(one & NOT_AUTHOR for one in found)


class Names:
    """What the names of the elements of one page say; each class attribute is read once."""

    def __init__(self, speaks: Callable[[str], bool]) -> None:
        self._speaks = speaks
        self._authors: dict[str, bool] = {}
        self._classes: dict[tuple[str, str], tuple[str, ...]] = {}
        self._spoken: dict[str, bool] = {}

    def any_in(self, root: HtmlElement) -> bool:
        """True when any element has a name that speaks: without one, there is nothing to outline."""
        if any(True for classes in set(_CLASSES(root)) for _ in self._told(self._class_names("div", classes))):
            return True
        return any(
            self.of(element, dict(element.items()))
            for element in root.xpath("//*[@id or @name or @itemtype or @typeof or @data-comment-id or @data-testid]")
            if isinstance(element.tag, str)
        )

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
