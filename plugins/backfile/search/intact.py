"""Shards that somebody changed since they were written: looked into before an index is brought up to date.

An update reads few of its files, so a damaged one that it does not read would stay.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from backfile.errors import IndexFormatError
from backfile.search.files import ShardFiles

Stamp = tuple[int, int, int]
"""Size, time of modification in nanoseconds, inode."""

Stamps = dict[str, dict[str, Stamp]]
"""By the folder of a segment or store and the name in it: `4f0c2a9d1b7e6a55`, `t3`."""


def shard_stamps(folder: Path, known: Mapping[str, dict[str, Stamp]] = MappingProxyType({})) -> Stamps:
    """The stamps of the shards of an index; those in `known` folders are not looked at: a shard never changes."""
    stamps: Stamps = {}
    for part in sorted((folder / "x").glob("*/")):
        stamps[part.name] = known.get(part.name) or _stamps_in(part)
    return stamps


def _stamps_in(part: Path) -> dict[str, Stamp]:
    stamps = {}
    with os.scandir(part) as entries:
        for entry in entries:
            if entry.name.endswith(".js") and entry.is_file(follow_symlinks=False):
                found = entry.stat()
                stamps[entry.name.removesuffix(".js")] = (found.st_size, found.st_mtime_ns, found.st_ino)
    return stamps


def take_out_damaged(folder: Path, before: Mapping[str, dict[str, Stamp]]) -> Stamps:
    """Deletes shards that are not as they were and are no whole shards: an index without them is built afresh.

    Gives the stamps of all that stay.
    """
    files, found = ShardFiles(folder, keep=0), shard_stamps(folder)
    for part, stamps in found.items():
        old = before.get(part, {})
        for name in [name for name, stamp in stamps.items() if old.get(name) != stamp]:
            try:
                files.payload(f"{part}/{name}")
            except IndexFormatError:
                (folder / "x" / part / f"{name}.js").unlink(missing_ok=True)
                del stamps[name]
    return found
