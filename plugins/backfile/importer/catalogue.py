"""Whose articles the content files are that stand under a folder already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from backfile.errors import BackfileError
from backfile.folders import walk
from backfile.importer.heads import read_head
from backfile.importer.identity import canonical_url
from backfile.model import Source


class Catalogue:
    """The places of content files, relative to their folder, by ids, addresses and sources of their articles.

    Raises BackfileError when a file cannot be read.
    """

    def __init__(self, root: Path) -> None:
        # Relative and as text, which takes a tenth of what a path does: there is one for every article.
        self._places: dict[str, str] = {}
        self._by_url: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        """By the digest of a source."""
        for path in _content_files(root):
            self._learn(path, path.relative_to(root).as_posix())

    def place_of(self, identity: str) -> str:
        """The file of an article; empty when there is none."""
        return self._places.get(identity, "")

    def place_at(self, url: str) -> str:
        """The file of the article that stood at an address; empty when there is none."""
        return self._by_url.get(canonical_url(url), "") if url else ""

    def id_of(self, sources: Iterable[Source]) -> str:
        """The id of the article that was made of one of these sources alone; empty when there is none."""
        return next((found for source in sources if (found := self._ids.get(source.sha256))), "")

    def add(self, identity: str, place: str) -> None:
        """Notes the file of a new article."""
        self._places[identity] = place

    def _learn(self, path: Path, place: str) -> None:
        """Notes whose article a file is; one that says it of none is found again by nobody."""
        head = read_head(path)
        if not head:
            return
        # Of several files with one id a build shows the first by path: what belongs to the article goes there.
        twin = self._places.get(head.id, place)
        self._places[head.id] = first = min(place, twin)
        if head.url and self._by_url.setdefault(canonical_url(head.url), first) == twin:
            self._by_url[canonical_url(head.url)] = first
        for digest in head.digests:
            # An export file is the source of many articles, and so tells nothing of any one of them.
            self._ids[digest] = "" if self._ids.get(digest, head.id) != head.id else head.id


def _content_files(root: Path) -> Iterator[Path]:
    """The Markdown files under a folder, in the order of their paths."""
    for folder, names in walk(root, onerror=_refuse):
        yield from (folder / name for name in names if name.endswith((".md", ".markdown")))


def _refuse(error: OSError) -> None:
    """A folder that cannot be looked into may hold corrections; one that is not there yet holds none."""
    if not isinstance(error, FileNotFoundError):
        raise BackfileError(f"cannot be read: {error.strerror}.", place=str(error.filename)) from error
