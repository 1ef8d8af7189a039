"""Articles that share rare words, in time that grows with their number and no faster.

    words of each article      ferry    harbour   council
    in how many articles          3         90      9,000  -> too common to mean anything
    of those near in time      all 3     12 of 90

1. A word's rarity is the number of binary digits between how many articles there are and how many have
   it. Whole digits, so that one more article hardly ever moves a word: lists stay as they are.
2. Each article keeps its ten best words (weight times rarity).
3. For each word, its articles stand in one order (by date). An article is compared with the 6 before and
   the 6 after it there: at most 10 x 12 comparisons, however many articles have the word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from backfile.browse.terms import TAG, Signature

WORDS = 10
REACH = 6
_TOO_COMMON = 3
"""Rarity below which a word is in more than an eighth of all articles."""
_ONE_SHARED = 1 << 20
_ENOUGH = 2 * _ONE_SHARED
"""One rare word in common is an accident."""


def related(signatures: Sequence[Signature], most: int) -> list[list[int]]:
    """For each article, the places of those it shares most with, best first.

    `signatures` stand in an order in which neighbours have more to do with each other (by date).
    """
    chosen = _chosen(signatures)
    postings: dict[int, list[int]] = defaultdict(list)
    standing: list[list[tuple[int, int, int, int]]] = []
    for place, terms in enumerate(chosen):
        standing.append([(term, rare, sharing, len(postings[term])) for term, rare, sharing in terms])
        for term, _, _ in terms:
            postings[term].append(place)
    return [_nearest(place, terms, postings, most) for place, terms in enumerate(standing)]


def _chosen(signatures: Sequence[Signature]) -> list[list[tuple[int, int, int]]]:
    """The best words of each article: each with its rarity, and what sharing it counts.

    A tag counts as two words and three times its rarity: alone it makes a relation, if it is rare.
    """
    spread = Counter(term for terms in signatures for term, _ in terms)
    digits = len(signatures).bit_length()
    # In a small archive nearly every word is in an eighth of all: there what is shared counts from one digit on.
    least = max(min(_TOO_COMMON, digits - 3), 1)
    rarity = {
        term: digits - count.bit_length()
        for term, count in spread.items()
        if count > 1 and digits - count.bit_length() >= least
    }
    chosen = []
    for terms in signatures:
        ranked = [(-weight * rarity[term], term, weight) for term, weight in terms if term in rarity]
        ranked.sort()
        chosen.append([(term, rarity[term], _sharing(rarity[term], weight)) for _, term, weight in ranked[:WORDS]])
    return chosen


def _sharing(rare: int, weight: int) -> int:
    # How many words are shared stands above what sharing them counts, in one number.
    return 2 * _ONE_SHARED + 3 * rare if weight == TAG else _ONE_SHARED + rare


def _nearest(
    place: int, terms: list[tuple[int, int, int, int]], postings: dict[int, list[int]], most: int
) -> list[int]:
    """Those that share most with one article; of equals the nearest, then the earlier."""
    score: dict[int, int] = {}
    known = score.get
    for term, _, sharing, at in terms:
        for other in postings[term][max(at - REACH, 0) : at + REACH + 1]:
            score[other] = known(other, 0) + sharing
    score.pop(place, None)
    # At least a fifth of what all its words count: less is what any two articles have in common.
    least = -(-sum(rare for _, rare, _, _ in terms) // 5)
    fit = [
        (-(sum_ % _ONE_SHARED), abs(other - place), other)
        for other, sum_ in score.items()
        if sum_ >= _ENOUGH and sum_ % _ONE_SHARED >= least
    ]
    fit.sort()
    return [other for _, _, other in fit[:most]]
