"""Keeps what an import has read of articles that it left as they were, to make them anew of all copies together.

They wait in a temporary file: of a large archive they are too many to hold.
"""

from __future__ import annotations

import json
import tempfile
from typing import IO, Any

from backfile.importer.uniting import unite
from backfile.model import Article, as_plain, from_plain


class Copies:
    """By their ids articles as the copies read so far make them, without what an earlier import knew."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._places: dict[str, int] = {}

    def hold(self, article: Article) -> None:
        """Remembers the first copy of an article. Where there is no room for it, nothing is made anew of it."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="backfile-")  # noqa: SIM115 - as long as the import
            self._file.seek(0, 2)
            place = self._file.tell()
            self._file.write(json.dumps(as_plain(article)).encode() + b"\n")
            self._file.flush()
            self._places[article.id] = place
        except OSError:
            self._places.pop(article.id, None)

    def unite(self, article: Article) -> Article | None:
        """The article with the copies before; None where there are none, or they contradict each other."""
        place = self._places.get(article.id)
        if place is None or self._file is None:
            return None
        self._file.seek(place)
        united = unite(from_plain(_tuples(json.loads(self._file.readline()))), article)
        if united is not None:
            self.hold(united)
        return united

    def end(self) -> None:
        """Takes all of it away."""
        self._places.clear()
        if self._file:
            self._file.close()
            self._file = None


def _tuples(value: Any) -> Any:
    """A value with tuples for lists, of which a model has none."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
