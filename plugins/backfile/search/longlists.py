"""Long posting lists: a head of the best documents, tiers by impact, positions in chunks.

    entry in tN:  df.. cf.. any | head: the 64 best, with all that scores them | tiers | chunks
                                                                                |        |
    lN:  [ best 1,024 | next 8,192 | next 65,536 ... ] each by document  <------+        |
    qN:  [ positions of documents 0.. | of documents n.. | ... ]  <----------------------+

(docs/shard-format.md, sections 7 and 8)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from backfile.search.codec import gaps, uint, uints
from backfile.search.impact import Impacts
from backfile.search.postings import Postings
from backfile.search.schema import FIELDS

LONG = 1024
LONG_POSITIONS = 1 << 16
HEAD = 64
FIRST_TIER = 1024
TIER_GROWTH = 8
CHUNK = 8192

Pack = Callable[[bytes], tuple[int, int, int]]
Entry = Mapping[int, Postings]


class LongBody(NamedTuple):
    """The body of a long key before its tiers and chunks have their places.

    A tier is its postings, the bound of its impacts, and the number of postings in each field; a chunk is its first
    document, less that of the chunk before, and its positions.
    """

    start: bytes
    tiers: list[tuple[bytes, int, list[int]]]
    chunks: list[tuple[int, bytes]]

    def place(self, pack_tier: Pack, pack_chunk: Pack) -> bytes:
        """The body, when tiers and chunks are packed."""
        parts = [self.start, uint(len(self.tiers))]
        parts += [uints([*pack_tier(blob), bound, *counts]) for blob, bound, counts in self.tiers]
        parts.append(uint(len(self.chunks)))
        parts += [uints([gap, *pack_chunk(blob)]) for gap, blob in self.chunks]
        return b"".join(parts)


def encode_long(start: bytes, entry: Entry, impacts: Impacts) -> LongBody:
    """The body of a long key, which starts with its document frequencies."""
    scored = {field: postings for field, postings in entry.items() if FIELDS[field].kind == "text"}
    impact = impacts.of(scored)
    order = _order(entry, impact)
    best = sorted(order[:HEAD]) if impact and len(order) > FIRST_TIER else []
    parts = [start, *(uint(postings.frequency()) for postings in scored.values())]
    parts += [uint(len(impact)), _head(entry, best)]
    tiers = [
        (
            b"".join([postings.encode() for postings in tier.values() if postings.docs]),
            bound,
            [len(postings.docs) for postings in tier.values()],
        )
        for bound, tier in _tiers(entry, impact, order)
    ]
    chunks, before = [], 0
    for first, blob in _chunks(scored):
        chunks.append((first - before, blob))
        before = first
    return LongBody(b"".join(parts), tiers, chunks)


def _order(entry: Entry, impact: dict[int, int]) -> list[int]:
    """All documents of the key; by impact when that matters, ties by number."""
    everything = set().union(*(postings.docs for postings in entry.values()))
    if len(everything) <= FIRST_TIER or not impact:
        return list(everything)
    known = dict.fromkeys(everything, 0) | impact
    return sorted(sorted(everything), key=known.__getitem__, reverse=True)  # which keeps the order of equals


def _head(entry: Entry, best: list[int]) -> bytes:
    parts = [uint(len(best)), gaps(best)]
    for field, postings in entry.items():
        if not FIELDS[field].boost:
            continue
        places = [_place(postings.docs, doc) for doc in best]
        parts.append(uints([0 if place < 0 else postings.extra[place] + 1 for place in places]))
        parts.append(bytes([postings.lengths[place] for place in places if place >= 0]))
    return b"".join(parts)


def _place(docs: list[int], doc: int) -> int:
    place = bisect_left(docs, doc)
    return place if place < len(docs) and docs[place] == doc else -1


def _tiers(entry: Entry, impact: dict[int, int], order: list[int]) -> Iterator[tuple[int, Entry]]:
    """Bound and postings of each tier. All documents in one, when they are few or not scored."""
    if len(order) <= FIRST_TIER or not impact:
        yield max(impact.values(), default=0) + 1, entry
        return
    start, size = 0, FIRST_TIER
    while start < len(order):
        docs = order[start : start + size]
        members = set(docs)
        yield (
            impact.get(docs[0], 0) + 1,
            {
                field: postings.select([place for place, doc in enumerate(postings.docs) if doc in members])
                for field, postings in entry.items()
            },
        )
        start, size = start + size, size * TIER_GROWTH


def _chunks(scored: Entry) -> Iterator[tuple[int, bytes]]:
    """First document and data of each chunk of positions."""
    starts = {field: postings.starts() for field, postings in scored.items()}
    weights: dict[int, int] = {}
    for postings in scored.values():
        sizes = zip(postings.docs, [size + 2 for size in postings.sizes], strict=True)
        if not weights:
            weights = dict(sizes)
            continue
        for doc, size in sizes:
            weights[doc] = weights.get(doc, 0) + size
    bounds, filled = [0], 0
    for doc in sorted(weights):
        weight = weights[doc]
        if filled and filled + weight > CHUNK:
            bounds.append(doc)
            filled = 0
        filled += weight
    if not weights:
        return
    for first, beyond in zip(bounds, [*bounds[1:], max(weights) + 1], strict=True):
        yield first, _chunk(scored, starts, first, beyond)


def _chunk(scored: Entry, starts: Mapping[int, list[int]], first: int, beyond: int) -> bytes:
    parts = []
    for field, postings in scored.items():
        low, high = bisect_left(postings.docs, first), bisect_left(postings.docs, beyond)
        parts += [
            uint(high - low),
            gaps(postings.docs[low:high]),
            uints(postings.extra[low:high]),
            postings.positions[starts[field][low] : starts[field][high]],
        ]
    return b"".join(parts)
