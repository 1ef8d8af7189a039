"""Kinds of images that an archive shows, told by their first bytes, and what they hold besides the picture.

Only pixels: nothing that could run a script, as SVG can. EXIF, XMP, IPTC and comments go, since they tell
where somebody was and what owns the camera; the picture itself is never encoded again.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

_JPEG_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])", re.DOTALL)
_JPEG_KEPT = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF,
                        0xDB, 0xDC, 0xDD, 0xDE, 0xDF})  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_DROPPED = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_UPRIGHT = 1
_ORIENTATION = 0x0112
_LARGEST_HEAD = 1 << 20


def suffix_of(data: bytes) -> str:
    """The suffix for an image of a kind that is shown (`.jpg`), or the empty string."""
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data.startswith(_PNG):
        return ".png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return ".avif" if data[4:12] in (b"ftypavif", b"ftypavis") else ""


def without_metadata(data: bytes) -> bytes:
    """The image without EXIF, XMP, IPTC and comments, its pixels untouched and still the right way up.

    Raises ValueError when it is no whole image of a kind that is shown, or cannot be freed of them.
    """
    strip = _STRIPPERS.get(suffix_of(data))
    if strip is None:
        raise ValueError("no image of a kind that is shown")
    try:
        return b"".join(strip(data))
    except (IndexError, struct.error) as error:
        raise ValueError("a damaged image") from error


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Segments up to the end of the picture; what cameras put behind it is another picture with its own EXIF."""
    yield data[:2]
    at, turned, scanned = 2, _UPRIGHT, False
    while found := _JPEG_MARKER.search(data, at):
        between = data[at : found.start()].rstrip(b"\xff")  # a marker may have any number of these before it
        if scanned:  # what lies between is the picture itself
            yield between
        elif between:
            raise ValueError("a damaged image")
        marker = found[1][0]
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        size = struct.unpack_from(">H", data, found.end())[0]
        segment = data[found.end() : found.end() + size]
        at = found.end() + size
        if marker == 0xE1 and segment[2:8] == b"Exif\0\0":
            turned = _orientation(segment[8:])
        elif marker in _JPEG_KEPT or _is_for_colours(marker, segment):
            yield b"\xff" + found[1] + segment
        elif marker == 0xDA:
            if turned != _UPRIGHT and not scanned:
                yield _exif_of(turned)
            yield b"\xff\xda" + segment
            scanned = True
    if not scanned:
        raise ValueError("a damaged image")
    yield data[at:]


def _is_for_colours(marker: int, segment: bytes) -> bool:
    """True for JFIF's own head, a colour profile, and Adobe's note on how colours are coded."""
    start = segment[2:14]
    return (
        (marker == 0xE0 and start.startswith(b"JFIF\0"))
        or (marker == 0xE2 and start.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and start.startswith(b"Adobe"))
    )


def _orientation(tiff: bytes) -> int:
    """Which way up the camera was held, from 1 to 8."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return _UPRIGHT
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for number in range(min(struct.unpack_from(f"{order}H", tiff, first)[0], 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass  # a damaged note on the picture is no damage of the picture
    return _UPRIGHT


def _exif_of(turned: int) -> bytes:
    """An EXIF segment that says which way up the picture is, and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG
    at = len(_PNG)
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data) and name != b"IDAT":
            raise ValueError("a damaged image")
        if name not in _PNG_DROPPED:
            yield data[at:end]
        if name == b"IEND":
            return
        at = end


def _webp(data: bytes) -> Iterator[bytes]:
    chunks: list[bytes] = []
    at = 12
    while at + 8 <= min(len(data), 8 + struct.unpack_from("<I", data, 4)[0]):
        name, size = struct.unpack_from("<4sI", data, at)
        chunk = data[at : at + 8 + size + size % 2]
        at += 8 + size + size % 2
        if name == b"VP8X":  # its flags say which other chunks there are
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if name not in _WEBP_DROPPED:
            chunks.append(chunk)
    yield b"RIFF" + struct.pack("<I", 4 + sum(map(len, chunks))) + b"WEBP"
    yield from chunks


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _colours(data[10])
    yield data[:at]
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            label = data[at + 1]
            at = _after_blocks(data, at + 2)
            known = data[start + 3 : start + 14] in _GIF_KEPT
            if label in (0xF9, 0x01) or (label == 0xFF and known):
                yield data[start:at]
        elif data[at] == 0x2C:
            at = _after_blocks(data, at + 11 + _colours(data[at + 9]))
            yield data[start:at]
        else:
            raise ValueError("a damaged image")
    yield b"\x3b"


def _colours(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _avif(data: bytes) -> Iterator[bytes]:
    """The image as it is, if its table of contents names nothing but pictures."""
    head = data[:_LARGEST_HEAD].partition(b"mdat")[0]
    if b"Exif" in head or b"mime" in head:
        raise ValueError("an image of which what it tells of people cannot be taken out")
    yield data


_STRIPPERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    ".jpg": _jpeg,
    ".png": _png,
    ".gif": _gif,
    ".webp": _webp,
    ".avif": _avif,
}
