"""Bytes to text: UTF-8, UTF-16 by its mark, else what a page declares or the likeliest of the old encodings.

Importing reads sources so, and whoever asks what an untouched source says has to read it in the same way. A text that
is UTF-8 but for a few bytes stays so: they alone are read as Windows-1252, or lost where that has nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

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
_HEAD = 4096
_CHARSET = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What a declared encoding means (WHATWG's Encoding Standard): pages were written in its larger relative."""
_MARKUP = re.compile(rb"<(?:!doctype|html|head|meta|body|\?xml)\b", re.IGNORECASE)


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
    likeliest = _likeliest(data)
    return (data.decode(likeliest, "replace"), likeliest) if likeliest else (western, "Windows-1252")


def _likeliest(data: bytes) -> str:
    """The encoding that the bytes' statistics speak for; empty where they speak for none."""
    # Imported here: it takes 30 ms, and few archives need it.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else ""


def decode_page(data: bytes, declared: str = "") -> tuple[str, str]:
    """A page's text and its encoding: by a byte order mark, else UTF-8 if it fits, else what is declared."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name.removesuffix("-sig")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    found = _CHARSET.search(data[:_HEAD])
    said = found[1].decode("ascii", "ignore").lower() if found else ""
    if said.startswith(("utf-16", "utf-32")):  # it could not be read here, if it were so
        said = ""
    for name in (declared, said):
        if decoded := _decoded(data, name):
            return decoded
    return _decoded(data, _likeliest(data)) or (data.decode("utf-8", errors="replace"), "utf-8")


def _decoded(data: bytes, name: str) -> tuple[str, str] | None:
    """As browsers read it. Declared UTF-8 with a few wrong bytes stays UTF-8."""
    try:
        name = codecs.lookup(name).name if name else ""
    except LookupError:
        return None
    if not name:
        return None
    name = _AS_BROWSERS_READ.get(name, name)
    try:
        text = data.decode(name, errors="replace")
    except (LookupError, UnicodeError):
        return None
    wrong = text.count("\ufffd")
    return (text, name) if wrong <= 8 + len(text) // 1000 else None


def decode_source(data: bytes) -> str:
    """Clean text of a source of either kind."""
    return clean_text(decode_page(data)[0]) if _MARKUP.search(data[:_HEAD]) else decode(data)[0]


codecs.register_error(_WESTERN_BYTES, _reading(latin=True))
codecs.register_error(_OTHER_BYTES, _reading(latin=False))
