"""The script around a shard, and the head of its payload (docs/shard-format.md, section 4)."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from backfile.errors import IndexFormatError
from backfile.search.schema import VERSION

MAX_PAYLOAD = 1 << 24
LEVEL = 6
"""More makes a quarter of a percent less of it, and takes twice as long."""
ADVICE = "Delete the folder `search` of the output and build the site again."

_SCRIPT = re.compile(rb'backfileSearch\.shard\("([^"]{1,40})",(\d{1,8}),"([A-Za-z0-9+/=]*)"\);\n?')


def head(kind: str) -> bytes:
    """The four bytes that every payload of this kind starts with."""
    return b"BF" + bytes([VERSION]) + kind.encode("ascii")


def pack(payload: bytes) -> bytes:
    """The base64 of the gzip of a payload. The same payload always gives the same with one zlib."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31, 8)
    data = bytearray(packer.compress(payload) + packer.flush())
    data[9] = 255  # the operating system: unknown, wherever this ran
    return base64.b64encode(data)


def script(name: str, length: int, packed: bytes) -> bytes:
    """The script that holds a packed payload of this length."""
    return b'backfileSearch.shard("%s",%d,"%s");\n' % (name.encode("ascii"), length, packed)


def name_in(script: bytes) -> str:
    """The name that a script says its payload has, wherever it stands; empty when it is no such script."""
    found = _SCRIPT.fullmatch(script)
    return found[1].decode("ascii", "replace") if found else ""


def raw(script: bytes) -> bytes:
    """What is packed in a script, whatever version of the format it has. Raises `IndexFormatError`."""
    name, found = name_in(script), _SCRIPT.fullmatch(script)
    return _gunzip(name, found[3], min(int(found[2]), MAX_PAYLOAD)) if found else b""


def unwrap(name: str, data: bytes) -> bytes:
    """The payload of a script, checked; raises `IndexFormatError` that says what is wrong."""
    match = _SCRIPT.fullmatch(data)
    if match is None:
        what = "is empty" if not data else "is not a whole shard script"
        raise _error(name, f"the file {what}")
    if match[1] != name.encode():
        raise _error(name, f"the file holds {match[1].decode('ascii', 'replace')}")
    length = int(match[2])
    if length > MAX_PAYLOAD:
        raise _error(name, f"{length} bytes are more than a shard may have")
    payload = _gunzip(name, match[3], length)
    return checked(name, payload)


def _gunzip(name: str, base64_text: bytes, length: int) -> bytes:
    try:
        data = base64.b64decode(base64_text, validate=True)
        unpacker = zlib.decompressobj(31)
        payload = unpacker.decompress(data, length + 1)
        if len(payload) <= length and not unpacker.eof:
            payload += unpacker.decompress(unpacker.unconsumed_tail, 1)
    except (binascii.Error, zlib.error) as error:
        raise _error(name, f"its data is damaged ({error})") from error
    if len(payload) != length:
        raise _error(name, f"{length} bytes were expected and {len(payload)} found")
    if not unpacker.eof or unpacker.unused_data:
        raise _error(name, "its data does not end where it should")
    return payload


def checked(name: str, payload: bytes) -> bytes:
    """The payload, when it starts as its kind does in this version."""
    kind = name.partition("/")[2][:1]
    if payload[:2] != b"BF":
        raise _error(name, f"it starts with {payload[:2]!r} and not with b'BF'")
    if len(payload) < 4 or payload[2] != VERSION:
        found = payload[2] if len(payload) > 2 else "none"
        raise _error(name, f"its format version is {found}, this program reads {VERSION}")
    if payload[3:4] != kind.encode("ascii"):
        raise _error(name, f"it is of kind {chr(payload[3])!r}, {kind!r} was expected")
    return payload


def _error(name: str, message: str) -> IndexFormatError:
    return IndexFormatError(
        message,
        place=f"x/{name}.js",
        advice=ADVICE,
    )
