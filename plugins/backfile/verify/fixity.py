r"""`sha256sums.txt`: the digests of every file of an archive, as `sha256sum -c` reads them.

    <64 digits>  PATH
    \<64 digits>  PATH, in which `\n`, `\r` and `\\` stand for a line end, a carriage return and a backslash

A path is written in the bytes that the system has for it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backfile import disk
from backfile.verify.files import is_file, list_files, unread
from backfile.verify.finding import Finding

SUMS = "sha256sums.txt"
_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64})  (?P<file>[^\0]+)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_MEANT = {escape: meant for meant, escape in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\[\\nr]")


@dataclass(frozen=True, slots=True)
class Written:
    """How many digests were written, and which files the list that was there before knew otherwise, or not at all."""

    count: int
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    came: tuple[str, ...]


def write_sums(output: Path) -> Written:
    """Writes the digests of all files, ordered by path.

    Raises OSError, which names the file that cannot be read, and WriteError.
    """
    ours = {SUMS, disk.unfinished(output / SUMS).name}  # the second is what a killed run left, and goes now
    now = {file: digest_of(output / file) for file in list_files(output) if file not in ours}
    before = dict(filter(None, map(_noted, _lines(output)))) if (output / SUMS).is_file() else now
    disk.put(output / SUMS, os.fsencode("".join(_line(digest, file) for file, digest in now.items())))
    return Written(
        len(now),
        changed=tuple(file for file in now if before.get(file, now[file]) != now[file]),
        gone=tuple(sorted(before.keys() - now.keys())),
        came=tuple(file for file in now if file not in before),
    )


def has_sums(output: Path) -> bool:
    """True when digests were written, so that there is something to compare with."""
    return (output / SUMS).exists()


def check_sums(output: Path) -> Iterator[Finding]:
    """Files that changed, vanished or came since the digests were written; nothing when they never were."""
    if not has_sums(output):
        return
    try:
        lines = _lines(output)
    except OSError as error:
        advice = "Remove what stands there, and restore the list, or write it anew (--write-sums) when all is well."
        yield Finding(SUMS, "fixity", f"cannot be read: {error.strerror or error}. {advice}")
        return
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        noted = _noted(line)
        if noted is None:
            yield Finding(SUMS, "fixity", f"line {number} is not a digest and a path")
            continue
        file, digest = noted
        known.add(file)
        yield from _compared(output, file, digest)
    for file in list_files(output):
        if file not in known and file != SUMS:
            yield Finding(file, "fixity", f"is not in {SUMS}")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _lines(output: Path) -> list[str]:
    return os.fsdecode((output / SUMS).read_bytes()).removesuffix("\n").split("\n")


def _noted(line: str) -> tuple[str, str] | None:
    """The path and the digest that a line notes, or None."""
    found = _LINE.fullmatch(line)
    if not found:
        return None
    file = found["file"]
    if found["escaped"]:
        file = _ESCAPED.sub(lambda escape: _MEANT[escape[0]], file)
    return file, found["digest"]


def _line(digest: str, file: str) -> str:
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in file)
    return f"{'' if escaped == file else chr(92)}{digest}  {escaped}\n"


def _compared(output: Path, file: str, digest: str) -> Iterator[Finding]:
    """What is wrong with a file that was noted, if anything."""
    path = output / file
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(output))
    if not inside or not is_file(path):
        yield Finding(file, "fixity", "is not there any more")
        return
    try:
        now = digest_of(path)
    except OSError as error:
        yield unread(file, error)
        return
    if now != digest:
        yield Finding(file, "fixity", "has changed since its digest was written")
