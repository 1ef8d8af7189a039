"""Images on their pages: the sizes of those of an article, so that the text below does not move when they arrive, and
which of those in comments are shown.

Sizes are told only of images whose names are digests of their bytes, as the importer writes them: of others a page
would show a size that no longer holds when only the image changed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

_IMAGE = re.compile(
    r' src="\{static\}/(?P<path>images/(?P<digits>[0-9a-f]{2})/(?P=digits)[0-9a-f]{14}\.(?:png|jpe?g|gif|webp))"'
)
_KEPT = re.compile(
    r' src="%7Bstatic%7D/(?P<path>images/(?P<digits>[0-9a-f]{2})/(?P=digits)[0-9a-f]{14}\.(?:png|jpe?g|gif|webp|avif))"'
)
_TAG = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
_WORDS = re.compile(r' alt="([^"]*)"')
_HEAD = 1 << 16
_LARGEST = 1 << 16


def with_sizes(html: str, content: Path) -> str:
    """The HTML, its images with width and height; one that cannot be measured stays as it is."""
    if "{static}/images/" not in html:
        return html

    def sized(found: re.Match[str]) -> str:
        try:
            with (content / found["path"]).open("rb") as file:
                size = size_of(file.read(_HEAD))
        except OSError:
            size = None
        late = ' loading="lazy" decoding="async"'
        return found[0] + late + (f' width="{size[0]}" height="{size[1]}"' if size else "")

    return _IMAGE.sub(sized, html)


def with_kept_images(html: str, place: str) -> str:
    """The HTML of a comment for a page at `place`: with the images that an import kept, and the words of any other.

    A stranger wrote it, and no file but these is a stranger's to show.
    """
    if "<img " not in html:
        return html

    def shown(tag: re.Match[str]) -> str:
        if kept := _KEPT.search(tag[0]):
            source = f' src="{"../" * place.count("/")}{kept["path"]}" loading="lazy" decoding="async"'
            return tag[0].replace(kept[0], source)
        words = _WORDS.search(tag[0])
        return words[1] if words else ""

    return _TAG.sub(shown, html)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP by its first bytes; None of what is none, or broken."""
    try:
        size = _size(data)
    except (struct.error, IndexError):
        return None
    return size if size and all(0 < side < _LARGEST for side in size) else None


def _size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack_from(">II", data, 16)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return struct.unpack_from("<HH", data, 6)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(b"\xff\xd8"):
        return next(_frames(data), None)
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _frames(data: bytes) -> Iterator[tuple[int, int]]:
    """The sizes that a JPEG's frame headers give; segments before them are passed over by their length."""
    at = 2
    while data[at] == 0xFF:
        kind, (length,) = data[at + 1], struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            yield width, height
        at += 2 + length
