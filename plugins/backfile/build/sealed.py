"""Values in a file, versioned and sealed: what this user did not write here reads as nothing.

    magic, a space, HMAC-SHA-256 of the rest in hexadecimal, a newline, the value as `marshal` writes it

`marshal` is ten times faster than JSON and keeps tuples; its format is that of one version of Python, which the key
that every value here carries names. It must never be given what a stranger wrote, nor must compiled templates: so the
seal needs a secret, made once for each user and kept in no archive (`secret`). A state folder that came with
somebody else's files is worth nothing, and the build makes everything anew.
"""

from __future__ import annotations

import functools
import hmac
import marshal
import os
import secrets
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

from backfile import disk

_MAGIC = b"backfile-build/7 "
_DIGEST = 64
_SECRET = 32


def write(path: Path, scratch: Path, value: Any) -> None:
    """Replaces the file in one step; it grows in `scratch`, which is on the same disk."""
    data = marshal.dumps(value)
    beside = scratch / f"{path.name}.{os.getpid()}"
    disk.fill(beside, b"".join((_MAGIC, _seal(data), b"\n", data)))
    disk.place(beside, path)


def read(path: Path) -> Any:
    """The value, or None when the file is missing, damaged, of another version or somebody else's."""
    try:
        whole = memoryview(path.read_bytes())
    except OSError:
        return None
    start = len(_MAGIC) + _DIGEST + 1
    data = whole[start:]
    if not hmac.compare_digest(bytes(whole[:start]), _MAGIC + _seal(data) + b"\n"):
        return None
    return marshal.loads(data)  # noqa: S302 - what we wrote ourselves: the seal says so


def _seal(data: bytes | memoryview) -> bytes:
    return hmac.digest(secret(), data, "sha256").hex().encode("ascii")


@functools.cache
def secret() -> bytes:
    """This user's secret: `BACKFILE_STATE_KEY`, else the one in the user's own state folder, which is made at need.

    Where none can be kept it lasts as long as the process, and no build remembers another.
    """
    if given := os.environ.get("BACKFILE_STATE_KEY"):
        return given.encode("utf-8", "surrogateescape")
    try:
        path = _folder() / "state-key"
        if path.is_file() and len(known := path.read_bytes()) == _SECRET:
            return known
        return _made(path)
    except (OSError, RuntimeError):  # no home, or nobody may write there
        return secrets.token_bytes(_SECRET)


def _folder() -> Path:
    given = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(given) if given else Path.home() / ".local" / "state") / "backfile"


def _made(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = secrets.token_bytes(_SECRET)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made)
    os.replace(beside, path)
    return made


class SealedTemplates(BytecodeCache):
    """Compiled templates in a folder: code, so it is run only when the seal is whole."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder, self._scratch = folder, scratch

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What a template is kept under; Jinja's own knows no folder whose name is not UTF-8."""
        return super().get_cache_key(name, None if filename is None else os.fsencode(filename).hex())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives Jinja the code, unless the template has changed since."""
        kept = read(self._folder / bucket.key)
        if kept is not None and kept[0] == bucket.checksum:
            bucket.code = kept[1]

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template."""
        write(self._folder / bucket.key, self._scratch, (bucket.checksum, bucket.code))
