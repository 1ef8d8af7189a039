"""Dates of documents as search sees them: a first possible day, a span of days, a minute of the day."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from backfile.dates import parse_edtf


class Days(NamedTuple):
    """The days that a date can mean: `day` to `day + span`, as ordinals; (0, 0) is unknown.

    `minute` is the minute of the day plus one, 0 when the date does not tell it.
    """

    day: int = 0
    span: int = 0
    minute: int = 0


UNKNOWN = Days()


@lru_cache(1 << 15)  # asked for once to sort documents, and again to index them
def days_of(edtf: str) -> Days:
    """The days that a date can mean, as it was written, in whatever time zone; `UNKNOWN` when it is none."""
    known = parse_edtf(edtf)
    if known is None:
        return UNKNOWN
    if known.month is None:
        return _span(date(known.year, 1, 1), date(known.year, 12, 31))
    if known.day is None:
        last = calendar.monthrange(known.year, known.month)[1]
        return _span(date(known.year, known.month, 1), date(known.year, known.month, last))
    minute = 0 if known.hour is None else known.hour * 60 + (known.minute or 0) + 1
    return Days(date(known.year, known.month, known.day).toordinal(), 0, minute)


def _span(first: date, last: date) -> Days:
    return Days(first.toordinal(), last.toordinal() - first.toordinal())
