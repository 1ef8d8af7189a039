"""Whoosh's own variant of Porter's stemmer, which the engine in the browser has ported."""

from __future__ import annotations

from whoosh.lang.porter import stem as _stem


def porter(word: str) -> str:
    """The stem of a folded word of the letters a to z; any other word is returned as it is."""
    return str(_stem(word)) if word.isascii() and word.isalpha() else word
