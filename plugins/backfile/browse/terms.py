"""The words an article is about: a small signature that depends on the article alone.

    title 6 | standfirst 3 | body 1 each time, up to 4      times the word's length, up to 10
    a tag as a whole 255, which no word reaches

The 64 words with the highest weights make the signature, each as a 32-bit digest with its weight.
Which of them are rare is only known when all signatures of an archive are together (`related`).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator

from backfile.text import clean_text

SIZE = 64
TAG = 255
"""The weight of a tag: somebody has said what the article is about."""
_BODY_CHARACTERS = 20_000
"""A long text's beginning says what it is about; this keeps the cost of any text bounded."""

_WORD = re.compile(r"[^\W_]+")
# Written without blanks between words: pairs of characters stand in for words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SHORTEST = 3
_LONGEST = 40

Signature = tuple[tuple[int, int], ...]
"""Pairs of (digest of a word, weight 1 to 255), the heaviest first."""


def signature(title: str, tags: Iterable[str], standfirst: str, body: str) -> Signature:
    """The words that an article is about."""
    weights: dict[str, int] = {}
    for word in words(body[:_BODY_CHARACTERS]):
        weights[word] = min(weights.get(word, 0) + 1, 4)
    for text, weight in ((standfirst, 3), (title, 6)):
        for word in set(words(text)):
            weights[word] = weights.get(word, 0) + weight
    ranked = {word: weight * min(len(word), 10) for word, weight in weights.items()}
    for tag in tags:
        # A tag counts as a whole: "#" cannot begin a word.
        ranked[f"#{' '.join(words(tag)) or tag}"] = TAG
    best = sorted(ranked.items(), key=lambda pair: (-pair[1], pair[0]))[:SIZE]
    return tuple((zlib.crc32(word.encode("utf-8", "replace")), min(weight, 255)) for word, weight in best)


def words(text: str) -> Iterator[str]:
    """The words of a text, folded: no case, no accents; numbers and very short words left out."""
    folded = clean_text(text).casefold()
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    for found in _WORD.finditer(folded):
        word = found[0]
        if _UNSPACED.search(word):
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _SHORTEST and not word.isdigit():
            yield word[:_LONGEST]
