"""Long posting lists: a head of the best documents, tiers by impact, positions in chunks.

    entry in tN:  df.. cf.. any | head: the 64 best, with all that scores them | tiers | chunks
                                                                                |        |
    lN:  [ best 1,024 | next 8,192 | next 65,536 ... ] each by document  <------+        |
    qN:  [ positions of documents 0.. | of documents n.. | ... ]  <----------------------+

(docs/shard-format.md, sections 7 and 8)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backfile.search import columns
from backfile.search.codec import uint
from backfile.search.columns import Bytes, Numbers
from backfile.search.impact import Impacts
from backfile.search.keybodies import LongBody
from backfile.search.postings import Listed
from backfile.search.schema import FIELDS

HEAD = 64
FIRST_TIER = 1024
TIER_GROWTH = 8
CHUNK = 8192

Chosen = npt.NDArray[np.bool_]


class _List(NamedTuple):
    """Postings as columns of numbers; those of an exact field have documents alone. `places`: where among all
    documents of the key these stand."""

    field: int
    docs: Numbers
    extra: Numbers
    lengths: Bytes
    sizes: Numbers
    positions: bytes
    places: Numbers

    def encode(self, chosen: Chosen) -> bytes:
        """Some, as `postings(n)` of the format."""
        gaps = _bytes(columns.gaps(self.docs[chosen]))
        if not self.scored:
            return gaps
        return gaps + _bytes(self.extra[chosen]) + self.lengths[chosen].tobytes()

    @property
    def scored(self) -> bool:
        return len(self.lengths) > 0


def encode_long(start: bytes, entry: Mapping[int, Listed], impacts: Impacts) -> LongBody:
    """The body of a long key, which starts with its document frequencies."""
    documents = [np.asarray(postings.docs, np.int64) for postings in entry.values()]
    everything = columns.union(documents)
    lists = [_list(field, entry[field], docs, everything) for field, docs in zip(entry, documents, strict=True)]
    found, scores = np.zeros(len(everything), np.bool_), np.zeros(len(everything))
    for own in lists:
        if FIELDS[own.field].boost:
            found[own.places] = True
            impacts.add(scores, own.field, own.extra, own.lengths, own.places)
    impact = impacts.of(scores)
    any_field = int(np.count_nonzero(found))
    if any_field and len(everything) > FIRST_TIER:
        order = columns.order(impact.max() - impact)  # ties by number
        best, tiers = np.sort(order[:HEAD]), list(_tiers(lists, impact, order))
    else:
        best = np.zeros(0, np.int64)
        whole = b"".join([postings.encode() for postings in entry.values()])
        tiers = [(whole, int(impact.max()) + 1, [postings.df for postings in entry.values()])]
    frequencies = [uint(int(own.extra.sum()) + len(own.docs)) for own in lists if own.scored]
    parts = [start, *frequencies, uint(any_field), _head(lists, everything, best)]
    return LongBody(b"".join(parts), tiers, list(_chunks([own for own in lists if own.scored], everything)))


def _bytes(numbers: Numbers) -> bytes:
    return columns.uints(numbers).tobytes()


def _list(field: int, postings: Listed, docs: Numbers, everything: Numbers) -> _List:
    places = np.arange(len(docs)) if len(docs) == len(everything) else np.searchsorted(everything, docs)
    extra, sizes = np.asarray(postings.extra, np.int64), np.asarray(postings.sizes, np.int64)
    return _List(field, docs, extra, np.frombuffer(postings.lengths, np.uint8), sizes, postings.positions, places)


def _head(lists: Sequence[_List], everything: Numbers, best: Numbers) -> bytes:
    parts = [uint(len(best)), _bytes(columns.gaps(everything[best]))]
    for own in lists:
        if FIELDS[own.field].boost:
            at = np.searchsorted(own.places, best)
            held = own.places[np.minimum(at, len(own.places) - 1)] == best
            frequencies = np.zeros(len(best), np.int64)
            frequencies[held] = own.extra[at[held]] + 1
            parts += [_bytes(frequencies), own.lengths[at[held]].tobytes()]
    return b"".join(parts)


def _tiers(lists: Sequence[_List], impact: Numbers, order: Numbers) -> Iterator[tuple[bytes, int, list[int]]]:
    """The tiers of documents that stand in this order of impact."""
    start, size = 0, FIRST_TIER
    while start < len(order):
        members = np.zeros(len(order), np.bool_)
        members[order[start : start + size]] = True
        chosen = [members[own.places] for own in lists]
        data = b"".join([own.encode(those) for own, those in zip(lists, chosen, strict=True)])
        yield data, int(impact[order[start]]) + 1, [int(np.count_nonzero(those)) for those in chosen]
        start, size = start + size, size * TIER_GROWTH


def _chunks(scored: Sequence[_List], everything: Numbers) -> Iterator[tuple[int, bytes]]:
    """First document, less that of the chunk before, and data of each chunk of positions."""
    weights = np.zeros(len(everything), np.int64)
    for own in scored:
        weights[own.places] += own.sizes + 2
    held = np.flatnonzero(weights)
    beyond = columns.ends(weights[held])
    starts = [columns.ends(own.sizes) for own in scored]
    first = before = 0
    while first < len(held):
        last = max(first + 1, int(np.searchsorted(beyond, beyond[first] + CHUNK, "right")) - 1)
        doc = int(everything[held[first]]) if first else 0
        bounds = held[first], held[last - 1] + 1
        yield doc - before, b"".join([_chunk(own, at, bounds) for own, at in zip(scored, starts, strict=True)])
        first, before = last, doc


def _chunk(own: _List, starts: Numbers, bounds: tuple[int, int]) -> bytes:
    low, high = np.searchsorted(own.places, bounds)
    docs, extra = own.docs[low:high], own.extra[low:high]
    data = [_bytes(columns.gaps(docs)), _bytes(extra), own.positions[starts[low] : starts[high]]]
    return uint(len(docs)) + b"".join(data)
