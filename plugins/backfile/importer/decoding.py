"""Bytes to text: UTF-8, UTF-16 by its mark, else the likeliest of the old encodings, saying which.

A text that is UTF-8 but for a few bytes stays so: they alone are read as Windows-1252, or lost where that has nothing.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

from charset_normalizer import from_bytes

from backfile.text import clean_text, has_controls

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WESTERN = 0.15
"""More letters beyond ASCII than this share, and a text is hardly in a Western European language."""
_SAMPLE = 65_536
_FEW = 2
"""So many characters beyond ASCII to each wrong byte, and a text is UTF-8 that was damaged; of Latin ones half."""
_LATIN_ENDS = "\u0250"
_PUNCTUATION = frozenset(map(chr, range(0x2010, 0x2040)))
_NO_ASCII = dict.fromkeys(range(128))
_WESTERN_BYTES, _OTHER_BYTES = "backfile-western", "backfile-other"
"""Python's names for ways to deal with wrong bytes."""


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Clean text and what had to be done to get it, in words for the report."""
    notes: list[str] = []
    if data.startswith(_UTF16_MARKS):
        text = data.decode("utf-16", "replace")
        notes.append("read as UTF-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text, encoding = _decode_broken(data) or _decode_old(data)
            notes.append(f"not UTF-8 at byte {error.start}; read as {encoding}")
    if has_controls(text.replace("\r", "")):
        notes.append("control characters removed")
    return clean_text(text), tuple(notes)


def _decode_broken(data: bytes) -> tuple[str, str] | None:
    """As UTF-8 with some other bytes in it, if those are few beside the characters that UTF-8 makes of several."""
    text = data.decode("utf-8", "replace")
    beyond = [char for char in text if not char.isascii()]
    wrong = len(beyond) - len(data.decode("utf-8", "ignore").translate(_NO_ASCII))
    right = len(beyond) - wrong
    western = 2 * sum(char < _LATIN_ENDS or char in _PUNCTUATION for char in beyond) > right
    if right < (1 if western else _FEW) * wrong:
        return None
    broken = _WESTERN_BYTES if western else _OTHER_BYTES
    return data.decode("utf-8-sig", broken), f"UTF-8 but for {wrong} of its characters"


def _reading(latin: bool) -> Callable[[UnicodeError], tuple[str, int]]:
    """What to make of bytes that are no UTF-8: of a single one what Windows-1252 does.

    In a text whose letters are not `latin` it may be half of one of those; then it is lost.
    """

    def read(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        found = error.object[error.start : error.end]
        whole = len(found) == 1 and (found < b"\xc0" or (latin and error.end < len(error.object)))
        return (found.decode("cp1252", "replace") if whole else "\ufffd"), error.end

    return read


def _decode_old(data: bytes) -> tuple[str, str]:
    """Windows-1252 when the result looks Western, else what the bytes' statistics say."""
    western = data.decode("cp1252", "replace")
    letters = [char for char in western[:_SAMPLE] if char.isalpha()]
    if sum(not char.isascii() for char in letters) <= _WESTERN * len(letters):
        return western, "Windows-1252"
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return western, "Windows-1252"
    return data.decode(best.encoding, "replace"), best.encoding


codecs.register_error(_WESTERN_BYTES, _reading(latin=True))
codecs.register_error(_OTHER_BYTES, _reading(latin=False))
