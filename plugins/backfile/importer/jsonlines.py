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
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.html.links import safe_url
from backfile.importer.html.metadata import language_tag
from backfile.importer.images.beside import Finder
from backfile.importer.images.pictures import Pictures, images_of
from backfile.importer.jsonarticles import authors_of, published_of, url_of
from backfile.importer.jsoncomments import is_plain_comment, read_comments
from backfile.importer.jsonfields import date_of, list_of, looks_marked_up, markup_of, text_of, texts_of
from backfile.importer.jsonnames import MARKED, is_gone, was_published
from backfile.importer.jsonnotes import notes_on, parsed
from backfile.importer.jsonplain import comment_plainly, plainly
from backfile.importer.jsonremarks import Remarks, is_remark
from backfile.importer.jsonshapes import holds_comments, is_comment_alone, look_like_comments
from backfile.importer.jsontargets import own_id
from backfile.importer.jsonvalues import json_values
from backfile.importer.jsonwraps import comments_name, list_in, lists_in
from backfile.importer.plaintext import paragraphs_of_text
from backfile.importer.record import Part, Problem, Record, part_of
from backfile.importer.sharing import ALONE, Sharing
from backfile.markdown import join_paragraphs
from backfile.model import Article, Source, Split
from backfile.text import clean_line

_ID = re.compile(r"[\w-]{1,60}", re.ASCII)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}", re.ASCII)
_MOST_KEYS = 12
_LONGEST_NAME, _LONGEST_KEY, _LONGEST_STEM = 80, 41, 32
_LONGEST_CALLED = 300
_SUMMARIES = ("excerpt", "description", "abstract")
_ALIASES = ("body", "content")
"""What others call the text of an article; whether it is plain or HTML shows."""
_BODIES = ("text", "raw_text", *_ALIASES, "selftext")
_KNOWN = frozenset(
    "id url title standfirst authors published modified captured section tags language text"
    " html author_note comments author date source excerpt description categories hostname"
    " source-hostname sitename fingerprint filedate raw_text image pagetype license body"
    " commentsbody commonmark abstract".split()
)
_OF_EXPORT = frozenset("page slug guessed split sources tool extra".split())
"""What our own export says as well; of anything else such a key is one of its own."""


def is_json_lines(head: bytes) -> bool:
    """True for bytes whose first line begins as an object, with a name in quotes."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"[^"\n]{1,80}"\s*:', head) is not None


def read_json_lines(
    stream: BinaryIO, source: Source, finder: Finder | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """Records and problems in the order of the lines; blank lines are passed over."""
    return read_json(json_lines(stream, source), source, finder, sharing, what="the line")


def read_json_values(
    stream: BinaryIO, source: Source, finder: Finder | None = None, sharing: Sharing = ALONE
) -> Iterator[Record | Problem]:
    """The same of an array, or of objects that are spread over several lines."""
    return read_json(json_values(stream, source), source, finder, sharing)


def read_json(
    raws: Iterator[tuple[str, bytes] | Problem],
    source: Source,
    finder: Finder | None = None,
    sharing: Sharing = ALONE,
    remarks: Remarks = "none",
    *,
    what: str = "the value",
) -> Iterator[Record | Problem]:
    """The same of values that are cut apart; comments by themselves are passed over where another reads them.

    `what` is what each is called in the report.
    """
    read = partial(_read_one, source=source, finder=finder, what=what, remarks=remarks)
    return sharing.read(read, raws, partial(_lost, source=source), _size)


def _lost(placed: tuple[str, bytes], why: str, source: Source) -> Problem:
    return Problem(placed[0], why, source)


def _size(placed: tuple[str, bytes]) -> int:
    return len(placed[1])


def json_lines(stream: BinaryIO, source: Source) -> Iterator[tuple[str, bytes] | Problem]:
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


def _read_one(
    placed: tuple[str, bytes], source: Source, finder: Finder | None, what: str, remarks: Remarks
) -> Record | Problem | None:
    place, line = placed
    try:
        value, twice = parsed(line.decode("utf-8-sig"))
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
    as_comment = comment_plainly(value)
    if is_remark(as_comment, remarks):
        return None
    told, value = value, plainly(value)
    if not is_exported(value) and is_comment_alone(as_comment):
        return Problem(place, "a comment by itself: put it into the comments of its article", source)
    if not (text_of(value, "title").strip() or _says_something(value)):
        return Problem(place, f"none of title, text, html has a value{_keys_of(value)}", source)
    record = _record(value, twice, place, source, finder)
    if record.exported or twice:  # what is not read of it nobody has looked through
        return record
    return replace(record, part=_part(line, told, record))


def record_of(value: dict[str, Any], place: str, source: Source, finder: Finder | None) -> Record:
    """The article of an object that says what one of JSON does, wherever it comes from."""
    return _record(plainly(value), (), place, source, finder)


def _says_something(value: dict[str, Any]) -> bool:
    """True for what has a text, or comments on the page that it names."""
    if any(text_of(value, name).strip() for name in ("html", *MARKED)) or any(texts_of(value, n) for n in _BODIES):
        return True
    return bool(url_of(value)[0] and look_like_comments(list_in(value.get(comments_name(value)))))


def _keys_of(value: dict[str, Any]) -> str:
    """What there is instead of what an article needs, and what to do with it, in words for the report."""
    names = [clean_line(str(name))[:40] for name in value][:_MOST_KEYS]
    lists = [f"{clean_line(name)[:40]} ({count})" for name, count in lists_in(value)][:_MOST_KEYS]
    advice = f"; lists in it: {', '.join(lists)}: import what is an article or a comment as a list by itself"
    return (f", only {', '.join(names)}" if names else "") + (advice if lists else "")


def _record(value: dict[str, Any], twice: tuple[str, ...], place: str, source: Source, finder: Finder | None) -> Record:
    url, of_url = url_of(value)
    of_comments = comments_name(value)
    given = value.get(of_comments)
    pictures, of_readers = Pictures(finder, url), Pictures(finder, url)
    identity, called = text_of(value, "id"), own_id(value)
    found = read_comments(given, url, of_readers, identity, ours=of_comments == "comments")
    body, name = _body(value, url, pictures)
    unread = [key for key, part in value.items() if key not in (*_KNOWN, of_comments) and holds_comments(part)]
    read = (name, of_url, of_comments, *unread)
    section = clean_line(text_of(value, "section")) or "".join(list_of(value, "categories")[:1])
    others = (name for name in list_of(value, "categories") if name != section)
    article = Article(
        id=identity if _ID.fullmatch(identity) else "",
        title=clean_line(text_of(value, "title")),
        body=body,
        standfirst=clean_line(next(filter(None, (text_of(value, name) for name in ("standfirst", *_SUMMARIES))), "")),
        authors=authors_of(value),
        author_note=clean_line(text_of(value, "author_note")),
        published=published_of(value),
        modified=date_of(value, "modified"),
        captured=date_of(value, "captured") or date_of(value, "filedate"),
        section=section,
        tags=tuple(dict.fromkeys((*list_of(value, "tags", commas=True), *others))),
        language=language_tag(text_of(value, "language")),
        url=url,
        comments=found.comments,
        split=Split("source") if found.comments else Split(),
        sources=(source,),
        guessed=found.guessed,
        extra=tuple(_extra({key: part for key, part in value.items() if key not in read})),
    )
    article = replace(article, extra=(*article.extra, *_beside(value, article)))
    exported = is_exported(value)
    if exported:
        article = as_exported(article, value)
    notes = (*found.notes, *notes_on(value, article, unread, twice))
    if not exported and not was_published(value):
        notes = (*notes, "it says that it was not published (a draft, or taken back), and the archive will show it")
    if name != "body" and texts_of(value, "body"):
        notes = (*notes, f"the body was not read: there is {name or 'none of text'}")
    images = images_of(article.body, pictures, article.comments, of_readers)
    elsewhere = bool(article.url and article.comments and not (exported or article.body or article.authors))
    return Record(
        place,
        source,
        article,
        notes=notes,
        exported=exported,
        images=images,
        elsewhere=elsewhere,
        called="" if exported else called[:_LONGEST_CALLED],
    )


def _part(line: bytes, value: dict[str, Any], record: Record) -> Part | None:
    """The line, if all it says of comments is what this schema knows: what else there is may never have been public."""
    comments = value.get(comments_name(value))
    for item in comments if isinstance(comments, list) else ():
        if not is_plain_comment(item):
            return None
    part = part_of(record.source, record.article.id or record.place.rpartition(":")[2], line.strip())
    # Escaped as it is, an address would not be found.
    return replace(part, told=json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")) if part else None


def _body(value: dict[str, Any], url: str, pictures: Pictures) -> tuple[str, str]:
    """The text of an article as CommonMark, and under which name it stood."""
    if kept := kept_text(value):
        return kept, "commonmark"
    marked = next((name for name in ("html", *MARKED) if text_of(value, name)), "")
    name = next((name for name in _BODIES if texts_of(value, name)), "")
    if marked == "html" or (marked and not name):
        return html_to_commonmark(text_of(value, marked), url, pictures=pictures), marked
    texts = texts_of(value, name)
    if is_gone("".join(texts)):
        return "", name
    if name in _ALIASES and any(map(looks_marked_up, texts)):
        return html_to_commonmark("\n".join(map(markup_of, texts)), url, pictures=pictures), name
    return join_paragraphs([paragraph for text in texts for paragraph in paragraphs_of_text(text)]), name


def _beside(value: dict[str, Any], article: Article) -> Iterator[tuple[str, str]]:
    """What has a place of its own in the model, or none, and did not come to it."""
    for name in ("image", "license", *_SUMMARIES, "source"):
        found = value.get(name)
        told = (
            json.dumps(found, ensure_ascii=False) if found and isinstance(found, dict | list) else text_of(value, name)
        )
        line = clean_line(told)
        if line and line != article.standfirst and not (name == "source" and safe_url(line)):
            yield f"X-{name}", line


def _extra(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the model does not know, under a name that a content file can hold and nothing acts on."""
    known = _KNOWN | _OF_EXPORT if is_exported(value) else _KNOWN
    taken, numbers = set(KNOWN_KEYS | ACTED_ON), dict[str, int]()
    for name, found in value.items():
        if name in known or found in (None, "", [], {}):
            continue
        text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        if not (line := clean_line(text)):
            continue
        key = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:40]
        if not key:  # a name without any letter that a key may have is told with what it says
            line = f"{clean_line(name)[:_LONGEST_NAME]}: {line}"
        key = _free_key(key, taken, numbers)
        taken.add(key.lower())
        yield key, line


def _free_key(key: str, taken: set[str], numbers: dict[str, int]) -> str:
    """The key, or one like it that is not taken; `numbers` says how far those like it are counted."""
    if _KEY.fullmatch(key) and key.lower() not in taken:
        return key
    free = f"X-{key}"[:_LONGEST_KEY].rstrip("-")
    stem = free[:_LONGEST_STEM].rstrip("-")
    while free.lower() in taken or not _KEY.fullmatch(free):
        numbers[stem.lower()] = numbers.get(stem.lower(), 1) + 1
        free = f"{stem}-{numbers[stem.lower()]}"
    return free
