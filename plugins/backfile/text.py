"""Cleaning of plain text: what no archive wants to keep, and one form for what it does.

Control characters end a Pelican build and mean nothing to a reader; lone surrogates cannot be
written as UTF-8. Both are removed here, at the door, so that no later step has to think of them.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls except tab and newline; non-characters; lone surrogates. U+0085 is a line end in
# some old encodings and is dealt with before.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Anything of either: most texts hold none, and are looked through once.
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(f"{_CONTROL.pattern}|[\t\n\x0b\x0c\x85\u2028\u2029]")
_PILE = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_JOINER = "\u034f"
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
SPACELESS += "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""For a pattern's set: the scripts that part no words by spaces, and Korean, whose words have endings glued on."""


def clean_text(text: str) -> str:
    """Text with newlines as `\\n`, in NFC, without control characters."""
    if text.isascii() and text.isprintable():  # told much sooner than by looking through it
        return text
    if _UNCLEAN.search(text):
        text = _CONTROL.sub("", _LINE_END.sub("\n", text))
    return normalised(text)


def normalised(text: str) -> str:
    """The text in NFC; in linear time, whatever it is."""
    return text if text.isascii() else unicodedata.normalize("NFC", _PILE.sub(_parted, text))


def _parted(pile: re.Match[str]) -> str:
    """Marks on one letter with an invisible joiner after each thirty: sorting a pile costs its height squared.

    This is Unicode's own "Stream-Safe Text Process" (UAX #15, section 13); no mark is lost.
    """
    parts: list[str] = []
    height = 0
    for char in pile[0]:
        height = height + 1 if unicodedata.combining(char) else 0
        if height > 30:
            parts.append(_JOINER)
            height = 1
        parts.append(char)
    return "".join(parts)


def clean_line(text: str) -> str:
    """One line of clean text: every run of white space is a single space, none at the ends."""
    return " ".join(clean_text(text).split())


def clean_name(name: str) -> str:
    """The name of a file as one line of clean text; what cannot stand in one is written as in an address, `%0A`.

    So two files never share a name, and names in no encoding (from old disks) are told apart too.
    """
    return _NOT_IN_NAMES.sub(_as_bytes, name)


def _as_bytes(found: re.Match[str]) -> str:
    try:
        raw = found[0].encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as only Windows allows in names
        raw = found[0].encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in raw)


def has_controls(text: str) -> bool:
    """True when `clean_text` would remove something from the text."""
    return _CONTROL.search(text) is not None
