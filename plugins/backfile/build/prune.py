"""Takes away what earlier builds made and this one did not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from backfile.build.files import above


def remove(root: Path, names: Iterable[str]) -> int:
    """Removes files from the output folder, and the folders that this leaves empty; how many there were."""
    gone = 0
    folders: set[str] = set()
    for name in sorted(names):
        path = root / name
        if not _inside(root, path):
            continue
        try:
            path.unlink()
            gone += 1
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        finally:
            folders.update(above(name))
    for folder in sorted(folders, key=len, reverse=True):
        try:
            (root / folder).rmdir()
        except OSError:
            continue  # something else stands in it, or it is gone
    return gone


def _inside(root: Path, path: Path) -> bool:
    return Path(os.path.normpath(path)).is_relative_to(os.path.normpath(root))
