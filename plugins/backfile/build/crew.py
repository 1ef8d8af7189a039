"""Workers: forked processes, each given the numbers of jobs on one pipe, and heard on another."""

from __future__ import annotations

import contextlib
import gc
import logging
import marshal
import os
import signal
import time
import traceback
import warnings
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from backfile.disk import is_full
from backfile.errors import BackfileError

log = logging.getLogger(__name__)

Work = Callable[[int], Any]
"""What is to be done for the job of a number; the result is made of what `marshal` can write."""

_LENGTH = 8  # bytes of a message's length
_ORDERS = 1 << 12
_NO_ROOM = "Nothing that was there is lost. Make room, or name another folder for those in TMPDIR, and run it again."
_REFUSED = "Nothing that was there is lost. Put it right, or get the permission, and run it again."


@dataclass(slots=True)
class Worker:
    """A process, and the jobs that it has been given and of which it has not yet told the end, in its order.

    `results` is where it is heard, `orders` where it is given jobs; -1 when it gets no more. `again`: the first of its
    jobs has had a worker before. `first`: it is the one that does what is best done together.
    """

    process: int
    results: int
    orders: int
    first: bool = False
    again: bool = False
    jobs: deque[int] = field(default_factory=deque)
    heard: float = field(default_factory=time.monotonic)
    rest: bytearray = field(default_factory=bytearray)

    def give(self, numbers: Iterable[int]) -> None:
        """Gives it more to do."""
        orders = array("q", numbers)
        self.jobs.extend(orders)
        with contextlib.suppress(BrokenPipeError):  # it has ended, which will be heard of
            os.write(self.orders, orders.tobytes())

    def give_no_more(self) -> None:
        """Lets it end when it has done what it was given."""
        if self.orders >= 0:
            os.close(self.orders)
            self.orders = -1

    def heard_of(self, data: bytes) -> Iterator[tuple[int, Any]]:
        """The jobs that it has done, by what came of it, with what came of them; logs what it logged.

        Raises BackfileError when its work did.
        """
        self.heard = time.monotonic()
        self.rest += data
        for message in _whole(self.rest):
            for number, result in _hear(message):
                self.jobs.popleft()
                self.again = False
                yield number, result

    def ended(self) -> int:
        """Waits for its end, of which its pipe has told; the status, or less than nothing by a signal."""
        status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        self.process = 0
        return status

    def stop(self) -> None:
        """Ends it, if it is still there, and lets go of the pipes."""
        self.give_no_more()
        os.close(self.results)
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            self.ended()


_CYCLES = (50_000, 20, 100)
"""After how many new objects a worker looks for cycles, and after how many such looks among older ones."""


def hire(work: Work, others: Iterable[Worker], *, first: bool = False) -> Worker:
    """A worker beside others."""
    results, writer = os.pipe()
    reader, orders = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        # Pelican's spinner is a thread; nothing it could hold is used in a worker.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            for pipe in (results, orders, *(pipe for other in others for pipe in (other.results, other.orders))):
                if pipe >= 0:
                    os.close(pipe)
            _work(work, _given(reader), writer, parent)
        finally:
            os._exit(1)  # never back into what the parent does
    os.close(writer)
    os.close(reader)
    return Worker(child, results, orders, first)


def _given(reader: int) -> Iterator[int]:
    """The numbers of jobs, as they come; both ends read and write whole numbers alone."""
    while data := os.read(reader, _ORDERS):
        numbers = array("q")
        numbers.frombytes(data)
        yield from numbers


def _work(work: Work, numbers: Iterable[int], writer: int, parent: int) -> NoReturn:
    """The life of a worker."""
    status = 1
    with os.fdopen(writer, "wb") as results:

        def send(kind: str, *parts: Any) -> None:
            data = marshal.dumps((kind, *parts))
            results.write(len(data).to_bytes(_LENGTH) + data)
            results.flush()  # what was done is known, whatever happens next

        # What the parent has made stays: looking through it would cost time, and each worker a copy of it.
        gc.freeze()
        gc.set_threshold(*_CYCLES)
        gc.enable()  # rendering leaves cycles behind, not many
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
        except Exception as error:  # noqa: BLE001 - whatever it was, the parent must hear of it
            if isinstance(error, OSError) and is_full(error):
                send("refused", f"{error.filename or 'a temporary file'}: {error.strerror}. {_NO_ROOM}")
            elif isinstance(error, OSError) and error.filename:
                log.debug(traceback.format_exc())
                send("refused", f"{os.fsdecode(error.filename)}: {error.strerror or error}. {_REFUSED}")
            else:
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


def _whole(data: bytearray) -> list[Any]:
    """The messages that have come whole; what there is of the next is left."""
    messages, start = [], 0
    while (begin := start + _LENGTH) <= len(data):
        end = begin + int.from_bytes(data[start:begin])
        if end > len(data):
            break
        with memoryview(data) as view, view[begin:end] as message:
            messages.append(marshal.loads(message))  # noqa: S302 - from a process of ours
        start = end
    del data[:start]
    return messages


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
