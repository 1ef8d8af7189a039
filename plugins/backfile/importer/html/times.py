"""Finds when a comment was posted, and not when its author joined or when it was edited."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bs4.element import NavigableString, Tag

from backfile.importer.distances import RELATIVE
from backfile.importer.html import words as lexicon
from backfile.importer.html.tags import inside, named_by, properties_of, tags_in
from backfile.importer.moments import find_date, has_numeric_date, read_epoch, read_moment
from backfile.text import clean_line

_LONGEST_DATE = 160
_FAR = 2000  # characters
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOT_POSTED = re.compile(
    r"\b(?:joined|join date|registriert|registered|mitglied seit|dabei seit"
    r"|member since|edited|bearbeitet|geändert|modified"
    r"|updated|last|zuletzt|inscri(?:t|ption)"
    r"|miembro desde|anmeldedatum|beigetreten|lid sinds|since|seit)\b",
    re.IGNORECASE,
)
_DATA_TIMES = ("data-time", "data-timestamp", "data-utime", "data-created", "data-date")
_NOT_POSTED_WORDS = frozenset("joined edited signature lastedit userinfo quote extrauserinfo".split())


@dataclass(frozen=True, slots=True)
class PageTime:
    """What reading a date takes from its page: the moment of capture, and the order of day and month.

    That order is told where a date asks for it, since all dates of the page have a say in it.
    """

    captured: str
    month_leads: Callable[[], bool | None]

    def read(self, text: str) -> str:
        """A date as EDTF, or the empty string."""
        leads = self.month_leads() if has_numeric_date(text) else None
        return read_epoch(text) or read_moment(text, month_leads=leads, now=self.captured)


def read_time(root: Tag, body: Tag | None, page: PageTime) -> tuple[Tag | None, str, str]:
    """The element with the date, the date as written, and as EDTF (empty when it cannot be told)."""
    choices: list[tuple[int, int, Tag, str, str]] = []
    for order, tag in enumerate(tags_in(root)):
        for rank, text in _date_texts(tag):
            moment = page.read(text)
            if not moment and not RELATIVE.search(text):
                continue
            if inside(tag, body) and tag is not body:
                rank += 6
            if not moment:
                rank += 4
            elif not re.search(r"\d{4}|:", text):
                rank += 3  # "1.1.10" is as likely the number of a version
            elif "T" not in moment:
                rank += 1  # the day somebody joined has no time of day, that of a post mostly has
            if not rank and not _said_of_member(tag, text):
                return tag, clean_line(text), moment  # none could come before it
            choices.append((rank, order, tag, text, moment))
    for _, _, tag, text, moment in sorted(choices, key=lambda choice: choice[:2]):
        if not _said_of_member(tag, text):  # which takes long to tell, and mostly is so of the first
            return tag, clean_line(text), moment
    return None, "", ""


def _date_texts(tag: Tag) -> list[tuple[int, str]]:
    """What on an element may be a date, best first."""
    found: list[tuple[int, str]] = []
    prop = " ".join(properties_of(tag)).lower()
    declared = ("datetime", "content") if "date" in prop or "time" in prop else ("datetime",)
    found += [(8 if "modif" in prop else 0, str(tag[name])) for name in declared if tag.get(name)]
    found += [(1, str(tag[name])) for name in _DATA_TIMES if tag.get(name)]
    if tag.name == "a" and (stamp := re.search(r"showComment=(\d{12,13})\b", str(tag.get("href", "")))):
        found.append((0, stamp[1]))  # Blogger's permalinks hold the time
    title = str(tag.get("title", ""))
    if 5 < len(title) < _LONGEST_DATE and find_date(title):
        found.append((2 if tag.name in ("abbr", "time", "span", "a") else 4, title))
    named = tag.name == "time" or named_by(tag, lexicon.DATE)
    own = " ".join(str(part) for part in tag.children if type(part) is NavigableString)
    for text, rank in ((own, 3 if named else 4), (tag.get_text(" ") if named else "", 4)):
        if (
            len(text.strip()) > 3
            and len(text) < _LONGEST_DATE * 2
            and (find_date(text[:_LONGEST_DATE]) or RELATIVE.search(text[:60]))
        ):
            found.append((rank, text))
    return found


def _beside_headings(part: Tag) -> str:
    """The first words of an element but for its headings: a title may tell of the last ferry, or of one since 1912."""
    words: list[str] = []
    left, stack = _FAR, part.contents[::-1]
    while stack and left > 0:
        inner = stack.pop()
        if isinstance(inner, Tag):
            stack += () if inner.name in _HEADINGS else inner.contents[::-1]
        elif type(inner) is NavigableString:
            words.append(inner)
            left -= len(inner) + 1
    return " ".join(words)[:_FAR]


def _said_of_member(tag: Tag, text: str) -> bool:
    """True where a forum tells since when the writer is a member, or when a post was changed."""
    for part in (tag, tag.parent):
        if not isinstance(part, Tag):
            continue
        if named_by(part, _NOT_POSTED_WORDS):
            return True
        around = _beside_headings(part)
        found = find_date(text)
        at = around.find(text[found.start() : found.end()]) if found else -1
        if at > 0 and _NOT_POSTED.search(around[max(0, at - 30) : at]):
            return True
    return False
