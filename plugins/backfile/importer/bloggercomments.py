"""Comments on Blogger's posts: where they stand in a backup, and as the thread of one post."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from backfile.dates import parse_edtf
from backfile.importer import limits
from backfile.importer.atomentry import Entry, place_of, read_entry
from backfile.importer.discussions import Discussion
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.images.pictures import Pictures
from backfile.importer.record import Problem
from backfile.importer.threads import as_thread, told_left_out
from backfile.importer.xmlrecords import Frame, RawRecord, XmlRecords
from backfile.model import Comment, Source

_ANSWERS = re.compile(rb"in-reply-to|:parent>|kind#comment|>\s*COMMENT\s*<", re.IGNORECASE)
UNPLACED = "a comment that does not say which post it is on"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the file an entry stands."""

    offset: int
    length: int
    line: int


def read_comments_of_blogger(stream: BinaryIO, source: Source) -> Iterator[Discussion | Problem]:
    """Problems as they are met, then the comments of each post. Raises SourceError as `read_blogger` does."""
    records = XmlRecords(stream, ("entry",), source.name)
    threads: dict[str, list[RawRecord]] = defaultdict(list)
    for raw in records:
        entry, problem = limits.attempt(partial(read_entry, raw, records.frame, source))
        if isinstance(entry, Entry) and entry.answers:
            threads[entry.answers].append(raw)
        elif isinstance(entry, Entry):
            yield Problem(place_of(raw, source), UNPLACED, source)
        else:
            yield entry or Problem(place_of(raw, source), problem, source)
    for raws in threads.values():
        discussion, why = limits.attempt(partial(_discussion, raws, records.frame, source))
        yield discussion or Problem(place_of(raws[0], source), why, source)


def _discussion(raws: Sequence[RawRecord], frame: Frame, source: Source) -> Discussion:
    first = read_entry(raws[0], frame, source)
    identity, url = (first.answered_id, first.answered_url) if isinstance(first, Entry) else ("", "")
    comments, notes = thread_of(raws, frame, source, Pictures(None, url), url)
    return Discussion(place_of(raws[0], source), source, identity, url, "", comments, notes)


def spots_of_comments(stream: BinaryIO, source: Source) -> tuple[dict[str, list[Spot]], int]:
    """Where the comments of each post stand, by its number, and how many entries there are."""
    records = XmlRecords(stream, ("entry",), source.name)
    spots: dict[str, list[Spot]] = defaultdict(list)
    count = 0
    for raw in records.until_refused():
        count += 1
        if not _ANSWERS.search(raw.data):
            continue
        entry, _ = limits.attempt(partial(read_entry, raw, records.frame, source))
        if isinstance(entry, Entry) and entry.kind == "comment" and entry.answers:
            spots[entry.answers].append(Spot(raw.offset, len(raw.data), raw.line))
    return spots, count


def read_again(spot: Spot, stream: BinaryIO) -> RawRecord:
    """The record that stands there."""
    stream.seek(spot.offset)
    return RawRecord("entry", spot.line, stream.read(spot.length), offset=spot.offset)


def thread_of(
    raws: Sequence[RawRecord], frame: Frame, source: Source, pictures: Pictures, base: str
) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """Comments oldest first, as the site showed them: feeds have them the other way round."""
    found: list[Comment] = []
    left_out: Counter[str] = Counter()
    for raw in raws:
        entry = read_entry(raw, frame, source)
        if isinstance(entry, Problem):
            left_out[entry.reason] += 1
        elif entry.left_out:
            left_out[entry.left_out] += 1
        else:
            found.append(_comment(entry, base, pictures))
    tree, repairs = as_thread(sorted(found, key=_moment))
    return tree, (*told_left_out(left_out), *repairs)


def _comment(entry: Entry, base: str, pictures: Pictures) -> Comment:
    name, address = entry.author
    return Comment(
        id=entry.number,
        body=html_to_commonmark(entry.markup, base, pictures=pictures, of_reader=True),
        author=name,
        author_url=address,
        date=entry.moment("published"),
        parent=entry.parent,
    )


def _moment(comment: Comment) -> float:
    """What sorts comments; those without a moment stand first, where nothing tells."""
    date = parse_edtf(comment.date)
    return date.earliest().timestamp() if date else float("-inf")
