"""Stores: the texts of documents, for snippets (docs/shard-format.md, section 14)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from backfile.errors import IndexFormatError
from backfile.search import records, shard
from backfile.search.document import CommentText, SearchDocument, compact_json, json_string
from backfile.search.files import ShardFiles
from backfile.search.manifest import Store
from backfile.search.sink import ShardSink

PER = 6
HEAD = 150
CHUNK = 4096
TEXTS = 22528
COMMENTS = 8192
"""Bytes of chunks in a shard. Comments that were found are always read, the rest of a body seldom."""
LAG = 64
"""So many shards may be begun after one before that is ended as it is."""
MAX_COMMENT = 1 << 20
"""Characters of a comment that are kept for snippets; all of them are indexed."""

_FIELDS = 13
_SPACE = re.compile(r"\s")


def cut(text: str, size: int) -> int:
    """Where to cut a text after about `size` characters: before white space, if there is any near."""
    if len(text) <= size:
        return len(text)
    return max((match.start() for match in _SPACE.finditer(text, size // 2, size + 1)), default=size)


class _Chunks:
    """A shard of chunks that is being filled."""

    def __init__(self, number: int, limit: int) -> None:
        self.number, self.limit = number, limit
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, data: bytes) -> tuple[int, int]:
        self.parts.append(data)
        self.size += len(data)
        return self.number, len(self.parts) - 1


class Stored(NamedTuple):
    """What a store keeps of a document; each comment as JSON."""

    url: str
    title: str
    date: str
    standfirst: str
    section: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str
    source: str
    body: str
    comments: list[str]


def stored(document: SearchDocument, said: list[str]) -> Stored:
    """The same of a document and of its comments as JSON."""
    return Stored._make((*_of_document(document), said))


_of_document: Callable[[SearchDocument], Any] = attrgetter(*Stored._fields[:-1])


def _shortened(comment: str) -> str:
    """A comment with as much of its text as is kept."""
    *others, text = json.loads(comment)
    return compact_json([*others, text[:MAX_COMMENT]])


class StoreWriter:
    """Takes documents in order; their numbers count from 0."""

    def __init__(self, folder: Path) -> None:
        self._sink = ShardSink(folder)
        self._records: list[list[Any]] = []
        self._open: dict[int, _Chunks] = {}
        self.docs = 0

    def __enter__(self) -> StoreWriter:
        self._sink.__enter__()
        return self

    def __exit__(self, *details: Any) -> None:
        self._sink.__exit__(*details)

    def add(self, document: Stored, comment_tokens: Sequence[int]) -> int:
        """Takes the next document, and how many tokens each of its comments has."""
        end = cut(document.body, HEAD)
        record = [
            document.url,
            document.title,
            document.date,
            document.standfirst,
            document.section,
            list(document.authors),
            list(document.tags),
            document.language,
            document.source,
            document.body[:end],
            [
                number
                for chunk in _pieces(document.body[end:])
                for number in self._add_chunk(json_string(chunk).encode(), TEXTS)
            ],
            list(comment_tokens),
            self._add_comments(document.comments),
        ]
        self._records.append(record)
        if len(self._records) == PER:
            self._flush_records()
        self.docs += 1
        return self.docs - 1

    def _add_comments(self, comments: Sequence[str]) -> list[int]:
        places: list[int] = []
        group: list[bytes] = []
        first = size = 0
        for number, comment in enumerate(comments):
            data = (comment if len(comment) <= MAX_COMMENT else _shortened(comment)).encode()
            if group and size + len(data) > CHUNK:
                places += (*self._add_chunk(_array(group), COMMENTS), first)
                group, first, size = [], number, 0
            group.append(data)
            size += len(data)
        if group:
            places += (*self._add_chunk(_array(group), COMMENTS), first)
        return places

    def _add_chunk(self, data: bytes, limit: int) -> tuple[int, int]:
        chunks = self._open.get(limit)
        if chunks and chunks.size + len(data) > limit:
            self._end(chunks)
        for other in [o for o in self._open.values() if self._sink.counts["x"] - o.number > LAG]:
            self._end(other)
        if limit not in self._open:
            self._open[limit] = _Chunks(self._sink.reserve("x"), limit)
        return self._open[limit].add(data)

    def _end(self, chunks: _Chunks) -> None:
        self._sink.put("x", shard.head("x") + _array(chunks.parts), chunks.number)
        del self._open[chunks.limit]

    def _flush_records(self) -> None:
        if self._records:
            self._sink.put("d", shard.head("d") + records.encode(self._records))
            self._records.clear()

    def end(self) -> None:
        """No document follows."""

    def finish(self) -> Store:
        """Writes what is left, and the files; returns what the manifest says of the store."""
        self._flush_records()
        for chunks in sorted(self._open.values(), key=lambda item: item.number):
            self._end(chunks)
        counts = self._sink.counts
        return Store(self._sink.finish(), self.docs, PER, counts.get("d", 0), counts.get("x", 0))


def _pieces(text: str) -> Iterator[str]:
    while text:
        end = cut(text, CHUNK)
        yield text[:end]
        text = text[end:]


def _array(parts: Sequence[bytes]) -> bytes:
    return b"[" + b",".join(parts) + b"]"


class StoreReader:
    """Gives the documents of a store back."""

    def __init__(self, files: ShardFiles, store: Store) -> None:
        self._files, self._store = files, store
        self._parsed: dict[str, list[Any]] = {}

    def record(self, number: int) -> list[Any]:
        """The record of a document, as the format lists it."""
        if not 0 <= number < self._store.docs:
            raise IndexFormatError(f"there is no record {number}", place=f"x/{self._store.id}", advice=shard.ADVICE)
        name = f"{self._store.id}/d{number // self._store.per}"
        record = self._item(name, number % self._store.per)
        if not isinstance(record, list) or len(record) < _FIELDS:
            raise IndexFormatError(f"record {number} is not whole", place=f"x/{name}.js", advice=shard.ADVICE)
        return list(record)

    def document(self, number: int) -> SearchDocument:
        """A whole document, with the text in chunks."""
        try:
            return self._document(self.record(number))
        except (TypeError, ValueError, LookupError) as error:
            what = f"record {number} does not follow the format ({error!r})"
            raise IndexFormatError(what, place=f"x/{self._store.id}", advice=shard.ADVICE) from error

    def _document(self, record: list[Any]) -> SearchDocument:
        chunks, comments = record[10], record[12]
        rest = [self._chunk(chunks[at], chunks[at + 1]) for at in range(0, len(chunks), 2)]
        groups = [self._chunk(comments[at], comments[at + 1]) for at in range(0, len(comments), 3)]
        return SearchDocument(
            url=record[0],
            title=record[1],
            date=record[2],
            standfirst=record[3],
            section=record[4],
            authors=tuple(record[5]),
            tags=tuple(record[6]),
            language=record[7],
            source=record[8],
            body=record[9] + "".join(rest),
            comments=tuple(CommentText(*comment) for group in groups for comment in group),
        )

    def _chunk(self, number: int, index: int) -> Any:
        return self._item(f"{self._store.id}/x{number}", index)

    def _item(self, name: str, index: int) -> Any:
        if name not in self._parsed:
            if len(self._parsed) > 64:
                self._parsed.clear()
            self._parsed[name] = self._read(name)
        items = self._parsed[name]
        if not 0 <= index < len(items):
            raise IndexFormatError(f"there is no item {index}", place=f"x/{name}.js", advice=shard.ADVICE)
        return items[index]

    def _read(self, name: str) -> list[Any]:
        content = self._files.payload(name)[4:]
        number = name.partition("/")[2]
        try:
            if number.startswith("d"):
                left = self._store.docs - self._store.per * int(number[1:])
                return records.decode(content, min(self._store.per, left))
            items = json.loads(content.decode("utf-8"))
        except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError, too
            what = f"it does not hold what it should ({error})"
            raise IndexFormatError(what, place=f"x/{name}.js", advice=shard.ADVICE) from error
        if not isinstance(items, list):
            raise IndexFormatError("it does not hold a list", place=f"x/{name}.js", advice=shard.ADVICE)
        return items
