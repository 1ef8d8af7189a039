"""What is easily got wrong in a content file and is no error, since the file means something else then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.contentfile import COMMENTS_MARKER, KNOWN_KEYS, ContentFile
from backfile.dates import parse_edtf

_DATES = {"date": "published", "published": "published", "modified": "modified", "captured": "captured"}
_SHOWN = 3
"""Dates of comments that are told one by one."""
_HEADER = re.compile(r"<!-- ?comments? ?(?:[\w-]+ ?)?(?:-->)?[ \t]*", re.ASCII | re.IGNORECASE)
_KEY = re.compile(rf"(?:{'|'.join(sorted(KNOWN_KEYS))})[ \t]*:", re.IGNORECASE)

_KEYS = ("Author", "Author-Url", "Date", "Parent", "Lang", "Kind", "Removed")
_OTHER_KEY = re.compile(
    rf"\n<!-- comment(?: [\w-]+)?[ \t]*\n(?:(?:{'|'.join(_KEYS)})[ \t]*:[^\n]*\n)*+(?P<key>[A-Za-z][\w-]*)[ \t]*:",
    re.ASCII | re.IGNORECASE,
)
"""The first key in a comment's header that is none of these."""


def slips(found: ContentFile, place: str) -> Iterator[str]:
    """What was probably not meant, each with its place and what to do."""
    yield from _dates(found, place)
    yield from _keys(found, place)
    body = found.article.body
    first, *others = body.partition("\n\n")[0].split("\n")
    if _KEY.match(first) and all(map(_KEY.match, others)) and (others or first.lower().startswith("imported-")):
        yield (
            f"{place}:{_line(found, first)}: {first[:60]!r} is read as text, since metadata ends at the first blank "
            "line. Take that line out."
        )
    if not found.has_marker and (header := next((line for line in body.split("\n") if _HEADER.fullmatch(line)), "")):
        yield (
            f"{place}:{_line(found, header)}: {header.strip()!r} is read as text, since no line '{COMMENTS_MARKER}' "
            "stands above it. Write that line above the first comment."
        )


def _dates(found: ContentFile, place: str) -> Iterator[str]:
    article = found.article
    for key, field in _DATES.items():
        written = getattr(article, field)
        if written and parse_edtf(written) is None and (line := _line(found, f"{key}:", exact=False)):
            yield _no_date(f"{place}:{line}", written)
    wrong = [
        comment.date
        for comment in article.comments
        if comment.date and not comment.date[:4].isdigit() and parse_edtf(comment.date) is None
    ]
    lines = _date_lines(found) if wrong else {}
    for written in wrong[:_SHOWN]:
        yield _no_date(f"{place}:{lines.get(written, 0)}", written)
    if len(wrong) > _SHOWN:
        yield f"{place}: {len(wrong) - _SHOWN} more dates of comments are none."


def _keys(found: ContentFile, place: str) -> Iterator[str]:
    """A misspelt `Removed` leaves the comment there."""
    begin = found.text.find(f"\n{COMMENTS_MARKER}")
    others = _OTHER_KEY.finditer(found.text, begin) if begin >= 0 else ()
    for other, _ in zip(others, range(_SHOWN), strict=False):
        line = found.text.count("\n", 0, other.start("key")) + 1
        known = ", ".join(_KEYS)
        yield f"{place}:{line}: {other['key']!r} means nothing above a comment, and is passed over. Known are {known}."


def _date_lines(found: ContentFile) -> dict[str, int]:
    """The number of the first line for each date, gone through once: a thread may have very many."""
    lines: dict[str, int] = {}
    for number, line in enumerate(found.text.split("\n"), 1):
        key, _, value = line.partition(":")
        if key.lower() == "date":
            lines.setdefault(value.strip(), number)
    return lines


def _no_date(place: str, written: str) -> str:
    return f"{place}: {written!r} is no date, and counts as unknown. Write it as in 2009-03-12, 2009-03 or 2009."


def _line(found: ContentFile, text: str, *, exact: bool = True) -> int:
    """The number of the first line that is this text, or begins with it in whatever case; 0 when there is none."""
    for number, line in enumerate(found.text.split("\n"), 1):
        if line.strip() == text.strip() if exact else line.lower().startswith(text.lower()):
            return number
    return 0
