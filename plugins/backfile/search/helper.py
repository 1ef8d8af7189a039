"""A second process for a part of the work: forked, heard on a pipe, gone when the work here ends, however that is."""

from __future__ import annotations

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Concatenate, ParamSpec

from backfile.errors import BackfileError

P = ParamSpec("P")

LARGE = 2_000
"""From so many documents on a second process pays."""


def pays(documents: int) -> bool:
    """Whether work on so many documents is done sooner by two processes."""
    return documents >= LARGE and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class Helper:
    """A process that does `work`, a function of its end of the pipe and of what else is given.

    `what` names it where it ends before it has answered. Begins with the block, and does not outlive it.
    """

    def __init__(
        self, what: str, work: Callable[Concatenate[Connection, P], object], *given: P.args, **named: P.kwargs
    ) -> None:
        context = multiprocessing.get_context("fork")
        self._what = what
        self._connection, self._other = context.Pipe()
        self._process = context.Process(target=work, args=(self._other, *given), kwargs=named, daemon=True)

    def __enter__(self) -> Helper:
        with warnings.catch_warnings():
            # NumPy's threads, where this process has indexed before; nothing that they hold is used in the other.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        self._other.close()  # so that its end is heard of here
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if self._process.is_alive():
            self._process.terminate()
        self._process.join()

    def send(self, value: object) -> None:
        """Hands something over. Raises BackfileError when nobody is there."""
        try:
            self._connection.send(value)
        except OSError as error:
            raise self._ended() from error

    def receive(self) -> Any:
        """Waits for an answer. Raises BackfileError when none comes."""
        try:
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._ended() from error

    def _ended(self) -> BackfileError:
        return BackfileError(f"the process that {self._what} for search has ended early")
