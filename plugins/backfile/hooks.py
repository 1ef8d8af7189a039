"""Functions connected to Pelican's signals by name: their modules are imported when they are first called.

A build in which nothing changed calls none of them, and importing them would be most of what it costs.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from pelican import signals


def connect(signal: str, place: str) -> None:
    """Has one of Pelican's signals call `module:function`; once, however often a plugin is registered."""
    getattr(signals, signal).connect(_receiver(place))


@functools.cache  # signals refer weakly to what they call, and know it again by what it is
def _receiver(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")

    def receive(*arguments: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments, **named)

    return receive
