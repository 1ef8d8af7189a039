"""Files put in their place whole, and folders that one run holds at a time.

Whatever Backfile writes to stay is written here, so that there is one place where a full disk, a missing permission
and a power cut can strike, and one where tests let them strike at every step: `fill`, `place`, `sync`.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import json
import os
import shutil
import socket
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from backfile.errors import BackfileError, WriteError

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: two runs at once are not kept apart
    fcntl = None  # type: ignore[assignment]

SYNC_ALL = 256
"""From so many new files on the whole file system is synchronised at once."""
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NO_LOCKS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
_ORPHANS = 60.0  # seconds that workers of a killed run may take to notice


def put(path: Path, data: bytes | Path) -> None:
    """Makes a file hold these bytes, or those of another file; in one step, so that nobody ever sees half of it.

    It grows beside its place, under a name that is always the same: the next run takes away what a killed one left.
    Raises WriteError; then the file is what it was before.
    """
    beside = unfinished(path)
    try:
        make_folder(path.parent)
        fill(beside, data, of=path)
        place(beside, path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def unfinished(path: Path) -> Path:
    """Where a file grows until it is whole; a killed run leaves it there."""
    return path.with_name(f".{path.name}.part")


def make_folder(path: Path | str) -> None:
    """Makes a folder, and those above it; there it may be already. Raises WriteError."""
    with _telling(path):
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 - a Path for each of many folders would show


def fill(path: Path | str, data: bytes | Path, *, of: Path | str = "") -> None:
    """Writes a file that nobody reads yet. Raises WriteError, which names the file that it will be, if told."""
    with _telling(of or path):
        _fill(path, data)


def append(path: Path | str, data: bytes) -> None:
    """Adds to a file. Raises WriteError; then a part of the data may be in it."""
    with _telling(path):
        _append(path, data)


def place(beside: Path | str, path: Path | str) -> None:
    """Puts a written file, or folder, in its place, in one step. Raises WriteError."""
    with _telling(path):
        _place(beside, path)


def sync(paths: Sequence[Path]) -> None:
    """Waits until files, and that they are where they are, have reached the disk. Raises WriteError."""
    if len(paths) >= SYNC_ALL and hasattr(os, "sync"):
        os.sync()
        return
    for path in [*paths, *dict.fromkeys(path.parent for path in paths)]:
        with _telling(path):
            _sync(path)


def is_full(error: BaseException) -> bool:
    """Whether the system had no room for something: no fault of what was read when it said so."""
    return isinstance(error, OSError) and error.errno in _FULL


def _fill(path: Path | str, data: bytes | Path) -> None:
    if isinstance(data, Path):
        shutil.copyfile(data, path)
        return
    with open(path, "wb") as file:  # noqa: PTH123 - tens of thousands a build
        file.write(data)


def _append(path: Path | str, data: bytes) -> None:
    with open(path, "ab") as file:  # noqa: PTH123
        file.write(data)


def _place(beside: Path | str, path: Path | str) -> None:
    os.replace(beside, path)  # noqa: PTH105 - tens of thousands a build


def _sync(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # taken away since
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class _telling:  # noqa: N801 - used as a function; a generator would take longer than many a file
    """Says of an OSError which file could not be written, and what to do."""

    def __init__(self, path: Path | str) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise WriteError(
                f"cannot be written: {error.strerror or error}.",
                place=str(self._path),
                advice="Nothing that was there is lost. Make room, or get the permission, and run it again.",
            ) from error


class Lock:
    """A file that says who works on a folder. The system lets go of it when its holder ends, however that happens."""

    def __init__(self, path: Path, what: str) -> None:
        self._path, self._what = path, what
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Takes the lock; True when the last holder did not come to its end.

        Raises BackfileError that names the holder when there is one. Workers of one that was killed are waited for.
        """
        with _telling(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._take()

    def ask(self) -> None:
        """Raises BackfileError that names the holder when there is one; takes nothing, and makes no file."""
        with contextlib.suppress(FileNotFoundError, PermissionError), self._path.open("rb") as file:
            if not _locked(file, together=True):
                raise self._held(_read(file))

    def _take(self) -> bool:
        given_up = time.monotonic() + _ORPHANS
        while True:
            file = self._path.open("a+b")
            if _locked(file):
                if _is_at(file, self._path):
                    break
                file.close()  # its holder took it away between our two steps
                continue
            holder = _read(file)
            file.close()
            if _lives(holder) or time.monotonic() > given_up:
                raise self._held(holder)
            time.sleep(0.05)
        left = bool(_read(file))
        note = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.datetime.now().isoformat("T", "seconds"),
        }
        file.truncate(0)
        file.write(json.dumps(note).encode())
        file.flush()
        os.fsync(file.fileno())
        self._file = file
        return left

    def release(self, *, remove: bool = False) -> None:
        """Lets go of it, done: the next to take it hears of nothing left undone."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            if remove:
                self._path.unlink(missing_ok=True)
            else:
                self._file.truncate(0)
        self.abandon()

    def abandon(self) -> None:
        """Lets go of it with the work undone."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _held(self, holder: dict[str, object]) -> BackfileError:
        who = "another process"
        if holder:
            who = f"process {holder.get('pid')} on {holder.get('host')}, since {holder.get('since')},"
        return BackfileError(f"{who} {self._what}.", place=str(self._path), advice="Wait until it is done.")


def _locked(file: IO[bytes], *, together: bool = False) -> bool:
    """Whether nobody else holds it; `together` with others who only ask."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if together else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:  # a network's file system without any: as on Windows
            raise
    return True


def _is_at(file: IO[bytes], path: Path) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


def _read(file: IO[bytes]) -> dict[str, object]:
    """What the holder wrote; nothing when it did not get so far."""
    file.seek(0)
    try:
        note = json.loads(file.read(1000))
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}


def _lives(holder: dict[str, object]) -> bool:
    """Whether a holder is still there, as far as can be told: of another machine nothing can."""
    pid = holder.get("pid")
    if holder.get("host") != socket.gethostname() or not isinstance(pid, int):
        return bool(holder)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
