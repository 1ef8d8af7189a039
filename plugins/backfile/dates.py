"""Dates as far as they are known: a subset of EDTF (ISO 8601-2, levels 0 and 1).

`2009`, `2009-03`, `2009-03-12`, `2009-03-12T10:20`, `...T10:20:30`, each time with `Z` or `+01:00` or
with no zone when none is known; a date may end in `~` (approximate), `?` (uncertain) or `%` (both).
An unknown part is never completed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

from backfile.frozen import frozen

Precision = Literal["year", "month", "day", "minute"]

_EDTF = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r" ?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?(?P<qualifier>[~?%])?",
    re.ASCII,
)
MONTHS = ("January February March April May June July August September October November December").split()


@frozen
class Edtf:
    """A date with the precision it is known to; `offset` is minutes east of UTC, or None."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None
    qualifier: str = ""

    @property
    def precision(self) -> Precision:
        """The finest part that is known; seconds count as minutes."""
        if self.month is None:
            return "year"
        if self.day is None:
            return "month"
        return "day" if self.hour is None else "minute"

    @property
    def uncertain(self) -> bool:
        """True when the source, or whoever catalogued it, was not sure."""
        return bool(self.qualifier)

    def earliest(self) -> datetime:
        """The first moment the date may mean, in UTC; a time with no zone is taken as UTC."""
        zone = timezone(timedelta(minutes=self.offset)) if self.offset is not None else UTC
        parts = (self.year, self.month or 1, self.day or 1, self.hour or 0, self.minute or 0)
        moment = datetime(*parts, self.second or 0, tzinfo=zone)
        try:
            return moment.astimezone(UTC)
        except OverflowError:  # the first day of year 1 or the last of 9999, in a far zone
            return moment.replace(tzinfo=UTC)

    def text(self) -> str:
        """The date in English words, no finer than it is known: `March 2009`, `about 2009`."""
        words = str(self.year)
        if self.month is not None:
            words = f"{MONTHS[self.month - 1]} {words}"
        if self.day is not None:
            words = f"{self.day} {words}"
        if self.hour is not None:
            words += f", {self.hour:02}:{self.minute:02}"
        return {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(self.qualifier, "") + words

    def machine(self) -> str:
        """The value of an HTML `<time datetime>`: the EDTF string without its qualifier."""
        return str(self).rstrip("~?%")

    def __str__(self) -> str:
        words = f"{self.year:04}"
        if self.month is not None:
            words += f"-{self.month:02}"
        if self.day is not None:
            words += f"-{self.day:02}"
        if self.hour is not None:
            words += f"T{self.hour:02}:{self.minute:02}"
            words += "" if self.second is None else f":{self.second:02}"
            words += _zone_text(self.offset)
        return words + self.qualifier


@lru_cache(maxsize=1 << 12)  # of one article several ask, one after the other
def parse_edtf(text: str) -> Edtf | None:
    """The date a string means, or None when it is not a date of this subset or does not exist."""
    found = _EDTF.fullmatch(text.strip())
    if not found:
        return None
    *parts, zone, qualifier = found.groups()
    year, month, day, hour, minute, second = [None if part is None else int(part) for part in parts]
    if year is None or not _exists(year, month, day, hour, minute, second):
        return None
    return Edtf(year, month, day, hour, minute, second, _zone_minutes(zone), qualifier or "")


def normalise_edtf(text: str) -> str:
    """The canonical spelling of a date, or the empty string when it is none."""
    parsed = parse_edtf(text)
    return str(parsed) if parsed else ""


def _exists(
    year: int, month: int | None, day: int | None, hour: int | None, minute: int | None, second: int | None
) -> bool:
    """True for a date of the calendar and a time of the clock."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return (hour or 0) < 24 and (minute or 0) < 60 and (second or 0) < 60


def _zone_minutes(zone: str | None) -> int | None:
    """Minutes east of UTC for `Z`, `+01:00` or `+0100`; an impossible zone counts as unknown."""
    if zone is None:
        return None
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    if minutes >= 24 * 60:
        return None
    return -minutes if zone[0] == "-" else minutes


def _zone_text(offset: int | None) -> str:
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
