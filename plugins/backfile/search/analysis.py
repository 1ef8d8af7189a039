"""From text to keys and positions (docs/shard-format.md, section 15)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain

from backfile.search.whoosh.stemmer import porter

STOP_WORDS = frozenset(
    "a an and are as at be by for from have i if in is it of on or s t that the this to we with you your".split()
)
WEAK_WORDS = frozenset(
    """about all also any because been being between both but can could did do does during each few had has he
    her his how into its like may more most must no nor not now one only other our out over shall she should
    so some such than their them then there these they those through two under up upon was were what when
    where whether which while who whom whose why will would""".split()
)
"""Words that are searched, but do not count when documents with some of the words are ranked."""
MAX_TOKEN = 64
MAX_WORD = 32
"""Longer words are not offered as completions."""

_GRAMS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
_GRAMS += "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_GRAM = re.compile(f"[{_GRAMS}]")
_RUNS = re.compile(f"[{_GRAMS}]+|[^{_GRAMS}]+")
_ASCII_TOKEN = re.compile(r"\w+(?:\.\w+)*", re.ASCII)
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
_DIGIT = re.compile(r"[0-9]")


@cache
def _token_pattern() -> re.Pattern[str]:
    """Python's `\\w` leaves out marks, without which the words of India and Arabia fall apart."""
    codes = chain(range(0x300, 0x1F000), range(0xE0100, 0xE01F0))  # no marks stand elsewhere
    marks = "".join(chr(code) for code in codes if unicodedata.category(chr(code)).startswith("M"))
    return re.compile(rf"[\w{marks}]+(?:\.[\w{marks}]+)*")


def fold(token: str) -> str:
    """A token without case and accents."""
    if token.isascii():
        return token.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", token)).lower().translate(_LETTERS)
    return unicodedata.normalize("NFC", plain)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a text in NFC, as matches that tell their places."""
    pattern = _ASCII_TOKEN if text.isascii() else _token_pattern()
    return pattern.finditer(text)


def raw_tokens(text: str) -> list[str]:
    """The tokens of any text, not yet folded; those of an ASCII text in lower case already."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    return _token_pattern().findall(unicodedata.normalize("NFC", text))


def stemmer_name(language: str, site_language: str) -> str:
    """The stemmer for texts of a language: `porter` for English, else `none`."""
    code = (language or site_language).lower().partition("-")[0].partition("_")[0]
    return "porter" if code in ("en", "eng", "english") else "none"


STEMMERS: dict[str, Callable[[str], str]] = {"porter": porter, "none": str}


class Keys(dict[str, tuple[str, ...]]):
    """Remembers the keys that each raw token gives; one for each stemmer."""

    def __init__(self, stemmer: str) -> None:
        super().__init__()
        self._stem = STEMMERS[stemmer]
        self._ascii = _AsciiKeys(self)

    def __missing__(self, token: str) -> tuple[str, ...]:
        keys = tuple(self._keys(fold(token)))
        self[token] = keys
        return keys

    def _keys(self, folded: str) -> Iterator[str]:
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
        if word and word not in STOP_WORDS:
            yield self._stem(word)

    def of(self, text: str) -> list[str]:
        """The keys of a text, in order; its length is the length of the field."""
        return self.of_tokens(raw_tokens(text), ascii_only=text.isascii())

    def of_tokens(self, raw: Iterable[str], *, ascii_only: bool = False) -> list[str]:
        """The keys of raw tokens; those of an ASCII text are found faster."""
        if ascii_only:
            return [key for key in map(self._ascii.__getitem__, raw) if key]
        return [key for token in raw for key in self[token]]


class _AsciiKeys(dict[str, str]):
    """The key of each token of ASCII texts, which is one or none (empty)."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, token: str) -> str:
        key = self[token] = "".join(self._keys[token])
        return key


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


def is_gram(key: str) -> bool:
    """Whether a key is of a script that is written without spaces."""
    return bool(_GRAM.match(key))
