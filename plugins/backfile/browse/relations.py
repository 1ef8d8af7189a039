"""Related articles from one build to the next: worked out again only where they can have changed.

    an article came, went or changed -> the spread of its words -> the rarity of few, often of none
    -> articles with such a word choose their best words again -> the lists of the words they gained or lost
    -> articles within reach of the place where one came or went

Everything else is related to what it was related to. The same as `related`, for a hundredth of the work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backfile.browse.related import REACH, Chosen, choose, least_rarity, nearest, rarities, stand
from backfile.browse.terms import Signature

_VERSION = 1
_FEW = 8
"""When more than one in so many articles came or went, all is worked out."""


@dataclass(slots=True)
class Relations:
    """What one build knows: all by the keys of articles, which stand for what their signatures are made from.

    `order` has the keys as they stand; `terms`, `chosen` and `others` belong to them.
    """

    most: int
    order: list[str]
    terms: list[tuple[int, ...]]
    chosen: list[Chosen]
    others: list[tuple[int, ...]]
    spread: dict[int, int]

    def plain(self) -> tuple[Any, ...]:
        """As values that `marshal` can write."""
        return _VERSION, self.most, self.order, self.terms, self.chosen, self.others, self.spread


def from_plain(plain: Any) -> Relations | None:
    """What `plain` gave; None when it was another version, or nothing."""
    return Relations(*plain[1:]) if plain and plain[0] == _VERSION else None


def relate(
    keys: Sequence[str], signature: Callable[[int], Signature], most: int, before: Relations | None
) -> Relations:
    """The relations of articles in their order; `signature` gives that of a place, and is called for what is new."""
    if before is not None and (change := _Change.between(before, keys, most)):
        return change.apply(signature)
    signatures = [signature(place) for place in range(len(keys))]
    spread = Counter(term for terms in signatures for term, _ in terms)
    rarity = rarities(spread, len(keys))
    chosen = [choose(terms, rarity) for terms in signatures]
    lists, standing = stand(chosen)
    others = [tuple(nearest(at, chosen[at], standing[at], lists, most)) for at in range(len(keys))]
    terms = [tuple(term for term, _ in found) for found in signatures]
    return Relations(most, list(keys), terms, chosen, others, dict(spread))


@dataclass(slots=True)
class _Change:
    """From the relations before to those of `keys`: `old` is the place of each key before, None when it is new."""

    before: Relations
    keys: Sequence[str]
    old: list[int | None]
    gone: list[int]

    @classmethod
    def between(cls, before: Relations, keys: Sequence[str], most: int) -> _Change | None:
        """The change, or None when it is too large, or when what stayed does not stand in the same order."""
        places = {key: place for place, key in enumerate(before.order)}
        old = [places.pop(key, None) for key in keys]
        stayed = [place for place in old if place is not None]
        moved = len(keys) - len(stayed) + len(places)
        same_digits = len(keys).bit_length() == len(before.order).bit_length()
        if before.most != most or not same_digits or moved * _FEW > len(keys) or stayed != sorted(stayed):
            return None
        return cls(before, keys, old, list(places.values()))

    def apply(self, signature: Callable[[int], Signature]) -> Relations:
        before, fresh = self.before, {at: signature(at) for at, place in enumerate(self.old) if place is None}
        spread, moved = self._spread(fresh)
        rarity = _rarity_of(spread, len(self.keys))
        terms, chosen, touched = [], [], set()
        for at, place in enumerate(self.old):
            known = tuple(term for term, _ in fresh[at]) if place is None else before.terms[place]
            terms.append(known)
            if place is not None and moved.isdisjoint(known):
                chosen.append(before.chosen[place])
                continue
            found = fresh[at] if place is None else signature(at)
            chosen.append(choose(found, {term: rare for term in known if (rare := rarity(term))}))
            if place is None or chosen[at] != before.chosen[place]:
                touched.add(at)
        lists, standing = stand(chosen)
        again = touched | self._near(touched, chosen, lists, standing)
        now = {place: at for at, place in enumerate(self.old) if place is not None}
        others = [
            tuple(nearest(at, chosen[at], standing[at], lists, before.most))
            if place is None or at in again
            else tuple(now[other] for other in before.others[place])
            for at, place in enumerate(self.old)
        ]
        return Relations(before.most, list(self.keys), terms, chosen, others, spread)

    def _spread(self, fresh: Mapping[int, Signature]) -> tuple[dict[int, int], set[int]]:
        """How many articles have each word now, and the words whose rarity is another."""
        spread = Counter(self.before.spread)
        changed = {term for place in self.gone for term in self.before.terms[place]}
        for place in self.gone:
            spread.subtract(self.before.terms[place])
        for found in fresh.values():
            spread.update(term for term, _ in found)
            changed.update(term for term, _ in found)
        was, now = _rarity_of(self.before.spread, len(self.keys)), _rarity_of(spread, len(self.keys))
        moved = {term for term in changed if was(term) != now(term)}
        return {term: count for term, count in spread.items() if count}, moved

    def _near(self, touched: set[int], chosen: list[Chosen], lists: Any, standing: list[list[int]]) -> set[int]:
        """The articles whose neighbourhood in a list changed: an article came into it, left it, or chose it anew."""
        near: set[int] = set()
        for at in touched:
            for (term, _), there in zip(chosen[at], standing[at], strict=True):
                near.update(lists[term][max(there - REACH, 0) : there + REACH + 1])
        left = [*self.gone, *(place for at in touched if (place := self.old[at]) is not None)]
        old_lists, old_standing = stand(_only(self.before.chosen, {t for p in left for t, _ in self.before.chosen[p]}))
        now = {place: at for at, place in enumerate(self.old) if place is not None}
        for place in left:
            for (term, _), there in zip(self.before.chosen[place], old_standing[place], strict=True):
                near.update(now[p] for p in old_lists[term][max(there - REACH, 0) : there + REACH + 1] if p in now)
        return near


def _only(chosen: Iterable[Chosen], terms: set[int]) -> Iterable[Chosen]:
    return (tuple(pair for pair in found if pair[0] in terms) for found in chosen)


def _rarity_of(spread: Mapping[int, int], articles: int) -> Callable[[int], int]:
    """The rarity of a word, 0 when it cannot relate articles; as `rarities` has it."""
    digits = articles.bit_length()
    least = least_rarity(digits)

    def rarity(term: int) -> int:
        count = spread.get(term, 0)
        rare = digits - count.bit_length()
        return rare if count > 1 and rare >= least else 0

    return rarity
