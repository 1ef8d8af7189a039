"""Where the keys of a field stand, in the order in which texts come; most of them wait on the disk."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

WAITING = 1 << 20
"""So many keys wait in memory before they are written."""


class Occurrences:
    """The keys of one field as numbers, text after text.

    Of each text: the document that it is of, the position of its first key, and how many keys it has.
    """

    def __init__(self) -> None:
        self._keys = array("I")
        self._file: BinaryIO | None = None
        self.docs, self.bases, self.sizes = array("I"), array("I"), array("I")

    def add(self, doc: int, bases: Sequence[int], sizes: Sequence[int], keys: Sequence[int]) -> None:
        """Takes the next document, text by text."""
        self._keys.extend(keys)
        self.docs.extend([doc] * len(sizes))
        self.bases.extend(bases)
        self.sizes.extend(sizes)
        if len(self._keys) >= WAITING:
            self._put_aside()

    def _put_aside(self) -> None:
        if self._file is None:
            self._file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - lives as long as the object
        self._keys.tofile(self._file)
        self._keys = array("I")

    def batches(self) -> Iterator[array[int]]:
        """All keys, some at a time. No text may come meanwhile."""
        if self._file is not None:
            self._file.seek(0)
            while data := self._file.read(WAITING * self._keys.itemsize):
                keys = array("I")
                keys.frombytes(data)
                yield keys
        yield self._keys

    def texts(self) -> Iterator[tuple[int, int, array[int]]]:
        """The document, first position and keys of each text; all keys are then in memory."""
        keys = array("I")
        for batch in self.batches():
            keys += batch
        start = 0
        for doc, base, size in zip(self.docs, self.bases, self.sizes, strict=True):
            yield doc, base, keys[start : start + size]
            start += size

    def close(self) -> None:
        """Takes what was put aside off the disk."""
        if self._file is not None:
            self._file.close()
