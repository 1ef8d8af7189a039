"""What must not be published: the last look before pages are made, at what the build has read anyway.

    content file -> read (by several processes, only when it changed) -> addresses, remembered with its metadata
    all articles -> this look -> pages, lists, feeds, downloads, search files

All of these are made of what articles are read as, so nothing comes by it; `backfile verify` reads the finished files.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

from backfile.privacy import refuse
from backfile.whereabouts import SUFFIXES, tells_where

METADATA = "readers_addresses"
"""Under this name an article carries the addresses that its comments would publish; most carry none."""

# Written by an import, which takes out what pictures tell; their names are digests of what is left.
_CLEANED = re.compile(r"images/([0-9a-f]{2})/\1[0-9a-f]{14}\.\w+")


def refuse_addresses(articles: Iterable[Any], allowed: Container[str]) -> None:
    """Raises PublishedAddressError when a page would show an address of a reader that is not allowed."""
    refuse(_addresses(articles), allowed)


def _addresses(articles: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for article in articles:
        for address in vars(article).get(METADATA, ()):
            yield f"{article.relative_source_path} ({article.save_as})", address


def refuse_positions(files: Iterable[Any], allowed: Container[str]) -> None:
    """Raises PublishedAddressError when a picture that somebody put there tells where it was taken."""
    refuse(_positions(files, allowed), allowed)


def _positions(files: Iterable[Any], allowed: Container[str]) -> Iterator[tuple[str, str]]:
    for file in files:
        path: str = file.relative_source_path
        if not path.lower().endswith(SUFFIXES) or _CLEANED.fullmatch(path) or path in allowed:
            continue
        try:
            data = Path(file.source_path).read_bytes()
        except OSError:
            continue  # copying it will say so
        if tells_where(data):
            yield path, "the picture tells where it was taken (`exiftool -all= FILE` takes that out)"
