"""What is in a folder: every file with a stamp that changes whenever the file does."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import stat
import struct
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Stamp = bytes
"""Modification and change time in nanoseconds, size, inode, packed: of hundreds of thousands of files, so each has one
object and not five. A file put in another's place differs in the last three at least, whatever time it claims."""

_STAMP = struct.Struct("<qqqQ")
_pack, _unpack = _STAMP.pack, _STAMP.unpack
_MOST, _ALL_64_BITS = 2**63 - 1, 2**64 - 1

UNSURE: Stamp = _pack(0, 0, -1, 0)
"""Equal to no file's stamp: says that the file must be looked at again."""

# A file changed within the clock's grain after it was looked at may keep its stamp. Linux stamps files by the tick
# of its clock (at most 10 ms); a file system that keeps whole milliseconds or less is taken for the coarsest, FAT's.
_TICK_NS, _COARSE_NS = 100_000_000, 2_000_000_000


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp of a file that was asked for its state."""
    try:
        return _pack(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    except struct.error:  # times before 1677 or after 2262, inodes of more than 64 bits
        times = (max(-_MOST, min(at, _MOST)) for at in (found.st_mtime_ns, found.st_ctime_ns))
        return _pack(*times, found.st_size, found.st_ino & _ALL_64_BITS)


def size_of(stamp: Stamp) -> int:
    """The size of the file that has this stamp, in bytes."""
    return int(_unpack(stamp)[2])


def stamp_at(path: Path | str) -> Stamp | None:
    """The stamp of the regular file at a path, or None when there is none."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except (OSError, ValueError):
        return None
    return stamp_of(found) if stat.S_ISREG(found.st_mode) else None


def is_young(stamp: Stamp, at: int) -> bool:
    """Whether a change after a moment, in nanoseconds, could leave the stamp as it was then."""
    modified, changed, _, _ = _unpack(stamp)
    grain = _TICK_NS if changed % 1_000_000 else _COARSE_NS
    return bool(at - max(modified, changed) <= grain)


def digest_of(data: bytes) -> str:
    """32 hexadecimal digits that stand for these bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def face_of(files: Mapping[str, Stamp]) -> str:
    """What stands for files with these names and stamps; nothing when one of the stamps is `UNSURE`."""
    names = sorted(files)
    stamps = [files[name] for name in names]
    if UNSURE in stamps:
        return ""
    return digest_of("\0".join(names).encode("utf-8", "surrogatepass") + b"\0\0" + b"".join(stamps))


@dataclass(slots=True)
class Tree:
    """The files under `root`, found as Pelican finds them, each folder read once a build.

    `ignored` are Pelican's IGNORE_FILES: patterns of names of files and folders. `closed` are folders that are no part
    of it, wherever they stand.
    """

    root: str
    ignored: Iterable[str] = ()
    closed: Iterable[str] = ()
    started: int = field(default_factory=time.time_ns)
    dead: set[str] = field(default_factory=set)
    """Links that were met and lead nowhere, but for hidden ones, with which editors mark what they are at."""
    _found: dict[tuple[str, tuple[str, ...]], dict[str, Stamp]] = field(default_factory=dict)
    _sorted: dict[tuple[tuple[str, tuple[str, ...]], ...], dict[str, Stamp]] = field(default_factory=dict)
    _ignore: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._ignore = re.compile("|".join(fnmatch.translate(pattern) for pattern in self.ignored) or r"(?!)")

    def files(self, folders: Iterable[str], excluded: Iterable[str]) -> Mapping[str, Stamp]:
        """Path relative to the root -> stamp, sorted by path; `folders` may name single files."""
        without = tuple(sorted(os.path.normpath(os.path.join(self.root, folder)) for folder in excluded))
        keys = tuple((os.path.normpath(folder) if folder else "", without) for folder in folders)
        known = self._sorted.get(keys)
        if known is None:
            result: dict[str, Stamp] = {}
            for key in keys:
                if key not in self._found:
                    self._found[key] = self._within(*key)
                result |= self._found[key]
            known = self._sorted[keys] = dict(sorted(result.items()))
        return known

    def face(self, files: Mapping[str, Stamp]) -> str:
        """What stands for files; nothing when one of them is young."""
        return "" if self.has_young(files.values()) else face_of(files)

    def has_young(self, stamps: Iterable[Stamp]) -> bool:
        """Whether a file is so young that a change could hide behind its stamp."""
        started = self.started
        return any(is_young(stamp, started) for stamp in stamps)

    def _within(self, folder: str, without: tuple[str, ...]) -> dict[str, Stamp]:
        """The files in a folder; taken from all files, where these were looked for before."""
        everything = self._found.get(("", ()))
        if everything is None or folder:
            return dict(self._look(folder, {*without, *map(os.path.normpath, self.closed)}))
        closed = tuple(self._relative(path) + "/" for path in without)
        return {path: stamp for path, stamp in everything.items() if not path.startswith(closed)}

    def trusted(self, stamp: Stamp) -> Stamp:
        """The stamp, or `UNSURE` when the file is so young that a change could hide behind it."""
        return UNSURE if is_young(stamp, self.started) else stamp

    def _look(self, folder: str, excluded: set[str]) -> Iterator[tuple[str, Stamp]]:
        top = os.path.join(self.root, folder) if folder else self.root
        if os.path.isfile(top) and not self._ignore.match(os.path.basename(top)):
            yield self._relative(top), stamp_of(os.stat(top))
        elif os.path.isdir(top):
            yield from self._walk(top, excluded)

    def _walk(self, top: str, excluded: set[str]) -> Iterator[tuple[str, Stamp]]:
        pending: list[tuple[str, frozenset[tuple[int, int]]]] = [(top, frozenset())]
        while pending:
            folder, above = pending.pop()
            prefix = self._relative(folder)
            prefix = "" if prefix == "." else prefix + "/"
            inside: frozenset[tuple[int, int]] | None = None
            with os.scandir(folder) as entries:
                for entry in entries:
                    if self._ignore.match(entry.name):
                        continue
                    if not entry.is_dir():
                        if entry.is_file():
                            yield prefix + entry.name, stamp_of(entry.stat())
                        elif entry.is_symlink() and entry.name[0] != "." and not os.path.exists(entry.path):
                            self.dead.add(prefix + entry.name)
                        continue
                    if inside is None:
                        here = os.stat(folder)
                        inside = above | {(here.st_dev, here.st_ino)}
                    found = entry.stat()
                    # A link to a folder above would go round forever.
                    if (found.st_dev, found.st_ino) not in inside and os.path.normpath(entry.path) not in excluded:
                        pending.append((entry.path, inside))

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self.root).replace(os.sep, "/")
