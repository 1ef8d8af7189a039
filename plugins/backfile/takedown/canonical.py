"""Texts as takedowns compare them: one form for each, its digest, and its words."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from slugify import slugify

from backfile.text import SPACELESS, clean_text

GLUED = f"{SPACELESS}\u1100-\u11ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3100-\u318f\u31a0-\u31bf"
GLUED += "\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\ud7b0-\ud7ff\uff66-\uff9f"
"""For a pattern's set: the same with rarer letters. Where no space tells words, each letter is one."""
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060"
MARKS += "\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u17dd\u3099\u309a"
"""For a pattern's set: what stands on such a letter and is one with it."""
_SPACED_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(rf"[^\W_{GLUED}]+|(?![\W_])[{GLUED}][{MARKS}]*")
_GLUED_LETTER = re.compile(f"[{GLUED}]")
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
        return _SPACED_WORD.findall(text.lower())
    return _WORD.findall(folded(text))


def written_words(text: str) -> list[str]:
    """The same words as they are written."""
    return _WORD.findall(text)


def folded(text: str) -> str:
    """A text without case and what nobody sees."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()


def is_glued(word: str) -> bool:
    """Whether a word is a letter of a script that does not tell words by spaces."""
    return bool(_GLUED_LETTER.match(word))


def has_glued(text: str) -> bool:
    """Whether there is such a letter in a text."""
    return not text.isascii() and _GLUED_LETTER.search(text) is not None


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
