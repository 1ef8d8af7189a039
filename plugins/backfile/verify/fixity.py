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
from pathlib import Path

from backfile import disk
from backfile.verify.files import is_file, list_files, unread
from backfile.verify.finding import Finding

SUMS = "sha256sums.txt"
_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64})  (?P<file>[^\0]+)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_MEANT = {escape: meant for meant, escape in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\[\\nr]")


def write_sums(output: Path) -> int:
    """Writes the digests of all files, ordered by path; returns how many there are.

    Raises OSError, which names the file that cannot be read, and WriteError.
    """
    lines = [_line(digest_of(output / file), file) for file in list_files(output) if file != SUMS]
    disk.put(output / SUMS, os.fsencode("".join(lines)))
    return len(lines)


def has_sums(output: Path) -> bool:
    """True when digests were written, so that there is something to compare with."""
    return (output / SUMS).exists()


def check_sums(output: Path) -> Iterator[Finding]:
    """Files that changed, vanished or came since the digests were written; nothing when they never were."""
    if not has_sums(output):
        return
    try:
        lines = os.fsdecode((output / SUMS).read_bytes()).removesuffix("\n").split("\n")
    except OSError as error:
        advice = "Remove what stands there, and restore the list, or write it anew (--write-sums) when all is well."
        yield Finding(SUMS, "fixity", f"cannot be read: {error.strerror or error}. {advice}")
        return
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if not found:
            yield Finding(SUMS, "fixity", f"line {number} is not a digest and a path")
            continue
        file = found["file"]
        if found["escaped"]:
            file = _ESCAPED.sub(lambda escape: _MEANT[escape[0]], file)
        known.add(file)
        yield from _compared(output, file, found["digest"])
    for file in list_files(output):
        if file not in known and file != SUMS:
            yield Finding(file, "fixity", f"is not in {SUMS}")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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
