"""Who and when, read from the lines that say it: "Ann Smith says:", "Posted by: Ann | 12 March 2009 at 10:41"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backfile.split import marks
from backfile.written_dates import find_written_date

MAX_NAME = 60
_FRAME = ' \t.,;:|/•·*–—-~#>»«()[]"“”'
_GLUE = re.compile(
    r"^(?:(?:posted|comment(?:ed)?|written|submitted|left|review|reply|response|reported|said|says|wrote)\s+)?(?:by|from|von|par|por|автор|від)\b[\s:]*"
    r"|\s+(?:on|at|am|um|le|el|в|о|says|said|wrote|writes|posted)\W*$|^\W*(?:on|at)\b\s*",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(r"^\(?#?\d{1,8}[.):]?\)?\s+(?=\S)")
_TRAILING = re.compile(r"\s*(?:\(#?\d+\)|#\d+|\d+ recs?|permalink|reply|homepage|journal|link)\W*$", re.IGNORECASE)
_SAID = re.compile(r"\s(?:said|says|wrote|dijo|dit|schrieb|a dit)\b", re.IGNORECASE)
_NO_NAME = frozenset("posted comment comments reply said says by on at written published".split())
_UTC = re.compile(r"\(?(?:UTC|GMT)\s?[+-]?\d{0,2}\)?|\b\d{1,6} (?:fans|posts|comments)\b", re.IGNORECASE)
_LINK = re.compile(r"^https?://\S+\s")
_PICTURE = re.compile(r"['’]s picture$")
_INITIAL = re.compile(r"(?:^|[\s.])(?:[^\W\d_]|Jr|Sr)$")  # "Marta K." and "King, Jr." end in a full stop
_ZONE = re.compile(r"^\W*(?:[ECMP][SD]?T|GMT|UTC|CES?T|BST|Uhr|[ap]\.?m\.?)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*$|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b,?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """An author and a date as found; `strong`: the line says that this is an author ("says", "by", a date beside the name)."""

    author: str = ""
    date: str = ""
    date_text: str = ""
    strong: bool = False

    def joined(self, other: Byline) -> Byline:
        """Two lines of one byline: the first author counts, unless only the second is named as one."""
        better = other.author and other.strong and not self.strong
        author = other.author if better else self.author or other.author
        dated = self if self.date_text and (self.date or not other.date) else other
        return Byline(author, dated.date, dated.date_text, self.strong or bool(better))


def read_byline(text: str, kind: str) -> Byline:
    """What a line of marks says."""
    if kind == "N":
        return Byline(author=_name(_LINK.sub("", text)))
    date, start, end = _date(text)
    says = marks.RX_SAYS.match(text) or marks.RX_SAYS_WHEN.match(text)
    if kind == "S":
        name = says["name"] if says else _SAID.split(text)[0]
        if start < end and start < len(name):
            name = name[:start] if _name(name[:start]) else name[end:]
        return Byline(_name(name), date, text[start:end].strip(), strong=True)
    if start == end:
        return Byline(author="" if kind == "D" else _name(text), strong=kind == "B")
    before, after = _name(_WEEKDAY.sub("", text[:start])), _name(_ZONE.sub("", text[end:]))
    author = "" if kind == "D" else before or after
    return Byline(author, date, text[start:end].strip(), strong=bool(author))


def read_inline(text: str) -> tuple[Byline, str]:
    """The byline at the head or the tail of a paragraph, and the paragraph without it."""
    if match := marks.RX_HEAD_SAYS.match(text[:110]):
        return Byline(_name(match["name"]), strong=True), text[match.end() :]
    if match := marks.RX_HEAD_DATE.match(text[:110]):
        return read_byline(match.group(), "Q"), text[match.end() :]
    tail = max(0, len(text) - 90)
    if match := marks.RX_TAIL_DATE.search(text[tail:]):
        cut = tail + match.start() + 1
        return read_byline(text[cut:], "Q"), text[:cut]
    if match := marks.RX_SIGNATURE.search(text[tail:]):
        cut = tail + match.start("name")
        return Byline(_name(match["name"])), text[:cut].rstrip(" -–—~")
    return Byline(), text


def _date(text: str) -> tuple[str, int, int]:
    """EDTF (or empty), and the span of the date as written; relative dates have a span and no EDTF."""
    if found := find_written_date(text):
        parsed, start, end = found
        zone = _ZONE.match(text[end:])
        return str(parsed), start, end + (zone.end() if zone else 0)
    spans = [m.span() for m in (marks.RX_DATE.search(text), marks.RX_TIME.search(text)) if m]
    if not spans:
        return "", 0, 0
    return "", min(s for s, _ in spans), max(e for _, e in spans)


def _name(text: str) -> str:
    """A name without the glue and the punctuation round it; empty when nothing like a name is left."""
    whole = text
    text = _PICTURE.sub("", _UTC.sub("", text).strip(_FRAME))
    for _ in range(3):
        text = _GLUE.sub("", _TRAILING.sub("", _LEADING_NUMBER.sub("", text))).strip(_FRAME)
    if not any(c.isalpha() for c in text) or len(text) > MAX_NAME or text.lower() in _NO_NAME:
        return ""
    if _INITIAL.search(text) and f"{text}." in whole:
        text += "."
    return text + ")" * (text.count("(") - text.count(")"))
