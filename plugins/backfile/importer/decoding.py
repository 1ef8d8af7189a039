"""Bytes to text: UTF-8, UTF-16 by its mark, else the likeliest of the old encodings, saying which."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from backfile.text import clean_text, has_controls

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WESTERN = 0.15
"""More letters beyond ASCII than this share, and a text is hardly in a Western European language."""
_SAMPLE = 65_536


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
            text, encoding = _decode_old(data)
            notes.append(f"not UTF-8 at byte {error.start}; read as {encoding}")
    if has_controls(text.replace("\r", "")):
        notes.append("control characters removed")
    return clean_text(text), tuple(notes)


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
