"""What a dry run would have written, so that it says of what comes later what a real run would."""

from __future__ import annotations

import contextlib
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory


class Rehearsal:
    """Texts by the names of their content files, in a temporary folder: of a large export they are too many to hold."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None

    def put(self, name: str, text: str) -> None:
        """Keeps a text; where there is no room for it, what comes later is told without it."""
        with contextlib.suppress(OSError):
            self._folder = self._folder or TemporaryDirectory(prefix="backfile-", ignore_cleanup_errors=True)
            place = _place(self._folder.name, name)
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, "utf-8", newline="")

    def read(self, name: str) -> str | None:
        """The text that was kept, if there is one."""
        if self._folder is None:
            return None
        try:
            return _place(self._folder.name, name).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return None

    def end(self) -> None:
        """Takes all of it away."""
        if self._folder:
            self._folder.cleanup()
            self._folder = None


def _place(folder: str, name: str) -> Path:
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return Path(folder, digest[:2], digest)
