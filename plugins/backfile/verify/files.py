"""The files of an archive: found, and those told that no check can look into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from backfile.verify.finding import Finding


def list_files(output: Path) -> list[str]:
    """The paths of all files under a folder, relative to it, in order."""
    found = (Path(at, name) for at, _, names in os.walk(output) for name in names)
    return sorted(path.relative_to(output).as_posix() for path in found if is_file(path))


def check_files(output: Path) -> Iterator[Finding]:
    """What is neither a file nor a folder, what cannot be read, and names that other systems cannot show."""
    unreadable: list[OSError] = []
    for at, folders, names in os.walk(output, onerror=unreadable.append):
        for name in sorted(folders):
            path = Path(at, name)
            if path.is_symlink():
                message = "is a link to a folder, into which no check looks. Put the folder itself there, or remove it."
                yield Finding(relative(output, path), "files", message)
        for name in sorted(names):
            path = Path(at, name)
            if message := _wrong(path):
                yield Finding(relative(output, path), "files", message)
    for error in unreadable:
        yield unread(relative(output, error.filename), error)


def unread(file: str, error: OSError) -> Finding:
    """What is said of a file, or folder, that cannot be read."""
    reason = error.strerror or str(error)
    return Finding(file, "files", f"cannot be read: {reason}. Get the permission, or restore it, and verify again.")


def relative(output: Path, path: object) -> str:
    """A path as findings name it."""
    return os.path.relpath(os.fsdecode(str(path)), output).replace(os.sep, "/")


def is_file(path: Path) -> bool:
    """Whether there is such a file, or a link to one; never an error, whatever the path."""
    return os.path.isfile(path)  # noqa: PTH113 - a Path's own method raises where it may not look


def _wrong(path: Path) -> str:
    """What is wrong with something that is no folder; empty when it is a file that can be read."""
    if not is_file(path):
        if path.is_symlink():
            return "is a link that leads to no file. Remove it, or restore what it led to."
        return "is neither a file nor a folder (a pipe, a device). Remove it."
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError as error:
        return unread("", error).message
    try:
        path.name.encode("utf-8")
    except UnicodeEncodeError:
        return "has a name that is not UTF-8, which not every system can open, and no bag can list. Rename it."
    return ""
