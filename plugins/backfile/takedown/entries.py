"""The takedown file (docs/removal.md): read, and checked so that no mistake in it goes by in silence."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backfile.dates import parse_edtf
from backfile.errors import TakedownError
from backfile.takedown.canonical import canonical, words_of
from backfile.takedown.passages import MARK, in_text
from backfile.text import clean_line

ACTIONS = ("remove", "anonymise", "redact")
_TABLE = "takedown"
_HEADER = re.compile(rf"^[ \t]*\[\[[ \t]*{_TABLE}[ \t]*\]\]", re.MULTILINE)
_CURLY = re.compile(r"^[ \t]*[\w-]+[ \t]*=[ \t]*[“”„‟«»‘’‚]", re.MULTILINE)
"""A value as word processors write it."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("article", "comment", "commenter", "text", "passage", "passage-sha256", "reason", "note", "action")
_FLAGS = {"everywhere": False, "keep-title": False, "keep-address": True, "known-elsewhere": False}
_KEYS = frozenset((*_TEXTS, *_FLAGS, "passage-words", "date"))
_SELECTORS = ("article", "comment", "commenter", "text", "everywhere", "passage", "passage_sha256")
_HELP = "docs/removal.md has an example of each kind of entry."


@dataclass(frozen=True, slots=True)
class Entry:
    """One takedown: whom or what it means (every selector given must hold), what is done, and what readers are told.

    `passage_words` words with the digest `passage_sha256` say the same as `passage`, without saying it.
    `place` names the entry in messages and is no part of what it means.
    """

    action: str
    reason: str
    date: str
    note: str = ""
    article: str = ""
    comment: str = ""
    commenter: str = ""
    text: str = ""
    everywhere: bool = False
    passage: str = ""
    passage_sha256: str = ""
    passage_words: int = 0
    keep_title: bool = False
    keep_address: bool = True
    known_elsewhere: bool = False
    place: str = ""

    @property
    def digest(self) -> str:
        """Stands for all that the entry does."""
        return self._digest_of(*(name for name in self.__slots__ if name != "place"))

    @property
    def aim(self) -> str:
        """Stands for what the entry takes out, whatever readers are told of it."""
        return self._digest_of("action", *_SELECTORS)

    def _digest_of(self, *names: str) -> str:
        fields = tuple(getattr(self, name) for name in names)
        return hashlib.sha256(repr(fields).encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def told(self) -> str:
        """What readers are told in one line: the reason, the date, the note."""
        told = f"{self.reason} ({self.date})"
        return f"{told} {self.note}" if self.note else told


def read_entries(data: bytes, name: str) -> tuple[Entry, ...]:
    """The entries of a takedown file. Raises TakedownError, which names the file, the entry and what to do."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise TakedownError(f"not UTF-8 at byte {error.start}.", place=name, advice="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        advice = f"Quotation marks must be straight, {chr(34)}. {_HELP}" if _CURLY.search(text) else _HELP
        raise TakedownError(f"not TOML: {error}.", place=name, advice=advice) from error
    unknown = sorted(set(tables) - {_TABLE})
    if unknown:
        raise TakedownError(
            f"{unknown[0]!r} means nothing here.", place=name, advice=f"Every entry begins with a line [[{_TABLE}]]."
        )
    found = tables.get(_TABLE, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise TakedownError(f"{_TABLE!r} is no list.", place=name, advice=f"Begin each entry with [[{_TABLE}]].")
    places = list(_places(text, name))
    # Entries that are not written as tables of their own have no line to name.
    places += [name] * (len(found) - len(places))
    return tuple(
        _entry(given, f"{place} (entry {number})")
        for number, (given, place) in enumerate(zip(found, places, strict=False), 1)
    )


def _places(text: str, name: str) -> Iterator[str]:
    for header in _HEADER.finditer(text):
        yield f"{name}:{text.count(chr(10), 0, header.start()) + 1}"


def _entry(given: Mapping[str, Any], place: str) -> Entry:
    unknown = sorted(set(given) - _KEYS)
    if unknown:
        raise TakedownError(
            f"unknown key {unknown[0]!r}.", place=place, advice=f"Known are {', '.join(sorted(_KEYS))}."
        )
    values: dict[str, Any] = {key.replace("-", "_"): _text(given, key, place) for key in _TEXTS}
    values |= {key.replace("-", "_"): _flag(given, key, place) for key in _FLAGS}
    entry = Entry(
        **values,
        date=_date(given, place),
        passage_words=_count(given, place),
        place=place,
    )
    _check(entry)
    return entry


def _text(given: Mapping[str, Any], key: str, place: str) -> str:
    value = given.get(key, "")
    if not isinstance(value, str) or (key in given and not value.strip()):
        raise TakedownError(f"{key!r} must be a text in quotation marks, and not empty.", place=place)
    return canonical(value) if key == "passage" else clean_line(value)


def _flag(given: Mapping[str, Any], key: str, place: str) -> bool:
    value = given.get(key, _FLAGS[key])
    if not isinstance(value, bool):
        raise TakedownError(f"{key!r} may be true or false.", place=place)
    return value


def _count(given: Mapping[str, Any], place: str) -> int:
    value = given.get("passage-words", 0)
    if isinstance(value, bool) or not isinstance(value, int) or ("passage-words" in given and value < 1):
        raise TakedownError("'passage-words' must be a number from 1.", place=place)
    return value


def _date(given: Mapping[str, Any], place: str) -> str:
    value = given.get("date", "")
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if not isinstance(value, str) or parse_edtf(value) is None:
        raise TakedownError(
            "'date' is missing, or no date." if not value else f"{value!r} is no date.",
            place=place,
            advice="Say when it was decided, as in: date = 2024-05-01",
        )
    return value


def _check(entry: Entry) -> None:
    """Raises TakedownError when the parts of an entry make no sense together."""

    def wrong(message: str, advice: str = _HELP) -> TakedownError:
        return TakedownError(message, place=entry.place, advice=advice)

    if entry.action not in ACTIONS:
        raise wrong(f"'action' is {entry.action or 'missing'}.", f"It may be {', '.join(map(repr, ACTIONS))}.")
    if not entry.reason:
        raise wrong("'reason' is missing.", "Say in a line why: readers see it.")
    if not (entry.article or entry.comment or entry.commenter or entry.text or entry.everywhere):
        raise wrong("it does not say what it means.", "Give it an article, comment, commenter or text.")
    if entry.text and not _DIGEST.fullmatch(entry.text):
        raise wrong("'text' is no SHA-256.", "Take the 64 digits from: backfile takedown find 'WORDS'")
    if entry.everywhere and (entry.action != "redact" or entry.article or entry.comment or entry.commenter):
        raise wrong("'everywhere' goes with the action 'redact', and with no selector.")
    if entry.keep_title and (entry.action != "remove" or entry.comment or entry.commenter):
        raise wrong("'keep-title' goes with the removal of an article.")
    if not entry.keep_address and (entry.action != "remove" or entry.comment or entry.commenter or entry.keep_title):
        raise wrong("'keep-address = false' goes with the removal of an article, and without 'keep-title'.")
    _check_passage(entry, wrong)


def _check_passage(entry: Entry, wrong: Any) -> None:
    by_digest = bool(entry.passage_sha256 or entry.passage_words)
    if entry.action != "redact":
        if entry.passage or by_digest:
            raise wrong(f"a passage goes with the action 'redact', not with {entry.action!r}.")
        return
    if bool(entry.passage) == by_digest:
        raise wrong("'redact' needs a 'passage', or 'passage-sha256' with 'passage-words'.")
    if by_digest and not (_DIGEST.fullmatch(entry.passage_sha256) and entry.passage_words):
        raise wrong("'passage-sha256' (64 digits) and 'passage-words' (a number) go together.")
    if by_digest and entry.everywhere:
        raise wrong("a passage that is known by its digest is looked for in one article.", "Give the entry an article.")
    if entry.passage and not words_of(entry.passage):
        raise wrong("'passage' has no word in it.")
    if entry.passage and in_text(MARK, entry.passage):
        raise wrong(f"the mark that would stand in its place, {MARK}, says the 'passage'.", "Give more words of it.")
