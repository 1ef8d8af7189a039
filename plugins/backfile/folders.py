"""All files below a folder, those behind links to folders as well: a build reads these, so nobody may overlook them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

_Identity = tuple[int, int]


def walk(root: Path, onerror: Callable[[OSError], None] | None = None) -> Iterator[tuple[Path, list[str]]]:
    """Every folder with its files, in order; not through a link to a folder above, which would go round forever."""
    above: dict[str, frozenset[_Identity]] = {str(root): frozenset()}
    for folder, folders, names in os.walk(root, onerror=onerror, followlinks=True):
        here = Path(folder)
        inside = above.pop(str(here)) | {_identity(here)}
        folders[:] = [name for name in sorted(folders) if _identity(here / name) not in inside]
        above.update((str(here / name), inside) for name in folders)
        yield here, sorted(names)


def _identity(folder: Path) -> _Identity:
    """What is the same of one folder on all ways to it."""
    try:
        found = folder.stat()
    except OSError:  # it is told when it is looked into
        return (-1, hash(folder))
    return (found.st_dev, found.st_ino)
