"""The manifest: which segments and stores make the index now (docs/shard-format.md, section 5)."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any, ClassVar

from backfile import disk
from backfile.errors import IndexFormatError
from backfile.search import schema as fields_schema
from backfile.search.codec import differences, shared_length
from backfile.search.doctable import Place
from backfile.search.shard import ADVICE

NAME = "manifest.js"
MAX_MANIFEST = 1 << 24

_SCRIPT = re.compile(r'backfileSearch\.manifest\((\{.*\}),"([0-9a-f]{8})"\);\n?', re.DOTALL)
_ID = re.compile(r"[0-9a-f]{16}")

Range = tuple[str, int, int]
"""Store id, first record, how many."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What the manifest says of a segment. `counts` holds the number of shards by the manifest's keys."""

    COUNTS: ClassVar[dict[str, str]] = {
        "tn": "t", "l": "l", "p": "p", "q": "q", "wn": "w", "c": "c", "k": "k", "bn": "b"
    }  # fmt: skip

    id: str
    docs: int
    lengths: list[int]
    t: list[str]
    w: list[str]
    counts: Mapping[str, int]
    ranges: tuple[Range, ...] = ()
    deleted: tuple[int, ...] = ()

    def place(self, doc: int) -> Place:
        """Where the record of a document is."""
        for store, first, count in self.ranges:
            if doc < count:
                return Place(store, first + doc)
            doc -= count
        raise IndexFormatError(f"segment {self.id} does not say where document {doc} is", place=NAME)


@dataclass(frozen=True, slots=True)
class Store:
    """What the manifest says of a store."""

    id: str
    docs: int
    per: int
    d: int
    x: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of the index."""

    language: str = "en"
    generation: int = 0
    schema: str = ""
    stemmers: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    stores: tuple[Store, ...] = ()
    previous: tuple[str, ...] = ()
    described: Mapping[str, Any] = field(default_factory=fields_schema.described)

    def ids(self) -> set[str]:
        """The folders that this generation uses."""
        return {segment.id for segment in self.segments} | {store.id for store in self.stores}

    def bases(self) -> list[int]:
        """The number of the first document of each segment, and the number of all."""
        return [0, *accumulate(segment.docs for segment in self.segments)]


def ranges_of(places: Iterable[Place]) -> tuple[Range, ...]:
    """Places in order of documents, as ranges of records."""
    ranges: list[Range] = []
    for place in places:
        if ranges and ranges[-1][0] == place.store and ranges[-1][1] + ranges[-1][2] == place.record:
            store, first, count = ranges[-1]
            ranges[-1] = (store, first, count + 1)
        else:
            ranges.append((place.store, place.record, 1))
    return tuple(ranges)


def dump(manifest: Manifest) -> bytes:
    """The script."""
    numbers = {store.id: number for number, store in enumerate(manifest.stores)}
    content = {
        "format": fields_schema.FORMAT,
        "version": fields_schema.VERSION,
        "generation": manifest.generation,
        "language": manifest.language,
        "stemmers": list(manifest.stemmers),
        "schema": manifest.schema,
        **manifest.described,
        "segments": [_dump_segment(segment, numbers) for segment in manifest.segments],
        "stores": [
            {"id": store.id, "docs": store.docs, "per": store.per, "d": store.d, "x": store.x}
            for store in manifest.stores
        ],
        "previous": list(manifest.previous),
    }
    plain = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return f'backfileSearch.manifest({plain},"{_check(content)}");\n'.encode("ascii")


def _check(content: object) -> str:
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{zlib.crc32(canonical.encode('utf-8', 'surrogatepass')):08x}"


def _dump_segment(segment: Segment, stores: Mapping[str, int]) -> dict[str, Any]:
    flat: list[int] = []
    for store, first, count in segment.ranges:
        flat += (stores[store], first, count)
    return {
        "id": segment.id,
        "docs": segment.docs,
        "lengths": segment.lengths,
        "t": _front_coded(segment.t),
        "w": _front_coded(segment.w),
        **segment.counts,
        "map": flat,
        "deleted": differences(segment.deleted),
    }


def _front_coded(separators: Iterable[str]) -> list[str]:
    """Each without what it begins with as the one before does: how much that is says a character in front.

    It counts no character beyond U+FFFF, which JavaScript would count twice.
    """
    coded, before = [], ""
    for text in separators:
        shared = shared_length(before, text)
        shared = next((place for place, char in enumerate(text[:shared]) if char > "\uffff"), shared)
        coded.append(chr(ord("0") + shared) + text[shared:])
        before = text
    return coded


def _separators(coded: Iterable[str]) -> list[str]:
    separators, before = [], ""
    for text in coded:
        shared = ord(text[0]) - ord("0")
        if not 0 <= shared <= len(before):
            raise ValueError(f"{text!r} after {before!r}")
        before = before[:shared] + text[1:]
        separators.append(before)
    return separators


def load(data: bytes) -> Manifest:
    """Reads the script; raises `IndexFormatError` that says what is wrong with it."""
    try:
        match = _SCRIPT.fullmatch(data.decode("ascii"))
        content = json.loads(match[1]) if match else None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _error(f"the file is damaged ({error})") from error
    if match is None or not isinstance(content, dict):
        raise _error("the file is empty" if not data else "the file is not a whole manifest script")
    if content.get("format") != fields_schema.FORMAT:
        raise _error(f"its format is {content.get('format')!r}, {fields_schema.FORMAT!r} was expected")
    version = content.get("version")
    if version != fields_schema.VERSION:
        newer = isinstance(version, int) and version > fields_schema.VERSION
        raise _error(f"its version is {version!r}, this program reads {fields_schema.VERSION}", newer=newer)
    if _check(content) != match[2]:
        raise _error(f"its check is {match[2]}, its content gives {_check(content)}")
    try:
        return _manifest(content)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _error(f"it does not follow the format ({error!r})") from error


def _manifest(content: Mapping[str, Any]) -> Manifest:
    stores = tuple(
        Store(_identifier(item["id"]), item["docs"], item["per"], item["d"], item["x"]) for item in content["stores"]
    )
    return Manifest(
        language=content["language"],
        generation=content["generation"],
        schema=content["schema"],
        stemmers=tuple(content["stemmers"]),
        segments=tuple(_segment(item, stores) for item in content["segments"]),
        stores=stores,
        previous=tuple(map(_identifier, content["previous"])),
        described={key: content[key] for key in fields_schema.described()},
    )


def _segment(item: Mapping[str, Any], stores: tuple[Store, ...]) -> Segment:
    flat = item["map"]
    ranges = tuple((stores[flat[at]].id, int(flat[at + 1]), int(flat[at + 2])) for at in range(0, len(flat), 3))
    if sum(count for _, _, count in ranges) != item["docs"]:
        raise ValueError("a map that does not tell of every document")
    return Segment(
        id=_identifier(item["id"]),
        docs=item["docs"],
        lengths=list(item["lengths"]),
        t=_separators(item["t"]),
        w=_separators(item["w"]),
        counts={key: int(item[key]) for key in Segment.COUNTS},
        ranges=ranges,
        deleted=tuple(accumulate(item["deleted"])),
    )


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(f"{value!r} is not an id")
    return value


def _error(message: str, *, newer: bool = False) -> IndexFormatError:
    other = "A newer Backfile wrote it: use that one, or go on with this one. For that: " if newer else ""
    return IndexFormatError(message, place=NAME, advice=f"{other}{ADVICE}")


def read(folder: Path) -> Manifest | None:
    """The manifest of a folder, or None when there is none."""
    path = folder / NAME
    try:
        if path.stat().st_size > MAX_MANIFEST:
            raise _error("the file is larger than a manifest may be")
        return load(path.read_bytes())
    except FileNotFoundError:
        return None


def write(folder: Path, manifest: Manifest) -> None:
    """Puts a manifest in place at once, when all that it names is on the disk."""
    temporary = folder / f".{NAME}.new"
    disk.fill(temporary, dump(manifest))
    disk.sync([temporary])
    disk.place(temporary, folder / NAME)
    disk.sync([folder / NAME])


def with_deleted(segment: Segment, deleted: Iterable[int]) -> Segment:
    """The segment with further documents deleted."""
    return replace(segment, deleted=tuple(sorted({*segment.deleted, *deleted})))
