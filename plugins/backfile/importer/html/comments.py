"""All comments of a page, in order, with their thread as far as the markup tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

from lxml.html import HtmlElement

from backfile.importer.html.commonmark import Show
from backfile.importer.html.fields import read_block, read_fields
from backfile.importer.html.heads import part_heads
from backfile.importer.html.indents import depths_by_indent
from backfile.importer.html.naming import named_in
from backfile.importer.html.outline import outline
from backfile.importer.html.reading import Reading
from backfile.importer.html.records import RecordElement, find_records, speaks
from backfile.importer.html.soup import graft
from backfile.importer.html.subjects import with_subjects
from backfile.importer.html.times import PageTime
from backfile.importer.html.unread import unread_texts
from backfile.importer.html.words import CHILDREN, COMMENT_HINT, words
from backfile.importer.moments import month_leads
from backfile.model import Comment, CommentKind

_KINDS: dict[str, CommentKind] = {"pingback": "pingback", "trackback": "trackback", "block": "block"}


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment with what the model does not hold: its own link, and the date as the page writes it."""

    comment: Comment
    permalink: str
    when: str


@dataclass(frozen=True, slots=True)
class Found:
    """The comments of a page, the elements they stood in, and texts that may be comments and were not read.

    The text behind those of its elements that are `tailed` is the comments', too.
    """

    comments: tuple[FoundComment, ...] = ()
    elements: tuple[HtmlElement, ...] = ()
    unread: tuple[str, ...] = ()
    tailed: tuple[HtmlElement, ...] = ()


def read_comments(
    root: HtmlElement,
    *,
    base: str = "",
    language: str = "",
    captured: str = "",
    forum: bool = False,
    show: Show | None = None,
) -> Found:
    """The comments of a page, their images shown by `show`; none when it has none.

    The tree is left as it is, but that the line that says who wrote a comment, and when, becomes an element.
    """
    part_heads(root)
    named = named_in(root, partial(speaks, forum=forum), None if forum else COMMENT_HINT)
    if not named:  # there is nothing to outline
        return Found()
    page = outline(root, named)
    records = find_records(page, forum=forum)
    if not records:
        return Found(unread=unread_texts(page))
    time = PageTime(captured, cache(lambda: month_leads(page.date_texts(), language)))
    readings = [
        read_block(graft(*record.elements), base, show)
        if record.several
        else read_fields(graft(*record.elements, without=record.nested, tails=record.tails), base, time, show)
        for record in records
    ]
    if not _credible(records, readings):
        return Found(unread=unread_texts(page))
    return Found(
        tuple(_assemble(records, with_subjects(root, readings))),
        tuple(element for record in records for element in record.elements),
        tailed=tuple(element for record in records if record.tails for element in record.elements),
    )


def _credible(records: Sequence[RecordElement], readings: Sequence[Reading]) -> bool:
    """A last look: comments have texts, and more of them than not an author or a date, or a declaration."""
    told = sum(
        1
        for record, reading in zip(records, readings, strict=True)
        if reading.body and (reading.author or reading.when or record.is_declared or record.several)
    )
    return told * 2 > len(readings)


def _assemble(records: Sequence[RecordElement], readings: Sequence[Reading]) -> list[FoundComment]:
    ids = _unique_ids(readings)
    by_identity: dict[str, str] = {}
    for reading, name in zip(readings, ids, strict=True):
        if reading.identity:
            by_identity.setdefault(reading.identity, name)
    parents = _parents(records, readings)
    found: list[FoundComment] = []
    shown: dict[tuple[str, ...], str] = {}
    for number, reading in enumerate(readings):
        if not _is_comment(records[number], reading):
            continue
        if reading.identity:  # a page may show its comments twice, for wide screens and for narrow ones
            same = (reading.identity, reading.author, reading.when, reading.body)
            if same in shown:
                ids[number] = shown[same]
                continue
            shown[same] = ids[number]
        declared = by_identity.get(reading.parent, "") if reading.parent else ""
        parent = declared if declared != ids[number] else ""
        if not parent and parents[number] >= 0:
            parent = ids[parents[number]]
        comment = Comment(
            id=ids[number],
            body=reading.body,
            author=reading.author,
            author_url=reading.author_url,
            date=reading.moment,
            parent=parent,
            kind=_KINDS.get(reading.kind, "comment"),
        )
        found.append(FoundComment(comment, reading.permalink, reading.when))
    return found


def _is_comment(record: RecordElement, reading: Reading) -> bool:
    """False for what only looks like a member of the list: a link to all replies, a stub."""
    if reading.kind != "comment":
        return True
    told = reading.author or reading.when or record.is_declared or record.several or len(reading.body) > 80
    return bool(reading.body and told)


def _unique_ids(readings: Sequence[Reading]) -> list[str]:
    """Each comment's own id, or its place in the page; a repeated one gets a suffix."""
    taken: set[str] = set()
    ids: list[str] = []
    for number, reading in enumerate(readings, start=1):
        name = reading.identity or f"n{number}"
        base, suffix = name, 2
        while name in taken:
            name, suffix = f"{base}-{suffix}", suffix + 1
        taken.add(name)
        ids.append(name)
    return ids


def _parents(records: Sequence[RecordElement], readings: Sequence[Reading]) -> list[int]:
    """For each record the number of the one it answers, or -1: by nesting, a container, or depth."""
    parents = [record.parent for record in records]
    depths = [reading.depth for reading in readings]
    if max(parents, default=-1) < 0 and not any(reading.parent or reading.depth is not None for reading in readings):
        depths = depths_by_indent([record.element for record in records])
    last_at: dict[int, int] = {}
    containers = _Containers({record.element: number for number, record in enumerate(records)})
    for number, record in enumerate(records):
        depth = depths[number]
        if parents[number] < 0:
            parents[number] = containers.before(record.element, number)
        if depth is not None:
            if parents[number] < 0:
                above = [level for level in last_at if level < depth]
                parents[number] = last_at[max(above)] if above else -1
            last_at = {level: who for level, who in last_at.items() if level < depth}
            last_at[depth] = number
    return parents


class _Containers:
    """Finds the record that a container of replies belongs to; each container is looked at once."""

    def __init__(self, numbers: dict[HtmlElement, int]) -> None:
        self._numbers = numbers
        self._found: dict[HtmlElement, int] = {}

    def before(self, element: HtmlElement, number: int) -> int:
        """The record that stands right before the container this one is in, or -1."""
        for ancestor in element.iterancestors():
            if not words(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}") & CHILDREN:
                if ancestor.tag in ("body", "main", "section", "ol"):
                    return -1
                continue
            if ancestor not in self._found:
                self._found[ancestor] = self._owner(ancestor)
            if 0 <= self._found[ancestor] < number:
                return self._found[ancestor]
        return -1

    def _owner(self, container: HtmlElement) -> int:
        before = container.getprevious()
        if before is None:
            return -1
        return next((self._numbers[part] for part in before.iter() if part in self._numbers), -1)
