"""Reads a segment: single keys at random, or everything in order for a merge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import repeat

from backfile.errors import IndexFormatError
from backfile.search.codec import Cursor
from backfile.search.days import Days
from backfile.search.doctable import DocTable, Place
from backfile.search.entries import Long, Placed, Term, read_keys
from backfile.search.files import ShardFiles
from backfile.search.manifest import Segment
from backfile.search.postings import KeyEntry, Postings, join, read_positions, read_postings
from backfile.search.schema import FIELDS, TEXT_FIELDS
from backfile.search.shard import ADVICE

BLOCKS_A_POSITIONS = 4


class SegmentReader:
    """One segment, through its files. Blocks are parsed when they are first asked for."""

    def __init__(self, files: ShardFiles, segment: Segment) -> None:
        self.segment = segment
        self._files = files
        self._blocks: dict[int, dict[str, Term]] = {}
        self._positions: dict[int, list[tuple[int, int]]] = {}
        self._table: DocTable | None = None

    def _name(self, kind: str, number: int) -> str:
        return f"{self.segment.id}/{kind}{number}"

    def _cursor(self, kind: str, number: int) -> Cursor:
        return Cursor(self._files.payload(self._name(kind, number)), 4)

    # --- keys ---

    def block(self, number: int) -> dict[str, Term]:
        """The keys of a block, in order."""
        if number not in self._blocks:
            with Placed(self._name("t", number)):
                self._blocks[number] = self._read_block(number)
        return self._blocks[number]

    def _read_block(self, number: int) -> dict[str, Term]:
        cursor = self._cursor("t", number)
        terms: dict[str, Term] = {}
        for place, (key, body) in enumerate(read_keys(cursor, bodies=True)):
            mask, form = body.uint(), body.uint()
            if not mask or mask >> len(FIELDS) or form > 1:
                raise IndexFormatError(f"the entry of {key!r} has mask {mask} and form {form}")
            fields = [field.id for field in FIELDS if mask >> field.id & 1]
            df = dict(zip(fields, body.uints(len(fields)), strict=True))
            terms[key] = Term(key, df, form == 1, body, number, place)
        return terms

    def find(self, key: str) -> Term | None:
        """The entry of a key, if the segment holds it."""
        return self.block(bisect_right(self.segment.t, key)).get(key)

    def terms_from(self, key: str) -> Iterator[Term]:
        """The entries from a key on, in order."""
        for number in range(bisect_right(self.segment.t, key), self.segment.counts["tn"]):
            for term in self.block(number).values():
                if term.key >= key:
                    yield term

    # --- postings ---

    def postings(self, term: Term, *, positions: bool = False) -> dict[int, Postings]:
        """The complete lists of a key, by field."""
        with Placed(self._name("t", term.block), f"key {term.key!r}"):
            found = self._long_postings(term) if term.long else self._short_postings(term)
        for field, postings in found.items():
            if len(postings.docs) != term.df[field] or postings.docs[-1] >= self.segment.docs:
                raise IndexFormatError(
                    f"the lists of {term.key!r} are damaged",
                    place=f"x/{self._name('t', term.block)}.js",
                    advice=ADVICE,
                )
        if positions:
            with Placed(self._name("p", term.block // BLOCKS_A_POSITIONS), f"key {term.key!r}"):
                self._add_positions(term, found)
        return found

    def _short_postings(self, term: Term) -> dict[int, Postings]:
        cursor = Cursor(term.cursor.data, term.cursor.at, term.cursor.end)
        return {field: _read(cursor, field, count) for field, count in term.df.items()}

    def _long_postings(self, term: Term) -> dict[int, Postings]:
        parts: dict[int, list[Postings]] = {field: [] for field in term.df}
        for shard, offset, size, _, counts in self.long(term).tiers:
            cursor = Cursor(self._files.payload(self._name("l", shard)), offset, offset + size)
            for field, count in zip(term.df, counts, strict=True):
                if count:
                    parts[field].append(_read(cursor, field, count))
        return {field: join(lists) for field, lists in parts.items()}

    def long(self, term: Term) -> Long:
        """The rest of the body of a long key."""
        cursor = Cursor(term.cursor.data, term.cursor.at, term.cursor.end)
        cursor.uints(sum(field < len(TEXT_FIELDS) for field in term.df))
        any_field = cursor.uint()
        head = Postings(cursor.gaps(cursor.uint()))
        for field in term.df:
            if FIELDS[field].boost:
                frequencies = cursor.uints(len(head.docs))
                cursor.bytes(sum(frequency > 0 for frequency in frequencies))
        tiers = []
        for _ in repeat(None, cursor.uint()):
            shard, offset, size, bound = cursor.uints(4)
            tiers.append((shard, offset, size, bound, cursor.uints(len(term.df))))
        chunks, first = [], 0
        for _ in repeat(None, cursor.uint()):
            step, shard, offset, size = cursor.uints(4)
            first += step
            chunks.append((first, shard, offset, size))
        return Long(any_field, head, tiers, chunks)

    # --- positions ---

    def _add_positions(self, term: Term, found: dict[int, Postings]) -> None:
        scored = {field: postings for field, postings in found.items() if field < len(TEXT_FIELDS)}
        if not term.long:
            cursor = self._positions_of(term)
            for postings in scored.values():
                read_positions(cursor, postings)
            return
        parts: dict[int, list[Postings]] = {field: [] for field in scored}
        for _, shard, offset, size in self.long(term).chunks:
            cursor = Cursor(self._files.payload(self._name("q", shard)), offset, offset + size)
            for field in scored:
                docs = cursor.gaps(cursor.uint())
                part = Postings(docs, cursor.uints(len(docs)))
                read_positions(cursor, part)
                parts[field].append(part)
        for field, postings in scored.items():
            postings.sizes = [size for part in parts[field] for size in part.sizes]
            postings.positions = b"".join([part.positions for part in parts[field]])

    def _positions_of(self, term: Term) -> Cursor:
        number, within = divmod(term.block, BLOCKS_A_POSITIONS)
        place = term.place + sum(len(self.block(term.block - back)) for back in range(1, within + 1))
        if number not in self._positions:
            cursor = self._cursor("p", number)
            blobs = []
            for _ in repeat(None, cursor.uint()):
                size = cursor.uint()
                blobs.append((cursor.at, size))
                cursor.at += size
            self._positions = {number: blobs}  # a merge goes through them in order
        blobs = self._positions[number]
        if place >= len(blobs):
            raise IndexFormatError(f"it has {len(blobs)} entries, more were expected")
        at, size = blobs[place]
        return Cursor(self._files.payload(self._name("p", number)), at, at + size)

    # --- everything, in order ---

    def entries(self) -> Iterator[KeyEntry]:
        """All keys with their postings and positions."""
        for number in range(self.segment.counts["tn"]):
            for term in self.block(number).values():
                yield term.key, self.postings(term, positions=True)
            self._blocks.pop(number - BLOCKS_A_POSITIONS, None)

    def words(self) -> dict[str, int]:
        """The written words and in how many documents each is."""
        words: dict[str, int] = {}
        for number in range(self.segment.counts["wn"]):
            with Placed(self._name("w", number)):
                for word, cursor in read_keys(self._cursor("w", number), bodies=False):
                    if count := cursor.uint() >> 1:
                        words[word] = count
        return words

    def facets(self) -> dict[int, list[tuple[str, int]]]:
        """The most frequent values of each exact field, with their numbers of documents."""
        with Placed(self._name("f", 0)):
            cursor = self._cursor("f", 0)
            facets = {}
            for _ in repeat(None, cursor.uint()):
                field, _, listed = cursor.uints(3)
                facets[field] = [(cursor.text(), cursor.uint()) for _ in repeat(None, listed)]
            return facets

    def days(self) -> list[tuple[int, int]]:
        """First day and span of each document."""
        with Placed(self._name("n", 0)):
            cursor = self._cursor("n", 0)
            days: list[tuple[int, int]] = []
            day = 0
            for _ in repeat(None, cursor.uint()):
                step, span, count = cursor.uints(3)
                day += step
                if count > self.segment.docs - len(days):
                    raise IndexFormatError("it has dates for more documents than there are")
                days += [(day, span)] * count
            if len(days) != self.segment.docs:
                raise IndexFormatError(f"it has dates for {len(days)} of {self.segment.docs} documents")
            return days

    def table(self) -> DocTable:
        """All rows of the segment's documents."""
        if self._table is None:
            table = DocTable()
            self._read_keys(table)
            for store, first, count in self.segment.ranges:
                table.places += [Place(store, record) for record in range(first, first + count)]
            self._read_columns(table)
            if {len(table.urls), len(table.comments), len(table.places)} != {self.segment.docs}:
                raise IndexFormatError("the columns differ in length", place=f"x/{self.segment.id}", advice=ADVICE)
            self._table = table
        return self._table

    def keys(self) -> Iterator[tuple[str, bytes, int]]:
        """Of each document: its URL, the digest of its content, the minute of its day."""
        read = 0
        for number in range(self.segment.counts["k"]):
            with Placed(self._name("k", number)):
                cursor = self._cursor("k", number)
                count = cursor.uint()
                for _ in repeat(None, count):
                    yield cursor.text(), cursor.bytes(8), cursor.uint()
                read += count
        if read != self.segment.docs:
            raise IndexFormatError("the columns differ in length", place=f"x/{self.segment.id}", advice=ADVICE)

    def _read_keys(self, table: DocTable) -> None:
        minutes: list[int] = []
        for url, digest, minute in self.keys():
            table.urls.append(url)
            table.digests.append(digest)
            minutes.append(minute)
        table.days = [Days(day, span, minute) for (day, span), minute in zip(self.days(), minutes, strict=False)]

    def _read_columns(self, table: DocTable) -> None:
        left = self.segment.docs
        for number in range(self.segment.counts["c"]):
            table.comments += self.comment_counts(number)
        for number in range(self.segment.counts["bn"]):
            with Placed(self._name("b", number)):
                cursor = self._cursor("b", number)
                count = min(left, 16384)
                for column in table.lengths:
                    column += cursor.uints(count)
                left -= count

    def comment_counts(self, number: int) -> list[int]:
        """How many comments each of 4,096 documents has."""
        with Placed(self._name("c", number)):
            cursor = self._cursor("c", number)
            for _ in repeat(None, cursor.uint()):
                column, size = cursor.uints(2)
                data = Cursor(cursor.bytes(size))
                if column == 0:
                    return data.uints(min(4096, self.segment.docs - 4096 * number))
            raise IndexFormatError("it has no column 0")


def _read(cursor: Cursor, field: int, count: int) -> Postings:
    return read_postings(cursor, count, scored=FIELDS[field].kind == "text")
