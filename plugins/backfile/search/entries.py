"""What stands in a block of keys, as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

from backfile.errors import IndexFormatError
from backfile.search.codec import Cursor, decode_utf8
from backfile.search.postings import Postings
from backfile.search.shard import ADVICE


@dataclass(slots=True)
class Term:
    """A key in a block: its document frequencies by field, and where its body goes on."""

    key: str
    df: dict[int, int]
    long: bool
    cursor: Cursor
    block: int
    place: int


@dataclass(slots=True)
class Long:
    """The rest of a long key's body: tiers as (shard, offset, size, bound, postings a field), chunks as
    (first document, shard, offset, size)."""

    any: int
    head: Postings
    tiers: list[tuple[int, int, int, int, list[int]]]
    chunks: list[tuple[int, int, int, int]]


def read_keys(cursor: Cursor, *, bodies: bool) -> Iterator[tuple[str, Cursor]]:
    """Front-coded keys; with each the cursor of its body, or the shared one, which the caller moves."""
    key = b""
    for _ in repeat(None, cursor.uint()):
        shared, rest = cursor.uint(), cursor.uint()
        if shared > len(key):
            raise IndexFormatError(f"a key shares {shared} bytes with one of {len(key)}")
        key = key[:shared] + cursor.bytes(rest)
        body = cursor
        if bodies:
            size = cursor.uint()
            body = Cursor(cursor.data, cursor.at, cursor.at + size)
            cursor.at += size
        yield decode_utf8(key), body


class Placed:
    """Names the file in errors that arise while it is read."""

    def __init__(self, name: str, what: str = "") -> None:
        self._name, self._what = name, what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, IndexFormatError) and not error.place:
            error.place, error.advice = f"x/{self._name}.js", ADVICE
            if self._what:
                error.message = f"{error.message} ({self._what})"
