"""What a build does for other plugins: they reach it as `session` of their generators (docs/building.md)."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from backfile.build import sealed
from backfile.build.claims import Claims
from backfile.build.files import Output
from backfile.build.listing import files_in
from backfile.build.render import aside
from backfile.build.scan import Stamp, Tree, stamp_at
from backfile.build.sight import Sight
from backfile.build.store import Store


class ForPlugins:
    """The part of a session that plugins may use."""

    settings: Mapping[str, Any]
    key: str
    workers: int
    tree: Tree
    store: Store
    listing: Sight
    output: Output
    works_aside: bool
    _claims: Claims
    _last: list[Callable[[], None]]

    def is_as_found(self, path: str) -> bool:
        """True when a content file cannot have changed since this build began: what is read is what was digested.

        For plugins that remember, in `store.folder` and under `key`, what they made of articles.
        """
        stamp = stamp_at(path)
        return stamp is not None and self.tree.trusted(stamp) == stamp

    def aside(self, work: Callable[[], Any]) -> Callable[[], Any]:
        """For those that work beside the pages: begins something, and gives what waits for its result.

        `work` runs in a process of its own where there are several, and gives what `marshal` can write.
        """
        if self.workers < 2 or not hasattr(os, "fork"):
            return functools.cache(work)
        self.listing()  # known here, the other process knows it
        self.works_aside = True
        return aside(work)

    def seen_in(self, folder: str) -> Mapping[str, Stamp]:
        """The files of a folder of the output and their stamps, as they were when the build began."""
        # Pelican may have emptied the output since.
        return self.look_in(folder) if self.settings["DELETE_OUTPUT_DIRECTORY"] else self.listing().files_in(folder)

    def look_in(self, folder: str) -> Mapping[str, Stamp]:
        """The same, as they are now."""
        return files_in(str(self.output.root), folder)

    def recall(self, name: str) -> Any:
        """What they remembered under a name; None when it was under other settings or other code."""
        kept = sealed.read(self.store.folder / name)
        return kept[1] if kept is not None and kept[0] == self.key else None

    def remember(self, name: str, value: Any) -> None:
        """Keeps a value that `marshal` can write until the next build."""
        sealed.write(self.store.folder / name, self.store.scratch, (self.key, value))

    def wrote(self, plugin: str, names: Iterable[str]) -> None:
        """Notes what one has in the output folder that our writer did not write, by paths in there.

        It is taken away by the first build in which the plugin of this name takes no part.
        """
        self._claims.note(plugin, names)

    def at_end(self, work: Callable[[], None]) -> None:
        """Notes what is to be done when all is written and what vanished is gone, before the build is over."""
        self._last.append(work)
