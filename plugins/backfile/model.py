"""What an archive holds: articles, their comments, and where each came from.

All texts are plain `str`; `body` texts are CommonMark, every other text is plain. A date is a string
in EDTF (ISO 8601-2): `2009`, `2009-03`, `2009-03-12`, `2009-03-12T10:20:00Z`, `2009-03~`; the empty
string means unknown. Nothing here knows of files, Pelican or search.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Literal

from backfile.frozen import frozen, made_of

CommentKind = Literal["comment", "block", "pingback", "trackback"]
"""`block`: text of readers in which the source does not tell one comment from the next."""

SplitMethod = Literal["", "alignment", "text", "markup", "source"]
"""How article and comments were told apart: by two extracts of one page, by the text itself, by the
page's markup, or because the source keeps them apart; empty when nothing had to be split."""


SourcePart = Literal["title", "standfirst", "byline", "body", "author-note", "comments"]


@frozen
class Comment:
    """One reader's comment, or a block of comments that the source does not separate.

    `parent` is the `id` of the comment it answers, or empty. Ids are unique in their article. `removed` says why a
    comment was taken out; then nothing else of it is known but its place (`tombstone`).
    """

    id: str
    body: str
    author: str = ""
    author_url: str = ""
    date: str = ""
    parent: str = ""
    language: str = ""
    kind: CommentKind = "comment"
    removed: str = ""


def tombstone(comment: Comment, reason: str) -> Comment:
    """What stays of a comment that is taken out: its place in the thread, and why it is gone."""
    return Comment(id=comment.id, body="", parent=comment.parent, removed=reason)


DOUBTFUL_BELOW = 0.85
"""A boundary that is less sure than this is made all the same, and shown to a person to look at."""


@dataclass(frozen=True, slots=True)
class Split:
    """How the boundary between article and comments was found, and how sure it is (0 to 1)."""

    method: SplitMethod = ""
    confidence: float | None = None


@frozen
class Source:
    """A file that an article was made from: name relative to what was imported, SHA-256 of its bytes.

    `parts` names what was taken from it when several files made the article, e.g. `("title", "body")`.
    """

    name: str
    sha256: str
    parts: tuple[SourcePart, ...] = ()


@frozen
class Article:
    """One article with its comments.

    `guessed` names the fields that were inferred and not read, e.g. `("title",)`. `tool` is the program
    that imported it, with its version. `extra` keeps what a
    source or a person added that the model does not know, as (key, value) in the order found.
    """

    id: str
    title: str
    body: str
    slug: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    author_note: str = ""
    published: str = ""
    modified: str = ""
    captured: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    comments: tuple[Comment, ...] = ()
    split: Split = Split()
    sources: tuple[Source, ...] = ()
    guessed: tuple[str, ...] = ()
    tool: str = ""
    extra: tuple[tuple[str, str], ...] = ()


Plain = tuple[Any, ...]
"""An article as tuples of strings and numbers, for whoever puts it aside for a while. It is no format to keep."""

_of_article, _of_comment, _of_source = (
    attrgetter(*(part.name for part in fields(kind))) for kind in (Article, Comment, Source)
)
_COMMENTS, _SPLIT, _SOURCES = (
    [part.name for part in fields(Article)].index(name) for name in ("comments", "split", "sources")
)


def as_plain(article: Article) -> Plain:
    """The article as plain values."""
    values = list(_of_article(article))
    values[_COMMENTS] = tuple(map(_of_comment, article.comments))
    values[_SPLIT] = (article.split.method, article.split.confidence)
    values[_SOURCES] = tuple(map(_of_source, article.sources))
    return tuple(values)


def from_plain(plain: Plain) -> Article:
    """The article that `as_plain` gave."""
    values = list(plain)
    values[_COMMENTS] = tuple(made_of(Comment, plain[_COMMENTS]))
    values[_SPLIT] = Split(*plain[_SPLIT])
    values[_SOURCES] = tuple(Source(*one) for one in plain[_SOURCES])
    return Article(*values)
