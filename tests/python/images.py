"""Small images made for tests, with the notes that cameras and programs leave in them."""

from __future__ import annotations

import random
import struct
import zlib

SECRET = b"Marrowick Quay, 52.1 N, by A. Camera"


def png(seed: int = 1, *, note: bool = True) -> bytes:
    """A real PNG of 24 by 16 dots, different for every seed."""
    chance = random.Random(seed)
    rows = b"".join(b"\0" + chance.randbytes(24 * 3) for _ in range(16))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 24, 16, 8, 2, 0, 0, 0))]
    chunks += [(b"tEXt", b"Comment\0" + SECRET), (b"eXIf", b"MM\0*" + SECRET)] if note else []
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def jpeg(*, turned: int = 6, note: bool = True) -> bytes:
    """The segments of a JPEG, with what stands for the coded picture; EXIF says how the camera was held."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + SECRET
    notes = [(0xE1, exif), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET), (0xED, SECRET), (0xFE, SECRET)]
    segments = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), *(notes if note else []), (0xDB, b"\0" + bytes(64))]
    segments += [(0xC0, b"\x08\0\x10\0\x18\1\1\x11\0"), (0xC4, b"\0" + bytes(28)), (0xDA, b"\1\1\0\0\x3f\0")]
    head = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in segments)
    behind = b"\xff\xd8\xff\xe1" + SECRET if note else b""
    return b"\xff\xd8" + head + b"\x12\xff\0\x34\xff\xd0\x56" * 20 + b"\xff\xd9" + behind


def jpeg_with_position() -> bytes:
    """A JPEG whose EXIF leads to a position, as telephones write it."""
    entry = struct.pack("<HHII", 0x8825, 4, 1, 26)
    position = struct.pack("<H", 1) + struct.pack("<HHI4s", 1, 2, 2, b"N\0\0\0") + bytes(4)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + position
    plain = jpeg(note=False)
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]


def webp(*, note: bool = True) -> bytes:
    """The chunks of an extended WebP."""
    chunks = [(b"VP8X", bytes([0x2C if note else 0x20]) + bytes(9)), (b"VP8 ", bytes(range(101)))]
    chunks += [(b"EXIF", SECRET), (b"XMP ", SECRET)] if note else []
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(d)) + d + b"\0" * (len(d) % 2) for n, d in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif(*, note: bool = True) -> bytes:
    """A GIF of one dot's data in many blocks, with a comment and a loop."""
    head = b"GIF89a\1\0\1\0\x80\0\0" + bytes(6)
    loop = b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0"
    comment = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\0" if note else b""
    image = b"\x2c" + bytes(9) + b"\2" + (b"\x40" + bytes(64)) * 3 + b"\0"
    return head + loop + comment + image + b"\x3b"
