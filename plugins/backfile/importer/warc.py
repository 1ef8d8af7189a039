"""Reads web archives: WARC and ARC files, gzipped or not, and WACZ packages of them.

Each HTML response goes through the reader of saved pages, with its address and the moment of its capture.
Everything is streamed; sizes, counts and ratios are capped, and nothing is ever written by a name from
inside an archive.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from backfile.dates import normalise_edtf
from backfile.importer.html.links import safe_url
from backfile.importer.html.page import LARGEST_PAGE
from backfile.importer.html.reader import is_html, read_html
from backfile.importer.record import Problem, Record
from backfile.model import Source

MOST_ENTRIES = 10_000
LARGEST_RATIO = 1_000
_CHUNK = 1 << 20
# What warcio and the unpackers raise on damaged input; warcio takes headers for granted that may be missing.
_BROKEN = (
    ArchiveLoadFailed,
    zlib.error,
    zipfile.BadZipFile,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)


def is_warc(head: bytes) -> bool:
    """True for the beginning of a WARC or ARC file, or of one that is gzipped."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith((b"WARC/", b"filedesc://"))


def is_wacz(stream: BinaryIO) -> bool:
    """True for a zip package with WARC files in it."""
    try:
        with zipfile.ZipFile(stream) as package:
            return bool(_archives(package))
    except _BROKEN:
        return False


def read_warc(stream: IO[bytes], source: Source) -> Iterator[Record | Problem]:
    """The pages of a web archive in the order of the file; a damaged end is a problem, not an end of all."""
    counter = _Counter(stream)
    others = number = 0
    try:
        for response in ArchiveIterator(counter, arc2warc=True):
            number += 1
            if response.rec_type not in ("response", "resource"):
                continue
            place = f"{source.name}#{number}"
            if not _is_page(response):
                others += 1
                continue
            data = _payload(response, counter)
            if data is None:
                yield Problem(place, f"the page is larger than {LARGEST_PAGE >> 20} MiB", source)
            else:
                yield _page(data, response, place, source)
    except _TooDenseError:
        yield Problem(
            f"{source.name}#{number}",
            f"the rest is not read: it unpacks to over {LARGEST_RATIO} times its size",
            source,
        )
    except _BROKEN as error:
        yield Problem(
            f"{source.name}#{number + 1}", f"the rest cannot be read: {error or type(error).__name__}", source
        )
    if others:
        yield Problem(source.name, f"{others} responses of the archive are no pages", source)


def read_wacz(stream: BinaryIO, source: Source) -> Iterator[Record | Problem]:
    """The pages of every WARC file of a WACZ package."""
    try:
        with zipfile.ZipFile(stream) as package:
            archives = _archives(package)
            for entry in archives[:MOST_ENTRIES]:
                name = f"{source.name}!{entry.filename}"
                if entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
                    yield Problem(name, f"not read: it unpacks to over {LARGEST_RATIO} times its size", source)
                    continue
                with package.open(entry) as inside:
                    yield from read_warc(inside, replace(source, name=name))
            if len(archives) > MOST_ENTRIES:
                yield Problem(
                    source.name,
                    f"not read: {len(archives) - MOST_ENTRIES} more archives in the package",
                    source,
                )
    except _BROKEN as error:
        yield Problem(source.name, f"the package cannot be read: {error or type(error).__name__}", source)


def _archives(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        entry
        for entry in package.infolist()
        if entry.filename.endswith((".warc", ".warc.gz")) and not entry.flag_bits & 1
    ]


class _TooDenseError(Exception):
    """An archive that unpacks to far more than it is."""


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


def _is_page(response: object) -> bool:
    """True for a successful response (or a stored resource) that says it is HTML, or says nothing."""
    headers = getattr(response, "http_headers", None)
    if headers is None:
        kind = response.rec_headers.get_header("Content-Type") or ""  # type: ignore[attr-defined]
        return "html" in kind.lower()
    status = headers.get_statuscode()
    kind = headers.get_header("Content-Type") or "html"
    return status == "200" and "html" in kind.lower()


def _payload(response: object, counter: _Counter) -> bytes | None:
    """The response's body, decoded; None when it is too large for a page."""
    before = counter.count
    stream = response.content_stream()  # type: ignore[attr-defined]
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size <= LARGEST_PAGE:
            parts.append(chunk)
        elif size > LARGEST_RATIO * (counter.count - before + _CHUNK // 64):
            raise _TooDenseError
    return b"".join(parts) if size <= LARGEST_PAGE else None


def _page(data: bytes, response: object, place: str, source: Source) -> Record | Problem:
    headers = response.rec_headers  # type: ignore[attr-defined]
    address = headers.get_header("WARC-Target-URI") or ""
    http = getattr(response, "http_headers", None)
    kind = (http.get_header("Content-Type") or "") if http else ""
    charset = kind.lower().partition("charset=")[2].strip(" \"';")
    if not is_html(data[:4096]):
        return Problem(place, "the response says it is a page and is none", source)
    of_page = Source(f"{source.name}#{safe_url(address) or place.rpartition('#')[2]}", hashlib.sha256(data).hexdigest())
    captured = normalise_edtf(headers.get_header("WARC-Date") or "")
    return read_html(data, of_page, url=safe_url(address), captured=captured, encoding=charset, place=place)
