"""Files of the output folder: replaced whole, and only when they change."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from backfile import disk
from backfile.build.scan import Stamp, size_of, stamp_at


@dataclass(slots=True)
class Output:
    """The output folder. `scratch` is where files grow before they take their place.

    `ours` are the names of files that earlier builds made: only these may make room for a folder.
    """

    root: Path
    scratch: Path
    ours: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)
    _new: set[str] = field(default_factory=set)
    """Folders that this build made: nothing stands in them that was not put there since."""

    def stamp(self, name: str) -> Stamp | None:
        """The state of a file on the disk, or None when it is none."""
        return stamp_at(f"{self.root}/{name}")

    def put(self, name: str, data: bytes) -> tuple[Stamp, bool]:
        """Makes the file hold these bytes; its stamp, and whether it had to be written."""
        path = f"{self.root}/{name}"
        if os.path.dirname(name) not in self._new:
            here = stamp_at(path)
            if here is not None and size_of(here) == len(data) and Path(path).read_bytes() == data:
                return here, False
            self._make_room(name)
        beside = f"{self.scratch}/{os.getpid()}"
        disk.fill(beside, data, of=path)
        return self._place(beside, name), True

    def open_folders(self, names: Iterable[str]) -> None:
        """Makes the folders of files that will be put there, before several processes do so."""
        for folder in {os.path.dirname(name) for name in names} - self._folders:
            if not os.path.lexists(f"{self.root}/{folder}"):
                self._make_folder(folder)
                self._new.add(folder)

    def copy(self, source: str, name: str) -> tuple[Stamp, bool]:
        """Copies a file with its times; its stamp, and whether it had to be written."""
        data = Path(source).read_bytes()
        itself = os.path.abspath(source) == os.path.abspath(f"{self.root}/{name}")
        here = None if self.is_link(source, name) and not itself else self.stamp(name)
        if here is not None and size_of(here) == len(data) and (self.root / name).read_bytes() == data:
            return here, False
        self._make_room(name)
        beside = f"{self.scratch}/{os.getpid()}"
        disk.fill(beside, data, of=f"{self.root}/{name}")
        shutil.copystat(source, beside)
        return self._place(beside, name), True

    def is_link(self, source: str, name: str) -> bool:
        """True when a name leads to this very file."""
        try:
            return os.path.samefile(source, f"{self.root}/{name}")
        except OSError:
            return False

    def link(self, source: str, name: str) -> None:
        """Has a name lead to this very file: one more name of it, or where that cannot be a symbolic link."""
        self._make_room(name)
        beside = f"{self.scratch}/{os.getpid()}"
        try:
            os.link(source, beside)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            os.symlink(os.path.abspath(source), beside)
        disk.place(beside, f"{self.root}/{name}")
        self.written.add(name)

    def _place(self, beside: str, name: str) -> Stamp:
        disk.place(beside, f"{self.root}/{name}")
        self.written.add(name)
        stamp = self.stamp(name)
        assert stamp is not None  # it was put there just now
        return stamp

    def _make_room(self, name: str) -> None:
        """The folder for a file, even where an earlier build had a file or an empty folder."""
        folder = os.path.dirname(name)
        if folder not in self._folders:
            self._make_folder(folder)
        if os.path.isdir(f"{self.root}/{name}") and not os.path.islink(f"{self.root}/{name}"):
            inside = [
                f"{at}/{file}".removeprefix(f"{self.root}/")
                for at, _, files in os.walk(f"{self.root}/{name}")
                for file in files
            ]
            if set(inside) <= self.ours:
                shutil.rmtree(f"{self.root}/{name}")

    def _make_folder(self, folder: str) -> None:
        for higher in [folder, *above(folder)][::-1]:
            if higher in self.ours and stamp_at(f"{self.root}/{higher}"):
                os.unlink(f"{self.root}/{higher}")
        disk.make_folder(f"{self.root}/{folder}")
        self._folders.add(folder)


def above(name: str) -> list[str]:
    """The folders above a relative path, the nearest first."""
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]
