"""Collects the shards of a segment or store, computes its id, and writes its files at once."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from backfile import disk
from backfile.search import shard

BATCH = 1 << 18
"""Bytes of payloads that are handed to the thread that packs them at once."""


class ShardSink:
    """Takes payloads kind by kind; `finish` names the whole by its content and moves it into place.

    Compressed payloads wait in a temporary file, for a script carries the id, which the last payload decides.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._places: list[tuple[str, int, int, int]] = []
        self._hashes: dict[str, hashlib._Hash] = {}
        self._unhashed: dict[str, dict[int, bytes]] = {}
        self._hashed: dict[str, int] = {}
        self.counts: dict[str, int] = {}
        self._pool = ThreadPoolExecutor(1)
        self._waiting: list[tuple[str, int, bytes]] = []
        self._size = 0
        self._pending: Future[None] | None = None

    def __enter__(self) -> ShardSink:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._spool.close()

    def reserve(self, kind: str) -> int:
        """The number of the next shard of a kind, whose payload comes later."""
        number = self.counts.get(kind, 0)
        self.counts[kind] = number + 1
        return number

    def put(self, kind: str, payload: bytes, number: int | None = None) -> int:
        """Takes a payload, head included: the next of its kind, or one whose number was reserved."""
        if number is None:
            number = self.reserve(kind)
        self._waiting.append((kind, number, payload))
        self._size += len(payload)
        if self._size >= BATCH:
            self._hand_over()
        return number

    def _hand_over(self) -> None:
        """Gives what waits to the other thread, after it has done what it was given before."""
        if self._pending is not None:
            self._pending.result()
        self._pending = self._pool.submit(self._take, self._waiting)
        self._waiting, self._size = [], 0

    def _take(self, payloads: Sequence[tuple[str, int, bytes]]) -> None:
        for kind, number, payload in payloads:
            self._hash(kind, number, payload)
            data = shard.pack(payload)
            self._places.append((f"{kind}{number}", len(payload), self._spool.tell(), len(data)))
            self._spool.write(data)

    def _hash(self, kind: str, number: int, payload: bytes) -> None:
        """Takes payloads into the id in order of their numbers, whenever they come."""
        total = self._hashes.setdefault(kind, hashlib.sha256())
        waiting = self._unhashed.setdefault(kind, {})
        waiting[number] = payload
        while (ready := waiting.pop(self._hashed.get(kind, 0), None)) is not None:
            total.update(len(ready).to_bytes(8, "big"))
            total.update(ready)
            self._hashed[kind] = self._hashed.get(kind, 0) + 1

    def finish(self) -> str:
        """Writes the files into the folder that their content names; returns the id."""
        self._hand_over()
        self._pool.shutdown()
        if self._pending is not None:
            self._pending.result()
        name = identify({kind: total.digest() for kind, total in self._hashes.items()})
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
        try:
            self._write(name, temporary)
            temporary.chmod(0o755)
            _move(temporary, self._folder / name)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        return name

    def _write(self, name: str, folder: Path) -> None:
        for file, length, offset, size in self._places:
            self._spool.seek(offset)
            disk.fill(folder / f"{file}.js", shard.script(f"{name}/{file}", length, self._spool.read(size)))


def identify(digests: Mapping[str, bytes]) -> str:
    """The id of a segment or store, from the digest of the shards of each kind."""
    return hashlib.sha256(b"".join(kind.encode("ascii") + digests[kind] for kind in sorted(digests))).hexdigest()[:16]


def _move(folder: Path, target: Path) -> None:
    """Puts a folder in place; over one of the same name file by file, for that may be in use, or damaged."""
    if not target.exists():
        disk.place(folder, target)
        return
    for file in folder.iterdir():
        disk.place(file, target / file.name)
    folder.rmdir()


class Packer:
    """Fills shards of one kind with blobs up to a size; a longer blob has a shard of its own."""

    def __init__(self, kind: str, limit: int, put: Callable[[str, bytes], int]) -> None:
        self._kind, self._limit, self._put = kind, limit, put
        self._head = shard.head(kind)
        self._parts: list[bytes] = []
        self._size = len(self._head)
        self._number = 0

    def add(self, blob: bytes) -> tuple[int, int, int]:
        """Takes a blob; returns its shard, offset and size."""
        if self._parts and self._size + len(blob) > self._limit:
            self.flush()
        place = (self._number, self._size, len(blob))
        self._parts.append(blob)
        self._size += len(blob)
        return place

    def flush(self) -> None:
        """Hands on the shard begun, if there is one."""
        if not self._parts:
            return
        self._put(self._kind, self._head + b"".join(self._parts))
        self._number += 1
        self._parts.clear()
        self._size = len(self._head)
