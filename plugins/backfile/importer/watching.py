"""How far an import is: what the pipeline tells whoever shows it, and a file that tells how much of it is read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Advance = Callable[[int], None]
_BUFFER = 1 << 16


class Watch(Protocol):
    """Shows how far a stage is."""

    def __call__(self, stage: str, items: Iterator[Item], total: int, /) -> Iterator[Item]:
        """The items of a stage, `total` in all (0 when nobody knows), as they come."""
        ...

    def follow(self, stage: str, total: int, /) -> Advance:
        """Begins a stage of so many bytes; what it gives is to be told of each further piece of them."""
        ...


class Unwatched:
    """A watch that shows nothing."""

    def __call__(self, _stage: str, items: Iterator[Item], _total: int, /) -> Iterator[Item]:
        """The items."""
        return items

    def follow(self, _stage: str, _total: int, /) -> Advance:
        """Nobody is told."""
        return unheard


def unheard(_size: int) -> None:
    """Tells nobody."""


class _Followed(io.FileIO):
    """A file that tells how much is read of it, and never of more than it holds."""

    def __init__(self, path: Path, advance: Advance) -> None:
        super().__init__(path)
        self._left = path.stat().st_size
        self._advance = advance

    def readinto(self, buffer: Any) -> int | None:
        size = super().readinto(buffer)
        self._tell(size or 0)
        return size

    def _tell(self, size: int) -> None:
        told = min(size, self._left)  # who goes back reads some of it twice
        self._left -= told
        if told:
            self._advance(told)

    def close(self) -> None:
        """What nobody wanted to read is done as well."""
        if not self.closed:
            self._tell(self._left)
        super().close()


def open_followed(path: Path, advance: Advance) -> io.BufferedReader:
    """A file for reading; `advance` is told of its bytes, all of them by the time it is closed."""
    return io.BufferedReader(_Followed(path, advance), _BUFFER)
