"""Bytes to text: UTF-8, UTF-16 by its mark, else Windows-1252, saying so."""

from __future__ import annotations

import codecs

from backfile.text import clean_text, has_controls

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
            text = data.decode("cp1252", "replace")
            notes.append(f"not UTF-8 at byte {error.start}; read as Windows-1252")
    if has_controls(text.replace("\r", "")):
        notes.append("control characters removed")
    return clean_text(text), tuple(notes)
