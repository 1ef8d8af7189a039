"""What stands in a folder and its folders, read once: a second look reads those folders alone that changed since."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from backfile.build.fingerprints import fingerprint
from backfile.build.scan import UNSURE, Stamp, face_of, is_young, stamp_of

Table = dict[str, dict[str, Stamp]]
"""Folder, relative to the top, -> name -> stamp; of folders in which there are files."""

_Folder = tuple[Stamp, dict[str, Stamp], dict[str, Stamp], list[str], str]
"""A folder's own stamp; its files; what else is in it that is no folder; the names of the folders in it; what stands
for the files and the others (`face_of`)."""

_NOTHING: dict[str, Stamp] = {}


class Listing:
    """The files under `top`, as they are when this is made."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._began = time.time_ns()
        self._folders: dict[str, _Folder] = {}
        self._fill(lambda folder: _read(top, folder, _NOTHING))

    def again(self, ours: Iterable[str], changed: Mapping[str, Stamp | None]) -> Listing:
        """The files as they are now, by what is known of them.

        `ours` are the paths of the files that we answer for, `changed` the stamps of those that were looked at since,
        None for those that are gone. Folders with files of ours of which none changed are as they were: what others
        put there meanwhile is not in this listing, so a later one that has it differs. All other folders are read
        again, unless their own times say that nothing came or went.
        """
        quiet = {folder for folder, _, _ in (path.rpartition("/") for path in ours)}
        known: dict[str, dict[str, Stamp]] = defaultdict(dict)
        for path, stamp in changed.items():
            folder, _, name = path.rpartition("/")
            quiet.discard(folder)
            if stamp is not None:
                known[folder][name] = stamp
            # A folder that is new, or gone with its last file, shows in the one above.
            while folder and (stamp is None or folder not in self._folders):
                folder = folder.rpartition("/")[0]
                quiet.discard(folder)
        quiet.discard("")
        now = Listing.__new__(Listing)
        now._top, now._began, now._folders = self._top, time.time_ns(), {}
        now._fill(lambda folder: self._since(folder, known.get(folder, _NOTHING), quiet=folder in quiet))
        return now

    def _fill(self, look: Callable[[str], _Folder]) -> None:
        pending = [""]
        while pending:
            folder = pending.pop()
            found = self._folders[folder] = look(folder)
            pending += [f"{folder}/{name}" if folder else name for name in found[3]]

    def _since(self, folder: str, known: Mapping[str, Stamp], *, quiet: bool) -> _Folder:
        """What is in a folder now. Whoever puts a file in it, or takes one away, changes its own times."""
        was = self._folders.get(folder)
        if was is not None and quiet:
            return was
        if was is None or is_young(was[0], self._began) or _state(self._path(folder)) != was[0]:
            return _read(self._top, folder, known)
        files = {**was[1], **known}
        return was[0], files, was[2], was[3], face_of(files | was[2]) if known else was[4]

    def stamp(self, name: str) -> Stamp | None:
        """The stamp of a regular file, as it was when this was made; None when there was none."""
        folder, _, file = name.rpartition("/")
        found = self._folders.get(folder)
        return found[1].get(file) if found else None

    def files_in(self, folder: str) -> Mapping[str, Stamp]:
        """The regular files of one of the folders, by name, with their stamps."""
        found = self._folders.get(folder)
        return found[1] if found else _NOTHING

    def table(self) -> Table:
        """All that is no folder. What a link leads to a folder, or could not be read, is never certain to stand."""
        return {name: files | others for name, (_, files, others, *_) in self._folders.items() if files or others}

    def face(self) -> str:
        """What stands for all that `table` has; nothing when it is not certain that a change would show."""
        faces = {name: face for name, (_, files, others, _, face) in self._folders.items() if files or others}
        return fingerprint(*chain.from_iterable(sorted(faces.items()))) if all(faces.values()) else ""

    def plain(self) -> Any:
        """The same as values that `marshal` can write."""
        return self._top, self._began, self._folders

    @classmethod
    def of_plain(cls, plain: Any) -> Listing:
        """A listing of such values."""
        made = cls.__new__(cls)
        made._top, made._began, made._folders = plain
        return made

    def _path(self, folder: str) -> str:
        return f"{self._top}/{folder}" if folder else self._top


def files_in(top: str, folder: str) -> Mapping[str, Stamp]:
    """The regular files of a folder, by name, with their stamps; none where it cannot be read."""
    return _read(top, folder, _NOTHING)[1]


def _read(top: str, folder: str, known: Mapping[str, Stamp]) -> _Folder:
    files: dict[str, Stamp] = {}
    others: dict[str, Stamp] = {}
    folders: list[str] = []
    path = f"{top}/{folder}" if folder else top
    own = _state(path)
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_file(follow_symlinks=False):
                    files[name] = known.get(name) or stamp_of(entry.stat(follow_symlinks=False))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                else:
                    others[name] = UNSURE if entry.is_dir() else stamp_of(entry.stat())
    except OSError:
        others[""] = UNSURE
    return own, files, others, folders, face_of(files | others if others else files)


def _state(path: str) -> Stamp:
    try:
        return stamp_of(os.stat(path))
    except OSError:
        return UNSURE
