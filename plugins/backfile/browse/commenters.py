"""Who wrote comments: a page for each name, where the archive's keeper asked for such pages.

A name is all that is known: two people with one name share a page, and one with two names has two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from slugify import slugify

from backfile.browse.facts import Facts
from backfile.dates import parse_edtf

FOLDER = "commenter"


@dataclass(frozen=True, slots=True)
class When:
    """A date for templates, no finer than it is known; reads as those of `article.archive`."""

    year: int
    month: int | None
    day: int | None
    machine: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class CommenterEntry:
    """One comment: on which article, on which page and where there, when if known, its first words, their language."""

    article: Any
    url: str
    anchor: str
    date: When | None
    excerpt: str
    language: str


@dataclass(frozen=True, slots=True)
class Commenter:
    """All comments under one name, the newest first, those without a date last."""

    name: str
    url: str
    comments: tuple[CommenterEntry, ...]

    @property
    def count(self) -> int:
        """How many comments there are."""
        return len(self.comments)


def commenters(articles: Iterable[tuple[Any, Facts]]) -> tuple[Commenter, ...]:
    """The names under comments of some articles, in the order of an index."""
    said: dict[str, list[CommenterEntry]] = {}
    for article, facts in articles:
        for remark in facts.remarks:
            when = _when(remark.date)
            entry = CommenterEntry(article, remark.url, remark.anchor, when, remark.excerpt, remark.language)
            said.setdefault(remark.name, []).append(entry)
    names = sorted(said, key=lambda name: (name.casefold(), name))
    return tuple(Commenter(name, commenter_url(name), _newest_first(said[name])) for name in names)


def commenter_url(name: str) -> str:
    """Where the page of a name stands: it depends on the name alone, and no other name has it.

    The digest is always there: were it added only to the second of two names with one spelling, a new
    comment could move a page that others link to.
    """
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    slug = slugify(name, max_length=60, word_boundary=True)
    return f"{FOLDER}/{slug}-{digest}.html" if slug else f"{FOLDER}/{digest}.html"


def _newest_first(entries: list[CommenterEntry]) -> tuple[CommenterEntry, ...]:
    entries.sort(key=lambda entry: (entry.date.machine if entry.date else "", entry.article.url), reverse=True)
    return tuple(entries)


def _when(edtf: str) -> When | None:
    date = parse_edtf(edtf)
    return When(date.year, date.month, date.day, date.machine(), date.uncertain) if date else None
