"""Where the untouched text of a source stands in an archive, beside the articles made of it, and what it says.

decoded      as importing reads it, whatever its encoding
resolved     with entities, escapes and percent signs made the characters they stand for
without tags nothing hides by standing between the letters of a word or the words of a sentence
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from backfile.decoding import decode_source
from backfile.privacy import find_addresses

PUBLISHED = "sources"
KEPT = "originals"

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPE_OF_JSON = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_WITHIN_WORDS = re.compile(
    r"<!--.{0,2000}?-->|</?(?:a|abbr|b|bdi|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)"
    r"\b[^<>]{0,2000}>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIDING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"&(?:amp;)*(?:#0*(?:4[6-9]|5[0-8]|64)\b|#x0*(?:2e|3[0-9a]|40)\b|(?:commat|period|colon);)",
        r"%(?:25)*(?:40|2e|3a)",
        r"\\u00(?:40|2e|3a)",
        r"@(?:(?<=[>;]@)(?!media|import|font|charset|key|-|supports|page)|(?<=[\w.+-]@)[\w.-]{0,64}[<&%\\])",
    )
)
"""An `@`, or what is in addresses of machines, as an entity, with a percent sign or as an escape; and an `@` beside
such or beside a tag, but for those of style sheets. One by one: a pattern that begins with a sign is quickly found."""
_NEAR = 1_000
"""Characters on either side of such a sign that are looked at."""
_MANY = 500
"""Of more addresses than these it is not asked which are parts of others."""


def source_text_path(sha256: str, *, published: bool = True) -> str:
    """The path of a source's text, relative to the content folder and, when published, to the site.

    It always ends in `.txt`: whatever a source is, a browser shows it as text and runs nothing in it.
    A source with readers' addresses in it is kept, and not published.
    """
    return f"{PUBLISHED if published else KEPT}/{sha256[:2]}/{sha256}.txt"


def readings(data: bytes) -> Iterator[str]:
    """All that an untouched source says, as it stands or to whoever reads it as a page."""
    text = decode_source(data)
    if text.lstrip().startswith(("{", "[")):  # as a record of an export does; any other text may, too
        yield from _read(without_escapes(text))
    yield from _read(text)


def _read(text: str) -> Iterator[str]:
    yield from _spellings(text)
    yield from _without_tags(text)


def without_escapes(text: str) -> str:
    """JSON with the characters that its escapes stand for, a blank for each that is one: `\\nEver` is not "never"."""

    def meant(escape: re.Match[str]) -> str:
        if escape[1]:
            return chr(int(escape[1], 16))
        return " " if escape[2] in "bfnrt" else escape[2]

    return _ESCAPE_OF_JSON.sub(meant, text) if "\\" in text else text


def find_in_source(data: bytes) -> set[str]:
    """The addresses that an untouched source has, in whatever way they are written."""
    text = decode_source(data)
    found = set(find_addresses(text))
    # Most of a page has nothing of the kind, and looking through all its readings takes longer than importing it.
    hidden = "\n".join(_near_signs(text))
    if not hidden.strip():
        return found
    spelt = _resolved(hidden)
    _add(found, find_addresses(spelt))
    # Without tags two words may run into one: what only has a known address in it is no other.
    for each in _without_tags(hidden) if "@" in spelt else ():
        joined = (address for address in find_addresses(each) if "@" in address)
        few = len(found) <= _MANY
        _add(found, [address for address in joined if not (few and any(known in address for known in found))])
    return found


def _near_signs(text: str) -> Iterator[str]:
    """The parts of a text in which an address may be hidden; none overlaps another."""
    signs = sorted(sign.span() for pattern in _HIDING for sign in pattern.finditer(text))
    first, beyond = 0, 0
    for start, end in signs:
        if start - _NEAR > beyond:
            yield text[first:beyond]
            first = start - _NEAR
        beyond = max(beyond, end + _NEAR)
    yield text[first:beyond]


def _add(found: set[str], more: Iterable[str]) -> None:
    """Adds addresses that are no part of a known one: those were cut off where what was looked at begins or ends."""
    for address in sorted(set(more) - found, key=len, reverse=True):
        if len(found) > _MANY or not any(address in known for known in found):
            found.add(address)


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
