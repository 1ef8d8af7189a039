"""Finds the files to import: folders are walked in order, links in them are not followed.

The folder that a browser puts beside a page it saves (`ferry_files` beside `ferry.html`) is one item.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from backfile.errors import SourceError
from backfile.text import clean_name

PAGES = (".html", ".htm", ".xhtml")
"""How saved pages are called."""
_COMPANION = re.compile(r"(?:[-_](?:files|Dateien|fichiers|archivos|bestanden|ficheiros|filer|pliki)|\.files)$")
_SAVED_WITH = re.compile(r"(?:\./)?[^/:?#]{1,200}/[^/:?#]{1,200}")
_LINK = "a link, which is not followed: name what it leads to as a source"
_SPECIAL = "a pipe, a socket or a device, which is not read"
_OWN = "what this import writes, which is no source"
_ARCHIVE = "an archive that was built already, which is no source: import what it was made of"
_BUILT = Path("search", "manifest.js")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file (or a folder saved with a page) and the name it goes by in reports and content files.

    `barred` says why it is not read, if it is not; then it may be any folder.
    """

    path: Path
    name: str
    barred: str = ""


def find_files(sources: Iterable[Path], own: Iterable[Path] = ()) -> Iterator[SourceFile]:
    """Every file of the sources in a stable order; hidden ones are left alone, and what the import writes is barred.

    A file that several of the sources hold is given once, as it goes by in the first.

    Raises SourceError when a source does not exist, before anything is read.
    """
    sources = list(sources)
    for source in sources:
        try:
            source.stat()
        except PermissionError:
            pass  # it is told when its turn comes
        except OSError as error:
            raise SourceError("no such file or folder.", place=str(source), advice="Check the path.") from error
    found = _find(sources, [path.resolve() for path in own])
    yield from found if len(sources) == 1 else _once(found)


def _find(sources: Iterable[Path], written: Iterable[Path]) -> Iterator[SourceFile]:
    for source in sources:
        if os.path.isdir(source):  # noqa: PTH112 - that of a Path raises where nobody may look
            yield from _walk(source, written)
        else:
            yield SourceFile(source, clean_name(source.name), _barred(source, os.stat))


def _once(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """The files without those that were there before under another name of their folder."""
    folders: dict[Path, str] = {}
    seen: set[tuple[str, str]] = set()
    for file in files:
        folder = file.path.parent
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        place = folders[folder], file.path.name
        if place in seen:
            continue
        if not file.barred:  # a link in a folder is not followed, one that is named is
            seen.add(place)
        yield file


def is_saved_with(address: str) -> bool:
    """True for the address of a file in a folder that a browser puts beside the page it saves."""
    return bool(_SAVED_WITH.fullmatch(address) and _COMPANION.search(unquote(address).rpartition("/")[0]))


def _walk(root: Path, written: Iterable[Path]) -> Iterator[SourceFile]:
    errors: list[OSError] = []
    real = root.resolve()
    own = {root / path.relative_to(real) for path in written if path != real and path.is_relative_to(real)}
    for folder, folders, names in os.walk(root, onerror=errors.append):
        yield from _closed(errors, root)
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith(PAGES)}
        companions = {name for name in folders if _COMPANION.sub("", name) in pages and _COMPANION.search(name)}
        below = sorted(Path(folder, name) for name in folders if not name.startswith(".") and name not in companions)
        links = [path for path in below if path not in own and os.path.islink(path)]  # noqa: PTH114
        others = [path for path in below if path not in own and path not in links]
        built = [path for path in others if os.path.isfile(path / _BUILT)]  # noqa: PTH113 - as above
        folders[:] = [path.name for path in others if path not in built]
        yield from (_file(Path(folder, name), root) for name in sorted(companions))
        yield from (_file(path, root, _OWN) for path in below if path in own)
        yield from (_file(path, root, _LINK) for path in links)
        yield from (_file(path, root, _ARCHIVE) for path in built)
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                yield _file(path, root, _OWN if path in own else _barred(path, os.lstat))
    yield from _closed(errors, root)


def _closed(errors: list[OSError], root: Path) -> Iterator[SourceFile]:
    """The folders that could not be looked into, each once."""
    while errors:
        error = errors.pop(0)
        yield _file(Path(error.filename), root, f"the folder cannot be read: {error.strerror or error}")


def _barred(path: Path, look: Callable[[Path], os.stat_result]) -> str:
    """Why something that is no folder is not read, or the empty string. What is special is not even opened."""
    try:
        mode = look(path).st_mode
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return "" if stat.S_ISREG(mode) else _LINK if stat.S_ISLNK(mode) else _SPECIAL


def _file(path: Path, root: Path, barred: str = "") -> SourceFile:
    name = path.relative_to(root).as_posix()
    return SourceFile(path, clean_name(str(root) if name == "." else name), barred)
