"""Values of an object of JSON by name, whatever they turn out to be."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any

from backfile.importer.moments import read_epoch, read_moment
from backfile.importer.shortcodes import with_paragraphs
from backfile.text import clean_line

NAMES = ("name", "display_name", "displayName", "username", "login", "nickname", "screen_name")
"""What the name of somebody is called in an object for them."""
_MARKUP = re.compile(
    r"<(?:p|br|div|hr)(?:\s[^<>]*)?/?>|</(?:a|b|i|em|strong|blockquote|ul|ol|li|h[1-6]|span|p|div)>", re.IGNORECASE
)
_PARTED = re.compile(r"<(?:p|br)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|#x2F);", re.IGNORECASE)
_NUMBER = re.compile(r"\d{9,13}\.\d+", re.ASCII)


def text_of(value: dict[str, Any], name: str) -> str:
    """The value as text: a number as it is written, anything else that is no text as nothing."""
    found = value.get(name)
    if isinstance(found, str):
        return found
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def texts_of(value: dict[str, Any], name: str) -> list[str]:
    """The texts of a value that is a list of nothing but texts, or is one text."""
    found = value.get(name)
    if isinstance(found, str):
        return [found] if found.strip() else []
    if isinstance(found, list) and all(isinstance(part, str) for part in found):
        return [part for part in found if part.strip()]
    return [text] if (text := text_of(value, name)).strip() else []


def list_of(value: dict[str, Any], name: str, *, commas: bool = False) -> list[str]:
    """A list of names, each a text or an object that has one; trafilatura writes `A; B`, others `a, b` of tags."""
    found = value.get(name)
    part = "," if commas and isinstance(found, str) and ";" not in found else ";"
    parts = found.split(part) if isinstance(found, str) else found if isinstance(found, list) else [found]
    texts = (
        next(filter(None, (text_of(part, name) for name in NAMES)), "") if isinstance(part, dict) else part
        for part in parts
    )
    return list(dict.fromkeys(line for text in texts if isinstance(text, str) and (line := clean_line(text))))


def date_of(value: dict[str, Any], name: str) -> str:
    """The value as a date, as far as it is known; a number of nine digits or more counts from 1970."""
    return _moment(text_of(value, name)[:200])


@lru_cache(maxsize=1 << 10)  # of one text several ask, one after the other
def _moment(text: str) -> str:
    return read_epoch(text.partition(".")[0] if _NUMBER.fullmatch(text) else text) or read_moment(text)


def looks_marked_up(text: str) -> bool:
    """True of a text with tags of HTML in it, where nothing says whether it is plain."""
    return _MARKUP.search(text) is not None


def markup_of(text: str) -> str:
    """HTML of a text with tags in it: one that was typed, with marks and line ends alone, has paragraphs and breaks."""
    return text if _PARTED.search(text) else with_paragraphs(text)


def without_entities(text: str) -> str:
    """A text that was made ready for HTML, as it was written."""
    return unescape(text) if _ENTITY.search(text) else text
