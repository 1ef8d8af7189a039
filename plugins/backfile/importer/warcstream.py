"""The responses of one WARC or ARC file, streamed: their bodies decoded, and never more of them than is sane.

Caps hold wherever something unpacks: the file's own gzip members, chunks, and what servers compressed.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from typing import IO, Any

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from backfile.importer import limits

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

    def __init__(self, record: Any, number: int, offset: int, counter: _Counter) -> None:
        self.number = number
        self.offset = offset
        self._record = record
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
        data = _unpacked(raw, (http.get_header("Content-Encoding") or "").lower().strip(), largest + 1)
        return data if len(data) <= largest else None

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
        return b"".join(parts) if size <= largest else None

    def skip(self) -> None:
        """Passes over the body. Raises TooDenseError."""
        self._raw(0)


def responses(stream: IO[bytes]) -> Iterator[Response]:
    """The responses and resources in the order of the file. Raises what is in `BROKEN` at a damaged place."""
    counter = _Counter(stream)
    archive = ArchiveIterator(counter, arc2warc=True)
    for number, record in enumerate(archive, 1):
        if record.rec_type in ("response", "resource"):
            yield Response(record, number, archive.offset, counter)


def _unpacked(data: bytes, encoding: str, most: int) -> bytes:
    """What a server compressed, up to `most` bytes; data that is not what it is called is left as it is."""
    try:
        if encoding in ("gzip", "x-gzip"):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, most)
        if encoding == "deflate":
            bare = len(data) > 1 and (data[0] & 15 != 8 or (data[0] << 8 | data[1]) % 31)
            return zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS).decompress(data, most)
        if encoding == "br":
            return bytes(brotli.Decompressor().process(data, output_buffer_limit=most))
    except (zlib.error, brotli.error):
        pass  # crawlers often store the body unpacked and leave the header as it was
    return data


class _Counter:
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
