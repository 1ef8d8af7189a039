"""What may be somebody's name, and the words that stand beside names."""

from __future__ import annotations

import re

from backfile.importer.distances import RELATIVE
from backfile.importer.moments import find_date
from backfile.months import MONTH
from backfile.text import clean_line

LONGEST_NAME = 80
_VERBS = (
    "says?|said|wrote|writes|sagt|sagte|schrieb|schreibt|meint|meinte|kommentiert(?:e)?|dit|a dit|a écrit|écrit"
    "|dice|dijo|escribió|ha detto|scrive|diz|disse|zegt|schreef|säger|skrev"
)
_SAYS = re.compile(
    rf"\s*\(?(?:\b(?:{_VERBS}|komment(?:ar|oi)|commented|replied|on|am|at|le|el|il"
    r"|vor|permalink|posted|op|author|autor|admin|moderator|date|datum)\b\s*)*[\s:,|•·–—…(#-]*$",
    re.IGNORECASE,
)
_SAID_DOTS = re.compile(rf"\s+(?:{_VERBS}|(?:hat|heeft) ge(?:sagt|zegd))\s?\.\.\.$", re.IGNORECASE)  # as Blogger writes
_ONLY_SAYS = re.compile(rf"says|(?:{_VERBS})\s*(?::|…|\.\.\.)", re.IGNORECASE)
_BY = re.compile(
    r"^(?:[\s#\d.:|•·–—-]*)(?:\b(?:posted\s+by|written\s+by|comment\s+by|kommentar\s+von|geschrieben\s+von|verfasst\s+von|beitrag\s+von"
    r"|by|von|par|por|de|da|di|door|av|af|od|from|name|author|autor|auteur|verfasser|username|(?:user|benutzer)(?!\s+\d+$))\b[\s:]+)+",
    re.IGNORECASE,
)
_BY_OF_DECLARED = re.compile(
    r"^\s*(?:(?i:(?:posted|written|comment)\s+by|(?:kommentar|geschrieben|verfasst|beitrag)\s+von|by:|von:|name:|author:)[\s:]+"
    r"|(?:by|von|par|por|door|from)\s+)"
)
"""Before what is declared to be a name: De Vries, Von Braun and By the Sea are names."""
_SAYS_OF_DECLARED = re.compile(rf"(?:\s+\(?(?:{_VERBS}))?[\s:,|•·–—…(#-]*$", re.IGNORECASE)
"""After it: Le is one, too."""
_NOT_VERIFIED = re.compile(r"\s*\((?:not verified|nicht überprüft|non vérifié|guest|gast)\)", re.IGNORECASE)
WEEKDAY = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
_NOT_NAME = re.compile(
    r"^(?:\W*|\d+\W*|\d+ ?%.*|reply|antworten|répondre|responder|rispondi|permalink|link"
    r"|edit|report|melden|share|quote|zitat|zitieren|like|guest"
    r"|profile?|avatar|image|photo|bild|offline|online|http\S*|www\.\S*|\d+(?:\s\w+)?|re:.*"
    r"|top|follow(?:ing)?|view.*|visit.*|more.*"
    r"|find .*|all posts.*|private message|send .*|user(?: ?name| ?info)?"
    r"|author|autor|name|date|datum|subject|betreff|e-?mail|homepage|website|member|original poster|op|thread starter"
    r"|(?:posted|written|comment(?:ed)?|submitted) by"
    r"|(?:\d+\W+)?(?:at|um|à|on|am|le) \d.*"
    rf"|(?:(?:on|am|le|el|il|den|på) )?(?:{WEEKDAY})[,.]?"
    rf"|(?:{MONTH})\.? \d{{1,2}}\D{{0,3}}|\d{{1,2}}\W{{1,2}}(?:{MONTH})\.?)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?uhr)?", re.IGNORECASE)
"""What is left of a date beside the place where a name should be."""


def strip_name(text: str, *, declared: bool = False) -> str:
    """A name without the words that stand beside names; fewer of them are none where it is declared to be one."""
    text = clean_line(text)
    if len(text) > 4 * LONGEST_NAME:
        return text
    if found := find_date(text):
        text = text[: found.start()] or text[found.end() :]
    by, says = (_BY_OF_DECLARED, _SAYS_OF_DECLARED) if declared else (_BY, _SAYS)
    text = _NOT_VERIFIED.sub("", by.sub("", _SAID_DOTS.sub("", text)))
    if _ONLY_SAYS.fullmatch(text):
        return ""
    stripped = says.sub("", text)
    return (stripped or text).strip(" ,:|•·–—-\u200b\u200e\u200f\ufeff@").lstrip("([")


def is_name(name: str) -> bool:
    """True for what may be a name: short, no date and no part of one, no label of a button."""
    if not name or len(name) > LONGEST_NAME or _NOT_NAME.match(name):
        return False
    return not (_CLOCK.fullmatch(name) or RELATIVE.fullmatch(name) or find_date(name))
