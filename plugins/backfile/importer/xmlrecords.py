"""Cuts a large XML export into its records as bytes, so that one that is damaged costs no other.

Nothing is parsed to find where a record ends: its tags are looked for outside of CDATA sections. When a
section is never closed, the next record's beginning at the start of a line ends it. Memory holds one
record; a document type is refused, since nothing that exports needs one and it is what attacks use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from backfile.errors import SourceError
from backfile.importer import limits

_CHUNK = 1 << 20
_OVERLAP = 64
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BAD_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));")
_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding=[\"']([\w.-]{2,40})[\"']")
_ROOT = re.compile(rb"<(?![?!/])([A-Za-z_][\w.:-]*)((?:\s+[^<>]*)?)>")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The bytes of one record, the line it begins in, why it cannot be whole, if so, and where it begins."""

    name: str
    line: int
    data: bytes
    damage: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the records: the bytes before the first, the encoding, the root with its namespaces."""

    head: bytes
    encoding: str
    root: bytes

    def wrap(self, data: bytes) -> bytes:
        """A document of one record."""
        declaration = f'<?xml version="1.0" encoding="{self.encoding}"?>'.encode()
        name = self.root[1:].split(None, 1)[0].rstrip(b">")
        return declaration + self.root + data + b"</" + name + b">"


class XmlRecords:
    """The records of a stream by the names of their elements. The frame is known once iteration has begun."""

    def __init__(self, stream: BinaryIO, names: Sequence[str], place: str) -> None:
        self._stream = stream
        self._place = place
        either = b"|".join(name.encode() for name in names)
        self._opening = re.compile(rb"<(" + either + rb")(?=[\s>/])[^<>]*?(/?)>|<!DOCTYPE|<!ENTITY", re.IGNORECASE)
        self._inside = {
            name: re.compile(
                rb"<!\[CDATA\[|]]>|</" + name.encode() + rb"\s*>|(?<=\n)[ \t]*<(?:" + either + rb")(?=[\s>])[^<>/]*>"
            )
            for name in names
        }
        self._buffer = b""
        self._at = 0
        self._line = 1
        self._offset = 0
        self._ended = False
        self._refusal: SourceError | None = None
        self.frame = Frame(b"", "utf-8", b"<rss>")

    def until_refused(self) -> Iterator[RawRecord]:
        """The records before whatever the file is refused for: what they say is wanted first."""
        try:
            yield from self
        except SourceError as error:
            self._refusal = error

    def raise_refusal(self) -> None:
        """Raises the SourceError for which the file was refused, if it was."""
        if self._refusal:
            raise self._refusal

    def __iter__(self) -> Iterator[RawRecord]:
        head: list[bytes] = []
        while True:
            found = self._opening.search(self._buffer, self._at)
            if found is None:
                kept = 0 if self._ended else _OVERLAP
                head.append(self._take(max(self._at, len(self._buffer) - kept)))
                if self._ended:
                    return
                self._fill()
                continue
            head.append(self._take(found.start()))
            if not found[1]:
                raise SourceError(
                    "the file declares a document type, which no export needs.",
                    place=f"{self._place}:{self._line}",
                    advice="Remove the declaration if you trust the file.",
                )
            if not self.frame.head:
                self.frame = _frame(b"".join(head)[: 8 * _CHUNK])
            head = []
            yield self._record(found[1].decode().lower(), found.end() - found.start(), whole=bool(found[2]))

    def _record(self, name: str, opening: int, *, whole: bool) -> RawRecord:
        """The record that starts where the buffer is read; `opening` is the length of its first tag."""
        line, offset = self._line, self._offset
        if whole:
            return RawRecord(name, line, self._take(self._at + opening), offset=offset)
        at = self._at + opening
        open_section = False
        suspect = -1  # where another record seems to begin inside of an open section
        while True:
            found = self._inside[name].search(self._buffer, at)
            if found is None:
                if self._ended or len(self._buffer) - self._at > limits.current.record:
                    return self._broken_off(name, line, suspect)
                resume = max(at, len(self._buffer) - _OVERLAP)
                at, suspect = resume - self._at, suspect - self._at if suspect >= 0 else -1
                self._fill()  # moves the record to the start of the buffer
                continue
            at, token = found.end(), found[0]
            if token == b"<![CDATA[":
                if open_section and suspect >= 0:
                    return RawRecord(name, line, self._take(suspect), "a CDATA section in it is never closed")
                open_section = True
            elif token == b"]]>":
                open_section, suspect = False, -1
            elif token.startswith(b"</"):
                if not open_section:
                    return RawRecord(name, line, self._take(at), offset=offset)
            elif open_section:
                suspect = suspect if suspect >= 0 else found.start()
            else:
                return RawRecord(name, line, self._take(found.start()), "another record begins before it ends")

    def _broken_off(self, name: str, line: int, suspect: int) -> RawRecord:
        """A record with no end: up to where another seems to begin, else all there is."""
        if suspect >= 0:
            return RawRecord(name, line, self._take(suspect), "a CDATA section in it is never closed")
        why = (
            "the file ends inside of it"
            if self._ended
            else f"it is larger than {limits.in_words(limits.current.record)}"
        )
        self._take(len(self._buffer))
        return RawRecord(name, line, b"", why)

    def _take(self, end: int) -> bytes:
        taken = self._buffer[self._at : end]
        self._at = end
        self._offset += len(taken)
        self._line += taken.count(b"\n")
        return taken

    def _fill(self) -> None:
        chunk = self._stream.read(_CHUNK)
        self._ended = not chunk
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0


def parse_record(raw: RawRecord, frame: Frame) -> tuple[etree._Element, tuple[str, ...]]:
    """The record's element, and what had to be mended.

    Raises ValueError with the reason when it cannot be read.
    """
    if raw.damage:
        raise ValueError(raw.damage)
    first = ""
    for mend, note in _MENDS:
        try:
            root = etree.fromstring(frame.wrap(mend(raw.data, frame.encoding)), xml_parser())
            return root[0], (note,) if note else ()
        except etree.XMLSyntaxError as error:
            line = raw.line + max(0, (error.lineno or 1) - 1 - frame.root.count(b"\n"))
            first = first or f"line {line}: {(error.msg or 'not XML').split(', line ')[0]}"
        except IndexError:
            first = first or "it is empty"
    raise ValueError(first)


def _as_it_is(data: bytes, _encoding: str) -> bytes:
    return data


def _without_controls(data: bytes, encoding: str) -> bytes:
    """Without what XML cannot hold: control characters, as bytes or references, and wrong bytes."""
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        return data
    return _BAD_REFERENCE.sub(b"", _CONTROL.sub(b"", text.encode(encoding, "xmlcharrefreplace")))


_MENDS = ((_as_it_is, ""), (_without_controls, "characters that XML cannot hold were removed"))


def xml_parser() -> etree.XMLParser:
    """A parser that fetches nothing and fills in no entities."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _frame(head: bytes) -> Frame:
    declared = _DECLARATION.search(head[:200])
    root = _ROOT.search(head)
    if root is None or root[2].rstrip().endswith(b"/"):
        return Frame(head or b" ", "utf-8", b"<rss>")
    encoding = declared[1].decode().lower() if declared else "utf-8"
    return Frame(head, encoding if _is_known(encoding) else "utf-8", root[0])


def _is_known(encoding: str) -> bool:
    """False for a declaration that was damaged or made up."""
    try:
        b"<x>".decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def pieces(head: bytes, opening: bytes, closing: bytes) -> Iterator[bytes]:
    """The pieces from one mark to the next other; each byte is looked at once, whatever is not closed."""
    end = 0
    while (start := head.find(opening, end)) >= 0 and (end := head.find(closing, start)) >= 0:
        end += len(closing)
        yield head[start:end]


def child_text(element: etree._Element, name: str) -> str:
    """The text of the first child of that local name, whatever its namespace, or the empty string."""
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname == name:
            return text_in(child)
    return ""


def text_in(element: etree._Element) -> str:
    """All text of an element."""
    return "".join(str(part) for part in element.itertext())


def encoded_text(item: etree._Element, prefix: str) -> str:
    """The `content:encoded` or `excerpt:encoded` of an item, told apart by their namespaces."""
    for child in item:
        name = etree.QName(child) if isinstance(child.tag, str) else None
        if name and name.localname == "encoded" and (prefix in (name.namespace or "") or child.prefix == prefix):
            return text_in(child)
    return ""
