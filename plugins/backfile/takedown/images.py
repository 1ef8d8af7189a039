"""Which of the archive's own files a text shows, by the paths that these have below the content folder."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from backfile.markdown import render
from backfile.model import Article

_STATIC = re.compile(r"\{static\}/?([^)\s\"'>]+)")
# As an import writes it: nothing in it can be written otherwise, so that it need not be rendered to be read.
_PLAIN = re.compile(r"\]\(\{static\}/[\w./-]+[) ]", re.ASCII)
_OPENING = re.compile(r"(?:[{|;]|%7B)(?:static|attach|filename)\\?(?:[}|&]|%7D)", re.IGNORECASE)
_SHOWN = re.compile(r' (?:src|href)="(?:%7B|%7C|\|)(?:static|attach|filename)(?:%7D|%7C|\|)([^"]*)"')


def images_of(article: Article) -> tuple[str, ...]:
    """The files that an article and its comments show, however their paths are written."""
    texts = (article.body, *(comment.body for comment in article.comments))
    if not _may_show("\n".join(texts)):  # as most, which are told sooner together
        return ()
    return tuple(dict.fromkeys(path for text in texts for path in _shown_in(text)))


def _shown_in(text: str) -> Iterator[str]:
    opened = len(_OPENING.findall(text)) if _may_show(text) else 0
    if not opened:
        return
    written = _STATIC.findall(text)
    yield from written
    if opened > len(_PLAIN.findall(text)):
        for path in (*written, *map(html.unescape, _SHOWN.findall(render(text)))):
            # Pelican looks for a file that is called so before it looks for what the signs stand for.
            yield from map(_below, (path, unquote(re.split(r"[?#]", path, maxsplit=1)[0])))


def _may_show(text: str) -> bool:
    return "static" in text or "attach" in text or "filename" in text


def _below(path: str) -> str:
    """A path without steps: what leads out of an article's own folder leads to those beside it."""
    return re.sub(r"^(?:\.\./|/)+", "", posixpath.normpath(path))
