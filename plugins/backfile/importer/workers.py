"""Maps a pure function over many items with several processes, in order and in bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 16
"""Items that travel to a worker at once."""
WORTH_IT = 64
"""Fewer items than this are done in this process: starting workers would take longer."""


def default_jobs() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered_map(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """`map`, over `jobs` processes when there are enough items; at most a few batches are under way.

    The function must be importable by name; what it raises is raised here.
    """
    waiting = iter(items)
    first = list(islice(waiting, WORTH_IT))
    if jobs < 2 or len(first) < WORTH_IT:
        yield from map(function, first)
        yield from map(function, waiting)
        return
    batches = _batches(first, waiting)
    # Forking would copy locks of the progress display's thread in whatever state they are.
    context = multiprocessing.get_context(
        "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    )
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts_to_parent) as pool:
        running: deque[Future[list[Result]]] = deque()
        try:
            for batch in batches:
                running.append(pool.submit(_apply, function, batch))
                if len(running) > 4 * jobs:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        finally:
            for future in running:
                future.cancel()


def _batches(first: list[Item], rest: Iterator[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(first), BATCH):
        yield first[start : start + BATCH]
    while batch := list(islice(rest, BATCH)):
        yield batch


def _apply(function: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [function(item) for item in batch]


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
