"""What stands of each key in the files of a segment, before it has its place in them; two processes write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from multiprocessing.connection import Connection
from typing import NamedTuple

from backfile.search.codec import uints
from backfile.search.helper import Helper
from backfile.search.impact import Impacts
from backfile.search.invert import KeyEntry
from backfile.search.longlists import LONG, LONG_POSITIONS, LongBody, encode_long
from backfile.search.postings import Postings
from backfile.search.schema import FIELDS, TEXT_FIELDS

BATCH = 2_000


class KeyBody(NamedTuple):
    """A key, its body, and its positions, when they do not stand in chunks.

    `text`: whether it is a key of a text field; `values`: the exact fields whose value it is, with their documents.
    """

    key: str
    body: bytes | LongBody
    positions: bytes
    text: bool
    values: list[tuple[int, int]]


Entries = Callable[[int | None], Iterable[KeyEntry]]
"""All keys in order with their postings, or those of one half: 0 or 1."""


def write(entries: Iterable[KeyEntry], impacts: Impacts) -> Iterator[KeyBody]:
    """The bodies of keys, in order."""
    for key, entry in entries:
        body, positions = _body(entry, impacts)
        values = [(f, len(postings.docs)) for f, postings in entry.items() if FIELDS[f].kind == "exact"]
        yield KeyBody(key, body, positions, min(entry) < len(TEXT_FIELDS), values)


def write_halves(entries: Entries, impacts: Impacts) -> Iterator[KeyBody]:
    """The same, of all keys: another process writes the second half meanwhile."""
    with Helper("writes keys", _serve, entries, impacts) as helper:
        yield from write(entries(0), impacts)
        helper.send("ready")
        while batch := helper.receive():
            yield from batch


def _serve(connection: Connection, entries: Entries, impacts: Impacts) -> None:
    """Sends what is done as soon as somebody waits for it: a pipe that nobody reads from would stop the work."""
    bodies = write(entries(1), impacts)
    waiting: list[tuple[KeyBody, ...]] = []
    while batch := tuple(islice(bodies, BATCH)):
        waiting.append(batch)
        if connection.poll():
            _send(connection, waiting)
    connection.recv()
    _send(connection, [*waiting, ()])


def _send(connection: Connection, waiting: list[tuple[KeyBody, ...]]) -> None:
    for batch in waiting:
        connection.send(batch)
    waiting.clear()


def _body(entry: Mapping[int, Postings], impacts: Impacts) -> tuple[bytes | LongBody, bytes]:
    if len(entry) == 1:  # most keys
        ((field, only),) = entry.items()
        short = only.encode()
        if len(short) <= LONG and len(only.positions) <= LONG_POSITIONS:
            return uints([1 << field, 0, len(only.docs)]) + short, only.positions
    mask = sum(1 << field for field in entry)
    counts = [len(postings.docs) for postings in entry.values()]
    short = b"".join([postings.encode() for postings in entry.values()])
    places = sum(len(postings.positions) for postings in entry.values())
    if len(short) > LONG or places > LONG_POSITIONS:
        return encode_long(uints([mask, 1, *counts]), entry, impacts), b""
    return uints([mask, 0, *counts]) + short, b"".join([p.positions for p in entry.values()])
