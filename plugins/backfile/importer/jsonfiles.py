"""What a file of JSON is: how it is cut into objects, and whether comments stand in it by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from backfile.importer import limits
from backfile.importer.jsonlines import is_json_lines, json_lines
from backfile.importer.jsonremarks import Remarks, remarks_in
from backfile.importer.jsonvalues import are_json_values, json_values
from backfile.importer.jsonwraps import is_wrapping, opened
from backfile.importer.record import Problem
from backfile.model import Source

_NOBODYS = Source("", "")
_LOOKED_AT = 1 << 16
"""So many bytes of objects tell what others are: of one that is longer all."""


class JsonFile(NamedTuple):
    """A file of objects: one a line or not, things within wrappings or not, and what comments by themselves it has."""

    by_line: bool
    wrapped: bool = False
    remarks: Remarks = "none"

    def values(self, stream: BinaryIO, source: Source) -> Iterator[tuple[str, bytes] | Problem]:
        """Its objects, each with its place."""
        raws = (json_lines if self.by_line else json_values)(stream, source)
        return opened(raws) if self.wrapped else raws


def json_file(head: bytes, stream: BinaryIO, *, said_to_be_lines: bool) -> JsonFile | None:
    """What a file is that begins so; None for what is no JSON. The stream stands then where it stood."""
    values = are_json_values(head, said_to_be_lines=said_to_be_lines)
    if not values and not is_json_lines(head):
        return None
    found, at = JsonFile(by_line=not values), stream.tell()
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
