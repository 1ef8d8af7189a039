"""Files of the output folder that plugins write themselves: taken away when their plugin takes no part any more.

wrote-backfile.search    sealed: the names of the files that the plugin of this name wrote
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from backfile.build import sealed

_PREFIX = "wrote-"


class Claims:
    """What plugins said they wrote, in this build and in others; kept in `folder`."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder, self._scratch = folder, scratch

    def note(self, plugin: str, names: Iterable[str]) -> None:
        """Remembers all that a plugin has in the output folder."""
        path, wrote = self._folder / f"{_PREFIX}{plugin}", sorted(names)
        if sealed.read(path) != (wrote,):
            sealed.write(path, self._scratch, (wrote,))

    def left(self, active: Container[str]) -> set[str]:
        """The files of plugins that are not among the active ones."""
        return {name for path in self._of_others(active) for names in sealed.read(path) or () for name in names}

    def forget(self, active: Container[str]) -> None:
        """Remembers them no longer, now that they are gone."""
        for path in self._of_others(active):
            path.unlink()

    def _of_others(self, active: Container[str]) -> list[Path]:
        notes = self._folder.glob(f"{_PREFIX}*")
        return [path for path in notes if path.name.removeprefix(_PREFIX) not in active]
