"""Texts as takedowns compare them: one form for each, its digest, and its words."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from slugify import slugify

from backfile.text import clean_text

_WORD = re.compile(r"[^\W_]+")
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""For a pattern's set: signs that nobody sees, hyphens for the ends of lines among them."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)


def canonical(text: str) -> str:
    """Plain text in NFC, each run of white space a single space, none at its ends."""
    return " ".join(clean_text(text).split())


def text_digest(text: str) -> str:
    """The SHA-256 of the canonical form in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(text).encode("utf-8", "replace")).hexdigest()


def words_of(text: str) -> list[str]:
    """The words of a text without case, punctuation and what nobody sees: what a leak of it would have in common."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold())


def has_run(words: list[str], run: list[str]) -> bool:
    """True when the words of `run` stand one after the other in `words`."""
    if not run:
        return False
    first, size = run[0], len(run)
    at = -1
    try:
        while True:
            at = words.index(first, at + 1)
            if words[at : at + size] == run:
                return True
    except ValueError:
        return False


def same_name(name: str) -> str:
    """A name as it is compared with another: case and blanks do not make two of one."""
    return canonical(name).casefold()


def file_identity(article_id: str) -> str:
    """What an article's id is called in addresses; every address of its pages, old ones too, has it in its end."""
    # What is a slug already stays as it is: nearly all ids are.
    return article_id if _SLUG.fullmatch(article_id) else slugify(article_id, lowercase=False) or "x"
