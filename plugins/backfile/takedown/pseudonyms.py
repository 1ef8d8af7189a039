"""Names in the place of commenters' names: the same for the same person in all builds, and no way back without the key.

    pseudonym   HMAC-SHA256(key, name without case), its first 48 bits written as three words that can be said

The key is made once, beside the takedown file, and never published: without it nobody can try names until one fits.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from backfile import disk
from backfile.errors import TakedownError
from backfile.takedown.canonical import GLUED, MARKS, canonical, is_glued, same_name

_KEY = re.compile(r"[0-9a-f]{64}")
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_SAID = f"[{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}]"
_PSEUDONYM = re.compile(rf".+ \({_SAID}-{_SAID}-{_SAID}\)")
EVERYONE = "all "
"""What stands for the rule that every commenter gets a pseudonym begins so."""
KEY = "key "
"""What stands for the key that gave a pseudonym begins so."""


class Pseudonyms:
    """Gives names; `word` stands before each, in the site's language ("A reader")."""

    def __init__(self, key: bytes, word: str) -> None:
        self._key, self._word = key, word

    @property
    def digest(self) -> str:
        """Stands for the key and the word."""
        return self._keyed("digest", self._word).hex()[:16]

    def code(self, name: str) -> str:
        """The three words that stand for a name."""
        data = self._keyed("name", same_name(name))
        return "-".join(_said(int.from_bytes(data[at : at + 2], "big")) for at in (0, 2, 4))

    def name(self, name: str) -> str:
        """The pseudonym of a name."""
        return f"{self._word} ({self.code(name)})"

    def identity(self, comment_id: str) -> str:
        """An id for a comment whose own is a digest that its writer's name went into."""
        return "c" + self._keyed("id", comment_id).hex()[:9]

    def _keyed(self, kind: str, text: str) -> bytes:
        return hmac.new(self._key, f"{kind}\0{text}".encode("utf-8", "replace"), hashlib.sha256).digest()


def is_pseudonym(name: str) -> bool:
    """True for a name that looks like one of ours."""
    return _PSEUDONYM.fullmatch(name) is not None


def _said(number: int) -> str:
    """Sixteen bits as consonant, vowel, consonant, vowel, consonant."""
    parts = (_CONSONANTS[number >> 12], _VOWELS[number >> 10 & 3], _CONSONANTS[number >> 6 & 15])
    return "".join((*parts, _VOWELS[number >> 4 & 3], _CONSONANTS[number & 15]))


def read_key(path: Path, *, make: bool = True) -> bytes:
    """The key in a file, which is made when it is not there, or one for this once. Raises TakedownError, WriteError."""
    if not os.path.lexists(path):
        if not make:
            return secrets.token_bytes(32)
        _make_key(path)
    try:
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TakedownError(f"the key for pseudonyms cannot be read: {error}.", place=str(path)) from error
    if not _KEY.fullmatch(text):
        raise TakedownError(
            "this is no key of 64 hexadecimal digits.",
            place=str(path),
            advice="Put back the file as it was. Where nobody has a copy of it, delete it: the next build makes another"
            " key, and every pseudonym becomes another.",
        )
    return bytes.fromhex(text)


def _make_key(path: Path) -> None:
    """Puts a new key in its place: whole, on the disk, and never over one that another build makes meanwhile."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.touch(0o600)
        disk.fill(beside, secrets.token_hex(32).encode("ascii") + b"\n", of=path)
        disk.sync([beside])
        with contextlib.suppress(FileExistsError):
            _link(beside, path)
        disk.sync([path])
    except OSError as error:
        raise TakedownError(f"the key for pseudonyms cannot be made: {error.strerror}.", place=str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _link(beside: Path, path: Path) -> None:
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a file system that has no such links, as those of USB sticks
        if not path.exists():
            disk.place(beside, path)


def without_mentions(text: str, names: Iterable[str], given: Pseudonyms) -> str:
    """A comment's text with `@Name` replaced for each of some names, the longest first."""
    if "@" not in text:
        return text
    longest = sorted({canonical(name) for name in names} - {""}, key=lambda name: (-len(name), name))
    if not longest:
        return text
    pattern = re.compile(rf"@[ \t]?(?P<name>{'|'.join(map(_mentioned, longest))})", re.IGNORECASE)
    return pattern.sub(lambda found: "@" + given.code(found["name"].replace("\\", "")), text)


def _mentioned(name: str) -> str:
    """A pattern for a name that does not go on, as far as its script tells where one ends."""
    end = f"[{MARKS}]" if is_glued(name[-1]) else rf"[^\W{GLUED}]|\\_"
    return r"\\?".join(map(_letter, name)) + f"(?!{end})"


def _letter(char: str) -> str:
    return r"\s+" if char == " " else re.escape(char)
