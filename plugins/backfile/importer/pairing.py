"""Finds the extracts that come from one page, by what they share, in near-linear time.

Map: each extract gives keys, the shingles whose digest happens to be divisible by `RATE`, so that two
extracts sample their common text alike. Group by key: extracts that share a key are candidates.
Verify: the smaller must be contained in the larger. Every step is a pure function of plain records.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backfile.importer.shingles import containment, digests, fold

RATE = 8
"""One shingle in so many is a key: a shared passage of 40 words is missed once in a hundred times."""
CROWD = 40
"""A key that more extracts than this share is boilerplate and pairs nobody."""
SAME_PAGE = 0.7
"""Containment from which two extracts are one page; two extracts of a real page measured .89."""
PERHAPS = 0.5
"""Containment from which a pair is reported but not merged."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The digests of an extract's shingles, sorted, four bytes each; `index` is its place in the input."""

    index: int
    digests: array[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two extracts that share much of their text, and how much of the smaller is shared (0 to 1)."""

    first: int
    second: int
    containment: float


def fingerprint(index: int, paragraphs: Iterable[str]) -> Fingerprint:
    """The fingerprint of an extract's text."""
    words = [word for paragraph in paragraphs for word in fold(paragraph)]
    return Fingerprint(index, array("I", sorted(digests(words))))


def candidates(fingerprints: Iterable[Fingerprint]) -> list[tuple[int, int]]:
    """Pairs of extracts that share a key, each once, lower index first, in order."""
    groups: dict[int, list[int]] = defaultdict(list)
    for item in fingerprints:
        for digest in item.digests:
            if digest % RATE == 0:
                groups[digest].append(item.index)
    pairs: set[tuple[int, int]] = set()
    for members in groups.values():
        if 1 < len(members) <= CROWD:
            for at, first in enumerate(members):
                pairs.update((first, second) for second in members[at + 1 :])
    return sorted(pairs)


def pair_up(fingerprints: Sequence[Fingerprint]) -> list[Pair]:
    """The pairs whose smaller member is contained to at least `PERHAPS`, in order."""
    by_index = {item.index: item.digests for item in fingerprints}
    found = (
        Pair(first, second, containment(set(by_index[first]), set(by_index[second])))
        for first, second in candidates(fingerprints)
    )
    return [pair for pair in found if pair.containment >= PERHAPS]


def group(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Indices 0 to count-1 in groups of one page each, by the pairs that are the same page."""
    leader = list(range(count))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for pair in pairs:
        if pair.containment >= SAME_PAGE:
            first, second = sorted((find(pair.first), find(pair.second)))
            leader[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(count):
        groups[find(index)].append(index)
    return list(groups.values())
