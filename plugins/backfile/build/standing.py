"""A build in which nothing changed: known from the stamps of all files alone, before anything is read.

    what goes in     content, theme, templates          stamps -+
    takedowns; settings, code, environment       stamps, key    +-> as the last build left them: all stands
    what came out    the whole output folder            stamps -+

The last build left a note of all three. It leaves none when something was not as it should be: then the
next build must say so again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from backfile.build import sealed
from backfile.build.listing import Listing, is_certain
from backfile.build.scan import UNSURE, Stamp, Tree, stamp_at


class Standing:
    """The note in `file`. `tree` is the content, `folders` and `files` are what else goes into a build.

    All are looked at now; a file need not be there. `output` gives what stood in the output folder at the start.
    """

    def __init__(
        self,
        file: Path,
        key: str,
        tree: Tree,
        folders: Iterable[str],
        files: Iterable[str],
        output: Callable[[], Listing],
    ) -> None:
        self._file, self._key, self._output = file, key, output
        theme = [Listing(folder).table() for folder in dict.fromkeys(folders)]
        self._before = [tree.files([""], ()), _those_there(files), *theme]
        stamps = [stamp for table in (*self._before[:2], *_flat(theme)) for stamp in table.values()]
        # A file that changes again within the clock's grain may keep its stamp.
        self._certain = all(tree.trusted(stamp) != UNSURE for stamp in stamps)

    def counts(self) -> dict[str, Any] | None:
        """What the last build said of its result; None unless that result still stands."""
        noted = sealed.read(self._file) if self._certain else None
        if noted is None or noted[:2] != (self._key, self._before) or noted[2] != self._output().table():
            return None
        return dict(noted[3])

    def note(self, counts: dict[str, Any], scratch: Path, output: Listing) -> None:
        """Says that the output, as it is now, is what the inputs give, as they were."""
        made = output.table()
        if self._certain and is_certain(made):
            sealed.write(self._file, scratch, (self._key, self._before, made, counts))


def _flat(tables: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [files for table in tables for files in table.values()]


def _those_there(files: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of those files that are there. What a link leads to may be exchanged: it is never certain to stand."""
    return {path: stamp_at(path) or UNSURE for path in files if os.path.lexists(path)}
