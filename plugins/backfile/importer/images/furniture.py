"""What of a text's images is no picture: dots that count readers, smileys, readers' own pictures, ornaments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

SMILEY = frozenset("emoji wp-smiley smiley smilies smilie emoticon".split())
"""Classes of images that stand for a word."""

_SMALLEST = 48
"""Pixels: what a page shows smaller than this in a comment adorns it."""
_NAMES = re.compile(
    r"smil(?:ey|ie|e)|emot(?:icon)?|emoji|avatar|gravatar|userpic|user-?(?:photo|image|icon)|profile|portrait|badge"
    r"|(?:^|[-_ /])(?:rank|icons?|buttons?|spacer|blank|pixel|clear|rating|stars?|arrow|bullet|quote|flag|online"
    r"|offline)(?:[-_ ./]|$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2}")


def is_dot(attributes: Mapping[str, str]) -> bool:
    """True for an image of a pixel's width or height."""
    return attributes.get("width", "").strip() in ("0", "1") or attributes.get("height", "").strip() in ("0", "1")


def is_furniture(attributes: Mapping[str, str], around: Iterable[str]) -> bool:
    """True for an image in a comment that is none of its text; `around` are the classes of the elements round it."""
    if is_dot(attributes) or not any(attributes.get(name) for name in ("src", "srcset", "data-src")):
        return True
    sides = (attributes.get(name, "").strip().removesuffix("px") for name in ("width", "height"))
    if any(side.isdecimal() and int(side) < _SMALLEST for side in sides if len(side) < 6):
        return True
    if 0 < len(alt := attributes.get("alt", "")) < 9 and not _WORD.search(alt):
        return True  # :-)
    names = (attributes.get("class", ""), attributes.get("id", ""), _place(attributes.get("src", "")), *around)
    return any(_NAMES.search(name) for name in names)


def _place(address: str) -> str:
    """The end of an address, where sites say what an image is for: `images/smilies/grin.gif`."""
    return "" if address.startswith("data:") else "/".join(address.split("?")[0].split("/")[-3:])
