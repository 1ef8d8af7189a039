"""Reads web archives: WARC and ARC files, gzipped or not, and WACZ packages of them.

Each HTML response goes through the reader of saved pages, with its address and the moment of its capture;
its images are those that the same archive has. Everything is streamed; sizes, counts and ratios are capped,
and nothing is ever written by a name from inside an archive.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, Any, BinaryIO

from backfile.dates import normalise_edtf
from backfile.importer import limits
from backfile.importer.html.links import safe_url
from backfile.importer.html.reader import is_html, read_html
from backfile.importer.images.archived import Archived
from backfile.importer.images.beside import Finder, Nowhere
from backfile.importer.record import Problem, Record
from backfile.importer.sharing import ALONE, Sharing
from backfile.importer.warcstream import BROKEN, CutOffError, TooDenseError, responses
from backfile.model import Source
from backfile.text import clean_name

_LOCAL_HEADER = 30
_WITHOUT_PAGE = {
    "revisit": "the server sent what it had sent before; the page is in the archive that has the first capture",
    "conversion": "made from another record by a program; not read",
    "continuation": "the rest of a response that is cut in pieces; not read",
}
"""Types of records that stand for a page and do not hold it; requests and notes on the archive stand for none."""
_BROKEN = (*BROKEN, zipfile.BadZipFile)


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


@dataclass(frozen=True, slots=True)
class _Page:
    """A response that says it is a page."""

    data: bytes
    number: int
    address: str
    kind: str
    date: str
    notes: tuple[str, ...]


def read_warc(
    stream: IO[bytes], source: Source, reopen: Callable[[], IO[bytes]] | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """The pages of a web archive in the order of the file; a damaged end is a problem, not an end of all.

    `reopen` gives the archive once more, for the images of its pages; without it they are only named.
    """
    images: Finder = Archived(reopen) if reopen else Nowhere()
    read = partial(_read_page, source=source, images=images)
    return sharing.read(read, _pages(stream, source), partial(_lost, source=source), _size)


def _lost(page: _Page, why: str, source: Source) -> Problem:
    return Problem(f"{source.name}#{page.number}", why, source)


def _size(page: _Page) -> int:
    return len(page.data)


def _pages(stream: IO[bytes], source: Source) -> Iterator[_Page | Problem]:
    """The pages among the responses, and what is wrong with the archive."""
    others = number = 0
    no_responses: Counter[str] = Counter()
    try:
        for response in responses(stream, no_responses):
            number = response.number
            place = f"{source.name}#{number}"
            if not (response.succeeded and "html" in response.kind.lower()):
                others += 1
                response.skip()
                continue
            data = response.body(limits.current.page)
            if data is None:
                yield Problem(place, f"the page is larger than {limits.in_words(limits.current.page)}", source)
            else:
                notes = tuple(response.notes)
                yield _Page(data, response.number, response.address, response.kind, response.date, notes)
    except TooDenseError:
        reason = f"the rest is not read: it unpacks to over {limits.current.ratio} times its size"
        yield Problem(f"{source.name}#{number}", reason, source)
    except CutOffError as error:
        yield Problem(f"{source.name}#{error.number}", str(error), source)
    except _BROKEN as error:
        reason = f"the rest cannot be read: {error or type(error).__name__}"
        yield Problem(f"{source.name}#{number + 1}", reason, source)
    else:
        if not number and no_responses.keys().isdisjoint(_WITHOUT_PAGE):
            yield Problem(source.name, "the archive has no responses", source)
    if others:
        yield Problem(source.name, f"{others} responses of the archive are no pages", source)
    for kind, told in _WITHOUT_PAGE.items():
        if count := no_responses[kind]:
            yield Problem(source.name, f"{count} record{'' if count == 1 else 's'} of the type {kind}: {told}", source)


def read_wacz(
    stream: BinaryIO, source: Source, path: Path | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """The pages of every WARC file of a WACZ package; `path` is the package's file."""
    try:
        with zipfile.ZipFile(stream) as package:
            archives = _archives(package)
            for entry in archives[: limits.current.archives]:
                name = f"{source.name}!{entry.filename}"
                if entry.file_size > limits.current.ratio * max(entry.compress_size, 1):
                    yield Problem(name, f"not read: it unpacks to over {limits.current.ratio} times its size", source)
                    continue
                reopen = _reopening(path, entry)
                # Each worker would unpack it for itself.
                shared = replace(sharing, jobs=1) if isinstance(reopen, _Unpacked) else sharing
                with package.open(entry) as inside:
                    yield from read_warc(inside, replace(source, name=name), reopen, shared)
            if len(archives) > limits.current.archives:
                yield Problem(
                    source.name,
                    f"not read: {len(archives) - limits.current.archives} more archives in the package",
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


class _Window(io.RawIOBase):
    """A part of a file, as a file."""

    def __init__(self, path: Path, start: int, size: int) -> None:
        self._stream = path.open("rb")
        self._start, self._size = start, size
        self._stream.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, _whence: int = 0) -> int:
        return self._stream.seek(self._start + offset) - self._start

    def tell(self) -> int:
        return self._stream.tell() - self._start

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(max(0, min(len(buffer), self._size - self.tell())))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Unpacked:
    """Gives an entry that is compressed once more: as a temporary file, which is written when it is first asked for.

    Raises OSError when there is no room for it.
    """

    def __init__(self, path: Path, entry: zipfile.ZipInfo) -> None:
        self._path, self._entry = path, entry
        self._file: Any = None

    def __call__(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.NamedTemporaryFile(prefix="backfile-")  # noqa: SIM115 - it goes when this does
            try:
                with zipfile.ZipFile(self._path) as package, package.open(self._entry) as inside:
                    shutil.copyfileobj(inside, self._file, 1 << 20)
            except (zipfile.BadZipFile, zlib.error, EOFError):
                pass  # what is before the damage can be read
            self._file.flush()
        return open(self._file.name, "rb")  # noqa: PTH123 - the reader closes it


def _reopening(path: Path | None, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]] | None:
    """Opens an entry at any place: as it stands in the package, or once it has been unpacked."""
    if path is None:
        return None
    if entry.compress_type != zipfile.ZIP_STORED:
        return _Unpacked(path, entry)
    with path.open("rb") as stream:
        stream.seek(entry.header_offset)
        head = stream.read(_LOCAL_HEADER)
    if len(head) < _LOCAL_HEADER:
        return None
    start = entry.header_offset + _LOCAL_HEADER + sum(struct.unpack_from("<HH", head, 26))
    return partial(_open_window, path, start, entry.file_size)


def _open_window(path: Path, start: int, size: int) -> IO[bytes]:
    return io.BufferedReader(_Window(path, start, size))


def _read_page(page: _Page, source: Source, images: Finder) -> Record | Problem:
    data, place = page.data, f"{source.name}#{page.number}"
    address = safe_url(page.address)
    charset = page.kind.lower().partition("charset=")[2].strip(" \"';")
    if not (is_html(data[:4096]) or is_html(data.lstrip()[:4096])):
        return Problem(place, "the response says it is a page and is none", source)
    of_page = Source(f"{source.name}#{clean_name(address) or page.number}", hashlib.sha256(data).hexdigest())
    captured = normalise_edtf(page.date)
    read = read_html(data, of_page, url=address, captured=captured, encoding=charset, place=place, finder=images)
    return replace(read, original=data, notes=(*page.notes, *read.notes)) if isinstance(read, Record) else read
