"""Maps a function over many items with several processes, in order; one that dies or hangs costs the item it was at.

    items -> batches -> a crew of workers, each at one batch -> results, item by item -> put back in order

A worker sends each result as it has it. So it is known at which item it ended, and since when it has been silent; the
rest of its batch goes to another.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any, TypeVar, cast

from backfile.errors import WriteError
from backfile.importer import limits
from backfile.importer.limits import Limits, TooSlowError, attempt

Item = TypeVar("Item")
Result = TypeVar("Result")
Instead = TypeVar("Instead")

BATCH = 16
"""Items that travel to a worker at once."""
WORTH_IT = 64
"""Fewer items than this are done in this process: starting workers would take longer."""
_HEAVY = 4 << 20  # bytes: a batch, or the first items, need not be more in number when they are as much as this
_HEAVIEST = 64 << 20  # bytes that may be under way
_AHEAD = 4  # batches a worker that may be done before the first of them is asked for
_GRACE = 5.0  # seconds after its limit in which a worker may still say itself that it took too long


def default_jobs() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def weightless(_item: object) -> int:
    """Of items that are only named, as files are."""
    return 0


def ordered_map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item, str], Instead],
    weight: Callable[[Item], int] = weightless,
) -> Iterator[Result | Instead]:
    """`map`, over `jobs` processes when there are enough items; at most a few batches, of so many bytes, are under way.

    The function must be importable by name. Where it raises an exception, takes longer than `limits.current.seconds`,
    or ends its process, the item's result is what `lost` makes of it and of the reason. Raises WriteError as
    `attempt` does.
    """
    waiting = iter(items)
    first = next(_batches(waiting, weight, WORTH_IT), [])
    if jobs < 2 or (len(first) < WORTH_IT and sum(map(weight, first)) < _HEAVY):
        for part in (first, waiting):
            for item in part:
                result, why = attempt(partial(function, item))
                yield lost(item, why) if why else cast(Result, result)
        return
    with _Crew(jobs, function, lost, weight) as crew:
        yield from crew.results(_batches(chain(first, waiting), weight, BATCH))


def _batches(items: Iterable[Item], weight: Callable[[Item], int], most: int) -> Iterator[list[Item]]:
    """The items in lists of so many, or of fewer that are heavy."""
    batch: list[Item] = []
    load = 0
    for item in items:
        batch.append(item)
        load += weight(item)
        if len(batch) == most or load >= _HEAVY:
            yield batch
            batch, load = [], 0
    if batch:
        yield batch


@dataclass(slots=True)
class _Batch:
    """Items with their results so far; `at` is the place of the first in all."""

    at: int
    items: list[Any]
    done: int = 0


@dataclass(slots=True)
class _Worker:
    process: Any
    line: Connection
    batch: _Batch | None = None
    heard: float = field(default_factory=time.monotonic)


class _Crew:
    """Worker processes, replaced as they die."""

    def __init__(
        self,
        jobs: int,
        function: Callable[[Any], Any],
        lost: Callable[[Any, str], Any],
        weight: Callable[[Any], int],
    ) -> None:
        self._jobs, self._function, self._lost, self._weight = jobs, function, lost, weight
        # Forking would copy locks of the progress display's thread in whatever state they are.
        methods = multiprocessing.get_all_start_methods()
        self._context: BaseContext = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._workers: list[_Worker] = []
        self._results: dict[int, Any] = {}
        self._again: deque[_Batch] = deque()

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.line.close()
            worker.process.kill()
            worker.process.join()

    def results(self, batches: Iterator[list[Any]]) -> Iterator[Any]:
        """The results of all batches in order."""
        given = taken = load = 0
        loads: deque[tuple[int, int]] = deque()  # up to which item, and how much
        more = True
        while more or taken < given:
            ahead = _AHEAD * self._jobs * BATCH
            while more and given - taken < ahead and load < _HEAVIEST and len(self._again) < self._jobs:
                batch = next(batches, None)
                more = batch is not None
                if batch:
                    self._again.append(_Batch(given, batch))
                    given += len(batch)
                    loads.append((given, sum(map(self._weight, batch))))
                    load += loads[-1][1]
            self._hand_out()
            while taken not in self._results and taken < given:
                self._listen()
                self._hand_out()
            while taken in self._results:
                yield self._results.pop(taken)
                taken += 1
            while loads and loads[0][0] <= taken:
                load -= loads.popleft()[1]

    def _hand_out(self) -> None:
        """Gives each idle worker a batch, and starts workers while there are more batches."""
        idle = [worker for worker in self._workers if worker.batch is None]
        while self._again and (idle or len(self._workers) < self._jobs):
            worker = idle.pop() if idle else self._start()
            worker.batch = self._again.popleft()
            worker.heard = time.monotonic()
            try:
                worker.line.send(worker.batch.items)
            except OSError:
                self._bury(worker)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._function, limits.current), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _listen(self) -> None:
        """Hears what workers have to say, for a second at most; ends those that have been silent for too long."""
        busy = {worker.line: worker for worker in self._workers if worker.batch is not None}
        for line in wait(list(busy), timeout=1.0):
            worker = busy[line]  # type: ignore[index]
            try:
                self._take(worker, worker.line.recv())
            except (EOFError, OSError):
                self._bury(worker)
        limit = limits.current.seconds
        for worker in [worker for worker in self._workers if worker.batch is not None]:
            if limit and time.monotonic() - worker.heard > limit + _GRACE:
                worker.process.kill()
                self._bury(worker, str(TooSlowError(limit)))

    def _take(self, worker: _Worker, message: tuple[Any, str] | WriteError | None) -> None:
        if isinstance(message, WriteError):
            raise message
        worker.heard = time.monotonic()
        batch = worker.batch
        if message is None or batch is None:  # it has started
            return
        result, why = message
        self._results[batch.at + batch.done] = self._lost(batch.items[batch.done], why) if why else result
        batch.done += 1
        if batch.done == len(batch.items):
            worker.batch = None

    def _bury(self, worker: _Worker, reason: str = "") -> None:
        """Takes note of the item at which a worker ended, and puts the rest of its batch first in the queue."""
        self._workers.remove(worker)
        worker.process.join()
        worker.line.close()
        batch = worker.batch
        if batch is None:
            return
        why = reason or _ending(worker.process.exitcode)
        self._results[batch.at + batch.done] = self._lost(batch.items[batch.done], why)
        left = batch.done + 1
        if left < len(batch.items):
            self._again.appendleft(_Batch(batch.at + left, batch.items[left:]))


def _ending(status: int | None) -> str:
    if status is not None and status < 0:
        return f"the process that read it was ended by {signal.Signals(-status).name}"
    return f"the process that read it ended with status {status}"


def _serve(line: Connection, function: Callable[[Any], Any], given: Limits) -> None:
    """The life of a worker: batches in, results out, until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent sees it, and ends the workers
    limits.current = given
    line.send(None)
    try:
        while True:
            for item in line.recv():
                line.send(_tried(function, item))
    except (EOFError, OSError):
        pass  # the parent has all it wants, or is gone


def _tried(function: Callable[[Any], Any], item: Any) -> tuple[Any, str] | WriteError:
    try:
        return attempt(partial(function, item))
    except WriteError as error:  # the parent ends all of us
        return error
