"""Articles that share rare words, in time that grows with their number and no faster.

    words of each article      ferry    harbour   council
    in how many articles          3         90      9,000  -> too common to mean anything
    of those near in time      all 3     12 of 90

1. A word's rarity is the number of binary digits between how many articles there are and how many have
   it. Whole digits, so that one more article hardly ever moves a word: lists stay as they are.
2. Each article keeps its ten best words (weight times rarity).
3. For each word, its articles stand in one order (by date). An article is compared with the 6 before and
   the 6 after it there: at most 10 x 12 comparisons, however many articles have the word.

What an article is related to so depends on its own words, their rarity, and its neighbours in ten lists:
`relations.py` works out again only where one of these changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from backfile.browse.terms import TAG, Signature

WORDS = 10
REACH = 6
_TOO_COMMON = 3
"""Rarity below which a word is in more than an eighth of all articles."""
_ONE_SHARED = 1 << 20
_ENOUGH = 2 * _ONE_SHARED
"""One rare word in common is an accident."""

Chosen = tuple[tuple[int, int], ...]
"""The best words of an article, the best first: each with its rarity, negative for a tag."""
Lists = Mapping[int, Sequence[int]]
"""By word, the places of the articles that have it among their best, in order."""


def related(signatures: Sequence[Signature], most: int) -> list[list[int]]:
    """For each article, the places of those it shares most with, best first.

    `signatures` stand in an order in which neighbours have more to do with each other (by date).
    """
    rarity = rarities(Counter(term for terms in signatures for term, _ in terms), len(signatures))
    chosen = [choose(terms, rarity) for terms in signatures]
    lists, standing = stand(chosen)
    return [nearest(place, chosen[place], standing[place], lists, most) for place in range(len(chosen))]


def rarities(spread: Mapping[int, int], articles: int) -> dict[int, int]:
    """The rarity of each word that can relate articles; `spread` says how many articles have it."""
    digits = articles.bit_length()
    least = least_rarity(digits)
    return {
        term: digits - count.bit_length()
        for term, count in spread.items()
        if count > 1 and digits - count.bit_length() >= least
    }


def least_rarity(digits: int) -> int:
    """The rarity that a word must have: of a small archive, where nearly every word is in an eighth of all, one."""
    return max(min(_TOO_COMMON, digits - 3), 1)


def choose(terms: Signature, rarity: Mapping[int, int]) -> Chosen:
    """The best words of one article. A tag is marked: alone it makes a relation, if it is rare."""
    ranked = [(-weight * rarity[term], term, weight) for term, weight in terms if term in rarity]
    ranked.sort()
    return tuple((term, -rarity[term] if weight == TAG else rarity[term]) for _, term, weight in ranked[:WORDS])


def stand(chosen: Iterable[Chosen]) -> tuple[dict[int, list[int]], list[list[int]]]:
    """The lists of all words, and where in each of its words' lists an article stands."""
    lists: dict[int, list[int]] = defaultdict(list)
    standing = []
    for place, terms in enumerate(chosen):
        standing.append([len(lists[term]) for term, _ in terms])
        for term, _ in terms:
            lists[term].append(place)
    return lists, standing


def nearest(place: int, terms: Chosen, standing: Sequence[int], lists: Lists, most: int) -> list[int]:
    """Those that share most with one article; a tag counts as two words and three times its rarity.

    Of equals the nearest in the list of the best word they share comes first, then the earlier.
    """
    score: dict[int, int] = {}
    near: dict[int, int] = {}
    known = score.get
    for (term, rare), at in zip(terms, standing, strict=True):
        sharing = _ONE_SHARED + rare if rare > 0 else 2 * _ONE_SHARED - 3 * rare
        first = max(at - REACH, 0)
        for other_at, other in enumerate(lists[term][first : at + REACH + 1], first):
            score[other] = known(other, 0) + sharing
            near.setdefault(other, abs(other_at - at))
    score.pop(place, None)
    # At least a fifth of what all its words count: less is what any two articles have in common.
    least = -(-sum(abs(rare) for _, rare in terms) // 5)
    fit = [
        (-(sum_ % _ONE_SHARED), near[other], other)
        for other, sum_ in score.items()
        if sum_ >= _ENOUGH and sum_ % _ONE_SHARED >= least
    ]
    fit.sort()
    return [other for _, _, other in fit[:most]]
