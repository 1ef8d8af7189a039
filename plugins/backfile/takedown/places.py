"""Where a site's takedown file may stand. Apart from the rest, since a build in which nothing changed reads no more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = "takedown.toml"
KEY_FILE = "takedown.key"
_NEARLY = ("takedown.toml.txt", "takedown.txt", "takedowns.toml", "Takedown.toml")
"""What such a file is called by mistake; the first by an editor on a system that hides the ends of names."""


def candidates(content: Path, chosen: str = "") -> list[Path]:
    """Where the file may be: where it was said to be, else beside the content folder and where the command runs.

    A path that is not absolute begins beside the content folder.
    """
    if chosen:
        return [content.absolute().parent / chosen]
    return list(dict.fromkeys(folder / FILE for folder in (content.absolute().parent, Path.cwd())))


def mistaken(content: Path) -> list[Path]:
    """Where a file would be that was meant to be the takedown file, and has another name or stands in the content."""
    beside = [place.with_name(name) for place in candidates(content) for name in _NEARLY]
    return [*beside, *(content.absolute() / name for name in (FILE, *_NEARLY))]


def watched(settings: Mapping[str, Any]) -> list[Path]:
    """The files of a site's settings on which takedowns depend, whether they are there or not."""
    content, chosen = Path(settings["PATH"]), str(settings.get("BACKFILE_TAKEDOWN") or "")
    places = [file for path in candidates(content, chosen) for file in (path, path.with_name(KEY_FILE))]
    return places if chosen else [*places, *mistaken(content)]
