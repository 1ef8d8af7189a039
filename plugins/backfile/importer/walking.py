"""Finds the files to import: folders are walked in order, links out of them are not followed.

The folder that a browser puts beside a page it saves (`ferry_files` beside `ferry.html`) is one item.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from backfile.errors import SourceError
from backfile.text import clean_name

_PAGES = (".html", ".htm", ".xhtml")
_COMPANION = re.compile(r"(?:[-_](?:files|Dateien|fichiers|archivos|bestanden|ficheiros|filer|pliki)|\.files)$")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file (or a folder saved with a page) and the name it goes by in reports and content files."""

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
            yield SourceFile(source, clean_name(source.name))


def _walk(root: Path) -> Iterator[SourceFile]:
    for folder, folders, names in os.walk(root):
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith(_PAGES)}
        companions = {name for name in folders if _COMPANION.sub("", name) in pages and _COMPANION.search(name)}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in companions)
        yield from (_file(Path(folder, name), root) for name in sorted(companions))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and not path.is_symlink():
                yield _file(path, root)


def _file(path: Path, root: Path) -> SourceFile:
    return SourceFile(path, clean_name(path.relative_to(root).as_posix()))
