"""What browsing needs to know of an article without reading it again: one short text, kept with its metadata.

Written while the content file is read, so that a build that remembers metadata need not read the file.
"""

from __future__ import annotations

import base64
import json
from array import array
from dataclasses import dataclass
from typing import Protocol

from backfile.browse.terms import Signature, signature
from backfile.markdown import plain_text
from backfile.model import Article
from backfile.text import clean_line

_EXCERPT = 160


class _Anchored(Protocol):
    """A comment as the page shows it."""

    id: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the list of what a reader wrote: name, place on the page, date (EDTF), first words."""

    name: str
    anchor: str
    date: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article: `date_guessed` when its date was inferred, not read."""

    signature: Signature = ()
    url: str = ""
    modified: str = ""
    date_guessed: bool = False
    remarks: tuple[Remark, ...] = ()


NOTHING = Facts()


def facts_of(article: Article, comments: list[_Anchored], *, with_remarks: bool) -> Facts:
    """The facts of an article; `comments` are its comments as its page shows them."""
    anchors = {comment.id: comment.anchor for comment in comments} if with_remarks else {}
    return Facts(
        signature=signature(article.title, article.tags, article.standfirst, article.body),
        url=article.url,
        modified=article.modified,
        date_guessed=bool({"published", "date"} & set(article.guessed)),
        remarks=tuple(
            Remark(comment.author, anchors[comment.id], comment.date, _excerpt(comment.body))
            for comment in article.comments
            if comment.author and comment.kind == "comment" and comment.id in anchors
        ),
    )


def _excerpt(body: str) -> str:
    words = clean_line(plain_text(body))
    if len(words) <= _EXCERPT:
        return words
    return words[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def write_facts(facts: Facts) -> str:
    """The facts as one line of JSON; `read_facts` gives them back."""
    terms = array("I", [term for term, _ in facts.signature])
    weights = bytes(weight for _, weight in facts.signature)
    remarks = [[r.name, r.anchor, r.date, r.excerpt] for r in facts.remarks]
    parts = [_text(terms.tobytes()), _text(weights), facts.url, facts.modified, facts.date_guessed, remarks]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read_facts(text: str) -> Facts:
    """The facts that `write_facts` wrote, on the same machine."""
    terms, weights, url, modified, date_guessed, remarks = json.loads(text)
    numbers = array("I")
    numbers.frombytes(base64.b64decode(terms))
    return Facts(
        signature=tuple(zip(numbers, base64.b64decode(weights), strict=True)),
        url=url,
        modified=modified,
        date_guessed=date_guessed,
        remarks=tuple(Remark(*remark) for remark in remarks),
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
