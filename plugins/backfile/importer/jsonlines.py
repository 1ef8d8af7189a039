"""Reads JSON Lines: trafilatura's own output, and ours with comments as a list (docs/importing.md).

One article a line, or the same articles as an array or as objects spread over lines. What is not one is a problem of
its own and never stops the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, BinaryIO

from backfile.contentfile import KNOWN_KEYS
from backfile.importer import limits
from backfile.importer.exported import ACTED_ON, as_exported, is_exported, kept_text
from backfile.importer.html.fragment import html_to_commonmark, text_to_commonmark
from backfile.importer.html.links import safe_url
from backfile.importer.html.metadata import language_tag
from backfile.importer.images.beside import Finder
from backfile.importer.images.pictures import Pictures, images_of
from backfile.importer.jsonvalues import json_values
from backfile.importer.mentions import GUESSED, with_mentioned_parents
from backfile.importer.moments import read_moment
from backfile.importer.plaintext import paragraphs_of_text
from backfile.importer.record import Part, Problem, Record, part_of
from backfile.importer.sharing import ALONE, Sharing
from backfile.importer.threads import as_thread
from backfile.markdown import join_paragraphs
from backfile.model import Article, Comment, CommentKind, Source, Split
from backfile.split import separate
from backfile.text import clean_line

_ID = re.compile(r"[\w-]{1,60}", re.ASCII)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}", re.ASCII)
_TELLING = ("text", "html", "title", "raw_text")
_KINDS: tuple[CommentKind, ...] = ("comment", "block", "pingback", "trackback")
_KNOWN = frozenset(
    "id url title standfirst authors published modified captured section tags language text"
    " html author_note comments author date source excerpt description categories hostname"
    " source-hostname sitename fingerprint filedate raw_text image pagetype license body"
    " commentsbody commonmark page slug guessed split sources tool extra".split()
)

_OF_COMMENT = frozenset("id parent author author_url date text html language kind removed commonmark".split())


def is_json_lines(head: bytes) -> bool:
    """True for bytes whose first line begins as an object, with a name in quotes."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"[^"\n]{1,80}"\s*:', head) is not None


def read_json_lines(
    stream: BinaryIO, source: Source, finder: Finder | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """Records and problems in the order of the lines; blank lines are passed over."""
    return _read_all(_lines(stream, source), source, finder, sharing, "the line")


def read_json_values(
    stream: BinaryIO, source: Source, finder: Finder | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """The same of an array, or of objects that are spread over several lines."""
    return _read_all(json_values(stream, source), source, finder, sharing, "the value")


def _read_all(
    raws: Iterator[tuple[str, bytes] | Problem], source: Source, finder: Finder | None, sharing: Sharing, what: str
) -> Iterator[Record | Problem]:
    read = partial(_read_one, source=source, finder=finder, what=what)
    return sharing.read(read, raws, partial(_lost, source=source), _size)


def _lost(placed: tuple[str, bytes], why: str, source: Source) -> Problem:
    return Problem(placed[0], why, source)


def _size(placed: tuple[str, bytes]) -> int:
    return len(placed[1])


def _lines(stream: BinaryIO, source: Source) -> Iterator[tuple[str, bytes] | Problem]:
    """The lines that are not blank, each with its place; a problem for one that is too long."""
    number, longest = 0, limits.current.record
    while line := stream.readline(longest + 1):
        number += 1
        place = f"{source.name}:{number}"
        if len(line) > longest:
            yield Problem(place, f"the line is longer than {limits.in_words(longest)}", source)
            while line and not line.endswith(b"\n"):
                line = stream.readline(longest)
            continue
        if line.strip():
            yield place, line


def _read_one(placed: tuple[str, bytes], source: Source, finder: Finder | None, what: str) -> Record | Problem:
    place, line = placed
    try:
        value = json.loads(line.decode("utf-8-sig"), strict=False)  # tabs as they are lose nothing
    except UnicodeDecodeError as error:
        return Problem(place, f"{what} is not UTF-8 at byte {error.start}", source)
    except json.JSONDecodeError as error:
        return Problem(place, f"{what} is not JSON: {error.msg} at character {error.pos}", source)
    except ValueError as error:  # a number of thousands of digits
        return Problem(place, f"{what} cannot be read: {error}", source)
    except RecursionError:
        return Problem(place, f"{what} is nested too deeply", source)
    if not isinstance(value, dict):
        return Problem(place, f"{what} is not an object", source)
    if not any(_text(value, name).strip() for name in _TELLING):
        return Problem(place, "none of title, text, html has a value", source)
    record = _record(value, place, source, finder)
    return record if record.exported else replace(record, part=_part(line, value, record))


def _record(value: dict[str, Any], place: str, source: Source, finder: Finder | None) -> Record:
    url = safe_url(_text(value, "url") or _text(value, "source"))
    given = value.get("comments")
    pictures, of_readers = Pictures(finder, url), Pictures(finder, url)
    comments: tuple[Comment, ...]
    repairs: tuple[str, ...] = ()
    mentions = False
    if isinstance(given, list):
        comments, repairs = as_thread(_comment(item, url, of_readers) for item in given if isinstance(item, dict))
    else:
        comments, mentions = with_mentioned_parents(_flat_comments(given) if isinstance(given, str) else ())
    markup = _text(value, "html")
    identity = _text(value, "id")
    article = Article(
        id=identity if _ID.fullmatch(identity) else "",
        title=clean_line(_text(value, "title")),
        body=kept_text(value) or (html_to_commonmark(markup, url, pictures=pictures) if markup else _plain(value)),
        standfirst=clean_line(_text(value, "standfirst") or _text(value, "excerpt") or _text(value, "description")),
        authors=tuple(_list(value, "authors") or _list(value, "author")),
        author_note=clean_line(_text(value, "author_note")),
        published=_date(value, "published") or _date(value, "date"),
        modified=_date(value, "modified"),
        captured=_date(value, "captured") or _date(value, "filedate"),
        section=clean_line(_text(value, "section")) or "".join(_list(value, "categories")[:1]),
        tags=tuple(_list(value, "tags")),
        language=language_tag(_text(value, "language")),
        url=url,
        comments=comments,
        split=Split("source") if comments else Split(),
        sources=(source,),
        guessed=(GUESSED,) if mentions else (),
        extra=tuple(_extra(value)),
    )
    exported = is_exported(value)
    if exported:
        article = as_exported(article, value)
    notes = (*repairs, *_left_out(given))
    images = images_of(article.body, pictures, article.comments, of_readers)
    return Record(place, source, article, notes=notes, exported=exported, images=images)


def _part(line: bytes, value: dict[str, Any], record: Record) -> Part | None:
    """The line, if all it says of comments is what this schema knows: what else there is may never have been public."""
    comments = value.get("comments")
    for item in comments if isinstance(comments, list) else ():
        if not isinstance(item, dict) or not item.keys() <= _OF_COMMENT:
            return None
    part = part_of(record.source, record.article.id or record.place.rpartition(":")[2], line.strip())
    # Escaped as it is, an address would not be found.
    return replace(part, told=json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")) if part else None


def _comment(item: dict[str, Any], base: str, pictures: Pictures) -> Comment:
    """One comment; addresses of people (e-mail, IP, avatar) are not among what is read."""
    markup = _text(item, "html")
    kind = _text(item, "kind")
    return Comment(
        id=_text(item, "id"),
        body=kept_text(item)
        or (
            html_to_commonmark(markup, base, pictures=pictures, of_reader=True)
            if markup
            else text_to_commonmark(_text(item, "text"))
        ),
        author=clean_line(_text(item, "author")),
        author_url=safe_url(_text(item, "author_url")),
        date=_date(item, "date"),
        parent=_text(item, "parent"),
        language=language_tag(_text(item, "language")),
        kind=next((known for known in _KINDS if known == kind), "comment"),
        removed=clean_line(_text(item, "removed")),
    )


def _flat_comments(text: str) -> Iterator[Comment]:
    """trafilatura's comments are one text; what can be told apart in it is."""
    paragraphs = paragraphs_of_text(text)
    for number, found in enumerate(separate(paragraphs) if paragraphs else [], start=1):
        yield Comment(
            id=f"n{number}",
            body=join_paragraphs(found.paragraphs),
            author=found.author,
            date=found.date,
            kind="comment" if found.known else "block",
        )


def _left_out(comments: Any) -> Iterator[str]:
    if isinstance(comments, list) and (wrong := sum(not isinstance(item, dict) for item in comments)):
        yield f"{wrong} of the comments are not objects and were left out"
    elif comments is not None and not isinstance(comments, list | str):
        yield "the comments are neither a list nor a text and were left out"


def _plain(value: dict[str, Any]) -> str:
    return join_paragraphs(paragraphs_of_text(_text(value, "text") or _text(value, "raw_text")))


def _text(value: dict[str, Any], name: str) -> str:
    """The value as text: a number as it is written, anything else that is no text as nothing."""
    found = value.get(name)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return str(found)
    return found if isinstance(found, str) else ""


def _list(value: dict[str, Any], name: str) -> list[str]:
    """A list of texts; trafilatura writes `A; B`."""
    found = value.get(name)
    parts = found if isinstance(found, list) else re.split(r"\s*;\s*", found) if isinstance(found, str) else []
    return list(dict.fromkeys(line for part in parts if isinstance(part, str) and (line := clean_line(part))))


def _date(value: dict[str, Any], name: str) -> str:
    return read_moment(_text(value, name)[:200])


def _extra(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the model does not know, under a name that a content file can hold and nothing acts on."""
    taken = set(KNOWN_KEYS | ACTED_ON)
    for name, found in value.items():
        if name in _KNOWN or found in (None, "", [], {}):
            continue
        key = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:40]
        key = key if _KEY.fullmatch(key) and key.lower() not in taken else f"X-{key}"
        text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        line = clean_line(text)
        if line and key.lower() not in taken and _KEY.fullmatch(key):
            taken.add(key.lower())
            yield key, line
