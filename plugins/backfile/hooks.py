"""Functions connected to Pelican's signals by name: their modules are imported when they are first called.

A build in which nothing changed calls none of them, and importing them would be most of what it costs.
"""

from __future__ import annotations

import functools
import importlib
import io
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

from pelican import signals

from backfile.errors import BackfileError

_ASKED_FOR = "Warning or error encountered"
"""What ends a build that `--fatal` made end: what was wrong is said before it."""
_SYSTEM = "%s: %s. Nothing that was there is lost. Put it right, or get the permission, and run it again."


def connect(signal: str, place: str) -> None:
    """Has one of Pelican's signals call `module:function`; once, however often a plugin is registered."""
    getattr(signals, signal).connect(_receiver(place))
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name that the terminal cannot show is no reason to end
        sys.stdout.reconfigure(errors="backslashreplace")
    logging.getLogger("pelican").addFilter(_in_words)


@functools.cache  # signals refer weakly to what they call, and know it again by what it is
def _receiver(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")

    def receive(*arguments: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments, **named)

    return receive


def _in_words(record: logging.LogRecord) -> bool:
    """An end that says itself what is wrong and what to do has no traceback under it, which would push that away."""
    error = record.exc_info[1] if record.exc_info else None
    # What came up while another error was handled may be all that tells of that one.
    asked_for = isinstance(error, RuntimeError) and str(error) == _ASKED_FOR and error.__context__ is None
    system = isinstance(error, OSError) and error.errno is not None and record.levelno >= logging.CRITICAL
    if logging.getLogger().isEnabledFor(logging.DEBUG):
        return True
    if asked_for or system or isinstance(error, BackfileError):
        record.exc_info = None
    if system and isinstance(error, OSError):
        place = os.fsdecode(error.filename) if error.filename else "a temporary file"
        record.msg, record.args = _SYSTEM, (place, error.strerror or error)
    return True
