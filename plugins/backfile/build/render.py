"""Work spread over processes: forked, so that all that was read is shared and nothing is copied or sent."""

from __future__ import annotations

import gc
import os
import selectors
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from backfile.build.crew import Work, Worker, hire
from backfile.errors import BackfileError

Lost = Callable[[int, str], None]
"""Is told the number of a job that cost two workers their lives, and how the second ended."""

WORTH_A_FORK = 48
"""With fewer jobs than this, starting processes costs more than it saves."""

_PATIENCE = 5
"""How much less of a processor a yielding process gets: a third of what one does that wants it as well."""

AT_ONCE = 8
"""A worker is given so many jobs at a time, so that it need not wait for the next."""

_CHUNK = 1 << 16


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Work,
    count: int,
    workers: int,
    *,
    seconds: float = 0,
    lost: Lost | None = None,
    together: Sequence[int] = (),
    yielding: bool = False,
) -> Iterator[tuple[int, Any]]:
    """Does jobs 0 to `count` - 1, and gives number and result of each as it is done.

    Those `together` are done by one worker, as long as the others have something else: they have something in common.
    `yielding` workers leave the processor to whoever wants it: to what is done `aside`, which one process does alone.
    What a worker logs is logged here. An exception in a worker ends all of them and is raised here as
    a BackfileError with the worker's own words. A worker that is ended, or is at one job for longer than `seconds`, is
    replaced; a job that costs a second worker its life is given up: `lost` is told, and it has no result.
    """
    if workers < 2 or count < WORTH_A_FORK or not hasattr(os, "fork"):
        for number in range(count):
            yield number, work(number)
        return
    if yielding:
        work = _yielding(work)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    gc.freeze()  # a collection in a worker would otherwise touch, and so copy, every page of memory
    crew: list[Worker] = []
    try:
        for number in range(workers):
            crew.append(hire(work, crew, first=number == 0))
        yield from _gather(crew, _Jobs(count, together, workers), work, seconds, lost)
    finally:
        gc.unfreeze()
        for worker in crew:
            worker.stop()


class _Jobs:
    """The jobs that no worker has yet.

    They are given out a few at a time, and one by one at the end, so that all workers are done at about the same time.
    """

    def __init__(self, count: int, together: Sequence[int], workers: int) -> None:
        alone = frozenset(together)
        self._together, self._others = deque(together), deque(n for n in range(count) if n not in alone)
        self._workers = workers

    def provide(self, worker: Worker) -> None:
        """Gives a worker more to do when it will have little soon; lets it end when there is nothing left."""
        if worker.orders < 0 or len(worker.jobs) >= AT_ONCE:
            return
        mine, others = self._together, self._others
        jobs = (mine or others) if worker.first else (others or mine)
        if not jobs:
            worker.give_no_more()
            return
        count = min(len(jobs), AT_ONCE, 1 + (len(mine) + len(others)) // (2 * self._workers))
        worker.give([jobs.popleft() for _ in range(count)])


def _yielding(work: Work) -> Work:
    """The same, in workers that yield from their first job on."""
    known: set[int] = set()

    def begin(number: int) -> Any:
        if os.getpid() not in known:
            known.add(os.getpid())
            os.nice(_PATIENCE)
        return work(number)

    return begin


class Aside:
    """A process that does `work` for each of `numbers`, one after the other, beside what this one does.

    `next` waits for the next result; what the process logs is logged then, and an exception in it is raised then as a
    BackfileError.
    """

    def __init__(self, work: Work, numbers: Sequence[int]) -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        gc.freeze()
        self._worker = hire(work, ())
        gc.unfreeze()
        self._worker.give(numbers)
        self._worker.give_no_more()
        self._results = _gather([self._worker], None, None, 0, None)

    def next(self) -> Any:
        """The result for the next number."""
        return next(self._results)[1]

    def end(self) -> None:
        """Ends the process, whether it is done or not."""
        self._results.close()
        self._worker.stop()


def aside(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begins something in a process of its own. What it gives waits for the end and gives the result."""
    process = Aside(lambda _number: work(), [0])

    def wait() -> Any:
        try:
            return process.next()
        finally:
            process.end()

    return wait


def _gather(
    crew: list[Worker], jobs: _Jobs | None, work: Work | None, seconds: float, lost: Lost | None
) -> Generator[tuple[int, Any], None, None]:
    """The results of all workers, as they come; `work` is what those do that take the place of others."""
    with selectors.DefaultSelector() as waiting:

        def begin(worker: Worker) -> None:
            waiting.register(worker.results, selectors.EVENT_READ, worker)
            if jobs is not None:
                jobs.provide(worker)

        for worker in crew:
            begin(worker)
        while waiting.get_map():
            for key, _ in waiting.select(1.0 if seconds else None):
                worker = key.data
                if data := os.read(key.fd, _CHUNK):
                    yield from worker.heard_of(data)
                    if jobs is not None:
                        jobs.provide(worker)
                    continue
                waiting.unregister(key.fd)
                status = worker.ended()
                if status and (work is None or lost is None or not worker.jobs):
                    raise BackfileError("a worker process ended before its work was done.")
                if worker.jobs and work and lost:
                    begin(_replaced(worker, crew, work, status, lost))
            for worker in crew:
                if seconds and worker.process and worker.jobs and time.monotonic() - worker.heard > seconds:
                    os.kill(worker.process, signal.SIGKILL)  # its pipe tells us when it is gone


def _replaced(worker: Worker, crew: list[Worker], work: Work, status: int, lost: Lost) -> Worker:
    """Another worker, which does what one that has ended had to do; a job that ended two is given up."""
    crew.remove(worker)
    worker.stop()
    again = not worker.again
    if worker.again:
        lost(worker.jobs.popleft(), _ending(status))
    other = hire(work, crew, first=worker.first)
    crew.append(other)
    other.again = again and bool(worker.jobs)
    if worker.jobs:
        other.give(worker.jobs)
    return other


def _ending(status: int) -> str:
    return f"by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"
