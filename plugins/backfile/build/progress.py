"""What a build says while it works, and at its end."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rich.console import Console
from rich.status import Status

T = TypeVar("T")
_EVERY = 0.1  # seconds between two sights of the same stage


@dataclass(slots=True)
class Counts:
    """What was done."""

    files: int = 0
    read: int = 0
    pages: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0


@dataclass(slots=True)
class Progress:
    """Stage, count and time left, on a terminal; a closing line everywhere, unless all is to be quiet."""

    console: Console
    counts: Counts = field(default_factory=Counts)
    started: float = field(default_factory=time.monotonic)
    _status: Status | None = None

    def stage(self, name: str, steps: Iterable[T], total: int) -> Iterator[T]:
        """Passes the steps on, and shows how far they are."""
        began = shown = time.monotonic()
        for done, step in enumerate(steps, 1):
            yield step
            now = time.monotonic()
            if now - shown > _EVERY:
                shown = now
                left = (now - began) / done * (total - done)
                self._show(f"{name}: {done:,} of {total:,}, {_duration(left)} left")
        if shown != began:
            self._show(f"{name}: {total:,}")

    def close(self) -> None:
        """Says what was done."""
        if self._status is not None:
            self._status.stop()
            self._status = None
        self._say("Built")

    def stand(self, files: int, pages: int) -> None:
        """Says that nothing had to be done."""
        self.counts.files, self.counts.pages = files, pages
        self._say("Built: nothing changed")

    def _say(self, what: str) -> None:
        counts = self.counts
        if logging.getLogger().getEffectiveLevel() < logging.CRITICAL:
            self.console.print(
                f"{what}: read {counts.read:,} of {counts.files:,} files, rendered {counts.rendered:,} of"
                f" {counts.pages:,} pages, wrote {counts.written:,}, removed {counts.removed:,}, in"
                f" {time.monotonic() - self.started:.2f} s.",
                highlight=False,
            )

    def _show(self, text: str) -> None:
        if not self.console.is_terminal or logging.getLogger().getEffectiveLevel() >= logging.CRITICAL:
            return
        host = _spinner_of(self.console)
        if host is not None:
            host.update(text=text)
        elif self._status is None:
            self._status = Status(text, console=self.console)
            self._status.start()
        else:
            self._status.update(text)


def _spinner_of(console: Console) -> Any:
    """The spinner that Pelican itself shows, where there is one: two cannot turn at once."""
    lives = getattr(console, "_live_stack", None) or [getattr(console, "_live", None)]
    spinner = getattr(lives[-1], "renderable", None)
    return spinner if hasattr(spinner, "update") else None


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
