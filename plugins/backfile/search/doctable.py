"""What a segment knows of its documents besides their keys, one row a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from backfile.search.days import Days
from backfile.search.schema import TEXT_FIELDS


class Place(NamedTuple):
    """Where a document's record is: the id of its store, its number in there."""

    store: str
    record: int


OrderKey = tuple[int, int, int, str]


@dataclass(slots=True)
class DocTable:
    """Columns of equal length; row i is document i. `lengths` has a column for each text field."""

    urls: list[str] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    lengths: list[list[int]] = field(default_factory=lambda: [[] for _ in TEXT_FIELDS])

    def __len__(self) -> int:
        return len(self.urls)

    def order(self, doc: int) -> OrderKey:
        """What documents are sorted by in a segment."""
        return (*self.days[doc], self.urls[doc])

    def add(self, url: str, days: Days, digest: bytes, comments: int, place: Place) -> None:
        """Appends a row, whose lengths are appended apart."""
        self.urls.append(url)
        self.days.append(days)
        self.digests.append(digest)
        self.comments.append(comments)
        self.places.append(place)

    def copy_row(self, other: DocTable, doc: int) -> None:
        """Appends a row of another table."""
        self.add(other.urls[doc], other.days[doc], other.digests[doc], other.comments[doc], other.places[doc])
        for mine, theirs in zip(self.lengths, other.lengths, strict=True):
            mine.append(theirs[doc])

    def totals(self) -> list[int]:
        """The number of tokens in each text field."""
        return [sum(column) for column in self.lengths]


def merge_tables(tables: list[DocTable], dropped: list[set[int]]) -> tuple[DocTable, list[list[int]]]:
    """One table in order, without the dropped rows; and for each table the new number of each row, or -1."""
    rows = [
        (table.order(doc), source, doc)
        for source, table in enumerate(tables)
        for doc in range(len(table))
        if doc not in dropped[source]
    ]
    rows.sort()
    merged = DocTable()
    numbers = [[-1] * len(table) for table in tables]
    for number, (_, source, doc) in enumerate(rows):
        merged.copy_row(tables[source], doc)
        numbers[source][doc] = number
    return merged, numbers
