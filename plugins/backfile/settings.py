"""Backfile's own settings, read from those of Pelican; `docs/settings.md` explains each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast, get_type_hints

from backfile.errors import BackfileError

PREFIX = "BACKFILE_"
CITATIONS = ("files", "page", "none")
ROBOTS = ("allow", "no-ai", "deny")
PSEUDONYMS = ("none", "all")
REDIRECTS = ("netlify", "nginx", "apache")
MOST_RELATED = 50
MOST_COMMENTS = 10_000


# How a build goes about it, which `build` reads for itself.
STATE, WORKERS, PAGE_SECONDS = "BACKFILE_STATE", "BACKFILE_WORKERS", "BACKFILE_PAGE_SECONDS"


class SettingsError(BackfileError):
    """A setting with a name or a value that means nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `BACKFILE_...` settings say; the names here are theirs in lower case, without the prefix."""

    allow_addresses: tuple[str, ...] = ()
    citations: str = "files"
    commenters: bool = False
    comments_per_page: int = 200
    downloads: bool = True
    feeds: bool = True
    fonts: tuple[str, ...] = ()
    pseudonyms: str = "none"
    redirects: tuple[str, ...] = ()
    related: int = 4
    robots: str = "allow"
    takedown: str = ""


def read_settings(given: Mapping[str, Any]) -> Settings:
    """The settings among Pelican's. Raises SettingsError, which names the setting and what it may be."""
    _check_names(given)
    hints = get_type_hints(Settings)
    found = {}
    for field in fields(Settings):
        name = setting_name(field.name)
        if name in given:
            found[field.name] = _READERS[hints[field.name]](name, _FLAGS.get((name, str(given[name])), given[name]))
    settings = Settings(**found)
    _one_of(setting_name("citations"), [settings.citations], CITATIONS)
    _one_of(setting_name("pseudonyms"), [settings.pseudonyms], PSEUDONYMS)
    _one_of(setting_name("robots"), [settings.robots], ROBOTS)
    _one_of(setting_name("redirects"), settings.redirects, REDIRECTS)
    for name, most in (("related", MOST_RELATED), ("comments_per_page", MOST_COMMENTS)):
        if not 0 <= getattr(settings, name) <= most:
            raise _wrong(setting_name(name), getattr(settings, name), f"a number from 0 to {most}")
    for name, kinds in ((WORKERS, int), (PAGE_SECONDS, (int, float))):
        value = given.get(name) or 0
        if not isinstance(value, kinds) or isinstance(value, bool) or value < 0:
            raise _wrong(name, value, "a number from 0 on")
    return settings


def _check_names(given: Mapping[str, Any]) -> None:
    """A misspelt name would be as if it had not been written, and publish what it was to keep back."""
    known = [*(setting_name(field.name) for field in fields(Settings)), STATE, WORKERS, PAGE_SECONDS]
    for name in sorted(name for name in given if name.startswith(PREFIX) and name not in known):
        near = get_close_matches(name, known, 1)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise SettingsError(f"{name} is no setting", place="settings", advice=f"{meant}docs/settings.md has them all.")


def check_folders(content: Path, output: Path) -> None:
    """Raises SettingsError where pages would be read as content, or content published as it is.

    A folder of its own inside of the content is no content, and may be the output.
    """
    read, written = content.resolve(), output.resolve()
    if not read.is_relative_to(written):
        return
    told = "the content folder" if written == read else "round the content folder: what is kept back would be published"
    advice = "Write the site beside the content, as in: pelican content -o output"
    raise SettingsError(f"OUTPUT_PATH is {str(output)!r}, {told}", place="settings", advice=advice)


def setting_name(field: str) -> str:
    """What a field is called among Pelican's settings."""
    return PREFIX + field.upper()


def _wrong(name: str, value: object, wanted: str) -> SettingsError:
    return SettingsError(f"{name} is {value!r}", place="settings", advice=f"It may be {wanted}.")


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, value, "True or False")
    return value


def _number(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name, value, "a whole number")
    return value


def _word(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(name, value, "a word in quotation marks")
    return value


def _words(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(word, str) for word in value):
        raise _wrong(name, value, "a list of words in quotation marks")
    return tuple(cast("Iterable[str]", value))


def _one_of(name: str, words: Iterable[str], known: tuple[str, ...]) -> None:
    for word in words:
        if word not in known:
            raise _wrong(name, word, "one of " + ", ".join(repr(each) for each in known))


# What was a flag once may be set as one.
_FLAGS = {("BACKFILE_CITATIONS", "True"): "files", ("BACKFILE_CITATIONS", "False"): "none"}

_READERS: dict[Any, Any] = {bool: _flag, int: _number, str: _word, tuple[str, ...]: _words}
