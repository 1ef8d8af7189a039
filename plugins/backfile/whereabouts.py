"""Whether a picture tells where it was taken: the position that cameras and telephones note in its EXIF or XMP."""

from __future__ import annotations

import re
import struct

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff")
"""Of the files that are looked at."""

# EXIF is a TIFF file inside of the picture, at a place that each kind of picture has elsewhere.
_TIFF = re.compile(rb"II\*\0|MM\0\*")
_POSITION = 0x8825
"""The tag that leads to the position."""
_LONG, _MOST_TAGS, _MOST_HEADS = 4, 500, 1000
_SPELT_OUT = re.compile(rb"GPSLatitude|Raw profile type (?:exif|APP1|xmp)")


def tells_where(picture: bytes) -> bool:
    """True when a position is noted, or a note is packed in such a way that there may be one."""
    if _SPELT_OUT.search(picture):
        return True
    heads = (found for found, _ in zip(_TIFF.finditer(picture), range(_MOST_HEADS), strict=False))
    return any(_leads_to_position(picture, head.start()) for head in heads)


def _leads_to_position(picture: bytes, start: int) -> bool:
    order = "<" if picture[start : start + 1] == b"I" else ">"
    try:
        first = start + struct.unpack_from(f"{order}I", picture, start + 4)[0]
        count = struct.unpack_from(f"{order}H", picture, first)[0]
        return any(
            struct.unpack_from(f"{order}HHI", picture, first + 2 + 12 * number) == (_POSITION, _LONG, 1)
            for number in range(min(count, _MOST_TAGS))
        )
    except struct.error:
        return False
