"""The responses of one WARC or ARC file, streamed: their bodies decoded, and never more of them than is sane.

Caps hold wherever something unpacks: the file's own gzip members, chunks, and what servers compressed.
"""

from __future__ import annotations

import contextlib
import io
import logging
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from backfile.importer import limits
from backfile.text import clean_line

# It would print what a stranger wrote, line after line, on the terminal; what is wrong is in the report.
logging.getLogger("warcio").setLevel(logging.CRITICAL)

_CHUNK = 1 << 20
# What warcio and the unpackers raise on damaged input; warcio takes headers for granted that may be missing.
BROKEN = (
    ArchiveLoadFailed,
    zlib.error,
    brotli.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)


class TooDenseError(Exception):
    """An archive that unpacks to far more than it is."""


class Response:
    """One response, or stored resource, of an archive; `offset` is where its record begins."""

    def __init__(self, record: Any, number: int, archive: _Records, counter: _Meter) -> None:
        self.number = number
        self.offset: int = archive.offset
        self.notes: list[str] = []
        """What is wrong with the body; known once it has been asked for."""
        self._record = record
        self._archive = archive
        self._counter = counter
        http = record.http_headers
        self.address: str = record.rec_headers.get_header("WARC-Target-URI") or ""
        self.date: str = record.rec_headers.get_header("WARC-Date") or ""
        self.succeeded: bool = http is None or http.get_statuscode() == "200"
        """A resource has no status."""
        stored = record.rec_headers.get_header("Content-Type") or ""
        self.kind: str = stored if http is None else http.get_header("Content-Type") or "text/html"

    def body(self, largest: int) -> bytes | None:
        """The decoded body, or None when it is larger. Raises TooDenseError and what is in `BROKEN`."""
        raw = self._raw(largest)
        http = self._record.http_headers
        if raw is None or http is None:
            return raw
        if (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
            raw = ChunkedDataReader(io.BytesIO(raw)).read()
        data, whole = _unpacked(raw, (http.get_header("Content-Encoding") or "").lower().strip(), largest + 1)
        if len(data) > largest:
            return None
        if not (whole or self.notes):
            self.notes.append("the page is cut off: what the server compressed does not end")
        return data

    def _raw(self, largest: int) -> bytes | None:
        before = self._counter.count
        parts: list[bytes] = []
        size = 0
        while chunk := self._record.raw_stream.read(_CHUNK):
            size += len(chunk)
            if size <= largest:
                parts.append(chunk)
            elif size > limits.current.ratio * (self._counter.count - before + _CHUNK // 64):
                raise TooDenseError
        self.notes += self._shortcomings(size)
        return b"".join(parts) if size <= largest else None

    def _shortcomings(self, size: int) -> Iterator[str]:
        """What tells that a body of this size is not all of the page."""
        if lacking := _lacking(self._record):
            yield f"the page is cut off: {size} of {size + lacking} bytes"
        elif reason := self._record.rec_headers.get_header("WARC-Truncated"):
            yield f"the page is cut off, as the archive says itself (WARC-Truncated: {clean_line(reason)[:40]})"
        elif self._archive.goes_on():
            yield f"the page is cut off: the archive says that it has {size} bytes, and there are more"

    def skip(self) -> None:
        """Passes over the body. Raises TooDenseError."""
        self._raw(0)


def responses(stream: IO[bytes], others: Counter[str] | None = None) -> Iterator[Response]:
    """The responses and resources in the order of the file; `others` counts the records of other types by these.

    Raises what is in `BROKEN` at a damaged place, CutOffError where the file ends within a record.
    """
    counter = _Meter(stream)
    archive = _Records(counter, arc2warc=True)
    number, lacking = 0, 0
    for number, record in enumerate(archive, 1):
        if record.rec_type in ("response", "resource"):
            yield Response(record, number, archive, counter)
        elif others is not None:
            others[clean_line(record.rec_type or "")[:40]] += 1
        archive.read_to_end()
        lacking = _lacking(record)
    if lacking:
        raise CutOffError(number)


class CutOffError(EOFError):
    """The file ends within a record, of this number."""

    def __init__(self, number: int) -> None:
        super().__init__("the file is cut off within this record")
        self.number = number


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of an archive; what is wrong with them is told, and not printed."""

    INC_RECORD = ""  # else it shows the terminal what stands after a record that is longer than it says

    def goes_on(self) -> bool:
        """True when something stands between the end of this record and the next."""
        before = self.err_count
        with contextlib.suppress(*BROKEN):  # it is met again when the next record is asked for
            self.read_to_end()
        return bool(self.err_count > before)


def _lacking(record: Any) -> int:
    """How many bytes of a record, all of which has been read, are not there."""
    return max(0, getattr(record.raw_stream, "limit", 0))


def _unpacked(data: bytes, encoding: str, most: int) -> tuple[bytes, bool]:
    """What a server compressed, up to `most` bytes, and whether that is all of it.

    Data that is not what it is called is left as it is: crawlers often store it unpacked, with the header as it was.
    """
    try:
        if encoding in ("gzip", "x-gzip", "deflate"):
            bare = len(data) > 1 and (data[0] & 15 != 8 or (data[0] << 8 | data[1]) % 31)
            deflated = -zlib.MAX_WBITS if bare else zlib.MAX_WBITS
            unpacking = zlib.decompressobj(deflated if encoding == "deflate" else zlib.MAX_WBITS | 16)
            return unpacking.decompress(data, most), unpacking.eof or not data
        if encoding == "br":
            unbrotli = brotli.Decompressor()
            return bytes(unbrotli.process(data, output_buffer_limit=most)), unbrotli.is_finished()
    except (zlib.error, brotli.error):
        pass
    return data, True


class _Meter:
    """A stream that knows how much of it was read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def readline(self, size: int = -1) -> bytes:
        data = self._stream.readline(size)
        self.count += len(data)
        return data

    def tell(self) -> int:
        return self.count

    def close(self) -> None:
        self._stream.close()
