"""What templates see of the archive as a whole: years, shelves and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backfile.comments.shown import Shown


@dataclass(frozen=True, slots=True)
class Year:
    """The dated articles of a year, oldest first."""

    year: int
    articles: tuple[Shown, ...]

    @property
    def count(self) -> int:
        """How many articles appeared."""
        return len(self.articles)


@dataclass(frozen=True, slots=True)
class Archive:
    """All published articles: the dated ones oldest first, then those without a date, by title.

    `withheld`: untouched texts of sources that are not published, since they hold comments that were taken out.
    """

    dated: tuple[Shown, ...]
    undated: tuple[Shown, ...]
    years: tuple[Year, ...]
    comment_count: int
    sections: tuple[tuple[str, int], ...]
    authors: tuple[tuple[str, int], ...]
    withheld: tuple[str, ...] = ()

    @property
    def article_count(self) -> int:
        """How many articles there are, undated ones included."""
        return len(self.dated) + len(self.undated)

    @property
    def first_year(self) -> int | None:
        """The earliest year, or None when nothing is dated."""
        return self.years[0].year if self.years else None

    @property
    def last_year(self) -> int | None:
        """The latest year, or None when nothing is dated."""
        return self.years[-1].year if self.years else None


def build_archive(articles: Iterable[Shown], withheld: Iterable[str] = ()) -> Archive:
    """The archive of some articles, in an order that depends on them alone."""
    every = list(articles)
    dated = sorted((a for a in every if not a.archive.undated), key=_when)
    undated = sorted((a for a in every if a.archive.undated), key=lambda a: (a.title.casefold(), a.url))
    by_year: dict[int, list[Shown]] = {}
    for article in dated:
        by_year.setdefault(article.archive.published.year, []).append(article)
    return Archive(
        dated=tuple(dated),
        undated=tuple(undated),
        years=tuple(Year(year, tuple(members)) for year, members in sorted(by_year.items())),
        comment_count=sum(a.archive.thread.told_apart for a in every),
        sections=_counts(a.archive.section for a in every if a.archive.section),
        authors=_counts(name for a in every for name in a.archive.authors),
        withheld=tuple(sorted(set(withheld))),
    )


def _when(article: Shown) -> tuple[object, str]:
    return article.archive.published.edtf, article.url


def _counts(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (pair[0].casefold(), pair[0])))
