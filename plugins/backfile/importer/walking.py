"""Finds the files to import: folders are walked in order, links out of them are not followed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from backfile.errors import SourceError


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file and the name it goes by in reports and content files."""

    path: Path
    name: str


def find_files(sources: Iterable[Path]) -> Iterator[SourceFile]:
    """Every file of the sources in a stable order; hidden ones are left alone.

    Raises SourceError when a source does not exist, before anything is read.
    """
    sources = list(sources)
    for source in sources:
        if not source.exists():
            raise SourceError("no such file or folder.", place=str(source), advice="Check the path.")
    for source in sources:
        if source.is_dir():
            yield from _walk(source)
        else:
            yield SourceFile(source, source.name)


def _walk(root: Path) -> Iterator[SourceFile]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and not path.is_symlink():
                yield SourceFile(path, path.relative_to(root).as_posix())
