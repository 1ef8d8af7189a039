"""Cuts JSON text that is not one value a line into values: the elements of an array, or objects one after another.

    [ {...}, {...} ]          {           {
      ------ ------             "title"     "title"
                              }           }
                              ----------- -----------

Nothing is parsed here but strings and brackets, and only one value is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from backfile.importer import limits
from backfile.importer.record import Problem
from backfile.model import Source

_KEY = rb'"[^"\n]{1,80}"\s*:'
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*" + _KEY)
_SPREAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\{(?:[ \t\r]*\n\s*" + _KEY + rb"|[ \t]*" + _KEY + rb"[^\n]*[\[{,][ \t\r]*\n)"
)
"""An object whose first line cannot be all of it."""
_MARK = re.compile(rb'"(?:[^"\\\n]++|\\.)*+"|["{}\[\],\n]', re.DOTALL)
"""What counts outside strings. A whole string is one mark: so what stands in most of them is passed over at once."""
_IN_STRING = re.compile(rb'["\n]|\\.', re.DOTALL)
_FIRST_LINE = re.compile(rb'(?P<form>(?P<blank>[ \t]*)\{(?P<key>[ \t]*"[^"\\\n]*"|\s*)).*', re.DOTALL)
_CHUNK = 1 << 20
_BOM, _BETWEEN = b"\xef\xbb\xbf", b" \t\r\n,"


def are_json_values(head: bytes, *, said_to_be_lines: bool = False) -> bool:
    """True for bytes that begin as an array of objects, or as an object that goes on in the next line.

    In a file that is said to hold a value a line, such an object is a broken one.
    """
    return _ARRAY.match(head) is not None or (not said_to_be_lines and _SPREAD.match(head) is not None)


def json_values(stream: BinaryIO, source: Source) -> Iterator[tuple[str, bytes] | Problem]:
    """The values with their places: file and line; of further ones on a line also, after a full stop, which it is.

    A value that is too long, or that does not end, is a problem.
    """
    cutter = _Cutter(source)
    for chunk in _chunks(stream):
        yield from cutter.cut(chunk)
    yield from cutter.rest()


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Parts of a file, without a mark of byte order; they end with a line where they can, and not after a backslash."""
    first = True
    while chunk := stream.read(_CHUNK):
        chunk += stream.readline(_CHUNK)
        while chunk.endswith(b"\\") and (more := stream.read(1)):
            chunk += more
        yield chunk.removeprefix(_BOM) if first else chunk
        first = False


class _Cutter:
    """Takes the parts of a text, and gives the values that end in each."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._chunk, self._start = b"", 0
        """The part that is looked at, and up to where what is in it is taken."""
        self._line = 1
        self._depth = 0
        self._within = -1
        """The depth at which values stand: 1 in an array, 0 where there is none; less as long as that is not known."""
        self._in_string = False
        self._parts: list[bytes] = []
        self._size = 0
        self._longest = limits.current.record
        self._begins = 0
        """The line on which the value begins; 0 as long as there is none."""
        self._form = b""
        """What a line begins with that can only be the next value; nothing where that cannot be told."""
        self._last, self._same = 0, 1
        """The line of the value before, and how many have begun on it."""

    def cut(self, chunk: bytes) -> Iterator[tuple[str, bytes] | Problem]:
        """The values that end in a part."""
        self._chunk, self._start = chunk, 0
        at = 0
        while mark := (_IN_STRING if self._in_string else _MARK).search(chunk, at):
            what, at = mark[0], mark.end()
            if what == b"\n":
                yield from self._end_line(at)
            elif self._in_string:
                self._in_string = what != b'"'
            elif what.startswith(b'"'):
                self._begin(what)
                self._in_string = len(what) == 1
            elif what in b"{[":
                self._open(what, at)
            elif what in b"}]":
                yield from self._close(at)
            elif self._depth == self._within == 1:  # a comma between values
                self._take(at - 1)
                self._start = at
                yield from self._end()
        self._take(len(chunk))

    def rest(self) -> Iterator[tuple[str, bytes] | Problem]:
        """What is left at the end of the file."""
        if self._begins and (self._in_string or self._depth > 0):
            place = f"{self._source.name}:{self._begins}"
            why = "the value does not end, so nothing after it could be read; mend it, or write one object a line"
            yield Problem(place, why, self._source)
        elif self._begins:
            yield from self._end()

    def _end_line(self, at: int) -> Iterator[tuple[str, bytes] | Problem]:
        self._take(at)
        if self._in_string and self._form and self._chunk.startswith(self._form, at):
            yield from self._end()  # JSON has no line ends in strings: a quotation mark is missing
            self._in_string, self._depth = False, self._within
        self._line += 1

    def _open(self, bracket: bytes, at: int) -> None:
        if self._within < 0:
            self._within = int(bracket == b"[")
            self._start = at if self._within else at - 1
        self._depth += 1
        if self._depth == self._within + 1:
            self._begin(bracket)
            self._form = self._form_of(at - 1)

    def _close(self, at: int) -> Iterator[tuple[str, bytes] | Problem]:
        self._depth = max(0, self._depth - 1)
        if self._depth == 0:
            self._take(at - self._within)
            self._start = at
            yield from self._end()
            self._within = 0

    def _form_of(self, at: int) -> bytes:
        chunk = self._chunk
        line = _FIRST_LINE.fullmatch(chunk, chunk.rfind(b"\n", 0, at) + 1, chunk.find(b"\n", at) + 1 or len(chunk))
        if line is None or (self._within and b'"' not in line["key"] and not line["blank"]):
            return b""  # an array without a blank before its values has none before those inside them
        return line["form"]

    def _begin(self, seen: bytes) -> None:
        """Notes where a value begins, if there is one now."""
        if not self._begins and seen.strip():
            self._begins = self._line

    def _take(self, end: int) -> None:
        """Keeps what there is up to here, if it belongs to a value that is not too long already."""
        part, self._start = self._chunk[self._start : end], end
        self._begin(part)
        if self._begins:
            self._size += len(part)
            if self._size <= self._longest:
                self._parts.append(part)

    def _end(self) -> Iterator[tuple[str, bytes] | Problem]:
        line, data, size = self._begins, b"".join(self._parts).strip(_BETWEEN), self._size
        self._begins, self._size = 0, 0
        self._parts.clear()
        if not line:
            return
        self._same = self._same + 1 if line == self._last else 1
        self._last = line
        place = f"{self._source.name}:{line}" + (f".{self._same}" if self._same > 1 else "")
        if size > self._longest:
            yield Problem(place, f"the value is longer than {limits.in_words(self._longest)}", self._source)
        else:
            yield place, data
