"""Dates found in running text: `12 March 2009`, `March 12th, 2009 at 10:41 am`, `12.03.2009`, `mars 2009`.

Here nothing but the text tells that it is a date, so only what can hardly be anything else is one; what pages
show of themselves is read by the importer's `moments`, which know more of the page.
A date that can be read two ways (`03/04/2009`) is known by its year only and marked uncertain.
Relative dates (`2 days ago`) are no dates: nobody knows from when they count.
"""

from __future__ import annotations

import re

from backfile.dates import Edtf, parse_edtf
from backfile.months import MONTH, month_number

_MONTH = rf"(?P<month>{MONTH})(?![^\W\d_])\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|-?е|-го)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d{2})"
_TIME = (
    r"(?:(?:[\s,|@–-]|at|um|à|kl|a las|в|о)*\b(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?P<zone>UTC|GMT|Z)\b)?)?"
)
_OF = r"(?:\s+|\s*,\s*|\s+(?:of|de|del)\s+)"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DAY}{_OF}{_MONTH}{_OF}{_YEAR}\b{_TIME}",
        rf"\b{_MONTH}\s+{_DAY}{_OF}{_YEAR}\b{_TIME}",
        rf"\b{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})\b[T]?{_TIME}",
        rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}\b{_TIME}",
        rf"\b(?P<first>\d{{1,2}})[/-](?P<other>\d{{1,2}})[/-]{_YEAR}\b{_TIME}",
        rf"\b{_MONTH}{_OF}{_YEAR}\b",
    )
]
# What may stand before a date: a weekday in the same languages, an article or preposition.
_BEFORE = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|montag|die|mit|don|fre|sam|son|lun|mer|mié|jeu|jue|ven|vie|sáb|dim|dom"
    r"|пон|вто|вів|сре|сер|чет|пят|п'ят|суб|вос|нед)[^\W\d_]*\.?|mar(?:di|tes)?\b|[,\s]|on|le|el|am|den|the|posted|published)*",
    re.IGNORECASE,
)


def find_written_date(text: str) -> tuple[Edtf, int, int] | None:
    """The first date written in a text, with the span of characters it takes, or None."""
    found = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if parsed := _read(match.groupdict()):
            return parsed, match.start(), match.end()
    return None


def parse_written_date(text: str) -> Edtf | None:
    """The date that a whole text is, a weekday before it and a zone after it aside, or None."""
    if exact := parse_edtf(text):
        return exact
    found = find_written_date(text)
    if not found:
        return None
    parsed, start, end = found
    alone = _BEFORE.fullmatch(text[:start]) and len(text[end:].split()) <= 1
    return parsed if alone else None


def _read(parts: dict[str, str | None]) -> Edtf | None:
    """The date that matched parts mean, or None when there is no such day."""
    year = f"{int(parts['year'] or 0):04}"
    if parts.get("first") and parts.get("other"):
        first, other = int(parts["first"] or 0), int(parts["other"] or 0)
        if first <= 12 and other <= 12 and first != other:
            return parse_edtf(f"{year}?")
        month, day = (other, first) if other <= 12 else (first, other)
    else:
        month, day = _month(parts["month"] or ""), int(parts.get("day") or 0)
    text = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    return parse_edtf(text + _clock(parts)) or parse_edtf(text)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return month_number(text)


def _clock(parts: dict[str, str | None]) -> str:
    """`Thh:mm[:ss][Z]` of a matched time, or nothing."""
    if not parts.get("hour"):
        return ""
    hour = int(parts["hour"] or 0)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    seconds = f":{parts['second']}" if parts.get("second") else ""
    return f"T{hour:02}:{parts['minute']}{seconds}{'Z' if parts.get('zone') else ''}"
