"""The index of a site: takes documents, publishes what changed, keeps itself in few files."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from backfile.errors import IndexFormatError
from backfile.search import manifest, schema
from backfile.search.change import Change, Offered, Purge, keep_all, with_store
from backfile.search.languages import LANGUAGES
from backfile.search.manifest import Manifest, Segment
from backfile.search.publish import locked, publish
from backfile.search.report import Report

logger = logging.getLogger(__name__)

BATCH_CHARACTERS = 24_000_000
"""Text of documents that are in memory at once, to be put in order."""


def update(
    folder: Path,
    documents: Iterable[Offered],
    *,
    language: str = "en",
    batch_characters: int = BATCH_CHARACTERS,
    merge_all: bool = False,
    purge: Purge = keep_all,
) -> Report:
    """Makes the index in `folder` that of exactly these documents; writes what changed, and nothing else.

    A missing, damaged or outdated index is built afresh and the report says why. `merge_all` leaves
    one segment, whose id depends on nothing but the documents. Of deleted documents that `purge` names nothing stays;
    where there is any `purge`, the files of the generation before go at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        report = Report()
        current = _current(folder, language, report)
        try:
            new = Change(folder, current, batch_characters, report, purge).apply(documents, merge_all)
        except IndexFormatError as error:
            if not current.segments or iter(documents) is documents:  # nothing damaged; or read once only
                raise
            logger.warning("The search index is damaged and is built afresh: %s", _what(error))
            current = Manifest(language=language, schema=current.schema, generation=current.generation)
            report = Report(rebuilt=_what(error))
            new = Change(folder, current, batch_characters, report, purge).apply(documents, merge_all)
        # What the index no longer uses is not looked into, and may be older than what must go.
        publish(folder, current, new, keep_previous=purge is keep_all)
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
        update = Change(folder, whole, BATCH_CHARACTERS, report)
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
        stores = with_store(stores, store)
    return replace(
        whole,
        segments=(*whole.segments, *found.segments),
        stores=stores,
        stemmers=tuple(name for name in LANGUAGES if name in stemmers),
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
        # pages that are open still read the old files
        return replace(empty, generation=found.generation, previous=tuple(found.ids()))
    except IndexFormatError as error:
        report.rebuilt = _what(error)
        return empty


def _what(error: IndexFormatError) -> str:
    """What is wrong, without what to do about it: that is being done."""
    return f"{error.place}: {error.message}" if error.place else error.message


def _check_keys(folder: Path, found: Manifest) -> None:
    """Every file that the manifest names is there; what an update reads is read with checks anyway."""
    for segment in found.segments:
        counts = {letter: segment.counts[key] for key, letter in Segment.COUNTS.items()}
        _check_folder(folder / "x" / segment.id, sum(counts.values()) + 2)  # n and f: one each
    for store in found.stores:
        _check_folder(folder / "x" / store.id, store.d + store.x)


def _check_folder(folder: Path, count: int) -> None:
    # There may be tens of thousands of them: no path is made for each.
    present = len(os.listdir(folder)) if folder.is_dir() else 0  # noqa: PTH208
    if present < count:
        raise IndexFormatError(f"{count - present} of {count} files are missing", place=f"x/{folder.name}")
