"""Faults of a disk, at any step of writing: what `backfile.disk` asks of the system fails there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from backfile import disk

FAULTS = {"a full disk": errno.ENOSPC, "a missing permission": errno.EACCES, "a broken disk": errno.EIO}
STEPS = {name: getattr(disk, name) for name in ("_fill", "_append", "_place", "_sync")}


def restore():
    """Has all steps do again what they are there for."""
    for name, step in STEPS.items():
        setattr(disk, name, step)


def struck(number, strike):
    """Has the step of that number fail: `strike` is given its name, what it was to do, and its arguments."""
    left = [number]

    def failing(name, original):
        def step(*arguments):
            left[0] -= 1
            if left[0] == 0:
                strike(name, original, arguments)
            return original(*arguments)

        return step

    for name in STEPS:
        setattr(disk, name, failing(name, STEPS[name]))
    return left


def refuse(code):
    """The disk takes half of what it is given, or does not rename, or does not come to an end."""

    def strike(name, original, arguments):
        if name in ("_fill", "_append") and isinstance(arguments[1], bytes):
            original(arguments[0], arguments[1][: len(arguments[1]) // 2])
        raise OSError(code, os.strerror(code))

    return strike


def cut_power(number, unsafe):
    """Ends the process at a step, and takes from the disk what it was not told to keep: all of a file, or its end."""
    fresh = []

    def strike(name, original, arguments):
        if name in ("_fill", "_append") and isinstance(arguments[1], bytes):
            original(arguments[0], arguments[1][: len(arguments[1]) // 2])
        for at, path in enumerate(fresh):
            if path.is_file():
                os.truncate(path, 0 if unsafe == "empty" else path.stat().st_size // 2 + at % 2)
        os._exit(9)

    struck(number, strike)
    place, sync = disk._place, disk._sync

    def placed(beside, path):
        place(beside, path)
        fresh.append(Path(path))

    def synced(path):
        sync(path)
        fresh[:] = [file for file in fresh if file != path]

    disk._place, disk._sync = placed, synced
