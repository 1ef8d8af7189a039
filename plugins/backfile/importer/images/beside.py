"""Finds the files that lie beside a source, and never one outside of what is imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from backfile.importer.images.image import Origin

_SIZED = re.compile(r"-\d{1,4}x\d{1,4}(?=\.\w{3,4}$)")
_LONGEST = 1000
_TOPS = ("static", "source", "public")
"""Where generators of static sites keep what they put at the top of the site."""
_MOST_TOPS = 8
_FEWEST_PARTS = 2
"""So many parts of an address must be those of a file's path: many files are called `image.jpg`."""


class Finder(Protocol):
    """Knows where the bytes of an image are, by its address as written and as it was on the web."""

    def find(self, address: str, absolute: str) -> Origin | None:
        """Where the image is, or None."""
        ...


class Nowhere:
    """A finder of sources with nothing beside them."""

    def find(self, address: str, absolute: str) -> Origin | None:  # noqa: ARG002 - as a Finder has it
        """Always None."""
        return None


class Beside:
    """A source file and what lies beside it; `name` is its path below the folder that is imported."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self._folder = path.parent
        # The source of one file has its folder round it, that of a folder the whole folder.
        self._root = path.parents[min(len(PurePosixPath(name).parts), len(path.parents)) - 1]
        self._inside = self._root.resolve()

    def open(self) -> BinaryIO:
        """The source once more, for reading at another place."""
        return self.path.open("rb")

    def find(self, address: str, absolute: str) -> Origin | None:
        """The file that an image's address leads to: from the source, from the top, or by the end of a web address."""
        for place in (*self._by_path(address), *self._by_address(absolute or address)):
            if origin := self._file(place):
                return origin
        return None

    def _by_path(self, address: str) -> Iterator[Path]:
        """A relative address seen from the source, as written and decoded; one from the top seen from any top."""
        if not address or "://" in address or address.startswith(("//", "#")) or ":" in address.split("/")[0]:
            return
        path = address.split("#")[0].lstrip("/")
        for written in dict.fromkeys((unquote(path), unquote(path.split("?")[0]))):
            if not address.startswith("/"):
                yield self._folder / written
                continue
            for top in self._tops():
                yield from (top / written, *(top / below / written for below in _TOPS))

    def _tops(self) -> Iterator[Path]:
        """The folders that may be the top of the site: the one that is imported, then those round the source."""
        yield self._root
        between = [folder for folder in (self._folder, *self._folder.parents) if folder.is_relative_to(self._root)]
        yield from reversed(between[:-1][-_MOST_TOPS:])

    def _by_address(self, absolute: str) -> Iterator[Path]:
        """The end of an address, longest first: `site.example/uploads/2012/a.jpg`, `uploads/2012/a.jpg`, ..."""
        try:
            parts = urlsplit(absolute)
            host = parts.hostname or ""
        except ValueError:
            return
        if not host or len(absolute) > _LONGEST:
            return
        steps = [host, *filter(None, unquote(parts.path).split("/"))]
        whole = _SIZED.sub("", steps[-1])  # WordPress names smaller copies by their size
        for folder in dict.fromkeys((self._folder, self._root)):
            for start in range(max(1, len(steps) - _FEWEST_PARTS + 1)):
                below = folder.joinpath(*steps[start:-1])
                yield from (below / name for name in dict.fromkeys((steps[-1], whole)))

    def _file(self, place: Path) -> Origin | None:
        if len(str(place)) > _LONGEST or "\0" in str(place):
            return None
        try:
            real = place.resolve()
            if not real.is_relative_to(self._inside) or not real.is_file():
                return None
        except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links
            return None
        return Origin(real.relative_to(self._inside).as_posix(), real)
