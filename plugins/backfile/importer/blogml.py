"""Reads BlogML, in which blogs of .NET (BlogEngine, dasBlog, Subtext) are exported: posts with comments, one at a time.

What was not public is left out and counted: posts and comments that were not approved. E-mail addresses are never read.
"""

from __future__ import annotations

import base64
import binascii
import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from lxml import etree

from backfile.importer.html.fragment import html_to_commonmark, line_of
from backfile.importer.html.links import safe_url
from backfile.importer.identity import article_slug
from backfile.importer.images.beside import Finder
from backfile.importer.images.pictures import Pictures, images_of
from backfile.importer.moments import read_moment
from backfile.importer.record import Problem, Record, part_of
from backfile.importer.sharing import ALONE, Sharing
from backfile.importer.shortcodes import with_paragraphs
from backfile.importer.threads import as_thread, told_left_out
from backfile.importer.xmlrecords import Frame, RawRecord, XmlRecords, parse_record, pieces, text_in, xml_parser
from backfile.model import Article, Comment, CommentKind, Source, Split
from backfile.text import clean_line

_NO = ("false", "0", "no")
_MOST_NAMED = 12


def is_blogml(head: bytes) -> bool:
    """True for the beginning of an export in BlogML."""
    return b"<blog" in head and b"blogml.com/" in head


@dataclass(frozen=True, slots=True)
class _Site:
    """What the export says before its first post: its address, and what ids of authors and categories stand for."""

    url: str = ""
    names: dict[str, str] = field(default_factory=dict)


def read_blogml(
    stream: BinaryIO, source: Source, finder: Finder | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """Records and problems in the order of the file. Raises SourceError when it declares a document type."""
    records = XmlRecords(stream, ("post",), source.name)
    raws = records.until_refused()
    first = next(raws, None)
    if first is not None:  # what stands before it is known now
        read = partial(_read_post, frame=records.frame, source=source, site=_site(records.frame), finder=finder)
        yield from sharing.read(read, chain([first], raws), partial(_lost, source=source), _size)
    records.raise_refusal()


def _site(frame: Frame) -> _Site:
    names: dict[str, str] = {}
    for kind in ("author", "category"):
        for block in pieces(frame.head, f"<{kind} ".encode(), f"</{kind}>".encode()):
            try:
                element = etree.fromstring(frame.wrap(block), xml_parser())[0]
            except (etree.XMLSyntaxError, IndexError):
                continue  # its id stands for the name then
            names.setdefault(f"{kind} {element.get('id', '')}", line_of(_Text.of(element, "title").markup))
    root = etree.fromstring(frame.wrap(b""), xml_parser())
    return _Site(safe_url(root.get("root-url")), names)


def _lost(raw: RawRecord, why: str, source: Source) -> Problem:
    return Problem(f"{source.name}:{raw.line}", why, source)


def _size(raw: RawRecord) -> int:
    return len(raw.data)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that says how it is written: as plain text, HTML, XHTML, or either in base 64."""

    kind: str = ""
    text: str = ""

    @classmethod
    def of(cls, element: etree._Element, name: str) -> _Text:
        """The first child of that name."""
        for child in _children(element, name):
            kind = (child.get("type") or "text").lower()
            if kind == "xhtml" and len(child):
                inside = (etree.tostring(part, encoding="unicode", method="html") for part in child)
                return cls(kind, "".join((html.escape(child.text or "", quote=False), *inside)))
            text = text_in(child)
            return cls(kind, _decoded(text) if kind == "base64" else text)
        return cls()

    @property
    def markup(self) -> str:
        """The text as HTML; blogs wrote it as such whatever they called it, and comments as plain text."""
        return self.text if self.kind in ("html", "xhtml") else with_paragraphs(self.text)


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str) and etree.QName(child).localname == name)


def _listed(element: etree._Element, name: str, item: str) -> Iterator[etree._Element]:
    """The items of the lists of that name."""
    return (found for child in _children(element, name) for found in _children(child, item))


def _is_said(element: etree._Element, name: str, answers: tuple[str, ...]) -> bool:
    return (element.get(name) or "").strip().lower() in answers


def _read_post(raw: RawRecord, frame: Frame, source: Source, site: _Site, finder: Finder | None) -> Record | Problem:
    place = f"{source.name}:{raw.line}"
    try:
        post, mended = parse_record(raw, frame)
    except ValueError as error:
        return Problem(place, f"a damaged record: {error}", source)
    if reason := next((name for name in ("approved", "is-published") if _is_said(post, name, _NO)), ""):
        return Problem(place, f"not published: it says {reason} = 'false'", source)
    url = safe_url(post.get("post-url"), site.url)
    pictures, of_readers = Pictures(finder, url or site.url), Pictures(finder, url or site.url)
    content = _Text.of(post, "content")
    body = html_to_commonmark(content.markup, url or site.url, pictures=pictures)
    comments, notes = _comments(post, url, of_readers)
    title = line_of(_Text.of(post, "title").text)
    if not (body or title or comments):
        return Problem(place, "a post without title, text or comments", source)
    sections = [*_named(post, site, "categories", "category", "category")]
    tags = _named(post, site, "tags", "tag", "category")
    published, modified = read_moment(post.get("date-created") or ""), read_moment(post.get("date-modified") or "")
    name = PurePosixPath(line_of(_Text.of(post, "post-name").text) or unquote(urlsplit(url).path)).stem
    article = Article(
        id="",
        title=title,
        body=body,
        slug=article_slug(name[:200]) if name else "",
        standfirst=line_of(_Text.of(post, "excerpt").text),
        authors=tuple(_named(post, site, "authors", "author", "author")),
        published=published,
        modified="" if modified == published else modified,
        section=sections[0] if sections else "",
        tags=tuple(dict.fromkeys((*sections[1:], *tags))),
        url=url,
        comments=comments,
        split=Split("source") if comments else Split(),
        sources=(source,),
    )
    images = images_of(body, pictures, comments, of_readers)
    part = part_of(source, clean_line(post.get("id") or "")[:40] or str(raw.line), content.text.encode())
    notes = (*mended, *notes, *_left(post))
    return Record(place, source, article, notes=notes, images=images, part=part)


def _named(post: etree._Element, site: _Site, listed: str, item: str, kind: str) -> Iterator[str]:
    """The names of what a post refers to; a reference to nothing is a name itself."""
    references = (clean_line(found.get("ref") or "") for found in _listed(post, listed, item))
    names = (site.names.get(f"{kind} {reference}") or reference for reference in references if reference)
    return iter(dict.fromkeys(names))


def _left(post: etree._Element) -> Iterator[str]:
    """A note of the attachments, which are not read."""
    names = [
        clean_line(one.get("path") or one.get("url") or "")[:80] for one in _listed(post, "attachments", "attachment")
    ]
    if names:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield f"attachments not read: {', '.join(names[:_MOST_NAMED])}{more}"


def _comments(post: etree._Element, base: str, pictures: Pictures) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The comments, then what other sites said of their links to the post."""
    found: list[Comment] = []
    left_out: Counter[str] = Counter()
    kinds: tuple[tuple[str, CommentKind], ...] = (("comment", "comment"), ("trackback", "trackback"))
    for name, kind in kinds:
        for element in _listed(post, f"{name}s", name):
            if _is_said(element, "approved", _NO):
                left_out["not approved"] += 1
            else:
                found.append(_comment(element, kind, base, pictures))
    tree, repairs = as_thread(found)
    return tree, (*told_left_out(left_out), *repairs)


def _comment(element: etree._Element, kind: CommentKind, base: str, pictures: Pictures) -> Comment:
    """One comment; that of another site says no more than the title of what links here, and where it is."""
    content = _Text.of(element, "title" if kind == "trackback" else "content")
    return Comment(
        id=(element.get("id") or "").strip(),
        body=html_to_commonmark(content.markup, base, pictures=pictures, of_reader=True),
        author=line_of(element.get("user-name") or ""),
        author_url=safe_url((element.get("user-url") or element.get("url") or "").strip()),
        date=read_moment(element.get("date-created") or ""),
        parent=(element.get("parentref") or element.get("parentid") or "").strip(),
        kind=kind,
    )
