"""Shards that somebody changed since they were written: looked into before an index is brought up to date.

An update reads few of its files, so a damaged one that it does not read would stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from backfile.errors import IndexFormatError
from backfile.search.files import ShardFiles

Stamps = dict[str, dict[str, bytes]]
"""By folder of a segment or store and file in it, `4f0c2a9d1b7e6a55` and `t3.js`: what is other once it changed."""

Look = Callable[[str], Mapping[str, bytes]]
"""The files of a folder of the site, `search/x/4f0c2a9d1b7e6a55`, with their stamps."""


def shard_stamps(folder: Path, look: Look, known: Stamps) -> Stamps:
    """The stamps of the shards of an index; those in `known` folders are not looked at: a shard never changes."""
    return {part: known.get(part) or _shards(part, look) for part in _parts(folder)}


def take_out_damaged(folder: Path, look: Look, before: Stamps) -> Stamps:
    """Deletes shards that are not as they were and are no whole shards: an index without them is built afresh.

    Gives the stamps of all that stay.
    """
    files, found = ShardFiles(folder, keep=0), shard_stamps(folder, look, {})
    for part, stamps in found.items():
        old = before.get(part, {})
        if stamps == old:
            continue
        for name in [name for name, stamp in stamps.items() if old.get(name) != stamp]:
            try:
                files.payload(f"{part}/{name.removesuffix('.js')}")
            except IndexFormatError:
                (folder / "x" / part / name).unlink(missing_ok=True)
                del stamps[name]
    return found


def _parts(folder: Path) -> list[str]:
    return sorted(part.name for part in (folder / "x").glob("*/"))


def _shards(part: str, look: Look) -> dict[str, bytes]:
    return {name: stamp for name, stamp in look(f"search/x/{part}").items() if name.endswith(".js")}
