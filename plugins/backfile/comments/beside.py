"""What stands beside an article: the one before it, the one after it, and those it shares most with.

Alike is found without comparing all with all: of the articles that share a tag, an author or a section,
only the nearest few in time are looked at, so an archive costs its length.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backfile.comments.shown import Shown

RELATED = 4
_NEAR = 6
"""How many articles on either side are looked at in the list of those that share something."""
_WEIGHTS = {"tag": 1.0, "author": 0.15, "section": 0.15}
_ENOUGH = 0.5
"""To share an author and a section alone makes no relation."""

_Trait = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Beside:
    """The neighbours of one article; None at either end of the archive and for the undated."""

    previous: Shown | None = None
    next: Shown | None = None
    related: tuple[Shown, ...] = ()


class Neighbourhood:
    """Answers what stands beside an article; asking for one costs nothing for the others."""

    def __init__(self, dated: Sequence[Shown], undated: Sequence[Shown]) -> None:
        """`dated` are oldest first."""
        self._every = [*dated, *undated]
        self._dated = len(dated)
        self._places = {article.url: at for at, article in enumerate(self._every)}
        self._sharing: dict[_Trait, list[int]] = {}
        for at, article in enumerate(self._every):
            for trait in set(_traits(article)):
                self._sharing.setdefault(trait, []).append(at)

    def of(self, article: Shown) -> Beside:
        """What stands beside it; nothing when it is none of the archive's."""
        at = self._places.get(article.url)
        if at is None:
            return Beside()
        related = self._related(at)
        if at >= self._dated:
            return Beside(related=related)
        before = self._every[at - 1] if at else None
        after = self._every[at + 1] if at + 1 < self._dated else None
        return Beside(before, after, related)

    def _related(self, at: int) -> tuple[Shown, ...]:
        """The most alike; a trait weighs more the fewer have it, as a rare word does in a search."""
        scores: dict[int, float] = {}
        for trait in sorted(set(_traits(self._every[at]))):
            members = self._sharing[trait]
            weight = _WEIGHTS[trait[0]] * math.log1p(len(self._every) / len(members))
            place = bisect_left(members, at)
            for other in members[max(0, place - _NEAR) : place + _NEAR + 1]:
                if other != at:
                    scores[other] = scores.get(other, 0.0) + weight
        alike = [other for other, score in scores.items() if score >= _ENOUGH]
        alike.sort(key=lambda other: (-round(scores[other], 9), abs(other - at), other))
        return tuple(self._every[other] for other in alike[:RELATED])


def _traits(article: Shown) -> Iterable[_Trait]:
    view = article.archive
    yield from (("tag", tag.casefold()) for tag in view.tags)
    yield from (("author", name) for name in view.authors)
    if view.section:
        yield "section", view.section
