"""An outline of a page in document order: for each element its span, the length of its text, and the
marks of dates and authors on it, so that any range of the page is weighed without walking it again.

    order      0     1      2     3     4 ...
    element   body  ul     li    cite  time ...
    end       90    44     12     4     5 ...      subtree of i = [i, end[i])
    dates      0     0      0     0     1 ...      running sums: dates in the subtree = [end[i]] - [i]

Most pages have no comments, which shows at a few small places of them. So marks are looked for where somebody asks, and
with running sums only when that has been much: over what elements that recur hold, then over all of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml.html import HtmlElement

from backfile.importer.html.marks import SHORT, Marks
from backfile.importer.html.naming import Named
from backfile.importer.html.words import words

SILENT = frozenset(
    "script style textarea select option svg iframe object video audio head button input form- template".split()
)
"""Elements whose text no reader sees as prose."""

_FORMS = frozenset({"respond", "commentform", "comment-form", "reply-title"})
_TEXTS = frozenset({"text", "content", "body", "message"})
_MOST_OF_RECORD = 60  # elements
_ASKING = 10  # elements that might have been looked at in the time it takes to ask
_PIECEMEAL = 0.5  # of the page: who has asked for more than this is given all


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums of what is marked on a page, and of its text outside of short marks.

    They hold for ranges that begin at `start` and end at `reach[start]` or before.
    """

    reach: Sequence[int]
    dates: Sequence[int]
    authors: Sequence[int]
    prose: Sequence[int]


@dataclass(slots=True)
class Outline:
    """The page in document order; `groups` are the positions of elements that recur under one name.

    `lengths` are the characters of each element's own text.
    """

    elements: list[HtmlElement] = field(default_factory=list)
    places: dict[HtmlElement, int] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    groups: dict[str, list[int]] = field(default_factory=dict)
    aside: dict[HtmlElement, bool] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    _marks: Marks = field(default_factory=Marks)
    _marked: dict[int, tuple[str, bool]] = field(default_factory=dict)
    _asked: int = 0
    _spans: list[tuple[int, int]] | None = None
    _sums: _Sums | None = None

    def text_in(self, start: int, end: int) -> int:
        """Number of characters of visible text from element `start` up to before `end`."""
        return self.texts[end] - self.texts[start]

    def prose_in(self, start: int, end: int) -> int:
        """The same without the text of author and date marks."""
        if sums := self._sums_over(start, end):
            return sums.prose[end] - sums.prose[start]
        return sum(_without_marks(self, start, end))

    def dates_in(self, start: int, end: int) -> int:
        """Number of dates marked in the range."""
        if sums := self._sums_over(start, end):
            return sums.dates[end] - sums.dates[start]
        return sum(bool(self.marks_of(place)[0]) for place in range(start, end))

    def authors_in(self, start: int, end: int) -> int:
        """Number of author marks in the range."""
        if sums := self._sums_over(start, end):
            return sums.authors[end] - sums.authors[start]
        return sum(self.marks_of(place)[1] for place in range(start, end))

    def date_texts(self) -> Iterator[str]:
        """All that is marked as a date on the page, as it is written."""
        return (text for place in range(len(self.elements)) if (text := self.marks_of(place)[0]))

    def marks_of(self, place: int) -> tuple[str, bool]:
        """The text that holds the date, or the empty string, and whether an author is marked."""
        if (found := self._marked.get(place)) is None:
            found = self._marked[place] = self._marks.of(self.elements[place], self.lengths[place])
        return found

    def is_short_mark(self, place: int) -> bool:
        """True for an element that is marked and holds so little text that it is all of the mark."""
        short = any(self.marks_of(place)) and self.text_in(place, self.ends[place]) <= SHORT
        return short and not self._is_short_record(place)

    def _is_short_record(self, place: int) -> bool:
        """True for what is named after a person and holds more: a name, a date, and a paragraph of neither.

        div.userComment    <- names a person, and is no name
          b.name, span.date
          p                <- the text
        """
        covered, dated, authored, told = place, False, False, False
        for inner in range(place + 1, min(self.ends[place], place + _MOST_OF_RECORD)):
            date, author = self.marks_of(inner)
            if date or author:
                dated, authored, covered = dated or bool(date), authored or author, max(covered, self.ends[inner])
            elif inner >= covered and not told:
                told = self._is_text(inner)
        return dated and authored and told

    def _is_text(self, place: int) -> bool:
        element = self.elements[place]
        if element.tag in ("p", "blockquote"):
            return self.text_in(place, self.ends[place]) > 0
        return self.lengths[place] > 0 and not words(element.get("class") or "").isdisjoint(_TEXTS)

    def _sums_over(self, start: int, end: int) -> _Sums | None:
        """Running sums that hold for a range, once ranges of some size together have been asked for."""
        if self._sums and self._sums.reach[start] >= end:
            return self._sums
        self._asked += end - start + _ASKING
        if self._sums is None:
            spans = self._spans_of_groups()
            if self._asked > _PIECEMEAL * sum(last - first for first, last in spans):
                self._sums, self._asked = self._added_up(spans), end - start + _ASKING
        elif self._asked > _PIECEMEAL * len(self.elements):
            self._sums = self._added_up([(0, len(self.elements))])
        return self._sums if self._sums and self._sums.reach[start] >= end else None

    def _spans_of_groups(self) -> list[tuple[int, int]]:
        """What is in any member of a group, in order; of spans inside of each other the outer."""
        if self._spans is None:
            self._spans = []
            for first in sorted({place for members in self.groups.values() for place in members}):
                if not self._spans or first >= self._spans[-1][1]:
                    self._spans.append((first, self.ends[first]))
        return self._spans

    def _added_up(self, spans: Sequence[tuple[int, int]]) -> _Sums:
        size = len(self.elements)
        reach, dates, authors, prose = ([0] * size for _ in range(4))
        for first, last in spans:
            marks = [self.marks_of(place) for place in range(first, last)]
            reach[first:last] = [last] * (last - first)
            dates[first:last] = [bool(date) for date, _ in marks]
            authors[first:last] = [author for _, author in marks]
            prose[first:last] = _without_marks(self, first, last)
        return _Sums(reach, *([0, *accumulate(counts)] for counts in (dates, authors, prose)))


def outline(root: HtmlElement, named: Named) -> Outline:
    """Walks the page once; elements are grouped under those of their names that speak."""
    page = Outline()
    stack: list[HtmlElement | int] = [root]  # elements to come, and the places of those whose subtrees end there
    while stack:
        element = stack.pop()
        position = len(page.lengths)
        if isinstance(element, int):
            page.ends[element] = position
            continue
        page.places[element] = position
        page.elements.append(element)
        children = list(element)
        text = element.text
        length = len(text.strip()) if text else 0
        if children:
            length += sum([len(tail.strip()) for child in children if (tail := child.tail)])
            stack.append(position)
            children.reverse()
            stack += filter(_is_shown, children)
        page.lengths.append(length)
        page.ends.append(position + 1)
        for name in named.get(element, ()):
            page.groups.setdefault(name, []).append(position)
    page.texts = [0, *accumulate(page.lengths)]
    return page


def _without_marks(page: Outline, start: int, end: int) -> list[int]:
    """Lengths of the text of each element of a range, nothing inside of short marks."""
    above = (page.places[one] for one in page.elements[start].iterancestors() if one in page.places)
    covered = max((page.ends[place] for place in above if page.is_short_mark(place)), default=0)
    prose = []
    for place in range(start, end):
        if page.is_short_mark(place):
            covered = max(covered, page.ends[place])
        prose.append(0 if place < covered else page.lengths[place])
    return prose


def _is_shown(element: HtmlElement) -> bool:
    """False for what holds no text of the page, and for the form that asks for a comment."""
    tag = element.tag
    return tag not in SILENT and isinstance(tag, str) and element.get("id") not in _FORMS
