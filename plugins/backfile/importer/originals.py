"""Where the untouched bytes of sources are. Each is found by its digest: two files may go by one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from backfile.importer.discussions import Discussion
from backfile.importer.record import Problem, Record
from backfile.importer.walking import SourceFile
from backfile.model import Source

Item = TypeVar("Item", bound=Record | Problem | Discussion)


class Originals:
    """The files that sources were read from; those that are exports hold many articles, and what was never public."""

    def __init__(self) -> None:
        self.files: dict[str, Path | bytes] = {}
        self._exports: set[str] = set()

    def is_export(self, source: Source) -> bool:
        """True of a file that holds many articles."""
        return source.sha256 in self._exports

    def folder_of(self, source: Source) -> str:
        """Where the file lies that a source was read from; empty where that is not known."""
        file = self.files.get(source.sha256)
        return str(file.parent.resolve()) if isinstance(file, Path) else ""

    def of_page(self, file: SourceFile, item: Item) -> Item:
        """The item, once it is noted which file it was read from."""
        if isinstance(item, Record):
            self.files.setdefault(item.source.sha256, file.path)
        return item

    def of_export(self, file: SourceFile, items: Iterable[Item]) -> Iterator[Item]:
        """The items of an export. Pages of web archives, which have bytes of their own, are not the file."""
        for item in items:
            if item.source and item.source.name == file.name and item.source.sha256 not in self._exports:
                self.files.setdefault(item.source.sha256, file.path)
                self._exports.add(item.source.sha256)
            yield item
