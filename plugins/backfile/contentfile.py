"""The content file: an article and its comments as Markdown that people can read and correct.

`docs/content-format.md` is normative. Pure: text in, model out, and back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast, get_args

from backfile.dates import parse_edtf
from backfile.errors import ContentError
from backfile.metadata import Field, items_of, read_fields, read_values, values_of, write_field, write_list
from backfile.model import Article, Comment, CommentKind, Source, SourcePart, Split, SplitMethod, tombstone
from backfile.text import clean_text

COMMENTS_MARKER = "<!-- comments -->"
_BEGINNING = "<!-- comment"
_HEADER = re.compile(rf"{_BEGINNING}(?: (?P<id>[\w-]+))?(?P<closed> -->)?[ \t]*", re.ASCII)
_MARKER = re.compile(re.escape(COMMENTS_MARKER) + r"[ \t]*")
_STUFFED = re.compile(r"^(\\*)(?=<!-- comments?(?:[ \t]|$))", re.MULTILINE)
_UNSTUFFED = re.compile(r"^\\(\\*)(?=<!-- comments?(?:[ \t]|$))", re.MULTILINE)
_SPLIT = re.compile(r"(?P<method>[a-z]+)(?: (?P<confidence>[01](?:\.\d+)?))?")
_PARTS = "|".join(get_args(SourcePart))
_SOURCE = re.compile(
    rf"sha256:(?P<sha256>[0-9a-f]{{64}}) (?:\((?P<parts>(?:(?:{_PARTS})(?:, (?:{_PARTS}))*)?)\) )?"
    r"(?P<name>.+)",
    re.DOTALL,
)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_KINDS = get_args(CommentKind)

NO_REASON = "-"
"""Stands for the reason of a removal that gives none."""

KNOWN_KEYS = frozenset(
    "title id slug date published modified captured author authors category tags lang summary author-note"
    " original-url split source guessed imported-by imported-as".split()
)


@dataclass(frozen=True, slots=True)
class ContentFile:
    """What a content file holds.

    `has_marker` is False when nobody has told article from comments yet; `imported_as` is the digest
    the importer left, `digest` that of `text` as it stands: equal means that no person changed it.
    """

    article: Article
    has_marker: bool
    imported_as: str
    text: str

    @property
    def digest(self) -> str:
        """The digest of the file without the line that tells one."""
        return _digest(_without_import_line(self.text))

    @property
    def edited(self) -> bool:
        """True when a person wrote or changed the file."""
        return self.imported_as != self.digest


def write_content(article: Article) -> str:
    """The content file of an article, with the digest by which a person's edits are noticed.

    Raises ContentError when a key of `extra` is not a metadata key or belongs to the format.
    """
    head = list(_article_fields(article))
    body = _stuff(article.body)
    parts = [*([body] if body else []), COMMENTS_MARKER]
    for comment in article.comments:
        comment = tombstone(comment, comment.removed) if comment.removed else comment
        parts.append(_comment_header(comment))
        parts += [_stuff(comment.body)] if comment.body else []
    rest = "\n\n".join(parts) + "\n"
    digest = _digest("\n".join(head) + "\n\n" + rest)
    return "\n".join([*head, f"Imported-As: {digest}"]) + "\n\n" + rest


def read_content(text: str, place: str = "") -> ContentFile:
    """The article of a content file's text.

    Raises ContentError, with `place` and line, when the metadata cannot be read or has no title.
    """
    raw = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = clean_text(raw).split("\n")
    fields, body_at = read_fields(lines, place)
    lines = lines[body_at:]
    marker = next((number for number, line in enumerate(lines) if _is_marker(line)), None)
    body = _unstuff("\n".join(lines[:marker]))
    comments = () if marker is None else tuple(_comments(lines[marker + 1 :], place, body_at + marker + 2))
    article = _article(fields, body, comments, place)
    return ContentFile(article, marker is not None, values_of(fields).get("imported-as", ""), raw)


def _is_marker(line: str) -> bool:
    return line.startswith(COMMENTS_MARKER) and _MARKER.fullmatch(line) is not None


def _without_import_line(text: str) -> str:
    head, blank, rest = text.partition("\n\n")
    kept = [line for line in head.split("\n") if not line.lower().startswith("imported-as:")]
    return "\n".join(kept) + blank + rest


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _stuff(text: str) -> str:
    return _STUFFED.sub(r"\\\1", text.strip("\n"))


def _unstuff(text: str) -> str:
    text = text.strip("\n")
    return _UNSTUFFED.sub(r"\1", text) if f"\\{_BEGINNING}" in text else text


# Writing


def _article_fields(article: Article) -> Iterator[str]:
    yield write_field("Title", article.title)
    full = parse_edtf(article.published)
    exact = full is not None and full.day is not None and not full.uncertain
    single = (
        ("Id", article.id),
        ("Slug", article.slug),
        ("Date" if exact else "Published", article.published),
        ("Modified", article.modified),
        ("Captured", article.captured),
    )
    yield from (write_field(key, value) for key, value in single if value)
    if article.authors:
        yield write_list("Authors", article.authors)
    if article.section:
        yield write_field("Category", article.section)
    if article.tags:
        yield write_list("Tags", article.tags)
    rest = (
        ("Lang", article.language),
        ("Summary", article.standfirst),
        ("Author-Note", article.author_note),
        ("Original-Url", article.url),
        ("Split", _split_text(article.split)),
    )
    yield from (write_field(key, value) for key, value in rest if value)
    for source in article.sources:
        # A name that begins with a bracket must not be taken for the parts.
        named = source.parts or source.name.startswith("(")
        parts = f"({', '.join(source.parts)}) " if named else ""
        yield write_field("Source", f"sha256:{source.sha256} {parts}{source.name}")
    if article.guessed:
        yield write_list("Guessed", article.guessed)
    if article.tool:
        yield write_field("Imported-By", article.tool)
    for key, value in article.extra:
        if not _KEY.fullmatch(key) or key.lower() in KNOWN_KEYS:
            raise ContentError(f"{key!r} cannot be used as a metadata key of its own")
        yield write_field(key, value)


def _split_text(split: Split) -> str:
    return split.method if split.confidence is None else f"{split.method} {split.confidence:.4g}"


def _comment_header(comment: Comment) -> str:
    fields = (
        ("Author", comment.author),
        ("Author-Url", comment.author_url),
        ("Date", comment.date),
        ("Parent", comment.parent),
        ("Lang", comment.language),
        ("Kind", "" if comment.kind == "comment" else comment.kind),
        ("Removed", comment.removed),
    )
    lines = [write_field(key, value, in_comment=True) for key, value in fields if value]
    start = f"<!-- comment {comment.id}" if comment.id else "<!-- comment"
    return "\n".join([start, *lines, "-->"]) if lines else f"{start} -->"


# Reading


def _article(fields: list[Field], body: str, comments: tuple[Comment, ...], place: str) -> Article:
    values = values_of(fields)
    value = values.get
    title = value("title", "")
    if not title:
        raise ContentError("no title.", place=place, advice="Begin the file with a line 'Title: ...'.")
    return Article(
        id=value("id", ""),
        title=title,
        body=body,
        slug=value("slug", ""),
        standfirst=value("summary", ""),
        authors=items_of(value("authors", "")) or items_of(value("author", "")),
        author_note=value("author-note", ""),
        published=value("date", "") or value("published", ""),
        modified=value("modified", ""),
        captured=value("captured", ""),
        section=value("category", ""),
        tags=items_of(value("tags", "")),
        language=value("lang", ""),
        url=value("original-url", ""),
        comments=comments,
        split=_read_split(value("split", "")),
        sources=tuple(_sources(fields, place)),
        guessed=items_of(value("guessed", "")),
        tool=value("imported-by", ""),
        extra=tuple((field.key, field.value) for field in fields if field.key.lower() not in KNOWN_KEYS),
    )


def _read_split(text: str) -> Split:
    found = _SPLIT.fullmatch(text)
    if not found or found["method"] not in get_args(SplitMethod):
        return Split()
    confidence = float(found["confidence"]) if found["confidence"] else None
    return Split(cast(SplitMethod, found["method"]), confidence)


def _sources(fields: list[Field], place: str) -> Iterator[Source]:
    for field in fields:
        if field.key.lower() == "source":
            found = _SOURCE.fullmatch(field.value)
            if not found:
                raise ContentError(
                    "'Source' is not 'sha256:' with 64 digits and a name.", place=f"{place}:{field.line}"
                )
            parts = tuple(cast(SourcePart, part) for part in (found["parts"] or "").split(", ") if part)
            yield Source(found["name"], found["sha256"], parts)


def _comments(lines: list[str], place: str, first_line: int) -> Iterator[Comment]:
    """The comments in lines after the marker; `first_line` is the file's number of the first of them."""
    begun = [n for n, line in enumerate(lines) if line.startswith(_BEGINNING)]
    headers = iter([(n, found) for n in begun if (found := _HEADER.fullmatch(lines[n]))])
    at, header = next(headers, (len(lines), None))
    if loose := _unstuff("\n".join(lines[:at])):
        yield _comment("", {"kind": "block"}, loose)
    while header is not None:
        comment_id = header["id"] or ""
        values: dict[str, str] = {}
        at += 1
        if not header["closed"]:
            end = next((n for n in range(at, len(lines)) if lines[n].strip() == "-->"), None)
            if end is None:
                raise ContentError(
                    "a comment's header has no end.",
                    place=f"{place}:{first_line + at - 1}",
                    advice="Close it with a line '-->'.",
                )
            values = read_values(lines[at:end], place, first_line + at)
            at = end + 1
        start = at
        at, header = next((each for each in headers if each[0] >= start), (len(lines), None))
        yield _comment(comment_id, values, _unstuff("\n".join(lines[start:at])))


def _comment(comment_id: str, values: dict[str, str], body: str) -> Comment:
    value = values.get
    kind = value("kind", "")
    author, date = value("author", ""), value("date", "")
    found = Comment(
        id=comment_id or comment_identity(author, date, body),
        body=body,
        author=author,
        author_url=value("author-url", ""),
        date=date,
        parent=value("parent", ""),
        language=value("lang", ""),
        kind=cast(CommentKind, kind) if kind in _KINDS else "comment",
    )
    # Whoever marks a comment may leave its text below: it is dropped here, at the door, so that nothing shows it.
    return tombstone(found, values["removed"] or NO_REASON) if "removed" in values else found


def comment_identity(author: str, date: str, body: str) -> str:
    """An id for a comment that came without one: the same for the same author, date and text."""
    seed = "\x1f".join((author, date, body)).encode("utf-8", "replace")
    return "c" + hashlib.sha256(seed).hexdigest()[:9]
