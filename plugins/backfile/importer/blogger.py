"""Reads Blogger's backups and feeds (Atom): posts and pages with their comments, which stand among them as entries.

The file is read twice: first to see where the comments of each post are, then post by post. So memory holds a few
numbers for each comment, wherever in the file it stands. What was not public is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from lxml import etree

from backfile.importer.atomentry import LONGEST_NUMBER, Entry, number_of, place_of, read_entry
from backfile.importer.bloggercomments import UNPLACED, Spot, read_again, spots_of_comments, thread_of
from backfile.importer.html.fragment import html_to_commonmark, line_of
from backfile.importer.html.links import safe_url
from backfile.importer.identity import article_slug
from backfile.importer.images.beside import Finder
from backfile.importer.images.pictures import Pictures, images_of
from backfile.importer.record import Problem, Record, part_of
from backfile.importer.sharing import ALONE, Sharing
from backfile.importer.wpfields import enclosed
from backfile.importer.xmlrecords import Frame, RawRecord, XmlRecords, xml_parser
from backfile.model import Article, Source, Split
from backfile.text import clean_line

_ARTICLES = ("post", "page")
_OF_COMMENTS = re.compile(rb"<id>\s*tag:blogger\.com,1999:blog-\d+(?:\.post-?\d+\.?)?\.comments\s*</id>")
_TOTAL = re.compile(rb"totalResults[^<>]{0,200}>\s{0,99}(\d{1,9})\s{0,99}<")
_LINK = re.compile(rb"<link\s[^<>]{0,3000}>")
_LONGEST_HEAD = 1 << 16


def is_blogger(head: bytes) -> bool:
    """True for the beginning of a backup of Blogger, or of a feed of its posts."""
    return _is_of_blogger(head) and not is_comments_of_blogger(head)


def is_comments_of_blogger(head: bytes) -> bool:
    """True for the beginning of a feed of comments alone."""
    return _is_of_blogger(head) and _OF_COMMENTS.search(head) is not None


def _is_of_blogger(head: bytes) -> bool:
    return b"<feed" in head and b"tag:blogger.com,1999:blog-" in head and b"www.w3.org/2005/Atom" in head


@dataclass(frozen=True, slots=True)
class _Raw:
    """A post and its comments as they stand in the file."""

    post: RawRecord
    comments: tuple[RawRecord, ...]


def read_blogger(
    stream: BinaryIO,
    source: Source,
    reopen: Callable[[], BinaryIO],
    finder: Finder | None = None,
    sharing: Sharing = ALONE,
) -> Iterator[Record | Problem]:
    """Records and problems in the order of the file; `reopen` gives the file once more, at any time.

    Raises SourceError when it declares a document type.
    """
    with reopen() as again:
        spots, count = spots_of_comments(again, source)
    records = XmlRecords(stream, ("entry",), source.name)
    raws = records.until_refused()
    first = next(raws, None)
    if first is not None:  # what stands before it is known now
        frame = records.frame
        if (total := _TOTAL.search(frame.head)) and int(total[1]) > count:
            told = f"the feed has {int(total[1])} entries and this file {count} of them: import the others as well"
            yield Problem(source.name, told, source)
        read = partial(_read_post, frame=frame, source=source, finder=finder)
        with reopen() as at:
            posts = _posts(chain([first], raws), spots, at)
            yield from sharing.read(read, posts, partial(_lost, source=source), _size)
    records.raise_refusal()
    for number, left in spots.items():
        several = "1 comment" if len(left) == 1 else f"{len(left)} comments"
        yield Problem(f"{source.name}:{left[0].line}", f"{several} on post {number}, which is not in the file", source)


def _posts(raws: Iterator[RawRecord], spots: dict[str, list[Spot]], stream: BinaryIO) -> Iterator[_Raw]:
    """What is no comment on a post, with the comments on it, which are taken out of `spots`."""
    of_comments = {spot.offset for found in spots.values() for spot in found}
    for raw in raws:
        if raw.offset not in of_comments:
            found = spots.pop(number_of(raw), ()) if spots else ()
            yield _Raw(raw, tuple(read_again(spot, stream) for spot in found))


def _lost(raw: _Raw, why: str, source: Source) -> Problem:
    return Problem(place_of(raw.post, source), why + _with(raw), source)


def _size(raw: _Raw) -> int:
    return len(raw.post.data) + sum(len(comment.data) for comment in raw.comments)


def _with(raw: _Raw) -> str:
    count = len(raw.comments)
    return f", with {count} comment{'s' if count > 1 else ''}" if count else ""


def _read_post(raw: _Raw, frame: Frame, source: Source, finder: Finder | None) -> Record | Problem:
    entry = read_entry(raw.post, frame, source)
    if isinstance(entry, Problem):
        return replace(entry, reason=entry.reason + _with(raw))
    place = place_of(raw.post, source)
    if entry.kind == "comment":
        return Problem(place, UNPLACED, source)
    if entry.kind not in _ARTICLES:
        what = f"of the kind {entry.kind!r}" if entry.kind else "that does not say what it is"
        return Problem(place, f"an entry {what}, which is no article", source)
    if entry.left_out:
        return Problem(place, f"not published: its status is {entry.left_out!r}{_with(raw)}", source)
    return _article(entry, raw, place, frame, source, finder)


def _article(
    entry: Entry, raw: _Raw, place: str, frame: Frame, source: Source, finder: Finder | None
) -> Record | Problem:
    home = _home(frame)
    url = entry.link("alternate")[0] or (safe_url(entry.path, home) if home and entry.path else "")
    pictures, of_readers = Pictures(finder, url), Pictures(finder, url)
    markup = entry.markup
    body = html_to_commonmark(markup + enclosed(*entry.link("enclosure"), markup), url, pictures=pictures)
    comments, notes = thread_of(raw.comments, frame, source, of_readers, url)
    title = line_of(entry.title)
    if not (body or title or comments):
        return Problem(place, f"a {entry.kind} without title, text or comments", source)
    name, _ = entry.author
    published, modified = entry.moment("published"), entry.moment("updated")
    stem = PurePosixPath(unquote(urlsplit(url).path if url else entry.path)).stem[:200]
    article = Article(
        id="",
        title=title,
        body=body,
        slug=article_slug(stem) if stem else "",
        standfirst=clean_line(entry.text("metaDescription")),
        authors=(name,) if name else (),
        published=published,
        modified="" if modified[:16] == published[:16] else modified,
        tags=entry.labels,
        url=url,
        comments=comments,
        split=Split("source") if comments else Split(),
        sources=(source,),
        extra=tuple(_extra(entry, url)),
    )
    short = ("the feed has no more of the text than a summary",) if entry.is_summary else ()
    images = images_of(body, pictures, comments, of_readers)
    part = part_of(source, entry.number[:LONGEST_NUMBER] or str(raw.post.line), markup.encode())
    return Record(place, source, article, notes=(*entry.mended, *short, *notes), images=images, part=part)


def _extra(entry: Entry, url: str) -> Iterator[tuple[str, str]]:
    """What the model does not know of a post."""
    if entry.identity:
        yield "Guid", entry.identity  # by this, comments that come in a feed of their own know it
    if entry.path and not url:
        yield "X-Path", entry.path
    if entry.place:
        yield "X-Location", entry.place
    if link := entry.link("related")[0]:
        yield "X-Link", link


def _home(frame: Frame) -> str:
    """The address of the blog, where the feed says it."""
    for found in _LINK.finditer(frame.head[:_LONGEST_HEAD]):
        try:
            link = etree.fromstring(frame.wrap(found[0].rstrip(b"/>") + b"/>"), xml_parser())[0]
        except (etree.XMLSyntaxError, IndexError):
            continue
        if link.get("rel", "alternate") == "alternate" and (url := safe_url(link.get("href"))):
            return url
    return ""
