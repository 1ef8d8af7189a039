"""`sha256sums.txt`: the digests of every file of an archive, as `sha256sum -c` reads them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from backfile import disk
from backfile.verify.finding import Finding

SUMS = "sha256sums.txt"
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<file>.+)")


def write_sums(output: Path) -> int:
    """Writes the digests of all files, ordered by path; returns how many there are."""
    lines = [f"{digest_of(output / file)}  {file}\n" for file in list_files(output) if file != SUMS]
    disk.put(output / SUMS, "".join(lines).encode())
    return len(lines)


def has_sums(output: Path) -> bool:
    """True when digests were written, so that there is something to compare with."""
    return (output / SUMS).exists()


def check_sums(output: Path) -> Iterator[Finding]:
    """Files that changed, vanished or came since the digests were written; nothing when they never were."""
    if not has_sums(output):
        return
    text = (output / SUMS).read_text("utf-8")
    known: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.fullmatch(line)
        if not found:
            yield Finding(SUMS, "fixity", f"line {number} is not a digest and a path")
            continue
        file = found["file"]
        known.add(file)
        path = output / file
        if not path.resolve().is_relative_to(output.resolve()) or not path.is_file():
            yield Finding(file, "fixity", "is not there any more")
        elif digest_of(path) != found["digest"]:
            yield Finding(file, "fixity", "has changed since its digest was written")
    for file in list_files(output):
        if file not in known and file != SUMS:
            yield Finding(file, "fixity", f"is not in {SUMS}")


def list_files(output: Path) -> list[str]:
    """The paths of all files under a folder, relative to it, in order."""
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
