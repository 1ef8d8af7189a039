"""Headings in texts, below those that a page has for itself: they are how screen readers move about in it."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(</?h)([1-6])>")
_DEEPEST = 6


def below(level: int, html: str) -> str:
    """The HTML that `render` made, with its headings moved down together, as far as all of them stand below `level`."""
    if "</h" not in html:
        return html
    lower = level + 1 - min((int(digit) for _, digit in _HEADING.findall(html)), default=level + 1)
    if lower <= 0:
        return html
    return _HEADING.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + lower, _DEEPEST)}>", html)
