"""Backfile: saved articles and their readers' comments as a permanent static archive."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"


def theme_path() -> str:
    """The theme's folder, for `THEME` in a pelicanconf.py: the installed copy, else the project's."""
    package = Path(__file__).resolve().parent
    installed = package / "theme"
    return str(installed if installed.is_dir() else package.parents[1] / "theme")
