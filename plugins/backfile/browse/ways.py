"""What templates get to lead readers on: `archive`, with the ways from one article to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backfile.browse.anniversaries import Anniversary, anniversaries
from backfile.browse.calendar import Day, MonthCount, days, month_counts
from backfile.browse.commenters import Commenter, commenters
from backfile.browse.facts import Facts
from backfile.browse.feeds import FeedLink

_MOST_DISCUSSED = 10


@dataclass(frozen=True, slots=True)
class Beside:
    """The articles before and after one, by date (the undated by title), and those it shares most with."""

    previous: Any = None
    next: Any = None
    related: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """A part of the archive to take away; `year` is None for the undated."""

    year: int | None
    articles: tuple[Any, ...]
    urls: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many articles are in it."""
        return len(self.articles)


@dataclass(frozen=True, slots=True)
class Ways:
    """The archive (`base`, whose attributes are all here too) and the ways through it."""

    base: Any
    months: tuple[MonthCount, ...]
    days: tuple[Day, ...]
    anniversaries: tuple[Anniversary, ...]
    most_discussed: tuple[Any, ...]
    uncertain: tuple[Any, ...]
    commenters: tuple[Commenter, ...] = ()
    downloads: tuple[Download, ...] = ()
    feed_links: Mapping[str, tuple[FeedLink, ...]] = field(default_factory=dict)
    _beside: Mapping[str, Beside] = field(default_factory=dict)
    _day_urls: Mapping[tuple[int, int, int], str] = field(default_factory=dict)
    _commenter_urls: Mapping[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "base"), name)

    def beside(self, article: Any) -> Beside:
        """The articles before, after and related to one; of a draft none."""
        return self._beside.get(article.url, Beside())

    def day_url(self, year: int, month: int, day: int) -> str:
        """The page of a day; empty when nothing is known to have appeared on it."""
        return self._day_urls.get((year, month, day), "")

    def commenter_url(self, name: str) -> str:
        """The page of a commenter; empty when there are no such pages, or no such name."""
        return self._commenter_urls.get(name, "")

    def feeds(self, thing: Any = None) -> tuple[FeedLink, ...]:
        """The feeds of a section or an author, without one those of the whole archive."""
        return self.feed_links.get(thing.url if thing is not None else "", ())


def find_ways(
    base: Any,
    facts: Mapping[str, Facts],
    *,
    alike: Sequence[Sequence[int]],
    month_url: Callable[[int, int | None], str],
    feed_links: Mapping[str, tuple[FeedLink, ...]],
    downloads: Sequence[Download] = (),
) -> Ways:
    """The ways through an archive; `facts` are known by the articles' addresses.

    `alike` are the places of the articles related to each, as the dated stand, and then the undated.
    """
    every = days(base.dated)
    people = commenters((article, facts[article.url]) for article in (*base.dated, *base.undated))
    return Ways(
        base=base,
        months=month_counts(base.dated, month_url),
        days=every,
        anniversaries=anniversaries(base.dated),
        most_discussed=_most_discussed((*base.dated, *base.undated)),
        uncertain=tuple(a for a in base.dated if a.archive.published.uncertain or facts[a.url].date_guessed),
        commenters=people,
        downloads=tuple(downloads),
        feed_links=feed_links,
        _beside=_all_beside(base.dated, base.undated, alike),
        _day_urls={(day.year, day.month, day.day): day.url for day in every},
        _commenter_urls={commenter.name: commenter.url for commenter in people},
    )


def _most_discussed(articles: Iterable[Any]) -> tuple[Any, ...]:
    discussed = [article for article in articles if article.archive.thread.count]
    discussed.sort(key=lambda article: (-article.archive.thread.count, article.url))
    return tuple(discussed[:_MOST_DISCUSSED])


def _all_beside(dated: Sequence[Any], undated: Sequence[Any], alike: Sequence[Sequence[int]]) -> dict[str, Beside]:
    every = (*dated, *undated)
    found: dict[str, Beside] = {}
    for start, row in ((0, dated), (len(dated), undated)):
        for at, article in enumerate(row):
            found[article.url] = Beside(
                previous=row[at - 1] if at else None,
                next=row[at + 1] if at + 1 < len(row) else None,
                related=tuple(every[other] for other in alike[start + at]),
            )
    return found
