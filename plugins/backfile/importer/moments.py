"""Dates as pages show them, read as EDTF: no finer, and no surer, than they are written.

A page tells more than a line of text does (`backfile.written_dates`): which of day and month leads, when it was
captured, and that a piece of text is a date at all. So more is read here: two digits for a year, distances.

`4. Mai 2012 um 10:20`, `2012-05-04T10:20:00+02:00`, `05/04/12 10:20 pm`, `September 2019`, `3 days ago`.
Whether `05/04` is April or May is told from the other dates of the page, else from its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from backfile.dates import normalise_edtf, parse_edtf
from backfile.importer.distances import YEARS, told_by_distance
from backfile.months import MONTH, month_number

# Arabic names a month in two ways, one after the other.
_MONTH = rf"(?:{MONTH})"
_AND_ALSO = rf"(?:\s?/\s?{_MONTH})?"
_HALF = r"\s*(?P<{0}>[ap])\.?\s?m\b\.?|\s*(?P<{0}_elsewhere>[πμ]\.?\s?μ|[صم]|[قب]\.?\s?ظ)(?!\w)\.?"
"""The half of the day, in Latin letters, Greek (π.μ., μ.μ.), Arabic and Persian."""
_MORNING = frozenset(("a", "π", "ص", "ق", "上午", "午前", "오전"))
_TIME = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:h.時시点](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    rf"(?:{_HALF.format('half')})?|{_HALF.format('bare')})"
)
_ISO = (
    r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d)?(?:[.,]\d+)?"
    r" ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?)?)(?!\d)"
)
# What is right before `Jun 01, 2012` (`10:20:30`, `#3`) is no day of June, and 01 no year.
_YEAR = r"(?P<{0}>(?:19|20)\d\d(?!\d)|'?\d\d(?![\d:])(?!,?[\s\xa0]{{0,3}}(?:19|20)\d\d(?!\d)))"
_DAY_MONTH = (
    r"(?<!\d)(?<!\d:)(?P<day1>[0-3]?\d)(?:st|nd|rd|th|er|[ºª])?[.,]?[\s\xa0/-]*(?:de\s+|of\s+|d['’]|ב-?)?"
    rf"(?P<month1>{_MONTH})\b{_AND_ALSO}\.?[,،]?[\s\xa0/-]*(?:del?\s+)?" + _YEAR.format("year1")
)
_MONTH_DAY = (
    rf"\b(?P<month2>{_MONTH})\b\.?[\s\xa0-]*(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)[,.]?[\s\xa0-]*"
    r"(?P<year2>(?:19|20)\d\d)(?!\d)"
)
_MONTH_YEAR = rf"\b(?P<month3>{_MONTH})\b{_AND_ALSO}\.?[,،]?\s+(?P<year3>(?:19|20)\d\d)(?!\d)"
_NUMERIC = (
    r"(?<![\d.:/])(?P<first>[0-3]?\d)\s?(?P<sep>[./-])\s?(?P<second_part>[0-3]?\d)(?:\s?(?P=sep)\s?|,\s)"
    r"(?P<year4>(?:19|20)\d\d|\d\d)(?![\d/:]|\.\d)"
)
_YEAR_FIRST = (
    r"(?<!\d)(?P<year5>(?:19|20)\d\d)\s?[./年년-]\s?(?P<month5>[01]?\d)\s?[./月월-]\s?(?P<day5>[0-3]?\d)(?!\d)"
)
# Hungarian: `2012. május 4.`
_YEAR_MONTH_DAY = rf"(?<!\d)(?P<year6>(?:19|20)\d\d)\.\s?(?P<month6>{_MONTH})\b\.?\s(?P<day6>[0-3]?\d)(?!\d)"
DATE = re.compile(
    "|".join((_ISO, _DAY_MONTH, _MONTH_DAY, _MONTH_YEAR, _YEAR_MONTH_DAY, _YEAR_FIRST, _NUMERIC)), re.IGNORECASE
)
"""Finds a date that names a year."""

_ELSEWHERE = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "0123456789" * 3)
"""Arabic, Persian and Hindi digits."""
_DIGITS = re.compile(r"\d\d")


@lru_cache(maxsize=1 << 10)  # of one text several ask, one after the other
def find_date(text: str) -> re.Match[str] | None:
    """The first date in a short text that names a year; soon done with one that has no two digits in a row."""
    return DATE.search(text.translate(_ELSEWHERE)) if _DIGITS.search(text) else None


_NUMERIC_DATE = re.compile(_NUMERIC)


def has_numeric_date(text: str) -> bool:
    """True for a text with a date that is read according to which of day and month leads."""
    return bool(_NUMERIC_DATE.search(text))


_CLOCK_AFTER = re.compile(
    r"[日일.]?[\s,،|•·@-]*(?:(?:at|um|à|a las|a les|às|alle|kl|klo|klokken|om|o|o godz|godz|ore|la ora|saat|v|ve"
    r"|uhrzeit|в|о|об|στις|الساعة|في|בשעה|-|–)\.?:?\s*)?"
    r"(?:(?P<before>上午|下午|午前|午後|오전|오후)\s*)?" + _TIME,
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(
    _TIME + r"(?:\s*uhr)?[\s,|•·-]*(?:(?:on|am|le|el|il|em|den)\s+)?(?:\w{2,9},?\s+)?$", re.IGNORECASE
)

_HALF_DAY = re.compile(r"(?P<day>[\d-]{10}T)(?P<hour>0[1-9]|1[0-2])(?P<rest>:[\d:]+)")
_HALF_AFTER = re.compile(_HALF.format("half"), re.IGNORECASE)

_MAIL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)?(?P<day>[0-3]?\d)\s+"
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+(?P<year>(?:19|20)\d\d)\s+"
    r"(?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d)?)\s+(?P<zone>[+-]\d{4}|UTC?|GMT|Z)",
    re.IGNORECASE | re.ASCII,
)
_IN_ADDRESS = re.compile(
    r"[a-z0-9]/(?:[^/?#\s]{1,60}/){0,3}(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])(?:[/-](?P<day>[0-3]\d))?(?=[/.-])",
    re.IGNORECASE | re.ASCII,
)
_UNIVERSAL = frozenset(("+0000", "UT", "UTC", "GMT", "Z"))
_CENTURY_UNKNOWN = range(40, 70)
"""Two digits that may have been a year of the web neither in the century before nor yet in this one."""
_NO_DATE = frozenset(("0001-01-01", "9999-12-31"))
"""What programs write where a date was never set: the first and the last that they can hold."""


def month_leads(texts: Iterable[str], language: str = "") -> bool | None:
    """True when `05/04/12` on this page is proved to mean 4 May, False for 5 April, None when nothing tells.

    Another date of the page proves it, or a language in which only one order is used.
    """
    for text in texts:
        for found in DATE.finditer(text):
            if found["first"] and found["sep"] != ".":
                if int(found["first"]) > 12:
                    return False
                if int(found["second_part"]) > 12:
                    return True
    return None if not language or language.lower()[:2] == "en" else False


def read_moment(text: str, *, month_leads: bool | None = None, now: str = "") -> str:
    """The first date in a text as EDTF, or the empty string.

    With `month_leads` None, `05/04/12` is taken as American and marked uncertain. `now` is the EDTF
    moment the page was captured; without it a distance ("3 days ago") stays unknown.
    """
    if exact := normalise_edtf(text) or _of_mail(text):
        return "" if exact[:10] in _NO_DATE else exact
    if not text.isascii():
        text = text.translate(_ELSEWHERE)
    for found in DATE.finditer(text):
        if moment := _written(found, month_leads=month_leads is not False):
            if "T" in moment:
                moment = _in_its_half(moment, text, found.end())
            elif moment.count("-") == 2:
                moment += _clock(text, found)
            return moment + ("?" if month_leads is None and _ambiguous(found) else "")
    return told_by_distance(text, now)


def _of_mail(text: str) -> str:
    """EDTF for a whole date as e-mail and feeds write it, with its zone; `-0000` says that none is known."""
    if not (found := _MAIL.fullmatch(text.strip())) or found["zone"] == "-0000":
        return ""
    zone = "Z" if found["zone"].upper() in _UNIVERSAL else f"{found['zone'][:3]}:{found['zone'][3:]}"
    day = _edtf(found["year"], month_number(found["month"]), found["day"])
    return normalise_edtf(f"{day}T{found['time']}{zone}") if day else ""


def date_in_address(url: str) -> str:
    """The day or the month in the path of an address, `/2012/05/04/the-ferry`, as EDTF, or the empty string."""
    found = _IN_ADDRESS.search(url.partition("#")[0].partition("?")[0])
    day = _edtf(found["year"], int(found["month"]), found["day"] or "") if found else ""
    return day or (_edtf(found["year"], int(found["month"]), "") if found else "")


def read_epoch(text: str) -> str:
    """EDTF for seconds or milliseconds since 1970, or the empty string."""
    if not re.fullmatch(r"\d{9,13}", text, re.ASCII):
        return ""
    seconds = int(text) / (1000 if len(text) > 10 else 1)
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year in YEARS else ""


def with_zone(local: str, gmt: str) -> str:
    """A local time, as ISO has it, with the zone that its GMT twin tells; the one that is there when only one is."""
    local, gmt = (normalise_edtf(text.strip().replace(" ", "T")) for text in (local, gmt))
    here, there = parse_edtf(local), parse_edtf(gmt)
    if not here or not there or here.offset is not None:
        return local or (gmt + "Z" if gmt and "T" in gmt else gmt)
    offset = round((here.earliest() - there.earliest()).total_seconds() / 60)
    if abs(offset) > 14 * 60:
        return local
    sign = "-" if offset < 0 else "+"
    return normalise_edtf(f"{local}{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}")


def _written(found: re.Match[str], *, month_leads: bool) -> str:
    """EDTF for one match of `DATE`, or the empty string when the calendar has no such day."""
    if found["iso"]:
        return normalise_edtf(re.sub(r" ?(?:UTC|GMT)$", "Z", found["iso"].replace(",", ".")))
    if found["month1"]:
        return _edtf(found["year1"], month_number(found["month1"]), found["day1"])
    if found["month2"]:
        return _edtf(found["year2"], month_number(found["month2"]), found["day2"])
    if found["month3"]:
        return _edtf(found["year3"], month_number(found["month3"]), "")
    if found["month6"]:
        return _edtf(found["year6"], month_number(found["month6"]), found["day6"])
    if found["year5"]:
        return _edtf(found["year5"], int(found["month5"]), found["day5"])
    day, month = int(found["first"]), int(found["second_part"])
    if found["sep"] != "." and (month > 12 or (month_leads and day <= 12)):
        day, month = month, day
    return _edtf(found["year4"], month, str(day))


def _ambiguous(found: re.Match[str]) -> bool:
    """True when day and month could change places."""
    if not found["first"] or found["sep"] == ".":
        return False
    first, second = int(found["first"]), int(found["second_part"])
    return first != second and first <= 12 and second <= 12


def _edtf(year: str, month: int, day: str) -> str:
    number = int(year.lstrip("'"))
    if number in _CENTURY_UNKNOWN:
        return ""
    if number < 100:
        number += 1900 if number >= 70 else 2000
    if number not in YEARS:
        return ""
    return normalise_edtf(f"{number}-{month:02}" + (f"-{int(day):02}" if day else ""))


def _clock(text: str, found: re.Match[str]) -> str:
    """The time of day that stands right after a date, or right before it, as `T10:20`."""
    clock = _CLOCK_AFTER.match(text, found.end()) or _CLOCK_BEFORE.search(
        text[max(0, found.start() - 40) : found.start()]
    )
    if not clock:
        return ""
    names = ("half", "bare", *(["before"] if "before" in clock.re.groupindex else []))
    hour, half = int(clock["hour"]), next(filter(None, (_half_of(clock, name) for name in names)), "")
    if half:
        if hour not in range(1, 13):
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    seconds = f":{clock['second']}" if clock["second"] else ""
    return f"T{hour:02}:{clock['minute'] or '00'}{seconds}"


def _half_of(found: re.Match[str], name: str) -> str:
    """`a` before noon, `p` after it, and nothing where that is not said."""
    half = (found[name] or found.groupdict().get(f"{name}_elsewhere") or "").lower()
    return "" if not half else "a" if not _MORNING.isdisjoint((half, half[0])) else "p"


def _in_its_half(moment: str, text: str, end: int) -> str:
    """A moment whose clock goes to twelve, `2012-05-04 10:20 PM`, as one of the whole day."""
    clock = _HALF_DAY.fullmatch(moment)
    half = _HALF_AFTER.match(text, end) if clock else None
    if not clock or not half:
        return moment
    hour = int(clock["hour"]) % 12 + (12 if _half_of(half, "half") == "p" else 0)
    return f"{clock['day']}{hour:02}{clock['rest']}"
