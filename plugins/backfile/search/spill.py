"""Runs that wait on the disk for their merge: a private format, written and read in one build."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from backfile.search.codec import Cursor, text, uint, uints
from backfile.search.doctable import DocTable
from backfile.search.invert import KeyEntry, Run
from backfile.search.postings import Postings


class MemoryRun:
    """A run, as a source of a merge."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.middle = run.middle()

    def documents(self) -> DocTable:
        """Its documents, in order."""
        return self._run.table

    def words(self) -> Mapping[str, int]:
        """Its written words."""
        return self._run.words()

    def entries(self, half: int | None = None, /) -> Iterator[KeyEntry]:
        """Its keys in order, or a half of them; can be asked for once."""
        return self._run.entries("" if half != 1 else self.middle, self.middle if half == 0 else "")


class SpilledRun:
    """A run whose posting lists lie in a temporary file.

    It is not read by halves: where runs wait, what is known of their documents should not be in memory twice.
    """

    middle = ""

    def __init__(self, run: Run) -> None:
        self._table = run.table
        self._words = dict(run.words())
        self._file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - lives as long as the object
        for key, entry in run.entries():
            record = text(key) + uint(len(entry)) + b"".join(_dump(f, p) for f, p in entry.items())
            self._file.write(len(record).to_bytes(4, "big") + record)

    def documents(self) -> DocTable:
        """Its documents, in order."""
        return self._table

    def words(self) -> Mapping[str, int]:
        """Its written words."""
        return self._words

    def entries(self, _half: int | None = None, /) -> Iterator[KeyEntry]:
        """Its keys in order; closes the file after the last."""
        with self._file as file:
            file.seek(0)
            while size := file.read(4):
                cursor = Cursor(file.read(int.from_bytes(size, "big")))
                key = cursor.text()
                yield key, dict(_load(cursor) for _ in range(cursor.uint()))


def _dump(field: int, postings: Postings) -> bytes:
    counts = uints([field, len(postings.docs), len(postings.lengths), len(postings.positions)])
    columns = [_packed(postings.docs), _packed(postings.extra), postings.lengths, _packed(postings.sizes)]
    return b"".join([counts, *columns, postings.positions])


def _load(cursor: Cursor) -> tuple[int, Postings]:
    field, count, scored, size = cursor.uints(4)
    docs, extra = _unpacked(cursor, count), _unpacked(cursor, scored)
    lengths, sizes = cursor.bytes(scored), _unpacked(cursor, scored)
    return field, Postings(docs, extra, lengths, sizes, cursor.bytes(size))


def _packed(numbers: list[int]) -> bytes:
    """Numbers as one byte each or as four, whichever they need; what the format writes takes longer to read."""
    try:
        return b"B" + bytes(numbers)
    except ValueError:  # one of them is over 255
        return b"I" + array("I", numbers).tobytes()


def _unpacked(cursor: Cursor, count: int) -> list[int]:
    kind = cursor.bytes(1).decode()
    numbers = array(kind)
    numbers.frombytes(cursor.bytes(count * numbers.itemsize))
    return numbers.tolist()
