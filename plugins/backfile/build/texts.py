"""Files of text that functions make: put together from parts, of which only those are made that changed.

    file     [ head ][ articles 1 to 29 ][ 30 to 71 ][ 72 to 90 ] ...
    part       a digest of what it is made from, and its length in bytes

A part is a pure function of its arguments: when its digest is that of a part of the file as it stands, its
bytes are taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Part = tuple[str, int]
"""The digest of what a part was made from, and how many bytes it has."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a file consists of: `make` gives a part from its arguments, and reads nothing else."""

    make: Callable[..., str]
    arguments: Sequence[Mapping[str, Any]]

    @property
    def name(self) -> str:
        """Names the function: its code is among what the session's key stands for."""
        return f"{self.make.__module__}:{self.make.__qualname__}"

    def assemble(self, digests: Sequence[str], old: bytes, known: Sequence[Part]) -> tuple[bytes, list[Part]]:
        """The file's bytes, and what its parts are; `old` are those of the file as it stands, made of `known` parts."""
        there: dict[str, bytes] = {}
        start = 0
        for digest, length in known:
            there[digest] = old[start : start + length]
            start += length
        made = [
            there[digest] if digest in there else self.make(**arguments).encode("utf-8", "replace")
            for digest, arguments in zip(digests, self.arguments, strict=True)
        ]
        return b"".join(made), [(digest, len(data)) for digest, data in zip(digests, made, strict=True)]
