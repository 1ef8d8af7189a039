"""What stands of each key in the files of a segment, before it has its place in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from backfile.search.codec import uints
from backfile.search.impact import Impacts
from backfile.search.longlists import LONG, LONG_POSITIONS, LongBody, encode_long
from backfile.search.postings import Listed
from backfile.search.schema import FIELDS, TEXT_FIELDS


class KeyBody(NamedTuple):
    """A key, its body, and its positions, when they do not stand in chunks.

    `text`: whether it is a key of a text field; `values`: the exact fields whose value it is, with their documents.
    """

    key: str
    body: bytes | LongBody
    positions: bytes
    text: bool
    values: list[tuple[int, int]]


def write(entries: Iterable[tuple[str, Mapping[int, Listed]]], impacts: Impacts) -> Iterator[KeyBody]:
    """The bodies of keys, in order."""
    for key, entry in entries:
        body, positions = _body(entry, impacts)
        values = [(f, postings.df) for f, postings in entry.items() if FIELDS[f].kind == "exact"]
        yield KeyBody(key, body, positions, min(entry) < len(TEXT_FIELDS), values)


def _body(entry: Mapping[int, Listed], impacts: Impacts) -> tuple[bytes | LongBody, bytes]:
    if len(entry) == 1:  # most keys
        ((field, only),) = entry.items()
        short = only.encode()
        if len(short) <= LONG and len(only.positions) <= LONG_POSITIONS:
            return uints([1 << field, 0, only.df]) + short, only.positions
    mask = sum(1 << field for field in entry)
    counts = [postings.df for postings in entry.values()]
    short = b"".join([postings.encode() for postings in entry.values()])
    places = sum(len(postings.positions) for postings in entry.values())
    if len(short) > LONG or places > LONG_POSITIONS:
        return encode_long(uints([mask, 1, *counts]), entry, impacts), b""
    return uints([mask, 0, *counts]) + short, b"".join([p.positions for p in entry.values()])
