"""Writes a segment: keys with their postings, words, dates, facets, columns (docs/shard-format.md, 6 to 13)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from backfile.search import keybodies
from backfile.search.codec import shared_length, text, uint, uints
from backfile.search.doctable import DocTable
from backfile.search.keybodies import KeyBody, LongBody
from backfile.search.manifest import Segment
from backfile.search.postings import Listed
from backfile.search.schema import FIELDS
from backfile.search.shard import head
from backfile.search.sink import Packer, ShardSink

BLOCK = 2750
FULL = 1650
"""Bytes of entries in a block at most, and from which on it may end, where the separator is shortest."""
BLOCKS_A_POSITIONS = 4
TIERS = 5632
CHUNKS = 65536
WORDS = 16384
COLUMN = 4096
LENGTHS = 16384
KEYS = 1 << 19
MAX_VALUES = 1000


def write_segment(
    folder: Path, table: DocTable, entries: Iterable[tuple[str, Mapping[int, Listed]]], words: Mapping[str, int]
) -> Segment:
    """Writes the files of a segment into a folder below `folder`; returns what the manifest says of it.

    `entries` are its keys in order, each with its postings by field.
    """
    totals = table.totals()
    with ShardSink(folder) as sink:
        writer = _TermsWriter(sink)
        for key in keybodies.write(entries, len(table), totals):
            writer.add(key)
        writer.finish()
        word_separators = _write_words(sink, words, writer.text_keys)
        _write_facets(sink, writer.values)
        _write_table(sink, table)
        name = sink.finish()
        count = sink.counts.get
        return Segment(
            id=name,
            docs=len(table),
            lengths=totals + [0] * (len(FIELDS) - len(totals)),
            t=writer.separators,
            w=word_separators,
            counts={kind: count(letter, 0) for kind, letter in Segment.COUNTS.items()},
        )


class _Block:
    """Keys in order, each sharing its beginning with the one before."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self.last = ""
        self._last_bytes = b""

    def encode_key(self, key: str) -> bytes:
        data = key.encode("utf-8")
        return _key_after(self._last_bytes, data)

    def add(self, key: str, encoded: bytes) -> None:
        self.parts.append(encoded)
        self.size += len(encoded)
        self.last, self._last_bytes = key, key.encode("utf-8")

    def payload(self, kind: str) -> bytes:
        return head(kind) + uint(len(self.parts)) + b"".join(self.parts)


def separator(last: str, first: str) -> str:
    """The shortest beginning of `first`, in whole code points, that is greater than `last`."""
    return first[: shared_length(last, first) + 1]


def _key_after(last: bytes, key: bytes) -> bytes:
    shared = shared_length(last, key)
    return uint(shared) + uint(len(key) - shared) + key[shared:]


class _Entry(NamedTuple):
    """A key that waits for its block. It is written as if the key before stood in the same one, and counted so."""

    key: str
    written: bytes
    body: bytes
    positions: bytes
    size: int


class _TermsWriter:
    """The kinds t, l, p and q, which are written side by side."""

    def __init__(self, sink: ShardSink) -> None:
        self._sink = sink
        self._tiers = Packer("l", TIERS, sink.put)
        self._chunks = Packer("q", CHUNKS, sink.put)
        self._waiting: list[_Entry] = []
        self._size = 0
        self._last = b""
        self._positions: list[bytes] = []
        self.separators: list[str] = []
        self.text_keys: list[str] = []
        self.values: dict[int, list[tuple[str, int]]] = defaultdict(list)

    def add(self, found: KeyBody) -> None:
        """Writes the next key."""
        key, body, positions, is_text, values = found
        if isinstance(body, LongBody):
            body = body.place(self._tiers.add, self._chunks.add)
        data = key.encode("utf-8")
        written = _key_after(self._last, data)
        self._last = data
        body = uint(len(body)) + body
        size = len(written) + len(body)
        while self._waiting and self._size + size > BLOCK:
            self._end_block(key)
        self._waiting.append(_Entry(key, written, body, positions, size))
        self._size += size
        if is_text:
            self.text_keys.append(key)
        for field, documents in values:
            self.values[field].append((key, documents))

    def _end_block(self, following: str) -> None:
        """Makes a block of the entries that wait, as far as the shortest separator where it is full enough."""
        keys = [entry.key for entry in self._waiting] + [following]
        choices: list[tuple[int, int, str]] = []
        filled = 0
        for count, entry in enumerate(self._waiting, 1):
            filled += entry.size
            if filled >= FULL or count == len(self._waiting):
                between = separator(keys[count - 1], keys[count])
                choices.append((len(between), -count, between))
        _, count, between = min(choices)
        self.separators.append(between)
        self._flush(-count)

    def _flush(self, count: int) -> None:
        entries = self._waiting[:count]
        del self._waiting[:count]
        parts = [head("t") + uint(len(entries))]
        for place, entry in enumerate(entries):
            parts += [entry.written if place else _key_after(b"", entry.key.encode("utf-8")), entry.body]
            self._positions.append(uint(len(entry.positions)) + entry.positions)
            self._size -= entry.size
        number = self._sink.put("t", b"".join(parts))
        if number % BLOCKS_A_POSITIONS == BLOCKS_A_POSITIONS - 1:
            self._flush_positions()

    def _flush_positions(self) -> None:
        if self._positions:
            self._sink.put("p", head("p") + uint(len(self._positions)) + b"".join(self._positions))
            self._positions = []

    def finish(self) -> None:
        """Writes what was begun; an empty segment has one empty block."""
        self._flush(len(self._waiting))
        self._flush_positions()
        self._tiers.flush()
        self._chunks.flush()


def _write_words(sink: ShardSink, words: Mapping[str, int], keys: list[str]) -> list[str]:
    """Kind w; returns its separators."""
    both = Counter(dict.fromkeys(keys, 1))
    for word, count in words.items():
        both[word] += 2 * count
    separators: list[str] = []
    block = _Block()
    for word in sorted(both):
        encoded = block.encode_key(word) + uint(both[word])
        if block.parts and block.size + len(encoded) > WORDS:
            separators.append(separator(block.last, word))
            sink.put("w", block.payload("w"))
            block = _Block()
            encoded = block.encode_key(word) + uint(both[word])
        block.add(word, encoded)
    sink.put("w", block.payload("w"))
    return separators


def _write_facets(sink: ShardSink, values: Mapping[int, list[tuple[str, int]]]) -> None:
    """Kind f."""
    exact = [field for field in FIELDS if field.kind == "exact"]
    parts = [head("f"), uint(len(exact))]
    for field in exact:
        listed = sorted(values.get(field.id, ()), key=lambda item: (-item[1], item[0]))
        parts += [uint(field.id), uint(len(listed)), uint(min(len(listed), MAX_VALUES))]
        parts += [text(value) + uint(count) for value, count in listed[:MAX_VALUES]]
    sink.put("f", b"".join(parts))


def _write_table(sink: ShardSink, table: DocTable) -> None:
    """Kinds n, c, k and b."""
    runs, before = [], 0
    for (day, span), group in groupby((days.day, days.span) for days in table.days):
        runs.append(uints([day - before, span, sum(1 for _ in group)]))
        before = day
    sink.put("n", head("n") + uint(len(runs)) + b"".join(runs))
    for start in range(0, len(table), COLUMN):
        column = uints(table.comments[start : start + COLUMN])
        sink.put("c", head("c") + uints([1, 0, len(column)]) + column)
    for start in range(0, len(table), LENGTHS):
        columns = [uints(column[start : start + LENGTHS]) for column in table.lengths]
        sink.put("b", head("b") + b"".join(columns))
    _write_keys(sink, table)


def _write_keys(sink: ShardSink, table: DocTable) -> None:
    rows: list[bytes] = []
    size = 0
    for doc, url in enumerate(table.urls):
        row = text(url) + table.digests[doc] + uint(table.days[doc].minute)
        if rows and size + len(row) > KEYS:
            sink.put("k", head("k") + uint(len(rows)) + b"".join(rows))
            rows, size = [], 0
        rows.append(row)
        size += len(row)
    sink.put("k", head("k") + uint(len(rows)) + b"".join(rows))
