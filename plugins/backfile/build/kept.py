"""What was read early in a build and is wanted again later: values in files, one for each process that wrote any.

It is scratch: nothing of it is left when the build ends, and whoever finds nothing here reads again.
"""

from __future__ import annotations

import marshal
import os
from pathlib import Path
from typing import Any

Place = tuple[int, int, int]
"""Where a value stands: the process that wrote it, the offset in its file, the number of bytes."""


class Kept:
    """Values that `marshal` can write, in `folder`. Forked processes may put and get; each sees what all have put."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: tuple[int, int, int] | None = None
        """Process, file, bytes written."""
        self._readers: dict[int, int] = {}

    def put(self, value: Any) -> Place | None:
        """Keeps a value; None when there is no room for it."""
        mine = os.getpid()
        data = marshal.dumps(value)
        try:
            if self._writer is None or self._writer[0] != mine:
                self._writer = (mine, os.open(self._path(mine), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), 0)
            _, file, at = self._writer
            written = os.pwrite(file, data, at)
        except OSError:
            return None
        self._writer = (mine, file, at + written)
        return (mine, at, written) if written == len(data) else None

    def get(self, place: Place) -> Any:
        """The value at a place. Raises OSError, EOFError, ValueError or TypeError when it is not there."""
        writer, at, size = place
        if writer not in self._readers:
            self._readers[writer] = os.open(self._path(writer), os.O_RDONLY)
        return marshal.loads(os.pread(self._readers[writer], size, at))  # noqa: S302 - from a process of ours

    def close(self) -> None:
        """Lets go of the files."""
        for file in [*self._readers.values(), *([self._writer[1]] if self._writer else [])]:
            os.close(file)
        self._readers.clear()
        self._writer = None

    def _path(self, process: int) -> str:
        return str(self._folder / f"read-{process}")
