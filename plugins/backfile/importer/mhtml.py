"""Reads MHTML: a page and its images as one file, as browsers save them (`.mht`, `.mhtml`).

The file is an archive of one page: what is kept and shown as its source is the page, decoded, not its wrapping.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from itertools import chain

from backfile.importer import limits
from backfile.importer.html.links import safe_url
from backfile.importer.html.reader import read_html
from backfile.importer.identity import canonical_url
from backfile.importer.images.image import Origin
from backfile.importer.record import Problem, Record
from backfile.model import Source
from backfile.text import clean_line, clean_name

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 16_384
_MOST_PARTS = 10_000
_PAGES = ("text/html", "application/xhtml+xml")
_SENT = ("received", "return-path", "delivered-to", "to")
"""A page that was saved has no reader: what has one of these is a letter."""


def is_mhtml(head: bytes) -> bool:
    """True for the beginning of a page that was saved as MHTML, not for an e-mail, which is written alike."""
    if not _VERSION.search(head):
        return False
    part = _Part.of(head)
    if part is None or any(name in part.header for name in _SENT):
        return False
    saved = "saved by" in part.line("from").lower() or "snapshot-content-location" in part.header
    return part.kind == "multipart/related" or (saved and part.kind in _PAGES)


def read_mhtml(data: bytes, source: Source) -> Record | Problem:
    """The page of a file, with the images that it has; a file that is cut off is read as far as it goes."""
    whole = _Part.of(data)
    parts = list(whole.parts()) if whole else []
    root = _root(parts, whole.parameter("start") if whole else "")
    page = root.decoded() if root else b""
    if whole is None or root is None or not page.strip():
        return Problem(source.name, "no page in the MHTML file: save the page as HTML", source)
    address = safe_url(root.line("content-location")) or safe_url(whole.line("snapshot-content-location"))
    of_page = Source(f"{source.name}#{clean_name(address) or 'page'}", hashlib.sha256(page).hexdigest())
    read = read_html(
        page,
        of_page,
        url=address,
        captured=_captured(whole.line("date")),
        encoding=root.parameter("charset"),
        place=source.name,
        finder=_Within(parts),
    )
    return replace(read, original=page) if isinstance(read, Record) else read


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the several that are in one, or that of them all; `data` is as it was encoded for the way."""

    header: Message
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> _Part | None:
        """What stands above and below the first blank line, if something stands above."""
        end = _BLANK_LINE.search(data, 0, _LONGEST_HEADER)
        header = BytesHeaderParser().parsebytes(data[: end.start()].removeprefix(codecs.BOM_UTF8)) if end else None
        return cls(header, data[end.end() :]) if end and header else None

    @property
    def kind(self) -> str:
        return self.header.get_content_type()

    def line(self, name: str) -> str:
        """What the header says under a name, without the blanks where it goes on in another line."""
        return clean_line(str(self.header[name] or ""))

    def parameter(self, name: str) -> str:
        """What the header says of its kind under a name."""
        value = self.header.get_param(name, "")
        return value if isinstance(value, str) else ""

    def parts(self) -> Iterator[_Part]:
        """The parts between the boundaries; a file that is not made of parts is one itself."""
        boundary = self.parameter("boundary").encode("utf-8", "surrogateescape")
        if not boundary:
            yield self
            return
        between = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(?:--)?[ \t]*(?:\r?\n|\Z)")
        start = 0
        for number, found in enumerate(between.finditer(self.data)):
            if number and (part := _Part.of(self.data[start : found.start()])):
                yield part
            start = found.end()
            if number == _MOST_PARTS:
                return
        if part := _Part.of(self.data[start:]):  # it is cut off
            yield part

    def decoded(self) -> bytes:
        """Its bytes. What cannot be decoded is left as it is."""
        message = Message()
        message["Content-Transfer-Encoding"] = self.line("content-transfer-encoding") or "8bit"
        message.set_payload(self.data.decode("ascii", "surrogateescape"))
        found = message.get_payload(decode=True)
        return found if isinstance(found, bytes) else b""


class _Within:
    """A finder of the images that are parts of the same file."""

    def __init__(self, parts: Iterable[_Part]) -> None:
        self._by_address: dict[str, _Part] = {}
        for part in parts:
            if part.kind.startswith("image/") and (address := part.line("content-location")):
                self._by_address.setdefault(canonical_url(address), part)

    def find(self, address: str, absolute: str) -> Origin | None:
        """The part that an image's address names, or None."""
        part = next(filter(None, (self._by_address.get(canonical_url(name)) for name in (absolute, address))), None)
        # As base64 it may be a third larger, and has line ends.
        if part is None or len(part.data) > 2 * limits.current.image:
            return None
        return Origin(absolute or address, data=part.decoded())


def _root(parts: Iterable[_Part], start: str) -> _Part | None:
    """The page among the parts: the one that the header names, else the first."""
    pages = [part for part in parts if part.kind in _PAGES]
    named = (part for part in pages if start and part.line("content-id") == start)
    return next(chain(named, pages), None)


def _captured(date: str) -> str:
    """When the page was saved, as EDTF in UTC; empty where the header does not say it."""
    try:
        moment = parsedate_to_datetime(date)
        # "-0000" means a moment in UTC that was somewhere, and comes without a zone.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""
