"""Values in a file, versioned and checked: what cannot be trusted reads as nothing.

    magic, a space, SHA-256 of the rest in hexadecimal, a newline, the value as `marshal` writes it

`marshal` is ten times faster than JSON, keeps tuples, and runs nothing that it reads. Its format is that of one
version of Python; the key that every value here carries names that version.
"""

from __future__ import annotations

import hashlib
import marshal
from pathlib import Path
from typing import Any

from backfile import disk

_MAGIC = b"backfile-build/3 "
_DIGEST = 64


def write(path: Path, scratch: Path, value: Any) -> None:
    """Replaces the file in one step; it grows in `scratch`, which is on the same disk."""
    data = marshal.dumps(value)
    beside = scratch / path.name
    disk.fill(beside, b"".join((_MAGIC, hashlib.sha256(data).hexdigest().encode("ascii"), b"\n", data)))
    disk.place(beside, path)


def read(path: Path) -> Any:
    """The value, or None when the file is missing, damaged or of another version."""
    try:
        whole = memoryview(path.read_bytes())
    except OSError:
        return None
    start = len(_MAGIC) + _DIGEST + 1
    data = whole[start:]
    if whole[:start] != _MAGIC + hashlib.sha256(data).hexdigest().encode("ascii") + b"\n":
        return None
    return marshal.loads(data)  # noqa: S302 - data alone, and what we wrote: the digest says so
