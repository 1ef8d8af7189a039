"""Work spread over processes: forked, so that all that was read is shared and nothing is copied or sent."""

from __future__ import annotations

import gc
import logging
import marshal
import os
import selectors
import signal
import sys
import time
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from backfile.errors import BackfileError

Work = Callable[[int], Any]
"""What is to be done for the job of a number; the result is made of what `marshal` can write."""

Lost = Callable[[int, str], None]
"""Is told the number of a job that cost two workers their lives, and how the second ended."""

WORTH_A_FORK = 48
"""With fewer jobs than this, starting processes costs more than it saves."""

_CHUNK = 1 << 16
_LENGTH = 8  # bytes of a message's length


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Work, count: int, workers: int, *, seconds: float = 0, lost: Lost | None = None
) -> Iterator[tuple[int, Any]]:
    """Does jobs 0 to `count` - 1, and gives number and result of each as it is done.

    What a worker logs is logged here. An exception in a worker ends all of them and is raised here as
    a BackfileError with the worker's own words. A worker that is ended, or is at one job for longer than `seconds`, is
    replaced; a job that costs a second worker its life is given up: `lost` is told, and it has no result.
    """
    if workers < 2 or count < WORTH_A_FORK or not hasattr(os, "fork"):
        for number in range(count):
            yield number, work(number)
        return
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    gc.freeze()  # a collection in a worker would otherwise touch, and so copy, every page of memory
    crew: dict[int, _Worker] = {}
    try:
        for first in range(workers):
            _hire(crew, work, deque(range(first, count, workers)))
        yield from _gather(crew, work, seconds, lost)
    finally:
        gc.unfreeze()
        for reader, worker in crew.items():
            os.close(reader)
            _stop(worker)


@dataclass(slots=True)
class _Worker:
    """A process, and the jobs of which it has not yet told the end; `again` when the first has had a worker before."""

    process: int
    jobs: deque[int]
    again: bool = False
    heard: float = field(default_factory=time.monotonic)
    rest: bytes = b""


def _hire(crew: dict[int, _Worker], work: Work, jobs: deque[int], *, again: bool = False) -> None:
    reader, process = _start(work, list(jobs), list(crew))
    crew[reader] = _Worker(process, jobs, again)


def aside(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begins something in a process of its own. What it gives waits for the end and gives the result.

    What the process logs is logged then, and an exception in it is raised then as a BackfileError.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    gc.freeze()
    reader, child = _start(lambda _number: work(), range(1), [])
    gc.unfreeze()
    crew = {reader: _Worker(child, deque([0]))}

    def wait() -> Any:
        try:
            return dict(_gather(crew, None, 0, None))[0]
        finally:
            os.close(reader)
            _stop(crew[reader])

    return wait


def _start(work: Work, numbers: Sequence[int], inherited: list[int]) -> tuple[int, int]:
    """A worker for some jobs: the pipe on which its results come, and its process."""
    reader, writer = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        # Pelican's spinner is a thread; nothing it could hold is used in a worker.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        for pipe in (*inherited, reader):
            os.close(pipe)
        _work(work, numbers, writer, parent)
    os.close(writer)
    return reader, child


def _work(work: Work, numbers: Sequence[int], writer: int, parent: int) -> NoReturn:
    """The life of a worker."""
    status = 1
    with os.fdopen(writer, "wb") as results:

        def send(kind: str, *parts: Any) -> None:
            data = marshal.dumps((kind, *parts))
            results.write(len(data).to_bytes(_LENGTH) + data)
            results.flush()  # what was done is known, whatever happens next

        gc.enable()  # rendering leaves cycles behind
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent sees it, and ends the workers
        _log_to(send)
        try:
            for number in numbers:
                if os.getppid() != parent:
                    os._exit(1)  # it was killed: whoever builds next must find nobody at work
                send("done", number, work(number))
            status = 0
        except BackfileError as error:
            send("refused", str(error))
        except Exception:  # noqa: BLE001 - whatever it was, the parent must hear of it
            send("failed", traceback.format_exc())
    os._exit(status)


def _log_to(send: Callable[..., None]) -> None:
    class Forward(logging.Handler):
        """Sends what is logged to the parent, whose handlers and counts apply."""

        def emit(self, record: logging.LogRecord) -> None:
            limit = {name: getattr(record, name) for name in ("limit_msg", "limit_args") if hasattr(record, name)}
            send("log", record.name, record.levelno, record.getMessage(), limit)

    root = logging.getLogger()
    root.handlers[:] = [Forward()]
    for name in list(logging.Logger.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers[:] = []


def _gather(
    crew: dict[int, _Worker], work: Work | None, seconds: float, lost: Lost | None
) -> Iterator[tuple[int, Any]]:
    """The results of all workers, as they come; `work` is what those do that take the place of others."""
    with selectors.DefaultSelector() as waiting:
        for reader in crew:
            waiting.register(reader, selectors.EVENT_READ)
        while waiting.get_map():
            for key, _ in waiting.select(1.0 if seconds else None):
                worker = crew[key.fd]
                data = os.read(key.fd, _CHUNK)
                if data:
                    worker.heard = time.monotonic()
                    messages, worker.rest = _whole(worker.rest + data)
                    for message in messages:
                        for number, result in _hear(message):
                            worker.jobs.popleft()
                            worker.again = False
                            yield number, result
                    continue
                waiting.unregister(key.fd)
                status = os.waitstatus_to_exitcode(os.waitpid(worker.process, 0)[1])
                worker.process = 0
                if status and (work is None or lost is None or not worker.jobs):
                    raise BackfileError("a worker process ended before its work was done.")
                if worker.jobs and work and lost:
                    os.close(key.fd)
                    del crew[key.fd]
                    if worker.again:
                        lost(worker.jobs.popleft(), _ending(status))
                    if worker.jobs:
                        _hire(crew, work, worker.jobs, again=not worker.again)
                        waiting.register(next(reversed(crew)), selectors.EVENT_READ)
            for worker in crew.values():
                if seconds and worker.process and time.monotonic() - worker.heard > seconds:
                    os.kill(worker.process, signal.SIGKILL)  # its pipe tells us when it is gone


def _ending(status: int) -> str:
    return f"by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"


def _whole(data: bytes) -> tuple[list[Any], bytes]:
    """The messages that have come whole, and what there is of the next."""
    messages, start = [], 0
    while (begin := start + _LENGTH) <= len(data):
        end = begin + int.from_bytes(data[start:begin])
        if end > len(data):
            break
        messages.append(marshal.loads(data[begin:end]))  # noqa: S302 - from a process of ours
        start = end
    return messages, data[start:]


def _hear(message: tuple[Any, ...]) -> Iterator[tuple[int, Any]]:
    kind, *parts = message
    if kind == "done":
        yield parts[0], parts[1]
    elif kind == "log":
        name, level, text, limit = parts
        logging.getLogger(name).log(level, "%s", text, extra=limit)
    elif kind == "refused":
        raise BackfileError(parts[0])
    else:
        raise BackfileError(f"a worker process failed:\n{parts[0]}")


def _stop(worker: _Worker) -> None:
    """Ends a worker that is still there."""
    if worker.process:
        os.kill(worker.process, signal.SIGKILL)
        os.waitpid(worker.process, 0)
