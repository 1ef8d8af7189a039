"""From text to keys and positions (docs/shard-format.md, section 15)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from backfile.search.languages import LANGUAGES
from backfile.text import SPACELESS

MAX_TOKEN = 64
MAX_WORD = 32
"""Longer words are not offered as completions."""

_GRAM = re.compile(f"[{SPACELESS}]")
_RUNS = re.compile(f"[{SPACELESS}]+|[^{SPACELESS}]+")
# A full stop joins figures (1.5) and single letters (U.S), no words: without a blank after it they are two sentences.
_JOINT = r"\.(?:(?<=[0-9]\.)(?=[0-9])|(?<!{0}{0}\.)(?!{0}{0}))"
_ASCII_TOKEN = re.compile(rf"[A-Za-z0-9]+(?:{_JOINT.format('[A-Za-z0-9]')}[A-Za-z0-9]+)*")
_BLANKED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {ord("."): "."}
_STOP = re.compile(r"\.(?!(?<=[0-9]\.)[0-9]|(?<=[a-z0-9]\.)(?<![a-z0-9]{2}\.)[a-z0-9](?![a-z0-9]))")
# Characters that nobody sees within a word: soft hyphens and their like.
_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Accents, and what Hebrew and Arabic put on letters to tell vowels, or between them to make a word longer.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f]")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
_DIGIT = re.compile(r"[0-9]")


@cache
def _token_pattern() -> re.Pattern[str]:
    """Python's `\\w` leaves out marks, without which the words of India and Arabia fall apart."""
    codes = chain(range(0x300, 0x1F000), range(0xE0100, 0xE01F0))  # no marks stand elsewhere
    marks = "".join(chr(code) for code in codes if unicodedata.category(chr(code)).startswith("M"))
    letter = rf"[\w{marks}]"
    return re.compile(rf"{letter}+(?:(?:{_HIDDEN.pattern}+|{_JOINT.format(letter)}){letter}+)*")


def fold(token: str) -> str:
    """A token without case and accents."""
    if token.isascii():
        return token.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", token)).lower().translate(_LETTERS)
    return unicodedata.normalize("NFC", plain)


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """The tokens of a text in NFC, each with the place where it begins."""
    pattern = _ASCII_TOKEN if text.isascii() else _token_pattern()
    return ((match.start(), _HIDDEN.sub("", match[0])) for match in pattern.finditer(text.replace("_", " ")))


def raw_tokens(text: str) -> list[str]:
    """The tokens of any text, not yet folded; those of an ASCII text in lower case already."""
    if text.isascii():
        return _ascii_tokens(text)
    found = _token_pattern().findall(unicodedata.normalize("NFC", text).replace("_", " "))
    return [_HIDDEN.sub("", token) for token in found] if _HIDDEN.search(text) else found


def _ascii_tokens(text: str) -> list[str]:
    """The same as all matches in lower case, three times as fast: what divides becomes blanks."""
    blanked = text.translate(_BLANKED)
    if "." in blanked:  # most end a sentence, and are found much sooner so
        blanked = _STOP.sub(" ", blanked.replace(". ", "  "))
    return blanked.split()


class Keys(dict[str, tuple[str, ...]]):
    """Remembers the keys that each raw token gives; one for each stemmer."""

    def __init__(self, stemmer: str) -> None:
        super().__init__()
        self._language = LANGUAGES[stemmer]

    def __missing__(self, token: str) -> tuple[str, ...]:
        keys = self[token] = tuple(self._keys(token))
        return keys

    def _keys(self, token: str) -> Iterator[str]:
        language = self._language
        if language.takes:
            lower = token.lower()
            if lower in language.stops:
                return
            if language.takes.fullmatch(lower):
                yield fold(language.stem(lower[:MAX_TOKEN]))
                return
        folded = fold(token)
        if folded.isascii():
            yield from self._word(folded)
            return
        for run in _RUNS.findall(folded):
            if not _GRAM.match(run):
                yield from self._word(run)
            elif len(run) == 1:
                yield run
            else:
                yield from (run[place : place + 2] for place in range(len(run) - 1))

    def _word(self, word: str) -> Iterator[str]:
        word = word[:MAX_TOKEN]
        if not word:
            return
        if self._language.takes:  # a stemmer that takes no such words
            yield word
        elif word not in self._language.stops:
            yield self._language.stem(word)

    def of(self, text: str) -> list[str]:
        """The keys of a text, in order; its length is the length of the field."""
        return [key for token in raw_tokens(text) for key in self[token]]


@cache
def keys_for(stemmer: str) -> Keys:
    """The one memory of a stemmer."""
    return Keys(stemmer)


class Written(dict[str, str]):
    """Remembers the written word that a raw token is offered as; empty when it is not offered."""

    def __missing__(self, token: str) -> str:
        word = fold(token)
        offered = "" if len(word) > MAX_WORD or _DIGIT.search(word) or _GRAM.search(word) else word
        self[token] = offered
        return offered


def is_weak(text: str, stemmers: Sequence[str]) -> bool:
    """Whether all tokens of a text say little in one of the languages in use."""
    return all(
        any((token.lower() if LANGUAGES[name].takes else fold(token)) in LANGUAGES[name].weak for name in stemmers)
        for token in raw_tokens(text)
    )


def accented(text: str, stemmer: str) -> str:
    """A text with accents put back at the ends of words that were typed without any (section 17)."""
    accents = LANGUAGES[stemmer].accents
    if not accents:
        return text
    plain = unicodedata.normalize("NFC", text).replace("_", " ")
    return _token_pattern().sub(lambda match: _accented(match[0], accents), plain)


def _accented(token: str, accents: Sequence[tuple[re.Pattern[str], str]]) -> str:
    if token.isascii() and token.isalpha():
        for pattern, ending in accents:
            if pattern.search(token.lower()):
                return pattern.sub(ending, token.lower())
    return token


def is_gram(key: str) -> bool:
    """Whether a key is of a script that is written without spaces."""
    return bool(_GRAM.match(key))
