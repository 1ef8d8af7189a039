"""Where the untouched text of a source stands in an archive, beside the articles made of it, and what it says.

decoded      as importing reads it, whatever its encoding
resolved     with entities, escapes and percent signs made the characters they stand for
without tags nothing hides by standing between the letters of a word or the words of a sentence
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from backfile.decoding import decode_source
from backfile.privacy import find_addresses

PUBLISHED = "sources"
KEPT = "originals"

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_WITHIN_WORDS = re.compile(
    r"<!--.{0,2000}?-->|</?(?:a|abbr|b|bdi|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)"
    r"\b[^<>]{0,2000}>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def source_text_path(sha256: str, *, published: bool = True) -> str:
    """The path of a source's text, relative to the content folder and, when published, to the site.

    It always ends in `.txt`: whatever a source is, a browser shows it as text and runs nothing in it.
    A source with readers' addresses in it is kept, and not published.
    """
    return f"{PUBLISHED if published else KEPT}/{sha256[:2]}/{sha256}.txt"


def readings(data: bytes) -> Iterator[str]:
    """All that an untouched source says, as it stands or to whoever reads it as a page."""
    text = decode_source(data)
    yield from _spellings(text)
    yield from _without_tags(text)


def find_in_source(data: bytes) -> set[str]:
    """The addresses that an untouched source has, in whatever way they are written."""
    text = decode_source(data)
    spelt = list(_spellings(text))
    found = {address for each in spelt for address in find_addresses(each)}
    # Without tags two words may run into one: what only has a known address in it is no other.
    for each in _without_tags(text) if "@" in spelt[-1] else ():
        joined = (address for address in find_addresses(each) if "@" in address)
        found.update([address for address in joined if not any(known in address for known in found)])
    return found


def _spellings(text: str) -> Iterator[str]:
    yield text
    if (resolved := _resolved(text)) != text:
        yield resolved


def _without_tags(text: str) -> Iterator[str]:
    # A sign for `<` is none of a tag, but in texts that hold pages, where it is.
    for each in dict.fromkeys((text, _resolved(text))) if "<" in text or "&lt;" in text else ():
        yield _resolved(_TAG.sub(" ", _WITHIN_WORDS.sub("", each)))


def _resolved(text: str) -> str:
    """Twice over: pages, feeds and addresses write one in the other."""
    if "\\u" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    for _ in range(2):
        text = html.unescape(text) if "&" in text else text
        text = unquote(text) if "%" in text else text
    return text
