"""What every page depends on: settings, code, and what the process itself brings along."""

from __future__ import annotations

import importlib.metadata
import locale
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import backfile
from backfile.build.fingerprints import Fingerprints, UnknowableError, fingerprint
from backfile.build.scan import digest_of

# What has a hand in a page's bytes without being a plugin.
_DISTRIBUTIONS = (
    "pelican jinja2 markupsafe feedgenerator docutils markdown pygments cmarkgfm nh3 markdown-it-py"
    " python-slugify beautifulsoup4 lxml"
).split()
HOW = frozenset(("BACKFILE_WORKERS", "BACKFILE_PAGE_SECONDS"))
"""Settings that say how pages are made, and nothing of what is in them."""

# Part of our package, but of no page: its own templates are the theme's, and read as such.
_NOT_CODE = frozenset(("__pycache__", "theme", "importer"))


def site_key(settings: Mapping[str, Any], plugins: Iterable[ModuleType]) -> str:
    """Stands for settings, code and environment. Raises UnknowableError when they cannot be compared."""
    values = Fingerprints(far=True)
    parts = [sys.version, locale.setlocale(locale.LC_ALL), os.environ.get("SOURCE_DATE_EPOCH", "")]
    for name in sorted(settings.keys() - HOW):
        try:
            parts += (name, values.of(settings[name]))
        except UnknowableError as error:
            raise UnknowableError(f"the setting {name}: {error}") from error
    folders = {_home(plugin) for plugin in (backfile, *plugins)} - {None}
    for home in sorted(str(folder) for folder in folders):
        parts += (home, _digest_of_files(Path(home), _NOT_CODE))
    parts += (f"{name} {_version(name)}" for name in _DISTRIBUTIONS)
    parts.append(_theme(settings))
    return fingerprint(*parts)


def _home(module: ModuleType) -> Path | None:
    """The file of a module, or the folder of a package."""
    file = getattr(module, "__file__", None)
    if file is None:
        return None
    return Path(file).parent if Path(file).name == "__init__.py" else Path(file)


def _digest_of_files(home: Path, without: frozenset[str]) -> str:
    """One digest of a file, or of all files in a folder."""
    if home.is_file():
        return digest_of(home.read_bytes())
    parts: list[str] = []
    for folder, folders, files in os.walk(home):
        folders[:] = sorted(set(folders) - without)
        for name in sorted(files):
            parts += (name, digest_of((Path(folder) / name).read_bytes()))
    return fingerprint(*parts)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _theme(settings: Mapping[str, Any]) -> str:
    """The theme's files that are neither templates (each page has its own) nor copied as they are."""
    without = frozenset({"templates", "__pycache__", *settings["THEME_STATIC_PATHS"]})
    return _digest_of_files(Path(settings["THEME"]), without) if Path(settings["THEME"]).is_dir() else ""
