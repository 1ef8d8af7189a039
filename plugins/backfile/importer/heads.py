"""Reads of a content file whose article it is, without reading all of it."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from backfile.errors import BackfileError

_HEAD_BYTES = 16_384
"""Read at first; then as much again, until the blank line below the metadata is there."""
_ID_LINE = re.compile(rb"^id:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_URL_LINE = re.compile(rb"^original-url:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_SOURCE_LINE = re.compile(rb"^source:[ \t]*sha256:([0-9a-f]{64})", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Head:
    """What an article is known by: its id, the address where it stood, the digests of its sources."""

    id: str
    url: str
    digests: tuple[str, ...]


def read_head(path: Path) -> Head | None:
    """What a content file says; None where it has no id. Raises BackfileError when it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe, which would never end; a build passes it over as well
            return None
        with path.open("rb") as stream:
            head = b""
            while b"\n\n" not in head and (more := stream.read(max(_HEAD_BYTES, len(head)))):
                head = (head + more).replace(b"\r\n", b"\n")
            head = head.split(b"\n\n")[0]
    except OSError as error:
        # Taken for absent, it would be written over, corrections and all.
        reason = f"the content file cannot be read: {error.strerror or error}."
        gone = isinstance(error, FileNotFoundError)
        advice = "Put back what the link leads to, or remove it." if gone else "Get the permission to read it."
        raise BackfileError(reason, place=str(path), advice=advice) from error
    if not (found := _ID_LINE.search(head)):
        return None
    address = _URL_LINE.search(head)
    url = address[1].decode("utf-8", "replace") if address else ""
    return Head(found[1].decode(), url, tuple(map(bytes.decode, _SOURCE_LINE.findall(head))))
