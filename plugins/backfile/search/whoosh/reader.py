"""Whoosh's reader interface over our segments. What scores is Whoosh's; what is read is ours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.matching import FilterMatcher, Matcher
from whoosh.reading import EmptyReader, IndexReader, MultiReader, TermInfo, TermNotFound

from backfile.search.codec import LENGTHS, length_byte
from backfile.search.entries import Term
from backfile.search.files import ShardFiles
from backfile.search.manifest import Manifest, Segment
from backfile.search.schema import BY_NAME, FIELDS
from backfile.search.segment_reader import SegmentReader
from backfile.search.whoosh.fields import whoosh_schema
from backfile.search.whoosh.matcher import PostingsMatcher


class StaticReader(IndexReader):  # type: ignore[misc]
    """One segment."""

    def __init__(self, segments: SegmentReader, schema: Any) -> None:
        self.schema = schema
        self.source = segments
        self._segment: Segment = segments.segment
        self._deleted = frozenset(segments.segment.deleted)
        self._postings: dict[str, Any] = {}

    # --- documents ---

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def doc_count_all(self) -> int:
        return self._segment.docs

    def doc_count(self) -> int:
        return self._segment.docs - len(self._deleted)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        store, record = self._segment.place(docnum)
        return {"store": store, "record": record}

    @cached_property
    def _lengths(self) -> list[list[int]]:
        return [[LENGTHS[length_byte(n)] for n in column] for column in self.source.table().lengths]

    def field_length(self, fieldname: str) -> int:
        return self._segment.lengths[BY_NAME[fieldname].id]

    def min_field_length(self, fieldname: str) -> int:
        return min(self._column(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        return max(self._column(fieldname), default=0)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        column = self._column(fieldname)
        return column[docnum] if column else default

    def _column(self, fieldname: str) -> list[int]:
        field = BY_NAME[fieldname].id
        return self._lengths[field] if field < len(self._lengths) else []

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002 - Whoosh's names
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Any:
        raise KeyError(f"no vectors: {fieldname} of {docnum} as {format_}")

    # --- terms ---

    def indexed_field_names(self) -> Iterator[str]:
        return (field.name for field in FIELDS)

    def _find(self, fieldname: str, text: str | bytes) -> Term | None:
        field = BY_NAME.get(fieldname)
        if field is None:
            return None
        key = text.decode("utf-8") if isinstance(text, bytes) else text
        term = self.source.find(key)
        return term if term is not None and field.id in term.df else None

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return self._find(*term) is not None

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        for name in sorted(BY_NAME):
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: str | bytes) -> Iterator[tuple[str, bytes]]:
        field = BY_NAME[fieldname].id
        start = prefix.decode("utf-8") if isinstance(prefix, bytes) else prefix
        for term in self.source.terms_from(start):
            if field in term.df:
                yield fieldname, term.key.encode("utf-8")

    def _entry(self, term: Term) -> Any:
        if term.key not in self._postings:
            self._postings[term.key] = self.source.postings(term)
        return self._postings[term.key]

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        term = self._find(fieldname, text)
        if term is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        postings = self._entry(term)[BY_NAME[fieldname].id]
        lengths = postings.lengths or b"\0"
        return TermInfo(
            weight=postings.frequency(),
            df=len(postings.docs),
            minlength=LENGTHS[min(lengths)],
            maxlength=LENGTHS[max(lengths)],
            maxweight=max(postings.extra, default=0) + 1,
            minid=postings.docs[0],
            maxid=postings.docs[-1],
        )

    def frequency(self, fieldname: str, text: str | bytes) -> int:
        term = self._find(fieldname, text)
        return 0 if term is None else int(self._entry(term)[BY_NAME[fieldname].id].frequency())

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        term = self._find(fieldname, text)
        return 0 if term is None else term.df[BY_NAME[fieldname].id]

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None) -> Matcher:
        term = self._find(fieldname, text)
        if term is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        field, found = BY_NAME[fieldname].id, term

        def with_positions() -> Any:
            return self.source.postings(found, positions=True)[field]

        name = (fieldname, term.key.encode("utf-8"))
        matcher = PostingsMatcher(name, self._entry(term)[field], with_positions, scorer)
        return FilterMatcher(matcher, self._deleted, exclude=True) if self._deleted else matcher


def open_reader(folder: Path, manifest: Manifest) -> IndexReader:
    """A reader over all segments of an index."""
    schema = whoosh_schema(manifest.language, manifest.stemmers)
    files = ShardFiles(folder)
    readers = [StaticReader(SegmentReader(files, segment), schema) for segment in manifest.segments]
    if not readers:
        return EmptyReader(schema)
    return readers[0] if len(readers) == 1 else MultiReader(readers)
