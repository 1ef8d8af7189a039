"""What stands round an article's body: headline, standfirst, byline, date above it, a note on the author
below.

Only whole paragraphs next to the edges are taken, and only while each is recognised, so that no text is
lost: what is not clearly furniture stays body. Everything found this way is a guess, and is named as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from backfile.split import marks
from backfile.written_dates import find_written_date

HEAD_LINES = 6
NOTE_LINES = 4
MAX_TITLE_WORDS = 24
MAX_STANDFIRST_WORDS = 45
_LETTER = r"[^\W\d_]"
_NAME = (
    rf"{_LETTER}[\w.’'-]*(?:\s+(?:{_LETTER}\.|(?:van|von|de|der|den|la|le|al|bin|di|da|y)\b|{_LETTER}[\w.’'-]+)){{0,4}}"
)
_BY = re.compile(
    r"^(?:(?:(?:post|article)\s+)?(?:posted|written|reported|story|words|text)\s+by|by|author|authors|von|autor(?:in)?|par|auteur|por|автор(?:ка)?|текст)\b\s*:?\s+(?P<names>\S.{1,140})$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s+and|,|;|&|\band\b|\bund\b|\bet\b|\by\b|\bи\b|\bта\b|\bі\b)\s*", re.IGNORECASE)
_TRAILING_GLUE = re.compile(r"\s+(?:on|at|in|am|um|le|el|в|о)\s*$", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|staff|columnist|contributor|press|news|times|post|reuters|afp|redakteur|korrespondent|journalist\w*"
    r"|rédact\w+|редактор|корреспондент|кореспондент|special to|for the)\b",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(rf"{_NAME}$")
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|last|modified|first|created|on|at|am|um|uhr|le|el|à|date|veröffentlicht|stand|publié|mis à jour|publicado"
    r"|actualizado|опубликовано|обновлено|опубліковано|оновлено|года|року|г|р|et|edt|est|gmt|utc|bst|pst|pdt|cest|cet|a|p|m|pm"
    r"|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|[\W\d_]+",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\W{0,3}(?:about the author|author|über den autor|à propos de l['’]auteur|sobre el autor|об авторе|про автора)\b"
    r"|\bfollow (?:him|her|them|me|us|\w+) (?:on|at)\b|\bcan be (?:reached|contacted|followed|found) (?:at|on|via)\b|\b(?:is|was|are) the authors? of\b"
    r"|\b(?:der autor|die autorin) (?:ist|lebt|arbeitet)\b|\bl['’]auteure? est\b|\b(?:el autor|la autora) es\b|^автор(?:ка)? [—–-]",
    re.IGNORECASE,
)
_IS_A = re.compile(
    rf"^\W{{0,3}}(?P<name>{_LETTER}[\w.’'-]*(?:\s+{_LETTER}[\w.’'-]*){{1,3}}),?\s+(?:is|was|ist|est|es|works|writes|covers|lives|reports|schreibt|arbeitet|écrit|escribe|—|–)\s+"
    rf"(?P<what>.{{0,160}})",
)
_TRADE = re.compile(
    r"\b(?:editor|reporter|journalist|correspondent|columnist|contributor|freelance|writer|author|professor|fellow|blogger|founder|director|analyst|producer"
    r"|critic|historian|novelist|researcher|photographer|redakteur(?:in)?|korrespondent(?:in)?|journaliste?(?:in)?|autor(?:in)?|rédact\w+|periodista"
    r"|corresponsal|журналист\w*|журналіст\w*|редактор\w*|корреспондент\w*|кореспондент\w*|обозреватель|оглядач\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was recognised; `body_start` and `body_end` bound the body's paragraphs. `date` is EDTF or empty."""

    title: str
    standfirst: str
    authors: tuple[str, ...]
    date: str
    author_note: str
    body_start: int
    body_end: int
    guessed: tuple[str, ...] = ()


@dataclass(slots=True)
class Head:
    """What stands above the body, up to paragraph `end`."""

    title: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    end: int = 0


@dataclass(slots=True)
class Tail:
    """The note on the author, from paragraph `start`, and the authors it names."""

    author_note: str = ""
    authors: tuple[str, ...] = field(default_factory=tuple)
    start: int = 0


def parse_furniture(paragraphs: Sequence[str]) -> Furniture:
    """Recognise the furniture of an article's paragraphs (without its comments)."""
    texts = [" ".join(p.split()) for p in paragraphs]
    head = read_head(texts)
    tail = read_tail(texts, head)
    authors = head.authors or tail.authors
    parts = {
        "title": head.title, "standfirst": head.standfirst, "authors": authors, "published": head.date,
        "author-note": tail.author_note,
    }  # fmt: skip
    guessed = tuple(name for name, value in parts.items() if value)
    return Furniture(head.title, head.standfirst, authors, head.date, tail.author_note, head.end, tail.start, guessed)


def read_head(paragraphs: Sequence[str]) -> Head:
    """Headline, standfirst, byline and date, as far as the first paragraphs are clearly these."""
    head = Head()
    for at, text in enumerate(paragraphs[:HEAD_LINES]):
        rest = paragraphs[at + 1 :]
        if not rest or not any(_is_prose(p) for p in rest):
            break
        if not (_take_line(head, text, rest) or _take_title(head, text, rest) or _take_standfirst(head, text, rest)):
            break
        head.end = at + 1
    return head


def read_tail(paragraphs: Sequence[str], head: Head) -> Tail:
    """The note on the author: the last paragraphs, while each speaks of one."""
    tail = Tail(start=len(paragraphs))
    low = max(head.end + 1, len(paragraphs) - NOTE_LINES)
    for at in range(len(paragraphs) - 1, low - 1, -1):
        text = paragraphs[at]
        byline = _BY.match(text)
        if byline and len(text.split()) <= 9 and (names := _names(byline["names"])):
            tail.authors = names
        elif not _is_note(text, head.authors):
            break
        tail.start = at
    note = list(paragraphs[tail.start :])
    tail.author_note = "\n".join(text for text in note if text)
    return tail


def _take_line(head: Head, text: str, rest: Sequence[str]) -> bool:
    """A byline or a date line, or both in one; below a title also a name that stands alone above prose."""
    if not text:
        return True
    if len(text) > 160:
        return False
    date, line = _date(text)
    match = _BY.match(line)
    names = _names(match["names"]) if match else ()
    alone = not match and head.title and _is_name(line) and (date or _is_prose(next((p for p in rest if p), "")))
    if alone and not head.authors:
        names = (line.strip(" |,–—-"),)
    if names and not head.authors:
        head.authors = names
        head.date = head.date or date
        return True
    if date and not _DATE_WORDS.sub("", line):
        head.date = head.date or date
        return True
    return False


def _take_title(head: Head, text: str, rest: Sequence[str]) -> bool:
    if head.title or head.authors or not _is_heading(text) or len(text.split()) > MAX_TITLE_WORDS:
        return False
    following = next(p for p in rest if p)
    if marks.kind(text) in "CU#D" or (_is_heading(following) and not _furniture_follows(rest)):
        return False
    head.title = text
    return True


def _furniture_follows(rest: Sequence[str]) -> bool:
    """Whether a heading's next lines are a byline, a date or one more heading, and then prose."""
    probe = Head(title="x")
    for at, text in enumerate(rest[:HEAD_LINES]):
        if _is_prose(text):
            return True
        if not (_take_line(probe, text, rest[at + 1 :]) or _take_standfirst(probe, text, rest[at + 1 :])):
            return False
    return False


def _take_standfirst(head: Head, text: str, rest: Sequence[str]) -> bool:
    words = len(text.split())
    if not head.title or head.standfirst or not 5 <= words <= MAX_STANDFIRST_WORDS or text[-1] in ":,;…":
        return False
    single = len(re.findall(r"[.!?…](?:\s|$)", text)) <= 1
    following = next((p for p in rest if p), "")
    probe = Head(title=head.title)
    before_line = not head.authors and not head.date and _take_line(probe, following, rest[1:])
    if _BY.match(text):
        return False
    if single and (before_line or (text[-1] not in '.!?"”»' and _is_prose(following))):
        head.standfirst = text
        return True
    return False


def _is_heading(text: str) -> bool:
    """A short line that is no sentence: no stop at its end, no more than one inside."""
    return bool(text) and len(text) <= 200 and text[-1] not in '.,:;…"”»' and sum(c.isalpha() for c in text) >= 3


def _is_prose(text: str) -> bool:
    words = len(text.split())
    return words >= 25 or (words >= 8 and text[-1] in '.!?…"”»)')


def _is_name(text: str) -> bool:
    text = text.strip(" |,–—-")
    words = text.split()
    return 2 <= len(words) <= 4 and all(w[0].isupper() for w in words) and _PLAIN_NAME.match(text) is not None


def _date(text: str) -> tuple[str, str]:
    """The date in a line as EDTF, and the line without it."""
    found = find_written_date(text)
    if not found:
        return "", text
    date, start, end = found
    return str(date), (text[:start] + " " + text[end:]).strip()


def _names(text: str) -> tuple[str, ...]:
    """The names of a byline, without roles and agencies; empty when it holds no name."""
    text = _TRAILING_GLUE.sub("", re.split(r"\s[|•·/–—-]+\s|\(|@|\s(?:on|at)\s(?=\d)", text)[0].strip(" .,|–—-"))
    pieces = [p.strip(" .,|–—-") for p in _AND.split(text)]
    names = [p for p in pieces if p and not _ROLE.search(p)] or pieces[:1]
    good = [n for n in names if 1 <= len(n.split()) <= 5 and n[0].isupper() and _PLAIN_NAME.match(n)]
    return tuple(dict.fromkeys(good)) if good and len(good) == len(names) else ()


def _is_note(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph speaks of who wrote the article."""
    if not text or len(text.split()) > 90:
        return not text
    if _NOTE.search(text):
        return True
    about = _IS_A.match(text)
    if not about:
        return False
    named = any(about["name"].split()[-1] == name.split()[-1] for name in authors)
    return _TRADE.search(about["what"]) is not None and (named or text.count(".") <= 3)
