"""Merges segments into one; the same documents always give the same."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from backfile.search import analysis
from backfile.search.doctable import merge_tables
from backfile.search.document import SearchDocument
from backfile.search.invert import written_words
from backfile.search.manifest import Segment, ranges_of
from backfile.search.postings import KeyEntry, Postings, join, renumber
from backfile.search.segment_reader import SegmentReader
from backfile.search.segment_writer import write_segment


def merge(folder: Path, sources: Sequence[SegmentReader], dropped: Sequence[Iterable[SearchDocument]]) -> Segment:
    """Writes one segment of all documents of the sources but the dropped ones, which are given in full."""
    tables = [source.table() for source in sources]
    gone = [{document.url for document in documents} for documents in dropped]
    numbers_gone = [
        {number for number, url in enumerate(table.urls) if url in urls}
        for table, urls in zip(tables, gone, strict=True)
    ]
    table, numbers = merge_tables(tables, numbers_gone)
    words = _words(sources, dropped)
    segment = write_segment(folder, table, _entries(sources, numbers), words)
    return replace(segment, ranges=ranges_of(table.places))


def _words(sources: Sequence[SegmentReader], dropped: Sequence[Iterable[SearchDocument]]) -> Mapping[str, int]:
    words: Counter[str] = Counter()
    for source in sources:
        words.update(source.words())
    written = analysis.Written()
    for documents in dropped:
        for document in documents:
            words.subtract(written_words(document, written))
    return +words


def _entries(sources: Sequence[SegmentReader], numbers: Sequence[list[int]]) -> Iterator[KeyEntry]:
    streams = [_renumbered(source.entries(), mapping) for source, mapping in zip(sources, numbers, strict=True)]
    if len(streams) == 1:
        yield from streams[0]
        return
    for key, group in groupby(heapq.merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        lists: dict[int, list[Postings]] = {}
        for _, entry in group:
            for field, postings in entry.items():
                lists.setdefault(field, []).append(postings)
        yield key, {field: join(lists[field]) for field in sorted(lists)}


def _renumbered(entries: Iterator[KeyEntry], numbers: Sequence[int]) -> Iterator[KeyEntry]:
    if numbers == list(range(len(numbers))):  # the usual case: a source alone
        yield from entries
        return
    for key, entry in entries:
        kept = {}
        for field, postings in entry.items():
            if (left := renumber(postings, numbers)) is not None:
                kept[field] = left
        if kept:
            yield key, kept
