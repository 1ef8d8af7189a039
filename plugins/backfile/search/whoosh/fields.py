"""Our fields as Whoosh's: their analysis for queries, and dates."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, TEXT, FieldType, Schema
from whoosh.query import Query

from backfile.search import analysis
from backfile.search.invert import exact_value
from backfile.search.languages import stemmer_name
from backfile.search.schema import FIELDS

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)

LAST_DAY = date.max.toordinal()


class KeyAnalyzer(Analyzer):  # type: ignore[misc]
    """Our analysis. With several stemmers it gives the keys of the first; the parser asks for the others."""

    def __init__(self, stemmers: Sequence[str]) -> None:
        self.stemmers = tuple(stemmers) or ("porter",)

    def __call__(
        self, value: str, tokenize: bool = True, stemmer: str = "", start_pos: int = 0, **_: Any
    ) -> Iterator[Token]:
        if not tokenize:  # the text of a prefix, a wildcard, the end of a range
            yield Token(text=analysis.fold(value.strip()), pos=start_pos, startchar=0, endchar=len(value), boost=1.0)
            return
        for pos, key in enumerate(analysis.keys_for(stemmer or self.stemmers[0]).of(value), start_pos):
            yield Token(text=key, pos=pos, startchar=0, endchar=0, boost=1.0, stopped=False)


class ValueAnalyzer(Analyzer):  # type: ignore[misc]
    """The whole value as one key."""

    def __call__(self, value: str, start_pos: int = 0, **_: Any) -> Iterator[Token]:
        yield Token(text=exact_value(value), pos=start_pos, startchar=0, endchar=len(value), boost=1.0)


class DateField(FieldType):  # type: ignore[misc]
    """Dates are no keys: a query on them is a range of days."""

    def __init__(self) -> None:
        """Nothing of Whoosh's own is needed: such a field is never written through Whoosh."""

    indexed = True
    scorable = False
    analyzer = None
    format = None
    vector = None
    stored = unique = spelling = False
    column_type = None
    multitoken_query = "default"

    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Query | None:
        from backfile.search.whoosh.queries import DateRange

        first, last = days_meant(qstring)
        return DateRange(fieldname, first, last, boost) if last else None

    def parse_range(
        self,
        fieldname: str,
        start: str | None,
        end: str | None,
        startexcl: bool,
        endexcl: bool,
        boost: float = 1.0,
    ) -> Query | None:
        from backfile.search.whoosh.queries import DateRange

        low, high = 1, LAST_DAY
        if start and days_meant(start)[1]:
            first, last = days_meant(start)
            low = last + 1 if startexcl else first
        if end and days_meant(end)[1]:
            first, last = days_meant(end)
            high = first - 1 if endexcl else last
        return DateRange(fieldname, low, high, boost)


def days_meant(text: str) -> tuple[int, int]:
    """First and last day of a day, month or year; of as much of it as is there. (0, 0) is none."""
    match = _DATE.search(text)
    if match is None or match[1] == "0000":
        return 0, 0
    year = int(match[1])
    month = int(match[2] or 0)
    if not 1 <= month <= 12:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    length = calendar.monthrange(year, month)[1]
    day = int(match[3] or 0)
    first, last = (day, day) if 1 <= day <= length else (1, length)
    return date(year, month, first).toordinal(), date(year, month, last).toordinal()


def whoosh_schema(language: str, stemmers: Sequence[str]) -> Schema:
    """The schema of the reference; `stemmers` as in the manifest."""
    names = stemmers or (stemmer_name("", language),)
    schema = Schema()
    for field in FIELDS:
        if field.kind == "text":
            schema.add(field.name, TEXT(analyzer=KeyAnalyzer(names), multitoken_query="phrase", phrase=True))
        else:
            schema.add(field.name, ID(analyzer=ValueAnalyzer()))
    schema.add("date", DateField())
    return schema
