"""What a file of JSON, or a table, is: how it is cut into objects, and whether comments stand in it by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Literal, NamedTuple

from backfile.importer import limits
from backfile.importer.csvrows import csv_rows, is_table
from backfile.importer.jsonlines import is_json_lines, json_lines
from backfile.importer.jsonremarks import Remarks, remarks_in
from backfile.importer.jsonvalues import are_json_values, json_values
from backfile.importer.jsonwraps import is_wrapping, opened
from backfile.importer.record import Problem
from backfile.model import Source

JSON_LINES = frozenset({".jsonl", ".ndjson"})
"""Files that are called so are read by line though the first is broken: else all of them were one text."""
_NOBODYS = Source("", "")
_CUTTERS = {"line": json_lines, "value": json_values, "row": csv_rows}
_LOOKED_AT = 1 << 16
"""So many bytes of objects tell what others are: of one that is longer all."""


class JsonFile(NamedTuple):
    """A file of objects: how they are cut, whether they are in wrappings, and what comments by themselves it has."""

    cut: Literal["line", "value", "row"]
    wrapped: bool = False
    remarks: Remarks = "none"

    def values(self, stream: BinaryIO, source: Source) -> Iterator[tuple[str, bytes] | Problem]:
        """Its objects, each with its place."""
        raws = _CUTTERS[self.cut](stream, source)
        return opened(raws) if self.wrapped else raws


def json_file(head: bytes, stream: BinaryIO, suffix: str) -> JsonFile | None:
    """What a file is that begins so; None for what is no JSON and no table. The stream stands then where it stood."""
    if is_table(head, suffix):
        found = JsonFile("row")
    elif are_json_values(head, said_to_be_lines=suffix in JSON_LINES):
        found = JsonFile("value")
    elif is_json_lines(head):
        found = JsonFile("line")
    else:
        return None
    at = stream.tell()
    told, _ = limits.attempt(partial(_looked_into, found, stream))
    stream.seek(at)
    return told or found


def _looked_into(found: JsonFile, stream: BinaryIO) -> JsonFile:
    """What more the first objects of a file tell."""
    stream.seek(0)
    first = next((raw for raw in found.values(stream, _NOBODYS) if not isinstance(raw, Problem)), None)
    found = found._replace(wrapped=first is not None and is_wrapping(first[1]))
    stream.seek(0)
    return found._replace(remarks=remarks_in(_first(found.values(stream, _NOBODYS))))


def _first(raws: Iterator[tuple[str, bytes] | Problem]) -> Iterator[tuple[str, bytes]]:
    size = 0
    for raw in raws:
        if not isinstance(raw, Problem):
            yield raw
            size += len(raw[1])
        if size > _LOOKED_AT:
            return
