"""Where a build has what is neither content nor page: unfinished files, its state, content from elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from backfile.settings import SettingsError

_PATHS = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS")


def scratch(output: Path, beside: Path) -> Path:
    """A folder for unfinished files on the disk of the output, so that they can take their place at once."""
    if output.stat().st_dev == beside.stat().st_dev:
        return beside
    inside = output / ".backfile-unfinished"
    shutil.rmtree(inside, ignore_errors=True)
    inside.mkdir()
    return inside


def outside(settings: Mapping[str, Any]) -> Iterator[str]:
    """Where content is looked for outside of the content folder."""
    for path in (path for name in _PATHS for path in settings[name]):
        if os.path.isabs(path) or os.path.normpath(path).split(os.sep)[0] == os.pardir:
            yield path


def state_folder(settings: Mapping[str, Any], output: Path) -> Path:
    """Where a build keeps what it knows for the next. Raises SettingsError when that is inside of the output."""
    chosen = settings.get("BACKFILE_STATE")
    if not chosen:
        return output.parent / ".backfile" / output.name
    if Path(chosen).resolve().is_relative_to(output.resolve()):
        raise SettingsError(
            f"BACKFILE_STATE is {str(chosen)!r}, which is inside of the output folder, and would be published with it",
            place="settings",
            advice="Choose a folder outside of it.",
        )
    return Path(chosen)
