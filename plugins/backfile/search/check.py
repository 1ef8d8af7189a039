"""Reads every file of an index once more: are they all there, whole, and what their names say?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from backfile.errors import IndexFormatError
from backfile.search import manifest
from backfile.search.files import ShardFiles
from backfile.search.manifest import Manifest, Segment
from backfile.search.segment_reader import SegmentReader
from backfile.search.shard import ADVICE
from backfile.search.store import StoreReader


def check_index(output: Path) -> Iterator[str]:
    """What is wrong with the search files of a built site, a sentence each; nothing when they are whole.

    An id is the digest of what its shards hold, so that a file exchanged for another whole one is noticed.
    """
    folder = output / "search"
    try:
        found = manifest.read(folder)
    except IndexFormatError as error:
        yield str(error)
        return
    if found is None:
        yield f"{manifest.NAME}: the archive has no search index"
        return
    files = ShardFiles(folder, keep=0)
    for segment in found.segments:
        counts = {letter: segment.counts[key] for key, letter in Segment.COUNTS.items()}
        yield from _check(files, segment.id, {**counts, "n": 1, "f": 1})
    for store in found.stores:
        yield from _check(files, store.id, {"d": store.d, "x": store.x})


def _check(files: ShardFiles, identity: str, counts: Mapping[str, int]) -> Iterator[str]:
    whole = hashlib.sha256()
    damaged = False
    for kind in sorted(kind for kind, count in counts.items() if count):
        digest = hashlib.sha256()
        for number in range(counts[kind]):
            try:
                payload = files.payload(f"{identity}/{kind}{number}")
            except IndexFormatError as error:
                yield str(error)
                damaged = True
                continue
            digest.update(len(payload).to_bytes(8, "big"))
            digest.update(payload)
        whole.update(kind.encode("ascii") + digest.digest())
    if not damaged and whole.hexdigest()[:16] != identity:
        yield f"x/{identity}: its files are not those that it was named after"


def read_whole(folder: Path) -> Manifest:
    """Decodes all of the index in `folder`, in contrast to `check_index`, which compares digests.

    Raises IndexFormatError at the first thing that is wrong.
    """
    found = manifest.read(folder)
    if found is None:
        raise IndexFormatError("the file is missing", place=manifest.NAME, advice=ADVICE)
    files = ShardFiles(folder)
    for segment in found.segments:
        reader = SegmentReader(files, segment)
        for _ in reader.entries():
            pass
        reader.words()
        reader.facets()
        reader.table()
    for store in found.stores:
        texts = StoreReader(files, store)
        for number in range(store.docs):
            texts.document(number)
    return found
