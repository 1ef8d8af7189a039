"""What browsing needs to know of an article without reading it again: a few values, kept with its metadata.

Made when metadata is remembered, so that a build that remembers need not read the file; other readings of a file, for
its page, never pay for it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from backfile.browse.terms import Signature, signature
from backfile.markdown import plain_text
from backfile.model import Article
from backfile.text import clean_line

_EXCERPT = 160
_WORD = re.compile(r"[^\W_]\S*")
# Fields of `Facts` that are plain as they are, in their order.
_PLAIN = ("terms", "weights", "url", "published", "modified", "captured", "date_guessed", "words", "comments")


class _Anchored(Protocol):
    """A comment as a page shows it."""

    id: str
    anchor: str
    url: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the list of what a reader wrote: name, page, place on it, date (EDTF), first words and language."""

    name: str
    url: str
    anchor: str
    date: str
    excerpt: str
    language: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article: `date_guessed` when its date was inferred, not read; `comments` are its entries.

    `terms` and `weights` are those of its signature, four bytes and one for each.
    """

    terms: bytes = b""
    weights: bytes = b""
    url: str = ""
    published: str = ""
    modified: str = ""
    captured: str = ""
    date_guessed: bool = False
    words: int = 0
    comments: int = 0
    remarks: tuple[Remark, ...] = ()

    @property
    def signature(self) -> Signature:
        """The words that it is about."""
        numbers = array("I")
        numbers.frombytes(self.terms)
        return tuple(zip(numbers, self.weights, strict=True))


NOTHING = Facts()


@dataclass(frozen=True)
class Noted:
    """The facts of an article that was read, not made yet. Made of the article's view, which is all it compares by."""

    view: Any
    with_remarks: bool

    @cached_property
    def facts(self) -> Facts:
        """The facts."""
        # Making the thread is dear, and its anchors are wanted for pages of commenters alone.
        return facts_of(self.view.model, self.view.thread.flat if self.with_remarks else [])


class Remembered:
    """The same for an article that is remembered (`deferrable` in docs/building.md)."""

    __slots__ = ("_card",)

    def __init__(self, card: tuple[Any, ...], _load: object = None) -> None:
        self._card = card

    @staticmethod
    def card(noted: Noted) -> tuple[Any, ...]:
        """What is remembered."""
        return write_facts(noted.facts)

    @staticmethod
    def leans_on(_: Noted) -> list[str]:
        """No other file shows in it."""
        return []

    @property
    def facts(self) -> Facts:
        """The facts."""
        return read_facts(self._card)


def facts_of(article: Article, comments: Sequence[_Anchored]) -> Facts:
    """The facts of an article; `comments` are those, as pages show them, whose names are wanted."""
    anchors = {comment.id: comment for comment in comments}
    found = signature(article.title, article.tags, article.standfirst, article.body)
    return Facts(
        terms=array("I", [term for term, _ in found]).tobytes(),
        weights=bytes(weight for _, weight in found),
        url=article.url,
        published=article.published,
        modified=article.modified,
        captured=article.captured,
        date_guessed=bool({"published", "date"} & set(article.guessed)),
        words=len(_WORD.findall(article.body)),
        comments=sum(not comment.removed for comment in article.comments),
        remarks=tuple(
            Remark(
                comment.author,
                there.url,
                there.anchor,
                comment.date,
                _excerpt(comment.body),
                comment.language or article.language,
            )
            for comment in article.comments
            if comment.author and comment.kind == "comment" and (there := anchors.get(comment.id))
        ),
    )


def _excerpt(body: str) -> str:
    words = clean_line(plain_text(body))
    if len(words) <= _EXCERPT:
        return words
    return words[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def write_facts(facts: Facts) -> tuple[Any, ...]:
    """The facts as plain values; `read_facts` gives them back, on the same machine."""
    remarks = tuple((r.name, r.url, r.anchor, r.date, r.excerpt, r.language) for r in facts.remarks)
    return (*(getattr(facts, name) for name in _PLAIN), remarks)


def read_facts(plain: Sequence[Any]) -> Facts:
    """The facts that `write_facts` wrote."""
    *values, remarks = plain
    known = dict(zip(_PLAIN, values, strict=True))
    return Facts(**known, remarks=tuple(Remark(*remark) for remark in remarks))
