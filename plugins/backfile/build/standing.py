"""A build in which nothing changed: known from the stamps of all files alone, before anything is read.

    what goes in     content, theme, templates          stamps -+
    takedowns; settings, code, environment       stamps, key    +-> as the last build left them: all stands
    what came out    the whole output folder            stamps -+

The last build left a note of all three. It leaves none when something was not as it should be: then the
next build must say so again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from backfile.build import sealed
from backfile.build.scan import UNSURE, Stamp, Tree, stamp_at, stamp_of

_NOTHING: Mapping[str, Stamp] = {}


class Standing:
    """The note in `file`. `tree` is the content, `folders` and `files` are what else goes into a build.

    All are looked at now; a file need not be there.
    """

    def __init__(
        self, file: Path, key: str, tree: Tree, folders: Iterable[str], files: Iterable[str], output: str
    ) -> None:
        self._file, self._key, self._output = file, key, output
        self._before = [tree.files([""], ()), *map(everything_in, dict.fromkeys(folders)), _those_there(files)]
        # A file that changes again within the clock's grain may keep its stamp.
        self._certain = all(tree.trusted(stamp) != UNSURE for stamps in self._before for stamp in stamps.values())

    def counts(self) -> dict[str, Any] | None:
        """What the last build said of its result; None unless that result still stands."""
        noted = sealed.read(self._file) if self._certain else None
        if noted is None or noted[:2] != (self._key, self._before) or noted[2] != everything_in(self._output):
            return None
        return dict(noted[3])

    def note(self, counts: dict[str, Any], scratch: Path, known: Mapping[str, Stamp]) -> None:
        """Says that the output, as it is now, is what the inputs give, as they were.

        `known` are stamps of files, relative to the output, that were looked at just now.
        """
        made = everything_in(self._output, known)
        if self._certain and UNSURE not in made.values():
            sealed.write(self._file, scratch, (self._key, self._before, made, counts))


def _those_there(files: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of those files that are there. What a link leads to may be exchanged: it is never certain to stand."""
    return {path: stamp_at(path) or UNSURE for path in files if os.path.lexists(path)}


def everything_in(folder: str, known: Mapping[str, Stamp] = _NOTHING) -> dict[str, Stamp]:
    """The stamps of all files in a folder and its folders, by path. A link to a folder is never certain to stand."""
    found: dict[str, Stamp] = {}
    pending = [folder]
    start = len(folder) + 1
    while pending:
        at = pending.pop()
        try:
            with os.scandir(at) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    elif stamp := known.get(entry.path[start:]):
                        found[entry.path] = stamp
                    else:
                        found[entry.path] = UNSURE if entry.is_dir() else stamp_of(entry.stat())
        except OSError:
            found[at] = UNSURE
    return found
