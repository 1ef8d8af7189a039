"""What search takes in: one document an article, as plain text, with nothing of Pelican in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from backfile.frozen import frozen
from backfile.text import normalised

MAX_BODY = 2_000_000
MAX_COMMENTS = 4_000_000
MAX_LINE = 20_000
MAX_NAME = 500
MAX_NAMES = 200
"""Characters, and numbers of names, that are searched of a document."""


@frozen
class CommentText:
    """One comment as it is searched. `anchor` is the `id` of its element on the article's page."""

    anchor: str
    author: str
    date: str
    text: str


_values, _text, _author = attrgetter("anchor", "author", "date", "text"), attrgetter("text"), attrgetter("author")


@frozen
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

    def cleaned(self) -> SearchDocument:
        """The document in NFC, with nothing that UTF-8 or a record cannot hold."""
        names = (self.url, self.title, self.standfirst, self.section, self.source, self.language)
        said = [part for comment in self.comments for part in (comment.anchor, comment.author, comment.text)]
        everything = "".join([*names, self.body, *self.authors, *self.tags, *said])
        if everything.isascii() and "\0" not in everything and "\1" not in everything:  # the usual case
            return self
        return replace(
            self,
            url=clean(self.url),
            title=clean(self.title),
            body=clean(self.body),
            standfirst=clean(self.standfirst),
            comments=tuple(CommentText(clean(c.anchor), clean(c.author), c.date, clean(c.text)) for c in self.comments),
            authors=tuple(map(clean, self.authors)),
            section=clean(self.section),
            tags=tuple(map(clean, self.tags)),
            source=clean(self.source),
            language=clean(self.language),
        )

    def bounded(self) -> SearchDocument:
        """The document, cut where a text is longer than any article's: what is beyond is not searched."""
        if self.size() <= MAX_LINE:  # the usual case
            return self
        left = MAX_COMMENTS
        comments = []
        for comment in self.comments:
            if left <= 0:
                break
            text = comment.text[:left]
            comments.append(replace(comment, author=comment.author[:MAX_NAME], text=text))
            left -= len(text) + 64
        return replace(
            self,
            title=self.title[:MAX_LINE],
            standfirst=self.standfirst[:MAX_LINE],
            body=self.body[:MAX_BODY],
            comments=tuple(comments),
            authors=tuple(name[:MAX_NAME] for name in self.authors[:MAX_NAMES]),
            section=self.section[:MAX_NAME],
            tags=tuple(name[:MAX_NAME] for name in self.tags[:MAX_NAMES]),
            source=self.source[:MAX_LINE],
        )

    def size(self) -> int:
        """About how many characters of text it has."""
        lines = [self.body, self.title, self.standfirst, self.section, self.source, *self.authors, *self.tags]
        lines += map(_text, self.comments)
        lines += map(_author, self.comments)
        return sum(map(len, lines)) + 64 * len(self.comments) + 256

    def said(self) -> list[str]:
        """Each comment as JSON."""
        return [f"[{','.join(map(json_string, values))}]" for values in map(_values, self.comments)]

    def digest(self, said: Sequence[str]) -> bytes:
        """Eight bytes that change when anything of the document changes, what was said of it in comments included."""
        content = [self.url, self.title, self.body, self.standfirst, self.authors, self.section, self.tags]
        content += [self.source, self.language, self.date]
        whole = ",".join([compact_json(content)[:-1], *said]) + "]"
        return hashlib.sha256(whole.encode("utf-8", "replace")).digest()[:8]


class UnreadDocument(NamedTuple):
    """A document whose digest is known; `load` makes it, should the index not have it."""

    url: str
    digest: bytes
    load: Callable[[], SearchDocument]


compact_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value as JSON without blanks."""

json_string = json.encoder.encode_basestring
"""A string as JSON: what the encoder above gives of one, without what it does first."""

BLANKS = str.maketrans("\0\1", "  ")
"""Records keep two characters for themselves (docs/shard-format.md, section 14)."""


def clean(text: str) -> str:
    """The text in NFC, with nothing that UTF-8 or a record cannot hold."""
    if "\0" in text or "\1" in text:
        text = text.translate(BLANKS)
    if text.isascii():
        return text
    return normalised(text.encode("utf-8", "replace").decode("utf-8"))
