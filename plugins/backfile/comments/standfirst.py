"""Whether a text says its standfirst once more: what a page tells others of itself is often its own first words."""

from __future__ import annotations

import re

_NO_LETTERS = re.compile(r"[\W_]+")
_IMAGE = re.compile(r"!\[[^\[\]]{0,2000}\]\([^()]{0,2000}\)")
_SHORT = 30
"""Letters: less may begin a text by chance."""
_BEFORE, _IMAGES = 80, 4_000
"""Letters of a dateline before the words, and characters of images and marks among them."""


def opens_with(body: str, standfirst: str) -> bool:
    """True when a text in CommonMark begins with the words of its standfirst, cut off or not."""
    said = _letters(standfirst)
    if len(said) < _SHORT:
        return False
    opening = _letters(_IMAGE.sub("", body[: 2 * len(standfirst) + _IMAGES]))
    return said in opening[: len(said) + _BEFORE]


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
