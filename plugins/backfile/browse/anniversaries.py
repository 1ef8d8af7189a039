"""On this day: the articles of every day of the year, whatever their year. No page depends on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day of the year, its articles oldest first, and the nearest days on either side that have any."""

    month: int
    day: int
    articles: tuple[Any, ...]
    previous: tuple[int, int] | None
    next: tuple[int, int] | None

    @property
    def url(self) -> str:
        """The address of its page."""
        return day_url((self.month, self.day))


def day_url(day: tuple[int, int]) -> str:
    """The address of the page of a (month, day)."""
    return f"on-this-day/{day[0]:02}-{day[1]:02}.html"


def anniversaries(dated: Iterable[Any]) -> tuple[Anniversary, ...]:
    """All 366 days of the year; an article known only by its month or year is on none of them."""
    articles: dict[tuple[int, int], list[Any]] = {}
    for article in dated:
        published = article.archive.published
        if published.month is not None and published.day is not None:
            articles.setdefault((published.month, published.day), []).append(article)
    if not articles:
        return ()
    filled = sorted(articles)
    before = dict(_nearest(filled, backwards=True))
    after = dict(_nearest(filled, backwards=False))
    return tuple(Anniversary(*day, tuple(articles.get(day, ())), before[day], after[day]) for day in _days())


def _days() -> list[tuple[int, int]]:
    return [(month, day) for month, length in enumerate(_LENGTHS, 1) for day in range(1, length + 1)]


def _nearest(
    filled: list[tuple[int, int]], *, backwards: bool
) -> Iterator[tuple[tuple[int, int], tuple[int, int] | None]]:
    """For each day the nearest other one with articles; the year is a ring."""
    days, having = _days(), set(filled)
    ring = days[::-1] if backwards else days
    seen = filled[0] if backwards else filled[-1]
    # Twice round: the first round finds what the start of the second must know.
    for at, day in enumerate(reversed([*ring, *ring])):
        if at >= len(ring):
            yield day, None if seen == day else seen
        if day in having:
            seen = day
