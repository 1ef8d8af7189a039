"""What search takes in: one document an article, as plain text, with nothing of Pelican in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class CommentText:
    """One comment as it is searched. `anchor` is the `id` of its element on the article's page."""

    anchor: str
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One article with its comments. All texts are plain; `date` is EDTF, empty when unknown.

    `url` is relative to the site's root and identifies the document.
    """

    url: str
    title: str
    body: str
    standfirst: str = ""
    comments: tuple[CommentText, ...] = ()
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    language: str = ""
    date: str = ""

    def digest(self) -> bytes:
        """Eight bytes that change when anything of the document changes."""
        content = json.dumps(astuple(self), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(content.encode("utf-8", "replace")).digest()[:8]
