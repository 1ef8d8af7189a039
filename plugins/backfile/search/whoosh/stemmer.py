"""Whoosh's stemmers: its own variant of Porter's, and its Snowball ones. The engine in the browser has ported them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from whoosh.lang.porter import stem as _stem


def porter(word: str) -> str:
    """The stem of a folded word of the letters a to z; any other word is returned as it is."""
    return str(_stem(word)) if word.isascii() and word.isalpha() else word


# Letters for which Whoosh's endings have older ones.
_OLDER = str.maketrans({"ș": "ş", "ț": "ţ"})


def snowball(name: str) -> Callable[[str], str]:
    """The Snowball stemmer of a language; it is loaded when it is first used."""
    stemmer = None

    def stem(word: str) -> str:
        """The stem of a word in lower case; a word that the stemmer fails at is returned as it is."""
        nonlocal stemmer
        if stemmer is None:
            module = import_module(f"whoosh.lang.snowball.{'portugese' if name == 'portuguese' else name}")
            stemmer = getattr(module, f"{name.title()}Stemmer")()
        try:
            return str(stemmer.stem(word.translate(_OLDER)))
        except IndexError:  # it looks for a letter before the first
            return word

    return stem
