"""A BagIt bag (RFC 8493) of an archive with what it was made from: one folder that proves itself whole, anywhere.

    BAG/bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
    BAG/data/output/...   the built archive
    BAG/data/content/...  content files, pictures, untouched texts
    BAG/data/sources/...  what was imported

It grows in `BAG.part` and gets its name when it is whole and on the disk. A run that was stopped leaves that folder,
and the next one copies only what is missing or damaged there. A digest is always that of the source's bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from backfile import disk
from backfile.errors import BackfileError
from backfile.folders import IMPORTING
from backfile.verify.fixity import digest_of

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MUST_BE_ESCAPED = re.compile("[%\r\n]")

Progress = Callable[[int, int], None]
"""Called with how many files are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Bag:
    """What was put into a bag, and what of the folders was not: links, and what is neither a file nor a folder."""

    files: int
    octets: int
    left_out: tuple[str, ...] = ()


def make_bag(
    parts: Mapping[str, Path], to: Path, *, agent: str, day: str, progress: Progress = lambda _done, _all: None
) -> Bag:
    """Makes the bag `to` of some folders, each under its name in `data/`; `day` is written down as the day of bagging.

    Raises BackfileError when a folder is missing, something is there already or the bag cannot be written; OSError.
    """
    check_place(parts, to)
    lock = disk.Lock(to.with_name(f".{to.name}.lock"), "is making this bag")
    lock.take()
    try:
        check_place(parts, to)  # another run may have made it meanwhile
        return _made(parts, to, agent, day, progress)
    finally:
        lock.release(remove=True)


def _made(parts: Mapping[str, Path], to: Path, agent: str, day: str, progress: Progress) -> Bag:
    growing = to.with_name(f"{to.name}.part")
    left_out: list[str] = []
    files = _listed(parts, left_out)
    _clear(growing, {name for name, _ in files})
    digests: dict[str, str] = {}
    stamps: list[tuple[int, int, int]] = []
    for done, (name, path) in enumerate(files, 1):
        stamps.append(_stamp(path))
        digests[name] = _take(path, growing / name)
        progress(done, len(files))
    if files != _listed(parts, []) or stamps != [_stamp(path) for _, path in files]:
        raise BackfileError(
            "a build, an import or a person has changed what is put into the bag.",
            place=str(to),
            advice="Run the same command again when nothing writes there.",
        )
    if len(files) != (there := sum(path.is_file() for path in (growing / "data").rglob("*"))):
        raise BackfileError(
            f"{len(files)} files were copied, {there} are there: its file system takes some names for one, as A and a.",
            place=str(to),
            advice="Make the bag elsewhere, or rename them.",
        )
    bag = Bag(len(files), sum((growing / name).stat().st_size for name in digests), tuple(left_out))
    _write_tags(growing, digests, bag, agent, day)
    disk.sync([growing, *growing.rglob("*")])
    disk.place(growing, to)
    disk.sync([to])
    return bag


def _listed(parts: Mapping[str, Path], left_out: list[str]) -> list[tuple[str, Path]]:
    """What goes into a bag, by its name there."""
    return [
        (f"data/{name}/{path}", parts[name] / path)
        for name in sorted(parts)
        for path in _files(parts[name], left_out)
        if (name, path) != ("content", IMPORTING)  # a note of an import that was stopped
    ]


def _stamp(path: Path) -> tuple[int, int, int]:
    """What is other once a file was written again."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def check_place(parts: Mapping[str, Path], to: Path) -> None:
    """Raises BackfileError when these folders cannot become the bag `to`."""
    for name, folder in parts.items():
        if not folder.is_dir():
            raise BackfileError(f"no folder for '{name}'", place=str(folder), advice="Check the path.")
        if to.resolve().is_relative_to(folder.resolve()):
            raise BackfileError(
                "the bag would be inside of what it holds", place=str(to), advice="Choose another place."
            )
    if os.path.lexists(to):
        raise BackfileError("there is something already", place=str(to), advice="Remove it or choose another name.")


def _files(folder: Path, left_out: list[str]) -> Iterator[str]:
    """The files of a folder, relative to it, in order; links are no files of it, and are noted. Raises OSError."""
    for at, folders, names in os.walk(folder, onerror=_refuse):
        folders.sort()
        left_out += (str(path) for name in folders if (path := Path(at, name)).is_symlink())
        for name in sorted(names):
            path = Path(at, name)
            if path.is_symlink() or not path.is_file():
                left_out.append(str(path))
                continue
            relative = path.relative_to(folder).as_posix()
            try:
                relative.encode("utf-8")
            except UnicodeEncodeError:
                shown = os.fsencode(relative).decode("utf-8", "backslashreplace")
                raise BackfileError(
                    "a name that is not UTF-8, which a bag cannot list", place=f"{folder}/{shown}", advice="Rename it."
                ) from None
            yield relative


def _refuse(error: OSError) -> None:
    """Without a folder that cannot be looked into a bag would not hold what it says."""
    raise error


def _clear(growing: Path, names: set[str]) -> None:
    """Takes away what an earlier run copied and is gone since, and its unfinished files."""
    if growing.exists():
        for path in sorted(growing.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.relative_to(growing).as_posix() not in names:
                path.unlink()
    disk.make_folder(growing / "data")


def _take(path: Path, copy: Path) -> str:
    """Copies a file, unless the same bytes are there; gives the SHA-256 of the source, which the copy has as well."""
    digest = digest_of(path)
    if not _holds(copy, path.stat().st_size, digest):
        disk.make_folder(copy.parent)
        copy.unlink(missing_ok=True)  # never through a link
        disk.fill(copy, path)
        if digest_of(copy) != digest:
            raise BackfileError(
                "changed while it was copied, or was not copied as it is.",
                place=str(path),
                advice="Run the same command again when nothing writes there.",
            )
    shutil.copystat(path, copy)
    return digest


def _holds(copy: Path, size: int, digest: str) -> bool:
    """Whether a copy of an earlier run is what it should be: its stamp alone would not tell."""
    return copy.is_file() and not copy.is_symlink() and copy.stat().st_size == size and digest_of(copy) == digest


def _write_tags(bag: Path, digests: Mapping[str, str], made: Bag, agent: str, day: str) -> None:
    info = (
        f"Bag-Software-Agent: {agent}\nBagging-Date: {day}\nPayload-Oxum: {made.octets}.{made.files}\n"
        "External-Description: A Backfile archive: the built site, and the content and sources it was made from\n"
    )
    tags = {"bagit.txt": _DECLARATION, "bag-info.txt": info, "manifest-sha256.txt": _manifest(digests)}
    for name, text in tags.items():
        disk.fill(bag / name, text.encode())
    written = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
    disk.fill(bag / "tagmanifest-sha256.txt", _manifest(written).encode())


def _manifest(digests: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {_escaped(name)}\n" for name, digest in sorted(digests.items()))


def _escaped(name: str) -> str:
    return _MUST_BE_ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", name)
