"""Puts a new generation of the index in place: all of it or nothing, one build at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from backfile import disk
from backfile.errors import BackfileError
from backfile.search import manifest
from backfile.search.manifest import Manifest

try:
    import fcntl
except ImportError:  # Windows: two builds of one site at once are not kept apart
    fcntl = None  # type: ignore[assignment]


def publish(folder: Path, current: Manifest, new: Manifest, *, keep_previous: bool = True) -> None:
    """Puts the new manifest in place when all its files are on the disk; clears away what is not needed.

    With `keep_previous` the files of the generation before are kept for pages that are open.
    """
    if new == current and (keep_previous or not current.previous) and (folder / manifest.NAME).exists():
        _clear(folder, new.ids() | set(new.previous))  # what a killed build left
        return
    previous = sorted((current.ids() or set(current.previous)) - new.ids()) if keep_previous else []
    new = replace(new, generation=current.generation + 1, previous=tuple(previous))
    _synchronise(folder / "x", new.ids() - current.ids())
    manifest.write(folder, new)
    _clear(folder, new.ids() | set(previous))


def _clear(folder: Path, keep: set[str]) -> None:
    """Removes all folders of segments and stores but these."""
    for path in (folder / "x").iterdir() if (folder / "x").is_dir() else ():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _synchronise(folder: Path, names: Iterable[str]) -> None:
    disk.sync([path for name in names for path in (folder / name).iterdir()])


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keeps a second build of the same site out."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackfileError(
                "another build is writing this search index", place=str(folder), advice="Wait until it is done."
            ) from error
        yield
    finally:
        os.close(descriptor)
