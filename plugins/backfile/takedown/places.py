"""Where a site's takedown file may stand. Apart from the rest, since a build in which nothing changed reads no more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = "takedown.toml"
KEY_FILE = "takedown.key"


def candidates(content: Path, chosen: str = "") -> list[Path]:
    """Where the file may be: where it was said to be, else beside the content folder and where the command runs.

    A path that is not absolute begins beside the content folder.
    """
    if chosen:
        return [content.absolute().parent / chosen]
    return list(dict.fromkeys(folder / FILE for folder in (content.absolute().parent, Path.cwd())))


def watched(settings: Mapping[str, Any]) -> list[Path]:
    """The files of a site's settings on which takedowns depend, whether they are there or not."""
    places = candidates(Path(settings["PATH"]), str(settings.get("BACKFILE_TAKEDOWN") or ""))
    return [file for path in places for file in (path, path.with_name(KEY_FILE))]
