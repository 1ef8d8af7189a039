"""The segment of a run: what was noted text by text, key by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from backfile.search.codec import gaps, length_byte
from backfile.search.doctable import merge_tables
from backfile.search.invert import Run
from backfile.search.manifest import Segment, ranges_of
from backfile.search.postings import KeyEntry, Postings
from backfile.search.schema import FIELDS
from backfile.search.segment_writer import write_segment

FEW = 50_000
"""So few occurrences are sorted before NumPy is there: an article more, a hundred more."""

Found = dict[int, dict[int, list[int]]]
"""Of a key, by field and document, the positions."""


def write(folder: Path, run: Run) -> Segment:
    """Writes the segment of a run into a folder below this one."""
    table, (numbers,) = merge_tables([run.table], [set()])
    if sum(table.totals()) <= FEW:
        segment = write_segment(folder, table, _of_few(run, numbers), run.words())
    else:
        from backfile.search import sorting  # NumPy takes long to begin

        segment = write_segment(folder, table, sorting.entries(run, numbers), run.words())
    return replace(segment, ranges=ranges_of(table.places))


def _of_few(run: Run, numbers: list[int]) -> Iterator[KeyEntry]:
    """What `sorting.entries` gives of many."""
    lists: defaultdict[int, Found] = defaultdict(dict)
    for field, occurrences in zip(FIELDS, run.fields, strict=True):
        for doc, base, keys in occurrences.texts():
            for position, key in enumerate(keys, base):
                lists[key].setdefault(field.id, {}).setdefault(numbers[doc], []).append(position)
    lengths = [dict(zip(numbers, map(length_byte, column), strict=True)) for column in run.table.lengths]
    for name in sorted(run.keys):
        found = lists[run.keys[name]]
        yield name, {field: _postings(found[field], lengths[field : field + 1]) for field in found}


def _postings(found: Mapping[int, list[int]], lengths: list[dict[int, int]]) -> Postings:
    """Of the documents that hold a key in a field; those of an exact field have no `lengths`."""
    docs = sorted(found)
    if not lengths:
        return Postings(docs)
    positions = [gaps(found[doc]) for doc in docs]
    extra, bytes_ = [len(found[doc]) - 1 for doc in docs], bytes([lengths[0][doc] for doc in docs])
    return Postings(docs, extra, bytes_, list(map(len, positions)), b"".join(positions))
