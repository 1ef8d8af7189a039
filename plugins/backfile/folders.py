"""All content files below a folder, as a build finds them: behind links to folders too, and none that are hidden."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

IMPORTING = ".importing"
"""What stands in a content folder while an import writes there, and stays when it does not come to its end."""
_Identity = tuple[int, int]


def walk(root: Path, onerror: Callable[[OSError], None] | None = None) -> Iterator[tuple[Path, list[str]]]:
    """Every folder with its files, in order; not through a link to a folder above, which would go round forever.

    What is hidden, by a dot before its name, is left alone: bins, backups and notes of other programs.
    """
    above: dict[str, frozenset[_Identity]] = {str(root): frozenset()}
    for folder, folders, names in os.walk(root, onerror=onerror, followlinks=True):
        here = Path(folder)
        inside = above.pop(str(here)) | {_identity(here)}
        folders[:] = [name for name in sorted(folders) if not is_hidden(name) and _identity(here / name) not in inside]
        above.update((str(here / name), inside) for name in folders)
        yield here, sorted(name for name in names if not is_hidden(name))


def is_hidden(place: str) -> bool:
    """Whether a file, by its path below the content folder, is hidden, or is in a folder that is."""
    return any(part.startswith(".") and part not in (".", "..") for part in place.split("/"))


def _identity(folder: Path) -> _Identity:
    """What is the same of one folder on all ways to it."""
    try:
        found = folder.stat()
    except OSError:  # it is told when it is looked into
        return (-1, hash(folder))
    return (found.st_dev, found.st_ino)
