"""The posting lists of a large run: its occurrences sorted by key, by NumPy, as many as memory should hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backfile.search import columns
from backfile.search.codec import LENGTHS
from backfile.search.columns import Bytes, Numbers
from backfile.search.invert import Run
from backfile.search.occurrences import Occurrences
from backfile.search.postings import Listed
from backfile.search.schema import FIELDS

PARTS = 8
AT_ONCE = 1 << 20
"""An eighth of the occurrences is sorted at once, or so many: each takes some forty bytes then."""


@dataclass(slots=True)
class _Part:
    """The postings of some keys in one field, column after column, each key's together.

    `rows` says where the postings of each key begin, `places` where the positions of each posting begin in `positions`;
    the other columns of bytes come with where those of each key begin. Each has an end more.
    """

    scored: bool
    ranks: list[int]
    rows: list[int]
    docs: Numbers
    extra: Numbers
    lengths: bytes
    places: Numbers
    gaps: tuple[bytes, list[int]]
    extras: tuple[bytes, list[int]]
    positions: tuple[bytes, list[int]]


class _KeyPostings:
    """What one of these keys has; see `backfile.search.postings.Listed`."""

    __slots__ = ("_at", "_part", "_rows", "df")

    def __init__(self, part: _Part, at: int) -> None:
        self._part, self._at = part, at
        self._rows = slice(part.rows[at], part.rows[at + 1])
        self.df = part.rows[at + 1] - part.rows[at]

    @property
    def docs(self) -> Numbers:
        return self._part.docs[self._rows]

    @property
    def extra(self) -> Numbers:
        return self._part.extra[self._rows]

    @property
    def lengths(self) -> bytes:
        return self._part.lengths[self._rows]

    @property
    def sizes(self) -> Numbers:
        return np.diff(self._part.places[self._rows.start : self._rows.stop + 1])

    @property
    def positions(self) -> bytes:
        return _slice(self._part.positions, self._at) if self._part.scored else b""

    def encode(self) -> bytes:
        gaps = _slice(self._part.gaps, self._at)
        return gaps + _slice(self._part.extras, self._at) + self.lengths if self._part.scored else gaps


def _slice(column: tuple[bytes, list[int]], at: int) -> bytes:
    data, places = column
    return data[places[at] : places[at + 1]]


def entries(run: Run, numbers: list[int]) -> Iterator[tuple[str, Mapping[int, Listed]]]:
    """The keys of a run in order, with their postings in each field. `numbers`: where documents are in the segment."""
    names = sorted(run.keys)
    ranks = np.zeros(len(names) + 1, np.int32)
    ranks[np.fromiter(map(run.keys.__getitem__, names), np.int64, len(names))] = np.arange(len(names))
    order = np.array(numbers, np.int32)
    lengths = _length_bytes(run, order)
    for first, beyond in pairwise(_bounds(run, ranks)):
        found: defaultdict[int, dict[int, Listed]] = defaultdict(dict)
        for field, occurrences in zip(FIELDS, run.fields, strict=True):
            if (sorted_ := _sorted(occurrences, ranks, (first, beyond), order)) is not None:
                part = _part(*sorted_, lengths[field.id] if field.kind == "text" else None)
                for at, rank in enumerate(part.ranks):
                    found[rank][field.id] = _KeyPostings(part, at)
        for rank in range(first, beyond):
            yield names[rank], found[rank]


def _length_bytes(run: Run, order: Numbers) -> list[Bytes]:
    """For each text field the length bytes of the documents of the segment."""
    found = []
    for column in run.table.lengths:
        lengths = np.empty(len(order), np.uint8)
        lengths[order] = np.searchsorted(LENGTHS[:255], np.array(column, np.int64))
        found.append(lengths)
    return found


def _bounds(run: Run, ranks: Numbers) -> list[int]:
    """The ranks at which parts begin, and the number of keys."""
    counts = np.zeros(len(ranks), np.int64)
    for occurrences in run.fields:
        for keys in occurrences.batches():
            counts += np.bincount(np.frombuffer(keys, np.uint32), minlength=len(counts))
    by_rank = np.empty(len(ranks) - 1, np.int64)
    by_rank[ranks[1:]] = counts[1:]
    upto = np.cumsum(by_rank)
    whole = int(upto[-1]) if len(upto) else 0
    at_once = max(AT_ONCE, whole // PARTS)
    cuts = np.searchsorted(upto, np.arange(at_once, whole, at_once))
    return sorted({0, *(cuts + 1).tolist(), len(by_rank)})


def _gathered(occurrences: Occurrences, ranks: Numbers, part: tuple[int, int]) -> tuple[Numbers, Numbers]:
    """The ranks of the occurrences of these keys, and where among all of the field they stand."""
    found, places, start = [], [], 0
    for keys in occurrences.batches():
        own = ranks[np.frombuffer(keys, np.uint32)]
        chosen = np.flatnonzero((own >= part[0]) & (own < part[1]))
        found.append(own[chosen])
        places.append((chosen + start).astype(np.uint32))
        start += len(keys)
    return np.concatenate(found), np.concatenate(places)


def _sorted(
    occurrences: Occurrences, ranks: Numbers, part: tuple[int, int], order: Numbers
) -> tuple[Numbers, Numbers, Numbers] | None:
    """Rank, document and position of the occurrences of the keys of these ranks, in this order; None without any."""
    own, places = _gathered(occurrences, ranks, part)
    if not len(own):
        return None
    texts = columns.ends(np.frombuffer(occurrences.sizes, np.uint32))
    # How many of them each text has; what is known of a text is then repeated as often.
    held = np.diff(np.searchsorted(places, texts))
    docs = np.repeat(order[np.frombuffer(occurrences.docs, np.uint32)], held)
    first = np.repeat(texts[:-1] - np.frombuffer(occurrences.bases, np.uint32), held)
    positions = (places - first).astype(np.int32)
    del places, first
    if np.any(docs[1:] < docs[:-1]):  # documents came out of order
        by_doc = columns.order(docs)
        own, docs, positions = own[by_doc], docs[by_doc], positions[by_doc]
    by_key = columns.order(own)
    return own[by_key], docs[by_key], positions[by_key]


def _part(own: Numbers, docs: Numbers, positions: Numbers, lengths: Bytes | None) -> _Part:
    """The columns of sorted occurrences. `lengths`: the bytes of all documents, None of a field that is not scored."""
    rows = columns.starts(own, docs)
    beyond = np.append(rows, len(own))
    position_bytes, at = columns.encoded(columns.steps(positions, rows))
    own, docs, extra, places = own[rows], docs[rows], np.diff(beyond) - 1, at[beyond]
    keys = columns.starts(own)
    bounds = np.append(keys, len(own))
    gap_bytes, gap_places = columns.encoded(columns.steps(docs, keys))
    extra_bytes, extra_places = columns.encoded(extra)
    return _Part(
        scored=lengths is not None,
        ranks=own[keys].tolist(),
        rows=bounds.tolist(),
        docs=docs,
        extra=extra,
        lengths=lengths[docs].tobytes() if lengths is not None else b"",
        places=places,
        gaps=(gap_bytes.tobytes(), gap_places[bounds].tolist()),
        extras=(extra_bytes.tobytes(), extra_places[bounds].tolist()),
        positions=(position_bytes.tobytes(), places[bounds].tolist()),
    )
