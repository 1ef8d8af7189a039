"""Files that hold data are whole: XML is well-formed, JSON can be read, untouched texts are what their names say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from backfile.verify.files import unread
from backfile.verify.finding import Finding
from backfile.verify.fixity import digest_of

_UNTOUCHED = re.compile(r"sources/[0-9a-f]{2}/([0-9a-f]{64})\.txt")
_TABLE = re.compile(r"downloads/csv/[^/]+\.csv")
_XML = (".xml", ".atom", ".rss")
_LONGEST = 1 << 26
"""Bytes of a line of JSON, or of a whole file of it, above which it is not looked into."""
_CHUNK = 1 << 16


def check_data(output: Path, files: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with XML, JSON, JSON Lines, our tables and the untouched texts of sources, once a file."""
    for file in sorted(files):
        try:
            wrong = _wrong(output / file, file)
        except OSError as error:
            yield unread(file, error)
            continue
        if wrong:
            yield Finding(file, "files", f"{wrong}. Build the archive again, or restore the file.")


def _wrong(path: Path, file: str) -> str:
    suffix = path.suffix.lower()
    if named := _UNTOUCHED.fullmatch(file):
        other = digest_of(path) != named[1]
        return "is not the untouched text that its name, the SHA-256 of it, stands for" if other else ""
    if _TABLE.fullmatch(file):
        return _no_table(path)
    if suffix in _XML:
        return _not_xml(path)
    if suffix == ".jsonl":
        return _not_lines(path)
    return _not_json(path) if suffix == ".json" else ""


def _no_table(path: Path) -> str:
    """What shows that one of our tables was cut off: each line ends, and so does each cell in quotation marks."""
    quotes, last = 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            quotes, last = quotes + chunk.count(b'"'), chunk
    if not last:
        return "is empty"
    return "" if last.endswith(b"\n") and quotes % 2 == 0 else "ends within a line: it was cut off"


class _Nothing:
    """Takes what a parser finds, and keeps nothing."""

    def close(self) -> None:
        """Called at the end."""


def _not_xml(path: Path) -> str:
    parser = etree.XMLParser(target=_Nothing(), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError as error:
        return f"is no well-formed XML: {error.msg or 'it is empty'}"
    return ""


def _not_lines(path: Path) -> str:
    number = 0
    with path.open("rb") as stream:
        while line := stream.readline(_LONGEST):
            number += 1
            if len(line) == _LONGEST:
                return ""
            if wrong := _not_value(line):
                return f"line {number} is no JSON: {wrong}"
    return "" if number else "is empty"


def _not_json(path: Path) -> str:
    if path.stat().st_size > _LONGEST:
        return ""
    wrong = _not_value(path.read_bytes())
    return f"is no JSON: {wrong}" if wrong else ""


def _not_value(data: bytes) -> str:
    try:
        json.loads(data)
    except (ValueError, RecursionError) as error:
        return str(error)
    return ""
