"""Reads Disqus exports: the comments of each thread, to be joined to articles that come from elsewhere.

Deleted comments and spam are left out and counted; e-mail and IP addresses are never read. Comments of
a thread are spread over the file, so all that are kept are in memory until its end; damaged records
are problems of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from lxml import etree

from backfile.importer import limits
from backfile.importer.discussions import Discussion
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.html.links import safe_url
from backfile.importer.images.pictures import Pictures
from backfile.importer.moments import read_moment
from backfile.importer.record import Problem
from backfile.importer.threads import as_thread, told_left_out
from backfile.importer.xmlrecords import XmlRecords, child_text, parse_record
from backfile.model import Comment, Source
from backfile.text import clean_line

_ID = "{http://disqus.com/disqus-internals}id"


@dataclass(slots=True)
class _Draft:
    """A thread while its comments come in."""

    place: str
    identifier: str = ""
    url: str = ""
    title: str = ""
    comments: list[Comment] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def is_disqus(head: bytes) -> bool:
    """True for the beginning of a Disqus export."""
    return b"<disqus" in head and b"disqus.com" in head


def read_disqus(stream: BinaryIO, source: Source) -> Iterator[Discussion | Problem]:
    """Problems as they are met, then the threads that have comments, in the order of the file.

    Raises SourceError when the file declares a document type.
    """
    records = XmlRecords(stream, ("thread", "post"), source.name)
    threads: dict[str, _Draft] = {}
    for raw in records:
        place = f"{source.name}:{raw.line}"
        try:
            element, _ = parse_record(raw, records.frame)
        except ValueError as error:
            yield Problem(place, f"a damaged record: {error}", source)
            continue
        problem, why = limits.attempt(partial(_add, element, raw.name, place, threads, source))
        if problem or why:
            yield problem or Problem(place, why, source)
    for thread in threads.values():
        if thread.comments or thread.left_out:
            yield _discussion(thread, source)


def _add(element: etree._Element, name: str, place: str, threads: dict[str, _Draft], source: Source) -> Problem | None:
    """Puts a record where it belongs; gives the reason when it belongs nowhere."""
    identity = element.get(_ID, "")
    if name == "thread":
        if not identity:
            return Problem(place, "a thread without an id", source)
        threads[identity] = _Draft(
            place,
            child_text(element, "id").strip(),
            safe_url(child_text(element, "link").strip()),
            clean_line(child_text(element, "title")),
        )
        return None
    thread = threads.get(_reference(element, "thread"))
    if thread is None:
        return Problem(place, "a comment on a thread that is not in the file", source)
    if reason := next((why for flag, why in _REASONS if child_text(element, flag).strip().lower() == "true"), ""):
        thread.left_out[reason] += 1
        return None
    thread.comments.append(_comment(element, identity, thread.url))
    return None


_REASONS = (("isSpam", "spam"), ("isDeleted", "deleted"))


def _reference(element: etree._Element, name: str) -> str:
    """The id that a child refers to."""
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname == name:
            return str(child.get(_ID, ""))
    return ""


def _comment(element: etree._Element, identity: str, base: str) -> Comment:
    author = next((c for c in element if isinstance(c.tag, str) and etree.QName(c).localname == "author"), None)
    name = clean_line(child_text(author, "name") or child_text(author, "username")) if author is not None else ""
    parent = _reference(element, "parent")
    return Comment(
        id=identity,
        body=html_to_commonmark(child_text(element, "message"), base, pictures=Pictures(None, base), of_reader=True),
        author=name,
        date=read_moment(child_text(element, "createdAt").strip()),
        parent="" if parent == "0" else parent,
    )


def _discussion(thread: _Draft, source: Source) -> Discussion:
    comments, repairs = as_thread(thread.comments)
    return Discussion(
        thread.place,
        source,
        thread.identifier,
        thread.url,
        thread.title,
        comments,
        (*told_left_out(thread.left_out), *repairs),
    )
