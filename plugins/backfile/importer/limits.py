"""How much of anything an import takes in: caps that no source of a real archive meets, and an attack does.

`current` holds for this process; the command sets it once, before anything is read, and workers are handed it.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from backfile.disk import is_full
from backfile.errors import BackfileError, WriteError

Result = TypeVar("Result")
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_VALUE = re.compile(r"(\d{1,12})([kmg]?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps by the names that `--limit` knows; docs/reliability.md describes them. 0 seconds: no limit of time."""

    file: int = 64 << 20
    page: int = 32 << 20
    record: int = 64 << 20
    image: int = 32 << 20
    images: int = 500
    ratio: int = 1_000
    archives: int = 10_000
    depth: int = 200
    seconds: int = 300


current = Limits()


def set_limits(given: Iterable[str]) -> None:
    """Sets caps from texts like `page=64M`. Raises BackfileError for a name or a value that is none."""
    global current
    names = [field.name for field in fields(Limits)]
    for text in given:
        name, _, value = text.partition("=")
        found = _VALUE.fullmatch(value.strip())
        if name.strip() not in names or not found:
            raise BackfileError(
                f"{text!r} is no limit.",
                advice=f"Write NAME=NUMBER, the number with K, M or G; names: {', '.join(names)}.",
            )
        current = replace(current, **{name.strip(): int(found[1]) * _UNITS[found[2].lower()]})


def in_words(size: int) -> str:
    """A number of bytes: `32 MiB`, `3,000 bytes`."""
    return f"{size >> 20} MiB" if size and not size % (1 << 20) else f"{size:,} bytes"


class TooSlowError(BaseException):  # an Exception could be swallowed by a library that it interrupts
    """A record that took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it takes longer than {seconds:g} seconds to read")


def attempt(work: Callable[[], Result]) -> tuple[Result | None, str]:
    """What the work on one record gives, or None and why it gave nothing, in limited time.

    No exception but WriteError, where there is no room for what reading needs: that is no fault of the record.
    """
    try:
        return within(current.seconds, work), ""
    except TooSlowError as error:
        return None, str(error)
    except WriteError:  # of an attempt within this one
        raise
    except Exception as error:  # whatever is wrong with one record, the others go in
        if is_full(error):
            raise no_room(error) from error
        return None, f"cannot be read: {type(error).__name__}: {error}"[:400]


def no_room(error: Exception, what: str = "what is needed to read sources") -> WriteError:
    """What to say where there is no room for a temporary file, or none where it may be."""
    reason = getattr(error, "strerror", None) or error
    return WriteError(
        f"{what} cannot be kept: {reason}.",
        place="the folder for temporary files",
        advice="Make room there, or name another folder in TMPDIR, and run the same command again.",
    )


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What the work gives. Raises TooSlowError when it takes longer, where the system can interrupt it.

    An outer limit stays in force: of a limit within another only the outer one counts.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return work()
    if signal.getitimer(signal.ITIMER_REAL)[0]:
        return work()

    def stop(*_: object) -> None:
        raise TooSlowError(seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
