"""Posting lists in memory: what one key has in one field, and how several such lists become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

from backfile.search.codec import Cursor, gaps, uint, uints

if TYPE_CHECKING:
    from backfile.search.columns import Numbers


class Listed(Protocol):
    """Postings to be written, however they are held; the columns are those of `Postings`."""

    @property
    def df(self) -> int:
        """How many documents there are."""

    @property
    def docs(self) -> list[int] | Numbers:
        """The documents."""

    @property
    def extra(self) -> list[int] | Numbers:
        """The term frequencies, less one."""

    @property
    def lengths(self) -> bytes:
        """The length bytes."""

    @property
    def sizes(self) -> list[int] | Numbers:
        """How many bytes the positions of each posting have."""

    @property
    def positions(self) -> bytes:
        """All positions."""

    def encode(self) -> bytes:
        """As `postings(n)` of the format."""


@dataclass(slots=True)
class Postings:
    """The documents that hold a key in a field, ascending, and for text fields how often and where.

    `extra` is the term frequency minus one; `lengths` the length bytes; `positions` all positions as
    the format writes them, of which posting i has `sizes[i]` bytes. An exact field has documents alone.
    """

    docs: list[int]
    extra: list[int] = field(default_factory=list)
    lengths: bytes = b""
    sizes: list[int] = field(default_factory=list)
    positions: bytes = b""

    def encode(self) -> bytes:
        """As `postings(n)` of the format."""
        if len(self.docs) == 1:  # as for every second key
            return uint(self.docs[0]) + uints(self.extra) + self.lengths
        return gaps(self.docs) + uints(self.extra) + self.lengths

    @property
    def df(self) -> int:
        """How many documents there are."""
        return len(self.docs)

    def frequency(self) -> int:
        """The sum of the term frequencies."""
        return sum(self.extra) + len(self.docs)

    def starts(self) -> list[int]:
        """Where each posting's positions start, and where the last one's end."""
        return [0, *accumulate(self.sizes)]

    def select(self, places: Sequence[int]) -> Postings:
        """The postings at these places, without their positions."""
        if not self.lengths:
            return Postings([self.docs[place] for place in places])
        return Postings(
            [self.docs[place] for place in places],
            [self.extra[place] for place in places],
            bytes([self.lengths[place] for place in places]),
        )


KeyEntry = tuple[str, dict[int, Postings]]
"""A key, and its postings in each field."""


def read_postings(cursor: Cursor, count: int, *, scored: bool) -> Postings:
    """Reads `postings(count)`; positions, if any, are read elsewhere."""
    docs = cursor.gaps(count)
    if not scored:
        return Postings(docs)
    return Postings(docs, cursor.uints(count), cursor.bytes(count))


def read_positions(cursor: Cursor, postings: Postings) -> None:
    """Reads the positions of postings whose frequencies are known."""
    counts = [extra + 1 for extra in postings.extra]
    start, total = cursor.at, sum(counts)
    chunk = cursor.data[start : min(start + total, cursor.end)]
    if len(chunk) == total and chunk.isascii():
        postings.sizes, postings.positions = counts, cursor.bytes(total)
        return
    sizes = []
    for count in counts:
        before = cursor.at
        cursor.uints(count)
        sizes.append(cursor.at - before)
    postings.sizes, postings.positions = sizes, cursor.data[start : cursor.at]


def join(parts: Sequence[Postings]) -> Postings:
    """One list of several that share no document."""
    if len(parts) == 1:
        return parts[0]
    parts = sorted(parts, key=lambda part: part.docs[0])  # most often one then begins where another ends
    whole = Postings([], [], b"".join([part.lengths for part in parts]))
    for part in parts:
        whole.docs += part.docs
        whole.extra += part.extra
        whole.sizes += part.sizes
    whole.positions = b"".join([part.positions for part in parts])
    ordered = all(a.docs[-1] < b.docs[0] for a, b in pairwise(parts))
    return whole if ordered else _sorted(whole)


def _sorted(postings: Postings) -> Postings:
    order = sorted(range(len(postings.docs)), key=postings.docs.__getitem__)
    ordered = postings.select(order)
    if postings.sizes:
        starts = postings.starts()
        ordered.sizes = [postings.sizes[place] for place in order]
        ordered.positions = b"".join([postings.positions[starts[place] : starts[place + 1]] for place in order])
    return ordered


def renumber(postings: Postings, numbers: Sequence[int]) -> Postings | None:
    """The postings under new document numbers; those whose new number is negative are dropped."""
    docs = [numbers[doc] for doc in postings.docs]
    if min(docs) >= 0:
        postings.docs = docs
        return postings
    kept = [place for place, doc in enumerate(docs) if doc >= 0]
    if not kept:
        return None
    left = postings.select(kept)
    left.docs = [docs[place] for place in kept]
    if postings.sizes:
        starts = postings.starts()
        left.sizes = [postings.sizes[place] for place in kept]
        left.positions = b"".join([postings.positions[starts[place] : starts[place + 1]] for place in kept])
    return left
