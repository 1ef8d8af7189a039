"""Cuts a table (CSV, TSV) into its rows, each an object of JSON whose names are those of the columns.

So a table of articles, or of comments, is read as the same in JSON is. The first row names the columns. Tables come
from Excel, from R and pandas, from databases: parted by commas, semicolons or tabs, in UTF-8 or what Windows wrote.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from backfile.importer import limits
from backfile.importer.record import Problem
from backfile.model import Source
from backfile.text import clean_line

SUFFIXES = (".csv", ".tsv", ".tab")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"\n]{0,1000}"')
_MOST_COLUMNS = 1000
_NOTHING = frozenset(("NULL", "\\N", "NaN", "nan"))
"""What databases and their like write where there is no value."""
_WORDS = re.compile(r"[A-Za-z]\w*(?:[ -]\w+)*")
_WHOLE, _OF_ID = re.compile(r"\d{1,20}\.0", re.ASCII), re.compile(r"(?:^|_|[a-z])(?:id|Id|ID)$|parent", re.ASCII)
"""Numbers of things, which pandas writes as `7.0` where one of the column is missing."""
_CAMEL = re.compile(r"[a-z][A-Z]")
_OF_ARTICLES = frozenset(
    "text body content html message comment comment_text body_html content_html article_text commentbody commenttext"
    " selftext raw_text commonmark abstract snippet".split()
)


def is_table(head: bytes, suffix: str) -> bool:
    """True for the beginning of a file that is called a table and has a column of texts."""
    if suffix.lower() not in SUFFIXES or (b"\0" in head and not head.startswith(_UTF16)):
        return False
    encoding = "utf-16" if head.startswith(_UTF16) else "utf-8-sig"
    line = head.decode(encoding, "replace").partition("\n")[0]
    try:
        names = _names(next(csv.reader([line], delimiter=_delimiter(line)), []))
    except csv.Error:
        return False
    named = [name.lower() for name in names if name]
    is_whole = len(set(named)) == len(named) and 1 < len(names) <= _MOST_COLUMNS
    return is_whole and not _OF_ARTICLES.isdisjoint(named)


def csv_rows(stream: BinaryIO, source: Source) -> Iterator[tuple[str, bytes] | Problem]:
    """The rows below the first with their places; a problem for each with more values, or fewer, than columns."""
    csv.field_size_limit(limits.current.record)
    encoding = "utf-16" if _first_bytes(stream) in _UTF16 else "utf-8-sig"
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    try:
        first = text.readline(limits.current.record)
        rows = csv.reader(chain([first], _bounded(text)), delimiter=_delimiter(first), strict=True)
        names = _names(next(rows, []))
        yield from _objects(rows, names, source)
    finally:
        text.detach()  # the stream is the caller's, also when no more rows are wanted


def _objects(
    rows: Iterator[list[str]], names: tuple[str, ...], source: Source
) -> Iterator[tuple[str, bytes] | Problem]:
    ended = False
    while not ended:
        place = f"{source.name}:{getattr(rows, 'line_num', 0) + 1}"
        try:
            row = next(rows)
        except StopIteration:
            ended = True
        except (csv.Error, UnicodeError) as error:
            yield Problem(place, f"the row cannot be read: {error}", source)
        else:
            if any(map(str.strip, row)):
                yield _object(row, names, place) or _uneven(row, names, place, source)


def _object(row: list[str], names: tuple[str, ...], place: str) -> tuple[str, bytes] | None:
    if len(row) != len(names):
        return None
    cells = ((name, _mended(cell)) for name, cell in zip(names, row, strict=True) if name and cell not in _NOTHING)
    value = {name: cell[:-2] if _WHOLE.fullmatch(cell) and _OF_ID.search(name) else cell for name, cell in cells}
    return place, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _uneven(row: list[str], names: tuple[str, ...], place: str, source: Source) -> Problem:
    several = "value" if len(row) == 1 else "values"
    return Problem(place, f"the row has {len(row)} {several} where the table has {len(names)} columns", source)


def _first_bytes(stream: BinaryIO) -> bytes:
    if isinstance(stream, io.BufferedReader):
        return stream.peek(2)[:2]
    first = stream.read(2)
    stream.seek(-len(first), io.SEEK_CUR)
    return first


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines; in the place of one that is longer than a record may be a cell that is, of which the reader says so."""
    longest = limits.current.record
    while line := text.readline(longest + 1):
        if len(line) > longest:
            while line and not line.endswith("\n"):
                line = text.readline(longest)
            line = "x" * (longest + 1) + "\n"
        yield line


def _mended(cell: str) -> str:
    """A value with bytes in it that are no UTF-8, as Windows wrote them in the west."""
    if cell.isascii():
        return cell
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return cell


def _delimiter(line: str) -> str:
    """What parts the names of the columns: the sign that the first line has most of, outside of quotation marks."""
    return max(_DELIMITERS, key=_QUOTED.sub("", line).count)


def _names(row: list[str]) -> tuple[str, ...]:
    return tuple(_name(_mended(cell)) for cell in row)


def _name(name: str) -> str:
    """A name as JSON has it: `Published At` is `published_at`, `createdAt` stays; a column of numbers has none."""
    name = clean_line(name.removeprefix("\ufeff"))
    if name.isdigit() or name.startswith("Unnamed: "):  # as pandas writes the numbers of rows
        return ""
    if not _WORDS.fullmatch(name) or (_CAMEL.search(name) and " " not in name):
        return name
    return name.lower().replace(" ", "_").replace("-", "_")
