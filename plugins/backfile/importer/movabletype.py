"""Reads exports of Movable Type and TypePad: entries with their comments and trackbacks, one at a time.

    AUTHOR: Ann            lines that name a value
    -----
    BODY:                  sections of any text
    ...
    -----
    COMMENT:               lines that name a value, then a text
    ...
    -----
    --------               the end of an entry

What was not public is left out and told: drafts, and what was to come. E-mail and IP addresses are never read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from backfile.dates import normalise_edtf
from backfile.decoding import decode
from backfile.importer import limits
from backfile.importer.html.fragment import html_to_commonmark, line_of
from backfile.importer.html.links import safe_url
from backfile.importer.identity import article_slug
from backfile.importer.images.beside import Finder
from backfile.importer.images.pictures import Pictures, images_of
from backfile.importer.record import Problem, Record, part_of
from backfile.importer.sharing import ALONE, Sharing
from backfile.importer.shortcodes import with_paragraphs
from backfile.importer.threads import as_thread
from backfile.model import Article, Comment, CommentKind, Source, Split
from backfile.text import clean_line

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[A-Z][A-Z0-9_ ]{1,40}:[^\r\n]*(?:\r\n|\r|\n)){2,200}-----[ \t]*(?:\r\n|\r|\n)"
    rb"(?:BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):"
)
_END = b"--------"
_NAMED = re.compile(r"([A-Z][A-Z0-9_ ]{1,40}):[ \t]*(.*)")
_BEGINS_ENTRY = re.compile(
    rb"(?:AUTHOR|TITLE|BASENAME|STATUS|DATE|UNIQUE URL|NO ENTRY|ALLOW COMMENTS|CONVERT BREAKS"
    rb"|PRIMARY CATEGORY|CATEGORY):"
)
_SECTION = re.compile(
    r"^-----[ \t]*\n(?=(?:(?P<name>BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):[ \t]*$)|\s*\Z)", re.MULTILINE
)
_OF_COMMENT = ("AUTHOR", "EMAIL", "IP", "URL", "DATE")
_OF_PING = ("TITLE", "URL", "IP", "BLOG NAME", "DATE")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))? ?([AP]M)?", re.IGNORECASE)
_TAG = re.compile(r'"([^"]*)"|([^,"]+)')
_AS_HTML = ("0", "richtext")
"""What "CONVERT BREAKS" says of a text that is HTML as it stands."""
_WITH_BREAKS = ("", "1", "__default__")


def is_movable_type(head: bytes) -> bool:
    """True for the beginning of an export of Movable Type or TypePad."""
    return _START.match(head) is not None


@dataclass(frozen=True, slots=True)
class _Raw:
    """An entry as it stands in the file; `line` is its first."""

    line: int
    data: bytes


def read_movable_type(
    stream: BinaryIO, source: Source, finder: Finder | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """Records and problems in the order of the file."""
    read = partial(_read_entry, source=source, finder=finder)
    return sharing.read(read, _entries(stream, source), partial(_lost, source=source), _size)


def _lost(raw: _Raw, why: str, source: Source) -> Problem:
    return Problem(f"{source.name}:{raw.line}", why, source)


def _size(raw: _Raw) -> int:
    return len(raw.data)


def _entries(stream: BinaryIO, source: Source) -> Iterator[_Raw | Problem]:
    """The entries; one that is larger than a record may be is a problem. A rule in a text is no end of an entry."""
    # Every byte is a character of Latin-1, and every kind of line end a line end.
    text = io.TextIOWrapper(stream, "latin-1", newline=None)
    largest = limits.current.record
    held: list[bytes] = []
    size, start, number, ended = 0, 1, 0, False
    while line := text.readline(largest).encode("latin-1"):
        number += 1
        if ended and line.strip():
            if _BEGINS_ENTRY.match(line):
                yield from _entry(held, size, start, source)
                held, size, start = [], 0, number
            ended = False
        ended = ended or line.rstrip() == _END
        size += len(line)
        if size <= largest:
            held.append(line)
    yield from _entry(held, size, start, source)
    text.detach()


def _entry(held: list[bytes], size: int, start: int, source: Source) -> Iterator[_Raw | Problem]:
    if size > limits.current.record:
        reason = f"the entry is larger than {limits.in_words(limits.current.record)}"
        yield Problem(f"{source.name}:{start}", reason, source)
    elif (data := b"".join(held).strip()) and data != _END:
        yield _Raw(start, data.removesuffix(_END))


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry taken apart: values by their names, texts by those of their sections."""

    values: dict[str, list[str]]
    sections: dict[str, list[str]]

    @classmethod
    def of(cls, text: str) -> _Entry:
        """Sections begin where a rule is followed by the name of one, so a rule in a text stays in it."""
        values: dict[str, list[str]] = {}
        sections: dict[str, list[str]] = {}
        found = [*_SECTION.finditer(text)]
        for line in (text[: found[0].start()] if found else text).split("\n"):
            if named := _NAMED.match(line):
                values.setdefault(named[1], []).append(clean_line(named[2]))
        for section, end in zip(found, [*(one.start() for one in found[1:]), len(text)], strict=True):
            if name := section["name"]:
                sections.setdefault(name, []).append(text[section.end() + len(name) + 1 : end].partition("\n")[2])
        return cls(values, sections)

    def value(self, name: str) -> str:
        """The first value of a name, or the empty string."""
        return next(iter(self.values.get(name, ())), "")

    def text(self, name: str) -> str:
        """The text of a section, or the empty string."""
        return "\n\n".join(filter(str.strip, self.sections.get(name, ())))


def _read_entry(raw: _Raw, source: Source, finder: Finder | None) -> Record | Problem:
    place = f"{source.name}:{raw.line}"
    text, notes = decode(raw.data + b"\n")
    entry = _Entry.of(text)
    status = entry.value("STATUS")
    if status.lower() not in ("", "publish"):
        return Problem(place, f"not published: its status is {status!r}", source)
    url = safe_url(entry.value("UNIQUE URL"))
    pictures, of_readers = Pictures(finder, url), Pictures(finder, url)
    content = "\n\n".join(filter(None, map(entry.text, ("BODY", "EXTENDED BODY"))))
    written = entry.value("CONVERT BREAKS")
    if written.lower() not in (*_WITH_BREAKS, *_AS_HTML):
        notes = (*notes, f"the text is written in {written!r}, whose marks are shown as they are")
    markup = content if written.lower() in _AS_HTML else with_paragraphs(content)
    body = html_to_commonmark(markup, url, pictures=pictures)
    comments, repairs = as_thread(_comments(entry, url, of_readers))
    title = line_of(entry.value("TITLE"))
    if not (body or title or comments):
        return Problem(place, "an entry without title, text or comments", source)
    section = entry.value("PRIMARY CATEGORY") or entry.value("CATEGORY")
    tags = (*entry.values.get("CATEGORY", ()), *_tags(entry.value("TAGS")), *_tags(clean_line(entry.text("KEYWORDS"))))
    article = Article(
        id="",
        title=title,
        body=body,
        slug=article_slug(slug) if (slug := entry.value("BASENAME").replace("_", "-")[:200]) else "",
        standfirst=line_of(entry.text("EXCERPT")),
        authors=tuple(filter(None, (entry.value("AUTHOR"),))),
        published=_moment(entry.value("DATE")),
        section=section,
        tags=tuple(tag for tag in dict.fromkeys(tags) if tag and tag != section),
        url=url,
        comments=comments,
        split=Split("source") if comments else Split(),
        sources=(source,),
    )
    images = images_of(body, pictures, comments, of_readers)
    part = part_of(source, clean_line(entry.value("BASENAME"))[:60] or str(raw.line), content.encode())
    return Record(place, source, article, notes=(*notes, *repairs), images=images, part=part)


def _comments(entry: _Entry, base: str, pictures: Pictures) -> Iterator[Comment]:
    """The comments, which have no ids of their own, then what other sites said of their links to the entry."""

    def told(identity: str, values: dict[str, str], author: str, said: str, kind: CommentKind) -> Comment:
        return Comment(
            id=identity,
            body=html_to_commonmark(with_paragraphs(said), base, pictures=pictures, of_reader=True),
            author=line_of(values.get(author, "")),
            author_url=safe_url(values.get("URL", "")),
            date=_moment(values.get("DATE", "")),
            kind=kind,
        )

    for number, text in enumerate(entry.sections.get("COMMENT", ()), 1):
        values, said = _with_values(text, _OF_COMMENT)
        yield told(f"n{number}", values, "AUTHOR", said, "comment")
    for number, text in enumerate(entry.sections.get("PING", ()), 1):
        values, said = _with_values(text, _OF_PING)
        titled = "\n\n".join(filter(None, (values.get("TITLE", ""), said)))
        yield told(f"t{number}", values, "BLOG NAME", titled, "trackback")


def _with_values(text: str, names: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """The values above a text, each once, and the text, which begins after the last of them that has a known name."""
    values: dict[str, str] = {}
    at = end = 0
    while (named := _NAMED.match(text, at)) and named[1] not in values:
        values[named[1]] = clean_line(named[2])
        at = named.end() + 1
        end = at if named[1] in names else end
    return values, text[end:]


def _tags(text: str) -> Iterator[str]:
    """Names between commas; one that has a comma in it stands in quotes."""
    yield from (clean_line(quoted or bare) for quoted, bare in _TAG.findall(text))


def _moment(text: str) -> str:
    """The local time that an export writes as Americans do, whatever the language of the site."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return normalise_edtf(text.strip().replace(" ", "T"))
    month, day, year, hour, minute = map(int, found.groups()[:5])
    if found[7]:
        hour = hour % 12 + (12 if found[7].upper() == "PM" else 0)
    second = f":{found[6]}" if found[6] else ""
    return normalise_edtf(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}{second}")
