"""A build in which nothing changed: known from the stamps of all files alone, before anything is read.

    what goes in     content, theme, templates          stamps -+
    takedowns; settings, code, environment       stamps, key    +-> as the last build left them: all stands
    what came out    the whole output folder            stamps -+

The last build left a note of what stands for all three. It leaves none when something was not as it should be: then
the next build must say so again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from backfile.build import sealed
from backfile.build.fingerprints import fingerprint
from backfile.build.listing import Listing
from backfile.build.scan import UNSURE, Stamp, Tree, stamp_at
from backfile.build.sight import Sight


class Standing:
    """The note in `file`. `found` is the content in `tree`, `folders` and `files` are what else goes into a build.

    All are looked at now; a file need not be there. `output` is what stood in the output folder at the start.
    """

    def __init__(
        self,
        file: Path,
        key: str,
        tree: Tree,
        found: Mapping[str, Stamp],
        folders: Iterable[str],
        files: Iterable[str],
        output: Sight,
    ) -> None:
        self._file, self._key, self._output = file, key, output
        themes = [Listing(folder) for folder in dict.fromkeys(folders)]
        # A file that changes again within the clock's grain may keep its stamp.
        stamps = [stamp for theme in themes for inside in theme.table().values() for stamp in inside.values()]
        faces = ["" if tree.has_young(stamps) else theme.face() for theme in themes]
        faces += [tree.face(found), tree.face(_those_there(files))]
        self._before = fingerprint(*faces) if all(faces) else ""
        """What stands for all that goes in; nothing when a change to it could hide."""

    def counts(self) -> dict[str, Any] | None:
        """What the last build said of its result; None unless that result still stands."""
        noted = sealed.read(self._file) if self._before else None
        if noted is None or noted[:2] != (self._key, self._before) or noted[2] != self._output.face():
            return None
        return dict(noted[3])

    def note(self, counts: dict[str, Any], scratch: Path, output: Listing) -> None:
        """Says that the output, as it is now, is what the inputs give, as they were."""
        made = output.face()
        if self._before and made:
            sealed.write(self._file, scratch, (self._key, self._before, made, counts))


def _those_there(files: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of those files that are there. What a link leads to may be exchanged: it is never certain to stand."""
    return {path: stamp_at(path) or UNSURE for path in files if os.path.lexists(path)}
