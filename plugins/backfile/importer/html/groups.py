"""Groups of elements that recur under one name, weighed by how much they look like comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from backfile.importer.html.aside import elsewhere
from backfile.importer.html.naming import ALONE
from backfile.importer.html.outline import Outline
from backfile.importer.html.words import COMMENT_STEM, WHOLES, words

_MOST_WEIGHED = 30
WIDE = 6
"""More dates than this in one record: it is a list, not a record."""


@dataclass(frozen=True, slots=True)
class Group:
    """Elements that recur under one name: their positions in the outline, in document order."""

    name: str
    members: tuple[int, ...]
    complete: int
    partial: int

    @property
    def idle(self) -> int:
        """Number of members with neither an author nor a date."""
        return len(self.members) - self.complete - self.partial

    @property
    def is_container(self) -> bool:
        """True for a single element that is named as a list or an area of comments."""
        found = words(self.name.partition(".")[2] or self.name.partition("#")[2])
        return len(self.members) == 1 and bool(found & WHOLES)

    @property
    def weight(self) -> float:
        """What decides between groups: members with author and date first."""
        return self.complete + 0.4 * self.partial


def best_group(page: Outline, named: list[tuple[str, list[int]]], *, believed: bool = False) -> Group | None:
    """The group that is most likely the comments. Those `believed` may be of nobody and at no time."""
    weighed = (_weigh(page, name, members, believed=believed) for name, members in named)
    groups = [group for group in weighed if group is not None]
    # A whole section taken for one record is the last resort.
    groups = [group for group in groups if not group.is_container] or groups
    groups = _without_parts(page, sorted(groups, key=lambda group: -group.weight)[:_MOST_WEIGHED])
    if not groups:
        return None
    top = max(group.weight for group in groups)
    # A little less complete but wider is the same list, some of whose members lack a date.
    equals = [group for group in groups if group.weight >= top * 0.9]
    return min(equals, key=lambda group: (group.idle * 5 > len(group.members), group.members[0], -len(group.members)))


def _without_parts(page: Outline, groups: list[Group]) -> list[Group]:
    """Leaves out groups of which every member of another group holds the same number, two or more."""
    return [part for part in groups if not any(_are_parts(page, part, whole) for whole in groups)]


def _are_parts(page: Outline, part: Group, whole: Group) -> bool:
    if len(whole.members) < 2 or len(part.members) < 2 * len(whole.members) or not whole.complete:
        return False
    numbers = {
        bisect_left(part.members, page.ends[position]) - bisect_right(part.members, position)
        for position in whole.members
    }
    return len(numbers) == 1 and numbers.pop() * len(whole.members) == len(part.members)


def _weigh(page: Outline, name: str, members: Sequence[int], *, believed: bool = False) -> Group | None:
    """The group with its complete members counted, or None when it is not one of comments."""
    if ALONE in name:
        return None
    complete = partial = wide = 0
    kept: list[int] = []
    alone = len(members) == 1
    for position, nested in own(page, members):
        text, dates, authors = counts(page, position, nested)
        if not (text or dates):
            continue
        kept.append(position)
        wide += dates > WIDE
        complete += bool(text and dates and authors)
        partial += bool(text) and bool(dates) != bool(authors) and not (alone and not dates)
    strong = bool(COMMENT_STEM.search(name)) or "@" in name or name.endswith("#c")
    good = complete + (partial / 2 if strong else 0)
    if not kept or (good < len(kept) / 2 and not believed) or wide > len(kept) / 2:
        return None
    if not strong and (len(kept) < 2 or complete < len(kept) * 0.6):
        return None
    kept = [position for position in kept if not elsewhere(page, page.elements[position])]
    if len(kept) == 1 and page.elements[kept[0]].find(".//h1") is not None:
        return None  # the page's own heading is in it
    return Group(name, tuple(kept), complete, partial) if kept else None


def own(page: Outline, members: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Each member with the members directly nested in it."""
    result: list[tuple[int, list[int]]] = []
    stack: list[tuple[int, list[int]]] = []
    for position in members:
        while stack and page.ends[stack[-1][0]] <= position:
            stack.pop()
        entry: tuple[int, list[int]] = (position, [])
        if stack:
            stack[-1][1].append(position)
        result.append(entry)
        stack.append(entry)
    return result


def counts(page: Outline, position: int, nested: Sequence[int]) -> tuple[int, int, int]:
    """Text, dates and authors of a member, without those of the members nested in it.

    Of two dates one may stand in a text that is so short that it passes for a date's mark itself.
    """
    spans = [(position, page.ends[position], 1), *((start, page.ends[start], -1) for start in nested)]
    text = sum(sign * page.prose_in(start, end) for start, end, sign in spans)
    dates = sum(sign * page.dates_in(start, end) for start, end, sign in spans)
    authors = sum(sign * page.authors_in(start, end) for start, end, sign in spans)
    if not text and dates > 1 and authors:
        text = sum(sign * page.text_in(start, end) for start, end, sign in spans)
    return text, dates, authors
