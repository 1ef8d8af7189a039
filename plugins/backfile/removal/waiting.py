"""What is to be looked at when a build without `backfile.build` is over: Pelican says so to functions without state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_last: list[Callable[[], None]] = []


def at_end(work: Callable[[], None]) -> None:
    """Has something done when the build is over."""
    _last.append(work)


def finish(_pelican: Any) -> None:
    """Does what waits."""
    work = _last[:]
    _last.clear()
    for each in work:
        each()
