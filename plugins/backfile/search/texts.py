"""Everything that can be read in the search files of a built site, for checks of what must not be there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Literal

from backfile.errors import IndexFormatError
from backfile.search import manifest, records, shard
from backfile.search.codec import Cursor
from backfile.search.entries import read_keys
from backfile.search.files import ShardFiles
from backfile.search.segment_reader import SegmentReader
from backfile.search.store import StoreReader


@dataclass(frozen=True, slots=True)
class Found:
    """Something to be read: in which file, or of which document (its URL), and the text.

    `words`: each line by itself, in an order that says nothing. `deleted`: a document that is searched no more and
    still lies in a segment; its URL is the text.
    """

    kind: Literal["document", "words", "keys", "text", "deleted"]
    place: str
    text: str


def searched_texts(output: Path, known: Collection[str] = ()) -> Iterator[Found]:
    """The documents of this generation, and all that lies in files, those of earlier generations included.

    `known` are segments and stores of which no text is wanted; what is deleted in them is told all the same.

    Damage that leaves nothing to read is skipped: it is the search check's to report.
    """
    folder = output / "search"
    with contextlib.suppress(IndexFormatError):
        yield from _documents(folder, known)
    fresh = sorted(path for path in (folder / "x").glob("*") if path.name not in known)
    for path in (file for inside in fresh for file in sorted(inside.glob("*.js"))):
        found = packed_text(path.read_bytes(), path.relative_to(output).as_posix())
        if found and found.text:
            yield found


def packed_text(script: bytes, place: str) -> Found | None:
    """What the script of a shard holds, under whatever name it stands, also if it is of another version of the format.

    None where it is no such script.
    """
    name = shard.name_in(script)
    if not name:
        return None
    with contextlib.suppress(IndexFormatError):
        kind, text = _readable(shard.unwrap(name, script))
        return Found(kind, place, text)
    with contextlib.suppress(IndexFormatError):
        return Found("text", place, shard.raw(script).decode("utf-8", "replace"))
    return Found("text", place, "")


def _documents(folder: Path, known: Collection[str]) -> Iterator[Found]:
    """The documents of all stores, whole: in the files a text is cut where it is long."""
    found = manifest.read(folder)
    if found is None:
        return
    files = ShardFiles(folder)
    for segment in found.segments:
        urls = SegmentReader(files, segment).table().urls if segment.deleted else []
        yield from (Found("deleted", f"search/x/{segment.id}", urls[doc]) for doc in segment.deleted)
    for store in (store for store in found.stores if store.id not in known):
        reader = StoreReader(files, store)
        for number in range(store.docs):
            document = reader.document(number)
            comments = [text for one in document.comments for text in (one.author, one.text)]
            lines = [document.title, document.standfirst, document.section, document.source, *document.authors]
            yield Found("document", document.url, "\n\n".join([*lines, *document.tags, document.body, *comments]))


def _readable(payload: bytes) -> tuple[Literal["words", "keys", "text"], str]:
    """What a shard holds that people could read; nothing for numbers. Addresses of pages are none of it."""
    letter, cursor = chr(payload[3]), Cursor(payload, 4)
    if letter in "tw":
        read = read_keys(cursor, bodies=letter == "t")
        if letter == "t":
            return "keys", "\n".join(key for key, _ in read)
        # One that no document has as a word is a key alone, as in the other files.
        return "words", "\n".join(key for key, body in read if body.uint() >> 1)
    if letter == "f":
        return "words", "\n".join(_facets(cursor))
    if letter in "dx":
        try:
            return "text", "\n".join(records.texts(payload[4:]) if letter == "d" else _strings(json.loads(payload[4:])))
        except (ValueError, TypeError) as error:
            raise IndexFormatError(f"it does not hold what it should ({error})") from error
    return "text", ""


def _facets(cursor: Cursor) -> Iterator[str]:
    for _ in repeat(None, cursor.uint()):
        listed = cursor.uints(3)[2]
        for _value in repeat(None, listed):
            yield cursor.text()
            cursor.uint()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
