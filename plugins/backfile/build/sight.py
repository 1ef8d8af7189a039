"""What another process looks at meanwhile: first what stands for it, since no more is wanted when nothing changed."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from backfile.build.render import Aside
from backfile.errors import BackfileError

T = TypeVar("T")


def _same(value: Any) -> Any:
    return value


class Sight(Generic[T]):
    """Files, looked at now: by a process of its own where that pays (`beside`).

    `look` looks and `face` says what stands for what it saw. `plain` makes of it what `marshal` can write, `whole`
    makes it again of that. When somebody ended the other process, this one looks.
    """

    def __init__(
        self,
        look: Callable[[], T],
        face: Callable[[T], str],
        *,
        beside: bool,
        plain: Callable[[T], Any] = _same,
        whole: Callable[[Any], T] = _same,
    ) -> None:
        self._look, self._face_of, self._plain, self._whole = look, face, plain, whole
        self._seen: T | None = None
        self._face: str | None = None
        self._process: Aside | None = None
        if beside and hasattr(os, "fork"):
            self._process = Aside(self._beside, (0, 1))
        else:
            self._seen = look()

    def face(self) -> str:
        """What stands for it."""
        if self._face is None and self._process is not None:
            try:
                self._face = self._process.next()
            except BackfileError:
                self.end()
        if self._face is None:
            self._face = self._face_of(self())
        return self._face

    def __call__(self) -> T:
        """What was seen."""
        if self._seen is None:
            self._seen = self._sent()
        return self._seen

    def end(self) -> None:
        """Ends the process that looks, where nobody waits for what it sees."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _sent(self) -> T:
        if self._process is not None:
            self.face()  # it is sent first
        try:
            return self._look() if self._process is None else self._whole(self._process.next())
        except BackfileError:
            return self._look()
        finally:
            self.end()

    def _beside(self, step: int) -> Any:
        """The life of the other process."""
        if step == 0:
            gc.disable()  # all of it stays
            self._seen = self._look()
            return self._face_of(self._seen)
        return self._plain(self())
