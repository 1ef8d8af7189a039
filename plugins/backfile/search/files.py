"""Reads shards from the folder of the search files, checked."""

from __future__ import annotations

from pathlib import Path

from backfile.errors import IndexFormatError
from backfile.search import shard

MAX_FILE = shard.MAX_PAYLOAD * 3 // 2


class ShardFiles:
    """The files below `search/x`. Keeps the payloads read last, up to a number of bytes."""

    def __init__(self, folder: Path, keep: int = 64 << 20) -> None:
        self._folder = folder / "x"
        self._keep = keep
        self._kept: dict[str, bytes] = {}
        self._bytes = 0

    def payload(self, name: str) -> bytes:
        """The payload of a shard, e.g. `4f0c2a9d1b7e6a55/t3`."""
        payload = self._kept.get(name)
        if payload is None:
            payload = shard.unwrap(name, self._read(name))
            if self._bytes + len(payload) > self._keep:
                self._kept.clear()
                self._bytes = 0
            self._kept[name] = payload
            self._bytes += len(payload)
        return payload

    def _read(self, name: str) -> bytes:
        path = self._folder / f"{name}.js"
        try:
            if path.stat().st_size > MAX_FILE:
                raise IndexFormatError(
                    "the file is larger than a shard may be", place=f"x/{name}.js", advice=shard.ADVICE
                )
            return path.read_bytes()
        except FileNotFoundError as error:
            raise IndexFormatError(
                "the file is missing",
                place=f"x/{name}.js",
                advice=shard.ADVICE,
            ) from error
