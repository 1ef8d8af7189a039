"""The archive by time: counts by month, and pages of days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class MonthCount:
    """What appeared in a month; `month` is None for what is known by its year alone.

    `comments` counts those that sources tell apart; `blocks` are texts of readers that they do not.
    """

    year: int
    month: int | None
    articles: int
    comments: int
    blocks: int
    url: str


@dataclass(slots=True, eq=False)
class Day:
    """The articles of a day, in their order; `earlier` and `later` are the days with articles next to it."""

    year: int
    month: int
    day: int
    articles: tuple[Any, ...]
    url: str
    earlier: Day | None = field(default=None, repr=False)
    later: Day | None = field(default=None, repr=False)


def month_counts(dated: Iterable[Any], url: Callable[[int, int | None], str]) -> tuple[MonthCount, ...]:
    """Articles and comments a month, in order; a year's articles of no known month come first."""
    sums: dict[tuple[int, int], list[int]] = {}
    for article in dated:
        published, thread = article.archive.published, article.archive.thread
        sum_ = sums.setdefault((published.year, published.month or 0), [0, 0, 0])
        sum_[0] += 1
        if thread.count is not None:
            sum_[1] += thread.count
        else:
            sum_[2] += 1
    return tuple(
        MonthCount(year, month or None, articles, comments, blocks, url(year, month or None))
        for (year, month), (articles, comments, blocks) in sorted(sums.items())
    )


def period_url(pattern: str, year: int, month: int | None) -> str:
    """Pelican's address of a month, or of a year when its month is not known; empty without a pattern."""
    return pattern.format(date=datetime.date(year, month or 1, 1)) if pattern else ""


def days(dated: Iterable[Any]) -> tuple[Day, ...]:
    """The days with articles known to be of them, the oldest first."""
    members: dict[tuple[int, int, int], list[Any]] = {}
    for article in dated:
        published = article.archive.published
        if published.day is not None:
            members.setdefault((published.year, published.month, published.day), []).append(article)
    found = [Day(*date, tuple(there), day_url(*date)) for date, there in sorted(members.items())]
    for before, after in pairwise(found):
        before.later, after.earlier = after, before
    return tuple(found)


def day_url(year: int, month: int, day: int) -> str:
    """Where the page of a day stands."""
    return f"{year:04}/{month:02}/{day:02}/index.html"
