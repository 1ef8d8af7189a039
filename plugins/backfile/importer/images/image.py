"""One image that goes into the archive: where it is kept, of which bytes, and where those are read again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from backfile.importer import limits
from backfile.importer.images.rasters import suffix_of, without_metadata
from backfile.privacy import mask_addresses
from backfile.text import clean_name

FOLDER = "images"
"""Where images are kept in a content folder; the site copies it."""
SMALLEST_IMAGE = 128
"""Bytes; what is smaller is a dot that counts readers, or keeps a place."""
_EMBEDDED = re.compile(rb"data:image/[\w.+-]{1,40};base64,([A-Za-z0-9+/%\s]{64,400000})")
_TELLING = (b"Exif\0\0", b"eXIf", b"EXIF", b"http://ns.adobe.com/xap/", b"Photoshop 3.0")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the untouched bytes of an image are: in a file, or in `data`; with an `end`, a base64 text in it."""

    name: str
    file: Path | None = None
    data: bytes = b""
    start: int = 0
    end: int = 0

    def read(self) -> bytes:
        """The bytes. Raises OSError or ValueError when they are not there, or too many."""
        if self.file is None:
            raw = self.data[self.start : self.end or None]
        else:
            with self.file.open("rb") as stream:
                stream.seek(self.start)
                raw = stream.read((self.end - self.start) if self.end else limits.current.image + 1)
        data = _decode_base64(raw) if self.end else raw
        if len(data) > limits.current.image:
            raise ValueError(f"an image larger than {limits.in_words(limits.current.image)}")
        return data


@dataclass(frozen=True, slots=True)
class Image:
    """An image by its place in the content folder; `sha256` is the digest of its untouched bytes."""

    path: str
    sha256: str
    origin: Origin

    @property
    def line(self) -> str:
        """What a content file says of it (docs/content-format.md)."""
        return f"sha256:{self.sha256} {self.path} {mask_addresses(clean_name(self.origin.name))}"


def take(origin: Origin) -> tuple[Image, bytes]:
    """The image and the bytes that are kept, called by their digest. Raises OSError or ValueError."""
    data = origin.read()
    if len(data) < SMALLEST_IMAGE:
        raise ValueError("too small to be an image of the article")
    kept = without_metadata(data)
    digest = hashlib.sha256(kept).hexdigest()
    path = f"{FOLDER}/{digest[:2]}/{digest[:16]}{suffix_of(data)}"
    return Image(path, hashlib.sha256(data).hexdigest(), origin), kept


def tells_of_people(page: bytes) -> bool:
    """True for a page with an image embedded in it that still tells where, when or by whom it was taken."""
    for found in _EMBEDDED.finditer(page) if b";base64," in page else ():
        try:
            head = _decode_base64(found[1])
        except ValueError:
            continue
        if any(mark in head for mark in _TELLING):
            return True
    return False


def _decode_base64(text: bytes) -> bytes:
    """The bytes of a base64 text as pages embed it. Raises ValueError."""
    if b"%" in text:
        text = unquote_to_bytes(text)
    try:
        packed = b"".join(text.split())
        return base64.b64decode(packed[: len(packed) - (len(packed) % 4 == 1)] + b"==")
    except binascii.Error as error:
        raise ValueError("a damaged image") from error
