"""What templates see of the archive as a whole: years, shelves and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from backfile.comments.shown import Shown
from backfile.comments.views import When

_Dated = tuple[When, str, int, Shown, int]
"""A dated article in its order: by date, address and place in the list; then itself and the number of its comments."""

_GAP = 12
_MOST_GAPS = 5


@dataclass(frozen=True, slots=True)
class Month:
    """What is known to have appeared in a month: how many articles and comments, and the first of the articles."""

    month: int
    count: int
    comments: int
    first: Shown


@dataclass(frozen=True, slots=True)
class Year:
    """The dated articles of a year, oldest first; `months` are those that something is known to be of.

    `comments` are those that sources tell apart, as they are in a month.
    """

    year: int
    articles: tuple[Shown, ...]
    comments: int
    months: tuple[Month, ...]

    @property
    def first(self) -> Shown:
        """The first article."""
        return self.articles[0]

    @property
    def count(self) -> int:
        """How many articles appeared."""
        return len(self.articles)

    @property
    def monthless(self) -> tuple[Shown, ...]:
        """Those articles of which the year alone is known."""
        if sum(month.count for month in self.months) == len(self.articles):
            return ()
        return tuple(article for article in self.articles if article.archive.when[2] is None)


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in which nothing appeared, the first and the last as (year, month)."""

    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def months(self) -> int:
        """How many they are."""
        return _number(self.last) - _number(self.first) + 1


@dataclass(frozen=True, slots=True)
class Archive:
    """All published articles: the dated ones oldest first, then those without a date, by title.

    `withheld`: untouched texts of sources, and images, that are not published, since they hold what was taken out.
    `named_sources`: where there are takedowns, the texts that articles name: nobody can say what others hold.
    """

    dated: tuple[Shown, ...]
    undated: tuple[Shown, ...]
    years: tuple[Year, ...]
    comment_count: int
    sections: tuple[tuple[str, int], ...]
    authors: tuple[tuple[str, int], ...]
    withheld: tuple[str, ...] = ()
    named_sources: frozenset[str] | None = None
    _hidden: frozenset[str] = frozenset()

    def withheld_of(self, article: Shown) -> tuple[str, ...]:
        """Those of `withheld` that an article is made from; asked by its own page, which then depends on no others'."""
        return tuple(path for path in article.archive.source_paths if path in self._hidden) if self.withheld else ()

    @property
    def article_count(self) -> int:
        """How many articles there are, undated ones included."""
        return len(self.dated) + len(self.undated)

    @property
    def has_days(self) -> bool:
        """True when the day is known of some article."""
        return any(article.archive.when[3] is not None for article in self.dated)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The longest gaps of a year and more, at most five, in their order; what is known by its year fills it."""
        filled: set[int] = set()
        for year in self.years:
            months = range(12) if year.monthless else [month.month - 1 for month in year.months]
            filled.update(year.year * 12 + month for month in months)
        found = [
            Gap(_month(before + 1), _month(after - 1))
            for before, after in pairwise(sorted(filled))
            if after - before > _GAP
        ]
        longest = sorted(found, key=lambda gap: -gap.months)[:_MOST_GAPS]
        return tuple(sorted(longest, key=lambda gap: gap.first))

    def in_year(self, year: int) -> Year | None:
        """What appeared in a year; a page that asks for one year depends on no other, nor on how many there are."""
        return next((one for one in self.years if one.year == year), None)

    @property
    def first_year(self) -> int | None:
        """The earliest year, or None when nothing is dated."""
        return self.years[0].year if self.years else None

    @property
    def last_year(self) -> int | None:
        """The latest year, or None when nothing is dated."""
        return self.years[-1].year if self.years else None


def _number(month: tuple[int, int]) -> int:
    return month[0] * 12 + month[1] - 1


def _month(number: int) -> tuple[int, int]:
    return number // 12, number % 12 + 1


def build_archive(
    articles: Iterable[Shown], withheld: Iterable[str] = (), named_sources: frozenset[str] | None = None
) -> Archive:
    """The archive of some articles, in an order that depends on them alone."""
    every, hidden = [(article, article.archive) for article in articles], frozenset(withheld)
    known = [
        (view.when, article.url, number, article, view.comment_count or 0)
        for number, (article, view) in enumerate(every)
        if not view.undated
    ]
    known.sort()
    by_year: dict[int, list[_Dated]] = {}
    for dated in known:
        by_year.setdefault(dated[0][1], []).append(dated)
    return Archive(
        dated=tuple(dated[3] for dated in known),
        undated=tuple(sorted((a for a, view in every if view.undated), key=lambda a: (a.title.casefold(), a.url))),
        years=tuple(_year(year, members) for year, members in sorted(by_year.items())),
        comment_count=sum(view.told_apart for _, view in every),
        sections=_counts(view.section for _, view in every if view.section),
        authors=_counts(name for _, view in every for name in view.authors),
        withheld=tuple(sorted(hidden)),
        named_sources=named_sources,
        _hidden=hidden,
    )


def _year(year: int, dated: Sequence[_Dated]) -> Year:
    by_month: dict[int, list[_Dated]] = {}
    for one in dated:
        month = one[0][2]
        if month is not None:
            by_month.setdefault(month, []).append(one)
    months = (Month(month, len(there), _comments(there), there[0][3]) for month, there in sorted(by_month.items()))
    return Year(year, tuple(one[3] for one in dated), _comments(dated), tuple(months))


def _comments(dated: Iterable[_Dated]) -> int:
    return sum(one[4] for one in dated)


def _counts(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (pair[0].casefold(), pair[0])))
