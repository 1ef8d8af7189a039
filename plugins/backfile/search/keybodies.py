"""What stands of each key in the files of a segment, before it has its place in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from backfile.search.codec import uint, uints
from backfile.search.postings import Listed
from backfile.search.schema import FIELDS, TEXT_FIELDS

if TYPE_CHECKING:
    from backfile.search.impact import Impacts

LONG = 1024
LONG_POSITIONS = 1 << 16

Pack = Callable[[bytes], tuple[int, int, int]]


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


class KeyBody(NamedTuple):
    """A key, its body, and its positions, when they do not stand in chunks.

    `text`: whether it is a key of a text field; `values`: the exact fields whose value it is, with their documents.
    """

    key: str
    body: bytes | LongBody
    positions: bytes
    text: bool
    values: list[tuple[int, int]]


class _Statistics:
    """What the documents of a segment are scored by, should any key be long."""

    def __init__(self, docs: int, lengths: Sequence[int]) -> None:
        self._docs, self._lengths = docs, lengths

    @cached_property
    def impacts(self) -> Impacts:
        from backfile.search.impact import Impacts  # as all of NumPy, for those that need it

        return Impacts(self._docs, self._lengths)


def write(entries: Iterable[tuple[str, Mapping[int, Listed]]], docs: int, lengths: Sequence[int]) -> Iterator[KeyBody]:
    """The bodies of keys, in order, of a segment of `docs` documents with so many tokens in each text field."""
    statistics = _Statistics(docs, lengths)
    for key, entry in entries:
        body, positions = _body(entry, statistics)
        values = [(f, postings.df) for f, postings in entry.items() if FIELDS[f].kind == "exact"]
        yield KeyBody(key, body, positions, min(entry) < len(TEXT_FIELDS), values)


def _body(entry: Mapping[int, Listed], statistics: _Statistics) -> tuple[bytes | LongBody, bytes]:
    if len(entry) == 1:  # most keys
        ((field, only),) = entry.items()
        short = only.encode()
        if len(short) <= LONG and len(only.positions) <= LONG_POSITIONS:
            return uints([1 << field, 0, only.df]) + short, only.positions
    mask = sum(1 << field for field in entry)
    counts = [postings.df for postings in entry.values()]
    short = b"".join([postings.encode() for postings in entry.values()])
    places = sum(len(postings.positions) for postings in entry.values())
    if len(short) > LONG or places > LONG_POSITIONS:
        from backfile.search.longlists import encode_long

        return encode_long(uints([mask, 1, *counts]), entry, statistics.impacts), b""
    return uints([mask, 0, *counts]) + short, b"".join([p.positions for p in entry.values()])
