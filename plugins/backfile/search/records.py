"""Records of documents as lines of columns (docs/shard-format.md, section 14)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

from backfile.search.codec import shared_length
from backfile.search.document import BLANKS

VALUE, ITEM = "\0", "\1"
"""What stands between values, and after each item of a list."""
COLUMNS = 13
NAMES = (5, 6)
NUMBERS = (10, 11, 12)
"""Columns that are lists of names, lists of numbers; all others are texts."""

_WORDS = re.compile(r"[^A-Za-z0-9]+")
_ADDRESS = re.compile(r"([0-9]{1,4}) ([0-9]{1,4}) (.*)", re.DOTALL)


def encode(records: Sequence[Sequence[Any]]) -> bytes:
    """The records of one shard, column by column."""
    rows = [_values(record) for record in records]
    return VALUE.join(chain.from_iterable(zip(*rows, strict=True))).encode("utf-8")


def _values(record: Sequence[Any]) -> list[str]:
    values = []
    for column, value in enumerate(record):
        if column in NAMES:
            values.append("".join([name.translate(BLANKS) + ITEM for name in value]))
        elif column in NUMBERS:
            values.append(" ".join(map(str, value)))
        else:
            values.append(value.translate(BLANKS))
    values[0] = _short(*values[:3])
    return values


def decode(data: bytes, count: int) -> list[list[Any]]:
    """So many records; raises ValueError when it is not those."""
    columns = data.decode("utf-8").split(VALUE)
    if not count or len(columns) % count or len(columns) < COLUMNS * count:
        raise ValueError(f"it holds {len(columns)} values, which are not those of {count} records")
    return [_record(columns[place : COLUMNS * count : count]) for place in range(count)]


def texts(data: bytes) -> list[str]:
    """What the records of a shard say, the addresses of their pages aside, however many they are.

    Raises ValueError when it holds no records.
    """
    columns = data.decode("utf-8").split(VALUE)
    if len(columns) % COLUMNS:
        raise ValueError(f"it holds {len(columns)} values, which are those of no records")
    count = len(columns) // COLUMNS
    return [text.replace(ITEM, "\n") for text in columns[count : NUMBERS[0] * count]]


def _record(values: Sequence[str]) -> list[Any]:
    record: list[Any] = list(values)
    for column in NAMES:
        record[column] = values[column].split(ITEM)[:-1]
    for column in NUMBERS:
        record[column] = [int(number) for number in values[column].split()]
    record[0] = _long(*values[:3])
    return record


def _guessed(title: str, date: str) -> tuple[str, str]:
    """What an address often begins with: the date as folders, the title in small letters."""
    return date[:10].replace("-", "/") + "/", _WORDS.sub("-", title).strip("-").lower()


def _short(url: str, title: str, date: str) -> str:
    """An address without what the title and the date tell of it."""
    folders, slug = _guessed(title, date)
    first = _shared(url, folders)
    second = _shared(url[first:], slug)
    return f"{first} {second} {url[first + second :]}"


def _shared(a: str, b: str) -> int:
    shared = shared_length(a, b)
    return next((place for place, char in enumerate(b[:shared]) if not char.isascii()), shared)


def _long(short: str, title: str, date: str) -> str:
    match = _ADDRESS.fullmatch(short)
    if match is None:
        raise ValueError(f"{short[:80]!r} is no address")
    folders, slug = _guessed(title, date)
    return folders[: int(match[1])] + slug[: int(match[2])] + match[3]
