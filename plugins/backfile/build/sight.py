"""What another process sees in a folder meanwhile: first what stands for it; no more is wanted when nothing changed."""

from __future__ import annotations

import gc
import os
from typing import Any

from backfile.build.listing import Listing
from backfile.build.render import Aside
from backfile.errors import BackfileError


class Sight:
    """The files under `top`, looked at now: by a process of its own where that pays (`beside`).

    When somebody ends that process, this one looks.
    """

    def __init__(self, top: str, *, beside: bool) -> None:
        self._top = top
        self._seen: Listing | None = None
        self._face: str | None = None
        self._process: Aside | None = None
        if beside and hasattr(os, "fork"):
            self._process = Aside(self._beside, (0, 1))
        else:
            self._seen = Listing(top)

    def face(self) -> str:
        """What stands for it (`Listing.face`)."""
        if self._face is None and self._process is not None:
            try:
                self._face = self._process.next()
            except BackfileError:
                self.end()
        if self._face is None:
            self._face = self().face()
        return self._face

    def __call__(self) -> Listing:
        """What was seen."""
        if self._seen is None:
            self._seen = self._sent()
        return self._seen

    def end(self) -> None:
        """Ends the process that looks, where nobody waits for what it sees."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _sent(self) -> Listing:
        if self._process is not None:
            self.face()  # it is sent first
        try:
            return Listing(self._top) if self._process is None else Listing.of_plain(self._process.next())
        except BackfileError:
            return Listing(self._top)
        finally:
            self.end()

    def _beside(self, step: int) -> Any:
        """The life of the other process."""
        if step == 0:
            gc.disable()  # all of it stays
            self._seen = Listing(self._top)
            return self._seen.face()
        return self().plain()
