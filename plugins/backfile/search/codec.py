"""The basic types of the search files: uints, gaps, texts, length bytes (docs/shard-format.md, section 3)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from backfile.errors import IndexFormatError

MAX_UINT = 2**53


def _encode(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


SMALL = [_encode(value) for value in range(1 << 14)]
"""The encodings of the numbers of one and two bytes."""


def uint(value: int) -> bytes:
    """One number as LEB128."""
    return SMALL[value] if value < 16384 else _encode(value)


def uints(values: Sequence[int]) -> bytes:
    """Several numbers, one after the other."""
    try:
        short = bytes(values)
    except ValueError:  # one of them is over 255
        short = b"\xff"
    if short.isascii():  # every number is one byte: the usual case
        return short
    if max(values) < 16384:
        return b"".join([SMALL[value] for value in values])
    return b"".join([uint(value) for value in values])


def differences(ascending: Sequence[int]) -> list[int]:
    """The first number, then each number minus the one before it."""
    if not ascending:
        return []
    return [ascending[0], *map(sub, ascending[1:], ascending)]


def gaps(ascending: Sequence[int]) -> bytes:
    """Strictly ascending numbers as their differences."""
    return uints(differences(ascending))


def shared_length(a: Sequence[object], b: Sequence[object]) -> int:
    """How many first items are the same."""
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    return shared


def text(value: str) -> bytes:
    """A string as its length in bytes and its UTF-8."""
    data = value.encode("utf-8")
    return uint(len(data)) + data


class Cursor:
    """Reads the basic types from bytes, from left to right, and never beyond their end."""

    __slots__ = ("at", "data", "end")

    def __init__(self, data: bytes, at: int = 0, end: int | None = None) -> None:
        self.data = data
        self.at = at
        self.end = len(data) if end is None else end
        if not 0 <= at <= self.end <= len(data):
            raise IndexFormatError(f"a structure at byte {at} is said to end at {self.end} of {len(data)}")

    def uint(self) -> int:
        """The next number."""
        value = shift = 0
        while self.at < self.end:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                if value >= MAX_UINT:
                    break
                return value
            shift += 7
            if shift > 49:
                break
        raise IndexFormatError(f"no number can be read before byte {self.at}")

    def uints(self, count: int) -> list[int]:
        """The next `count` numbers."""
        if count > self.end - self.at:
            raise IndexFormatError(f"{count} numbers cannot stand in {self.end - self.at} bytes")
        chunk = self.data[self.at : self.at + count]
        if chunk.isascii():  # every number is one byte: the usual case
            self.at += count
            return list(chunk)
        return [self.uint() for _ in range(count)]

    def gaps(self, count: int) -> list[int]:
        """The next `count` ascending numbers, from their differences."""
        return list(accumulate(self.uints(count)))

    def bytes(self, count: int) -> bytes:
        """The next `count` bytes."""
        if count > self.end - self.at:
            raise IndexFormatError(f"{count} bytes were expected and {self.end - self.at} are left")
        chunk = self.data[self.at : self.at + count]
        self.at += count
        return chunk

    def text(self) -> str:
        """The next string."""
        return decode_utf8(self.bytes(self.uint()))


def decode_utf8(data: bytes) -> str:
    """A string, or the error that names the damage."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IndexFormatError(f"text is not UTF-8: {error}") from error


LENGTHS = [round((1.033**byte - 1) * 27) for byte in range(256)]
"""The lengths that a byte can stand for. The series is Whoosh 2.7.4's: exact to 10, then in steps of 3.3 %."""


def length_byte(length: int) -> int:
    """The byte for a field of so many tokens: the smallest table value not less than it."""
    return 255 if length >= LENGTHS[255] else bisect_left(LENGTHS, length)
