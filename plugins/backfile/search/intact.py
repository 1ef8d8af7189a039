"""Shards that somebody changed since they were written: looked into before an index is brought up to date.

An update reads few of its files, so a damaged one that it does not read would stay.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from backfile.errors import IndexFormatError
from backfile.search.files import ShardFiles

Stamp = tuple[int, int, int]
"""Size, time of modification in nanoseconds, inode."""


def shard_stamps(folder: Path) -> dict[str, Stamp]:
    """The stamps of the shards of an index by name, e.g. `4f0c2a9d1b7e6a55/t3`."""
    stamps: dict[str, Stamp] = {}
    for part in sorted((folder / "x").glob("*/")):
        with os.scandir(part) as entries:
            for entry in entries:
                if entry.name.endswith(".js") and entry.is_file(follow_symlinks=False):
                    found = entry.stat()
                    name = f"{part.name}/{entry.name.removesuffix('.js')}"
                    stamps[name] = (found.st_size, found.st_mtime_ns, found.st_ino)
    return stamps


def take_out_damaged(folder: Path, before: Mapping[str, Stamp]) -> None:
    """Deletes shards that are not as they were and are no whole shards: an index without them is built afresh."""
    files = ShardFiles(folder, keep=0)
    for name, stamp in shard_stamps(folder).items():
        if before.get(name) == stamp:
            continue
        try:
            files.payload(name)
        except IndexFormatError:
            (folder / "x" / f"{name}.js").unlink(missing_ok=True)
