"""Headings in texts, below those that a page has for itself: they are how screen readers move about in it."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(</?h)([1-6])>")
_DEEPEST = 6


def below(level: int, html: str) -> str:
    """The HTML that `render` made, with its highest headings one below `level`, the next one below these, and so on.

    Which is above which stays; that a text has nothing but h3, or leaps from h2 to h4, is of no page's outline.
    """
    if "</h" not in html:
        return html
    found = sorted({digit for _, digit in _HEADING.findall(html)})
    shown = {digit: min(level + place, _DEEPEST) for place, digit in enumerate(found, 1)}
    return _HEADING.sub(lambda tag: f"{tag[1]}{shown[tag[2]]}>", html)
