"""The index of a site: takes documents, publishes what changed, keeps itself in few files."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from backfile.errors import IndexFormatError
from backfile.search import analysis, manifest, policy, schema
from backfile.search.doctable import DocTable, Place
from backfile.search.document import SearchDocument
from backfile.search.files import ShardFiles
from backfile.search.invert import KeyEntry, Run, order_of
from backfile.search.manifest import Manifest, Segment, Store, ranges_of
from backfile.search.merge import Source, merge
from backfile.search.publish import locked, publish
from backfile.search.segment_reader import SegmentReader
from backfile.search.spill import MemoryRun, SpilledRun
from backfile.search.store import StoreReader, StoreWriter
from backfile.search.store_process import StoreTarget, open_store

logger = logging.getLogger(__name__)

RUN_CHARACTERS = 24_000_000
"""Text that is inverted in memory at once; about 250 MB of it."""


@dataclass(slots=True)
class Report:
    """What an update did: numbers of documents, and what has to be told."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    segments: int = 0
    rebuilt: str = ""
    warnings: list[str] = field(default_factory=list)


def update(
    folder: Path,
    documents: Iterable[SearchDocument],
    *,
    language: str = "en",
    run_characters: int = RUN_CHARACTERS,
    merge_all: bool = False,
) -> Report:
    """Makes the index in `folder` that of exactly these documents; writes what changed, and nothing else.

    A missing, damaged or outdated index is built afresh and the report says why. `merge_all` leaves
    one segment, whose id depends on nothing but the documents.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        report = Report()
        current = _current(folder, language, report)
        try:
            new = _Update(folder, current, run_characters, report).apply(documents, merge_all)
        except IndexFormatError as error:
            if not current.segments or iter(documents) is documents:  # nothing damaged; or read once only
                raise
            logger.warning("The search index is damaged and is built afresh: %s", error)
            current = Manifest(language=language, schema=current.schema, generation=current.generation)
            report = Report(rebuilt=str(error))
            new = _Update(folder, current, run_characters, report).apply(documents, merge_all)
        publish(folder, current, new)
        report.segments = len(new.segments)
        return report


def combine(folder: Path, parts: Iterable[Path], *, language: str = "en", merge_all: bool = False) -> Report:
    """Makes the index in `folder` that of all documents of other indexes, which share no document.

    Their files are linked or copied, not read; so parts can be built apart, by year or by machine.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        report = Report()
        whole = _current(folder, language, report)
        whole = replace(whole, segments=(), stores=())
        for part in parts:
            whole = _joined(folder, whole, part)
        update = _Update(folder, whole, RUN_CHARACTERS, report)
        new = update.settle(list(whole.segments), merge_all)
        publish(folder, _current(folder, language, report), new)
        report.segments = len(new.segments)
        report.added = sum(segment.docs - len(segment.deleted) for segment in new.segments)
        return report


def _joined(folder: Path, whole: Manifest, part: Path) -> Manifest:
    found = manifest.read(part)
    if found is None or found.schema != whole.schema:
        raise IndexFormatError("there is no index of this schema", place=str(part), advice="Build this part again.")
    for name in found.ids():
        if not (folder / "x" / name).exists():
            shutil.copytree(part / "x" / name, folder / "x" / name)
    stemmers = {*whole.stemmers, *found.stemmers}
    stores = whole.stores
    for store in found.stores:
        stores = _with_store(stores, store)
    return replace(
        whole,
        segments=(*whole.segments, *found.segments),
        stores=stores,
        stemmers=tuple(name for name in analysis.STEMMERS if name in stemmers),
    )


def _current(folder: Path, language: str, report: Report) -> Manifest:
    """The index as it is, or an empty one when it cannot be used."""
    digest = schema.digest(language)
    empty = Manifest(language=language, schema=digest)
    try:
        found = manifest.read(folder)
        if found is None:
            return empty
        if found.schema == digest:
            _check_keys(folder, found)
            return found
        report.rebuilt = "its schema has changed"
        return replace(empty, generation=found.generation)
    except IndexFormatError as error:
        report.rebuilt = str(error)
        return empty


def _check_keys(folder: Path, found: Manifest) -> None:
    """Every file that the manifest names is there; what an update reads is read with checks anyway."""
    for segment in found.segments:
        counts = {letter: segment.counts[key] for key, letter in Segment.COUNTS.items()}
        _check_folder(folder / "x" / segment.id, sum(counts.values()) + 2)  # n and f: one each
    for store in found.stores:
        _check_folder(folder / "x" / store.id, store.d + store.x)


def _check_folder(folder: Path, count: int) -> None:
    present = sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
    if present < count:
        raise IndexFormatError(f"{count - present} of {count} files are missing", place=f"x/{folder.name}")


Changed = tuple[SearchDocument, bytes]
"""A document to be written, and its digest."""


class SegmentSource:
    """A segment, as a source of a merge."""

    def __init__(self, files: ShardFiles, segment: Segment) -> None:
        self._reader = SegmentReader(files, segment)

    def documents(self) -> DocTable:
        """Its documents, deleted ones too."""
        return self._reader.table()

    def words(self) -> Mapping[str, int]:
        """Its written words."""
        return self._reader.words()

    def entries(self) -> Iterator[KeyEntry]:
        """Its keys in order."""
        return self._reader.entries()


class _Update:
    """One change of the index, until it is published."""

    def __init__(self, folder: Path, current: Manifest, run_characters: int, report: Report) -> None:
        self._folder = folder
        self._x = folder / "x"
        self._files = ShardFiles(folder)
        self._manifest = current
        self._limit = run_characters
        self._report = report
        self._stemmers = set(current.stemmers)

    def apply(self, documents: Iterable[SearchDocument], merge_all: bool) -> Manifest:
        known = self._known()
        fresh, gone = self._add(documents, known)
        segments = [self._without(number, gone) for number in range(len(self._manifest.segments))]
        if fresh is not None:
            segments.append(fresh)
        return self.settle(segments, merge_all)

    def settle(self, segments: list[Segment], merge_all: bool) -> Manifest:
        """The manifest of these segments, after the merges that the policy or the caller asks for."""
        segments = [segment for segment in segments if len(segment.deleted) < segment.docs]
        segments = self._merged(segments, merge_all)
        new = replace(
            self._manifest,
            segments=tuple(segments),
            stemmers=tuple(name for name in analysis.STEMMERS if name in self._stemmers),
        )
        return self._with_fewer_stores(_without_unused_stores(new))

    def _known(self) -> dict[str, tuple[int, int, bytes]]:
        """By URL, where each document is and the digest of its content."""
        known: dict[str, tuple[int, int, bytes]] = {}
        for number, segment in enumerate(self._manifest.segments):
            table = SegmentReader(self._files, segment).table()
            deleted = set(segment.deleted)
            for doc, url in enumerate(table.urls):
                if doc not in deleted:
                    known[url] = (number, doc, table.digests[doc])
        return known

    def _add(
        self, documents: Iterable[SearchDocument], known: dict[str, tuple[int, int, bytes]]
    ) -> tuple[Segment | None, list[tuple[int, int]]]:
        """Writes new and changed documents; returns their segment, and what is deleted: (segment, document)."""
        gone: list[tuple[int, int]] = []
        batches = _batches(self._changed(documents, known, gone), self._limit)
        first = next(batches, None)
        segment = None
        if first is not None:
            with open_store(self._x, self._manifest.language, len(first)) as store:
                runs = list(self._runs(chain([first], batches), store))
                segment = merge(self._x, runs, [[]] * len(runs))
                written = store.finish()
            ranges = tuple((written.id, record, count) for _, record, count in segment.ranges)
            segment = replace(segment, ranges=ranges)
            self._manifest = replace(self._manifest, stores=_with_store(self._manifest.stores, written))
        gone += [(number, doc) for number, doc, _ in known.values()]
        self._report.removed = len(known)
        return segment, gone

    def _changed(
        self,
        documents: Iterable[SearchDocument],
        known: dict[str, tuple[int, int, bytes]],
        gone: list[tuple[int, int]],
    ) -> Iterator[Changed]:
        """The documents to be written, with their digests. Takes each that is found out of `known`."""
        seen: set[str] = set()
        for document in documents:
            document = document.cleaned()
            if document.url in seen:
                self._report.warnings.append(f"two documents have the URL {document.url}; the first is searched")
                continue
            seen.add(document.url)
            before, digest = known.pop(document.url, None), document.digest()
            if before is None:
                self._report.added += 1
            elif before[2] == digest:
                self._report.unchanged += 1
                continue
            else:
                gone.append(before[:2])
                self._report.changed += 1
            yield document, digest

    def _runs(self, batches: Iterable[list[Changed]], store: StoreTarget) -> Iterator[Source]:
        """Inverts a batch at a time; all runs but an only one wait on the disk."""
        spilled = False
        run: Run | None = None
        for batch in batches:
            if run is not None:
                yield SpilledRun(run)
                spilled = True
            run = self._run(batch, store)
        if run is not None:
            yield SpilledRun(run) if spilled else MemoryRun(run)

    def _run(self, documents: list[Changed], store: StoreTarget) -> Run:
        run = Run(self._manifest.language)
        documents.sort(key=lambda item: order_of(item[0]))
        for document, digest in documents:
            run.add(document, digest, Place("", store.add(document)))
        self._stemmers |= run.stemmers
        return run

    def _without(self, number: int, gone: Sequence[tuple[int, int]]) -> Segment:
        docs = [doc for segment, doc in gone if segment == number]
        return manifest.with_deleted(self._manifest.segments[number], docs)

    def _merged(self, segments: list[Segment], merge_all: bool) -> list[Segment]:
        """The segments after as many merges as the policy, or the caller, asks for."""
        while True:
            if merge_all and (len(segments) > 1 or any(segment.deleted for segment in segments)):
                chosen = list(range(len(segments)))
            else:
                chosen = policy.crowded([s.docs - len(s.deleted) for s in segments], policy.SEGMENTS_A_LEVEL)
                worn = [n for n, s in enumerate(segments) if policy.worn(s.docs, len(s.deleted))]
                chosen = chosen or worn[:1]
            if not chosen:
                return segments
            whole = self._merge([segments[number] for number in chosen])
            segments = [s for n, s in enumerate(segments) if n not in chosen[1:]]
            segments[chosen[0]] = whole

    def _merge(self, segments: Sequence[Segment]) -> Segment:
        sources = [SegmentSource(self._files, segment) for segment in segments]
        return merge(self._x, sources, [list(self._documents(segment, segment.deleted)) for segment in segments])

    def _documents(self, segment: Segment, docs: Iterable[int]) -> Iterator[SearchDocument]:
        readers = {store.id: StoreReader(self._files, store) for store in self._manifest.stores}
        for doc in docs:
            store, record = segment.place(doc)
            yield readers[store].document(record)

    def _with_fewer_stores(self, new: Manifest) -> Manifest:
        """Joins small stores, as the policy asks, or all when records are scattered; documents are copied."""
        chosen = policy.crowded([store.docs for store in new.stores], policy.STORES_A_LEVEL)
        if sum(len(segment.ranges) for segment in new.segments) > policy.MAX_RANGES:
            chosen = list(range(len(new.stores)))
        if not chosen:
            return new
        old = {new.stores[number].id for number in chosen}
        readers = {store.id: StoreReader(self._files, store) for store in new.stores}
        moved: dict[Place, int] = {}
        with StoreWriter(self._x) as store:
            for segment in new.segments:
                for place in _places(segment):
                    if place.store in old and place not in moved:
                        document = readers[place.store].document(place.record)
                        moved[place] = store.add(document, readers[place.store].record(place.record)[11])
            written = store.finish()
        segments = [
            replace(
                segment,
                ranges=ranges_of(
                    Place(written.id, moved[place]) if place in moved else place for place in _places(segment)
                ),
            )
            for segment in new.segments
        ]
        stores = _with_store(tuple(s for s in new.stores if s.id not in old), written)
        return replace(new, segments=tuple(segments), stores=stores)


def _batches(documents: Iterable[Changed], characters: int) -> Iterator[list[Changed]]:
    """As many documents at a time as have so many characters of text together."""
    waiting: list[Changed] = []
    size = 0
    for document, digest in documents:
        if waiting and size + document.size() > characters:
            yield waiting
            waiting, size = [], 0
        waiting.append((document, digest))
        size += document.size()
    if waiting:
        yield waiting


def _with_store(stores: tuple[Store, ...], store: Store) -> tuple[Store, ...]:
    """The stores and one more, unless the very same is among them."""
    return stores if any(known.id == store.id for known in stores) else (*stores, store)


def _places(segment: Segment) -> Iterator[Place]:
    for store, first, count in segment.ranges:
        for record in range(first, first + count):
            yield Place(store, record)


def _without_unused_stores(new: Manifest) -> Manifest:
    used = {store for segment in new.segments for store, _, _ in segment.ranges}
    return replace(new, stores=tuple(store for store in new.stores if store.id in used))
