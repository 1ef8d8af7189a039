"""A font of the archive's own for its texts: files that its keeper names, and the style sheet that says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from backfile.errors import BackfileError

SHEET = "theme/css/font.css"
_STYLES = ("normal", "italic")
_MAGIC = b"wOF2"


class FontError(BackfileError):
    """A font that cannot be used."""


def check_fonts(files: Sequence[str], content: Path) -> None:
    """Raises FontError unless these are WOFF2 files under the content folder, an upright one and perhaps an italic."""
    if len(files) > len(_STYLES):
        raise FontError("BACKFILE_FONTS names more than two files", advice="Name the upright font, then the italic.")
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.suffix != ".woff2":
            raise FontError(f"BACKFILE_FONTS: {name!r} is no .woff2 file in the content folder")
        try:
            with (content / path).open("rb") as file:
                begin = file.read(len(_MAGIC))
        except OSError as error:
            raise FontError(f"BACKFILE_FONTS: {name!r} cannot be read: {error.strerror}") from error
        if begin != _MAGIC:
            raise FontError(f"BACKFILE_FONTS: {name!r} is no WOFF2 font", advice="pyftsubset makes one of any font.")


def font_sheet(files: Sequence[str]) -> str:
    """The style sheet for these files, which stand in the site as they do in the content folder.

    `optional`: a font that is late is used on the next page, so that no text moves under a reader's eyes.
    """
    faces = [
        f'@font-face {{ font-family: "Archive Text"; font-style: {style}; font-weight: {_weight(name)};'
        f' font-display: optional; src: url("{_up()}{_escaped(name)}") format("woff2"); }}'
        for name, style in zip(files, _STYLES, strict=False)
    ]
    return "\n".join([*faces, ':root { --text-font: "Archive Text", var(--system-font); }']) + "\n"


def _up() -> str:
    return "../" * SHEET.count("/")


def _escaped(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-_./" else f"\\{ord(char):x} " for char in name)


def _weight(name: str) -> str:
    """A font with a weight axis says so in its name, as packages of such fonts do; others have one weight."""
    return "100 900" if "wght" in name or "variable" in name.lower() else "400"
