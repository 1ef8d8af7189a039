"""An open index, asked through Whoosh's parser, matchers and scorer."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from typing import Any

from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from backfile.errors import IndexFormatError
from backfile.search import manifest
from backfile.search.doctable import Place
from backfile.search.document import SearchDocument
from backfile.search.files import ShardFiles
from backfile.search.manifest import Manifest
from backfile.search.results import Hit, Results
from backfile.search.store import StoreReader
from backfile.search.whoosh.fields import whoosh_schema
from backfile.search.whoosh.parser import NOTHING, ArchiveParser, plain_words, some_of
from backfile.search.whoosh.reader import open_reader

ENOUGH = 10
"""When fewer documents have all the words, those that have some of them follow."""

_NO_SCORE = NOTHING**0.5


class Archive:
    """An open index. `folder` is `OUTPUT/search`."""

    def __init__(self, folder: Path) -> None:
        found = manifest.read(folder)
        if found is None:
            raise IndexFormatError(
                "there is no search index here",
                place=str(folder / manifest.NAME),
                advice="Build the site first: pelican content",
            )
        self.manifest: Manifest = found
        files = ShardFiles(folder)
        self._stores = {store.id: StoreReader(files, store) for store in found.stores}
        self._searcher = Searcher(open_reader(folder, found), weighting=_weighting(found))
        schema = whoosh_schema(found.language, found.stemmers)
        self._parser = ArchiveParser(schema, found.stemmers)

    def search(self, text: str, limit: int | None = 10) -> Results:
        """The best documents for a query in the language of docs/query-language.md."""
        found = self.numbers(self.ask(text))
        exact = len(found)
        words = plain_words(self._parser, text) if exact < ENOUGH else []
        if words:
            known = {number for number, _ in found}
            some = self.numbers(some_of(self._parser, words))
            found += [item for item in some if item[0] not in known]
        hits = tuple(self._hit(number, score, place >= exact) for place, (number, score) in enumerate(found[:limit]))
        return Results(len(found), exact, hits)

    def ask(self, text: str) -> Any:
        """The query that a text means."""
        return self._parser.ask(text)

    def numbers(self, query: Any) -> list[tuple[int, float]]:
        """All documents that match a query, with their scores, best first."""
        results = self._searcher.search(query, limit=None)
        found = [(number, 0.0 if score < _NO_SCORE else score) for score, number in results.top_n]
        return found if not found or found[-1][1] else sorted(found, key=lambda one: (-one[1], one[0]))

    def document(self, number: int) -> SearchDocument:
        """A document in full, as it was indexed."""
        store, record = self.place(number)
        return self._stores[store].document(record)

    def place(self, number: int) -> Place:
        """Where the record of a document is."""
        bases = self.manifest.bases()
        segment = bisect_right(bases, number) - 1
        return self.manifest.segments[segment].place(number - bases[segment])

    def _hit(self, number: int, score: float, partial: bool) -> Hit:
        store, record_number = self.place(number)
        record = self._stores[store].record(record_number)
        return Hit(number, score, record[0], record[1], record[2], partial)


def _weighting(found: Manifest) -> BM25F:
    scoring = found.described["scoring"]
    return BM25F(B=scoring["b"] / 1000, K1=scoring["k1"] / 1000)
