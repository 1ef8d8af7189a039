"""Pelican's own links in a text: `{filename}../other.md`, `{static}/images/ferry.jpg`, `{tag}ferry`.

cmark writes braces in addresses as `%7B` and `%7D`; here they become braces again, for Pelican to put
the address in. Texts are strangers' texts: a `{static}` link may lead only to what is published anyway,
and `{attach}`, which moves files, stays as it is.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Sequence
from urllib.parse import unquote

log = logging.getLogger(__name__)

_LINK = re.compile(r'(?P<before> (?:href|src)=")(?:%7B|\|)(?P<what>\w+)(?:%7D|\|)(?P<path>[^"]*)"')
_SAFE = frozenset(("filename", "category", "tag", "author", "index"))


def with_links(html: str, place: str, static: Sequence[str]) -> str:
    """The HTML with Pelican's links as Pelican knows them.

    `place` is the content file's path, `static` the folders whose files are copied to the site.
    """
    if "%7B" not in html and "|" not in html:
        return html

    def written(found: re.Match[str]) -> str:
        allowed = found["what"] in _SAFE or (found["what"] == "static" and _published(found["path"], place, static))
        if allowed:
            return f'{found["before"]}{{{found["what"]}}}{found["path"]}"'
        if found["what"] == "static":
            told = "%s: '{static}%s' is in none of the folders that are published (%s): move it to one."
            log.warning(told, place, unquote(found["path"]), ", ".join(static))
        return found[0]

    return _LINK.sub(written, html)


def _published(path: str, place: str, static: Sequence[str]) -> bool:
    """True when a path, seen from a content file, leads into one of the folders that are copied."""
    path = unquote(path.split("#")[0].split("?")[0])
    whole = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(place), path)
    whole = posixpath.normpath(whole)
    return any(folder and (whole == folder or whole.startswith(f"{folder}/")) for folder in static)
