"""One change of the index: which documents are new, what is written for them, what is merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from backfile.search import inverted, manifest, policy
from backfile.search.batches import Changed, batches
from backfile.search.doctable import Place
from backfile.search.document import SearchDocument, UnreadDocument
from backfile.search.files import ShardFiles
from backfile.search.invert import Run
from backfile.search.languages import LANGUAGES
from backfile.search.manifest import Manifest, Segment, Store, ranges_of
from backfile.search.merge import merge
from backfile.search.report import Report
from backfile.search.segment_reader import SegmentReader
from backfile.search.store import StoreReader, StoreWriter, stored
from backfile.search.store_process import open_store

Purge = Callable[[str, Callable[[], SearchDocument]], bool]
"""Says of a document that is searched no more, by its URL and what gives it whole, that nothing of it may stay."""


def keep_all(_url: str, _load: Callable[[], SearchDocument]) -> bool:
    """Marks of deletion are enough: a later merge takes away what they mark."""
    return False


Offered = SearchDocument | UnreadDocument


class Change:
    """One change of the index, until it is published."""

    def __init__(
        self, folder: Path, current: Manifest, batch_characters: int, report: Report, purge: Purge = keep_all
    ) -> None:
        self._folder = folder
        self._purge = purge
        self._x = folder / "x"
        self._files = ShardFiles(folder)
        self._manifest = current
        self._limit = batch_characters
        self._report = report
        self._stemmers = set(current.stemmers)

    def apply(self, documents: Iterable[Offered], merge_all: bool) -> Manifest:
        """The manifest of exactly these documents; all that it names is written."""
        known = self._known()
        fresh, gone = self._add(documents, known)
        segments = [self._without(number, gone) for number in range(len(self._manifest.segments))]
        if fresh is not None:
            segments.append(fresh)
        return self.settle(segments, merge_all)

    def settle(self, segments: list[Segment], merge_all: bool) -> Manifest:
        """The manifest of these segments, after the merges that the policy or the caller asks for."""
        segments = list(map(self._purged, segments))
        segments = [segment for segment in segments if len(segment.deleted) < segment.docs]
        segments = self._merged(segments, merge_all)
        new = replace(
            self._manifest,
            segments=tuple(segments),
            stemmers=tuple(name for name in LANGUAGES if name in self._stemmers),
        )
        return self._with_fewer_stores(_without_unused_stores(new))

    def _known(self) -> dict[str, tuple[int, int, bytes]]:
        """By URL, where each document is and the digest of its content."""
        known: dict[str, tuple[int, int, bytes]] = {}
        for number, segment in enumerate(self._manifest.segments):
            deleted = set(segment.deleted)
            for doc, (url, digest, _) in enumerate(SegmentReader(self._files, segment).keys()):
                if doc not in deleted:
                    known[url] = (number, doc, digest)
        return known

    def _add(
        self, documents: Iterable[Offered], known: dict[str, tuple[int, int, bytes]]
    ) -> tuple[Segment | None, list[tuple[int, int]]]:
        """Writes new and changed documents; returns their segment, and what is deleted: (segment, document)."""
        gone: list[tuple[int, int]] = []
        batched = batches(self._changed(documents, known, gone), self._limit)
        first = next(batched, None)
        segment = None
        if first is not None:
            with (
                open_store(self._x, [changed.stored for changed in first]) as store,
                Run(self._manifest.language) as run,
            ):
                for batch in chain([first], batched):
                    for document, digest, kept in batch:
                        store.add(kept, run.add(document, digest, Place("", store.docs)))
                    batch.clear()  # the next is read while whoever handed this one over still has the list
                store.end()
                segment = inverted.write(self._x, run)
                written = store.finish()
            self._stemmers |= run.stemmers
            ranges = tuple((written.id, record, count) for _, record, count in segment.ranges)
            segment = replace(segment, ranges=ranges)
            self._manifest = replace(self._manifest, stores=with_store(self._manifest.stores, written))
        gone += [(number, doc) for number, doc, _ in known.values()]
        self._report.removed = len(known)
        return segment, gone

    def _changed(
        self,
        documents: Iterable[Offered],
        known: dict[str, tuple[int, int, bytes]],
        gone: list[tuple[int, int]],
    ) -> Iterator[Changed]:
        """The documents to be written, with their digests. Takes each that is found out of `known`."""
        seen: set[str] = set()
        for offered in documents:
            if offered.url not in seen and self._stays(offered, known):
                seen.add(offered.url)
                continue
            whole = (offered.load() if isinstance(offered, UnreadDocument) else offered).cleaned()
            document = whole.bounded()
            if document is not whole and document != whole:
                self._report.warnings.append(f"{document.url} is too long: not all of it is searched")
            if document.url in seen:
                self._report.warnings.append(f"two documents have the URL {document.url}; the first is searched")
                continue
            seen.add(document.url)
            said = document.said()
            before, digest = known.pop(document.url, None), document.digest(said)
            if document == whole:
                self._report.digests[document.url] = digest
            if before is None:
                self._report.added += 1
            elif before[2] == digest:
                self._report.unchanged += 1
                continue
            else:
                gone.append(before[:2])
                self._report.changed += 1
            yield Changed(document, digest, stored(document, said))

    def _stays(self, offered: Offered, known: dict[str, tuple[int, int, bytes]]) -> bool:
        """Whether a document that nobody has read is in the index; if so, takes it out of `known`."""
        if not isinstance(offered, UnreadDocument) or known.get(offered.url, (0, 0, b""))[2] != offered.digest:
            return False
        del known[offered.url]
        self._report.unchanged += 1
        self._report.digests[offered.url] = offered.digest
        return True

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
        sources = [SegmentReader(self._files, segment) for segment in segments]
        return merge(self._x, sources, [list(self._documents(segment, segment.deleted)) for segment in segments])

    def _purged(self, segment: Segment) -> Segment:
        """The segment, written anew when it still holds what must go; one without documents is dropped anyway."""
        if self._purge is keep_all or not segment.deleted:
            return segment
        urls = SegmentReader(self._files, segment).table().urls
        gone = [doc for doc in segment.deleted if self._must_go(urls[doc], segment.place(doc))]
        self._report.purged += len(gone)
        return self._merge([segment]) if gone and len(segment.deleted) < segment.docs else segment

    def _must_go(self, url: str, place: Place) -> bool:
        stores = {store.id: store for store in self._manifest.stores}
        return self._purge(url, lambda: StoreReader(self._files, stores[place.store]).document(place.record))

    def _holding(self, new: Manifest) -> Iterator[int]:
        """The stores with records that no segment names any more and that must go."""
        used = (
            {place for segment in new.segments for place in _places(segment)} if self._purge is not keep_all else None
        )
        for number, store in enumerate(new.stores if used is not None else ()):
            reader = StoreReader(self._files, store)
            gone = [at for at in range(store.docs) if Place(store.id, at) not in (used or ())]
            purged = [at for at in gone if self._must_go(str(reader.record(at)[0]), Place(store.id, at))]
            self._report.purged += len(purged)
            if purged:
                yield number

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
        chosen = sorted({*chosen, *self._holding(new)})
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
                        tokens = readers[place.store].record(place.record)[11]
                        moved[place] = store.add(stored(document, document.said()), tokens)
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
        stores = with_store(tuple(s for s in new.stores if s.id not in old), written)
        return replace(new, segments=tuple(segments), stores=stores)


def with_store(stores: tuple[Store, ...], store: Store) -> tuple[Store, ...]:
    """The stores and one more, unless the very same is among them."""
    return stores if any(known.id == store.id for known in stores) else (*stores, store)


def _places(segment: Segment) -> Iterator[Place]:
    for store, first, count in segment.ranges:
        for record in range(first, first + count):
            yield Place(store, record)


def _without_unused_stores(new: Manifest) -> Manifest:
    used = {store for segment in new.segments for store, _, _ in segment.ranges}
    return replace(new, stores=tuple(store for store in new.stores if store.id in used))
