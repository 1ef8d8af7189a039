"""Overlaps of words: the measure by which two extracts of one page are known to be that.

A shingle is a run of `SIZE` folded words. Folding makes extracts comparable that differ in quotation
marks, case, punctuation and spacing.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from itertools import accumulate

SIZE = 6

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def fold(text: str) -> list[str]:
    """The words of a text without case, marks and punctuation, in order."""
    text = text.casefold().replace("’", "'")
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).replace("’", "'")
        text = "".join(char for char in plain if not unicodedata.combining(char))
    return _WORD.findall(text)


def shingles(words: Sequence[str], size: int = SIZE) -> list[str]:
    """Every run of `size` words, in order, as strings; none when there are fewer words."""
    return [" ".join(words[at : at + size]) for at in range(len(words) - size + 1)]


def digests(words: Sequence[str]) -> set[int]:
    """32-bit digests of the shingles: the same in every process and on every machine."""
    encoded = [word.encode() for word in words]
    text = b" ".join(encoded)
    starts = [0, *accumulate(len(word) + 1 for word in encoded)]
    return {zlib.crc32(text[start : end - 1]) for start, end in zip(starts, starts[SIZE:], strict=False)}


def containment(one: set[int], other: set[int]) -> float:
    """The share of the smaller set that the larger one holds (0 to 1); 0 for an empty set."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
