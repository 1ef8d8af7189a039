"""The importer's way: files -> records -> groups of one page -> articles -> content files.

Read and fingerprint (map), pair (group by key), merge and assemble (reduce), write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from backfile.importer.assembling import Assembled, assemble
from backfile.importer.identity import digest_id
from backfile.importer.pairing import SAME_PAGE, Fingerprint, Pair, fingerprint, group, pair_up
from backfile.importer.plaintext import read_plain_text
from backfile.importer.record import Outcome, Problem, Record, Status
from backfile.importer.walking import SourceFile
from backfile.importer.workers import ordered_map
from backfile.importer.writer import ContentFolder, Written
from backfile.model import Article, Source
from backfile.privacy import find_addresses, without_addresses

_BINARY_HEAD = 8192
Item = TypeVar("Item")


def read_file(file: SourceFile) -> list[Record | Problem]:
    """The records of one file; a file that cannot be read is a problem, never an exception."""
    try:
        data = file.path.read_bytes()
    except OSError as error:
        return [Problem(file.name, f"cannot be read: {error.strerror or error}")]
    source = Source(file.name, hashlib.sha256(data).hexdigest())
    if not data.strip():
        return [Problem(file.name, "the file is empty", source)]
    if b"\0" in data[:_BINARY_HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [Problem(file.name, "not a kind of file that can be imported (binary)", source)]
    return [read_plain_text(data, source)]


class Watch(Protocol):
    """Shows how far a stage is: gives back the items it is handed."""

    def __call__(self, stage: str, items: Iterator[Item], total: int, /) -> Iterator[Item]:
        """The items of a stage, `total` in all, as they come."""
        ...


def unwatched(_stage: str, items: Iterator[Item], _total: int, /) -> Iterator[Item]:
    """A watch that shows nothing."""
    return items


def import_files(
    files: Sequence[SourceFile],
    folder: ContentFolder,
    *,
    jobs: int = 1,
    keep_addresses: bool = False,
    watch: Watch = unwatched,
) -> Iterator[Outcome]:
    """Imports files into a content folder; gives what became of each record, every record once."""
    texts: list[Record] = []
    originals = {file.name: file.path for file in files}
    writing = _Writing(folder, originals, keep_addresses=keep_addresses)
    for items in watch("reading", ordered_map(read_file, files, jobs), len(files)):
        for item in items:
            if isinstance(item, Problem):
                yield Outcome(item.place, "skipped", item.reason)
            elif item.paragraphs:
                texts.append(item)
            else:
                yield writing.write(item.article, item, "")
    yield from _import_texts(texts, writing, jobs, watch)


def _import_texts(records: Sequence[Record], writing: _Writing, jobs: int, watch: Watch) -> Iterator[Outcome]:
    """Pairs plain-text extracts, merges each page's and writes one article a page."""
    prints = list(watch("comparing", ordered_map(_fingerprint, enumerate(records), jobs), len(records)))
    pairs = pair_up(prints)
    near = _near_misses(pairs, records)
    groups = group(len(records), pairs)
    pages = [[records[number] for number in members] for members in groups]
    assembled = watch("splitting", ordered_map(assemble, pages, jobs), len(pages))
    for members, page, made in zip(groups, pages, assembled, strict=True):
        yield from _import_page(page, made, writing, near.get(members[0], ()))


def _fingerprint(numbered: tuple[int, Record]) -> Fingerprint:
    return fingerprint(numbered[0], numbered[1].paragraphs)


def _near_misses(pairs: Iterable[Pair], records: Sequence[Record]) -> dict[int, tuple[str, ...]]:
    """What to tell of extracts that share much and yet too little, by the number of each."""
    near: dict[int, tuple[str, ...]] = {}
    for pair in pairs:
        if pair.containment < SAME_PAGE:
            for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
                told = f"shares {pair.containment:.0%} of the shorter text with {records[other].source.name}, "
                near[one] = (*near.get(one, ()), told + "which is too little to merge them")
    return near


def _import_page(
    records: Sequence[Record], made: Assembled, writing: _Writing, near: tuple[str, ...]
) -> Iterator[Outcome]:
    first, *others = records
    outcome = writing.write(made.article, first, made.doubt, near)
    yield outcome
    for other in others:
        yield Outcome(
            other.place,
            "merged",
            f"another extract of the page of {first.source.name}",
            article=outcome.article,
            file=outcome.file,
            notes=other.notes,
        )


class _Writing:
    """Writes articles and remembers which ids this import has used, and for what text."""

    def __init__(self, folder: ContentFolder, originals: Mapping[str, Path], *, keep_addresses: bool) -> None:
        self._folder = folder
        self._originals = originals
        self._keep_addresses = keep_addresses
        self._used: dict[str, str] = {}

    def write(self, article: Article, record: Record, doubt: str, notes: tuple[str, ...] = ()) -> Outcome:
        """Writes one article; a second with the same id is the same article, or gets an id of its own."""
        if not self._keep_addresses:
            article, touched = without_addresses(article)
            if touched:
                notes = (*notes, f"addresses of readers masked in {touched} comment{'' if touched == 1 else 's'}")
        if record.paragraphs and (known_id := self._folder.id_of(article.sources)):
            article = replace(article, id=known_id)
        text = digest_id(article.body + "\0" + "\0".join(comment.body for comment in article.comments))
        if (known := self._used.get(article.id)) is not None:
            if known == text:
                return Outcome(record.place, "merged", "the same article as before", article.id)
            article = replace(article, id=digest_id(article.id + text))
            notes = (*notes, "begins like another article, or has its address, but is a different text")
        self._used[article.id] = text
        written = self._folder.put(article)
        for source in article.sources:
            if original := self._originals.get(source.name):
                self._folder.keep_source(source.sha256, original, published=_may_be_shown(original, article))
        status, reason = _fate(written, doubt)
        return Outcome(
            place=record.place,
            status=status,
            reason=reason,
            article=article.id,
            file=written.path,
            confidence=article.split.confidence,
            notes=(*record.notes, *notes),
        )


def _may_be_shown(original: Path, article: Article) -> bool:
    """True unless a source holds addresses that are not the article's own."""
    text = original.read_bytes().decode("utf-8", "replace")
    own = set(find_addresses(f"{article.body}\n{article.author_note}\n{article.url}"))
    return set(find_addresses(text)) <= own


def _fate(written: Written, doubt: str) -> tuple[Status, str]:
    """What to report of a record whose article was written, or not: a correction settles a doubt."""
    if written.status == "kept":
        return "unchanged", written.reason
    if doubt:
        return "doubtful", doubt
    return ("unchanged", "") if written.status == "unchanged" else ("imported", written.reason)
