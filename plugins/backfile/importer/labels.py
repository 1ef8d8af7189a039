"""Labelled lines at the head and tail of a cleaned extract: `Author: ...`, `Date: ...`, `Source: ...`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from backfile.dates import parse_edtf
from backfile.text import clean_line
from backfile.written_dates import parse_written_date

LabelName = Literal[
    "title", "standfirst", "authors", "author_note", "published", "modified", "captured", "section", "tags",
    "url", "language",
]  # fmt: skip

_NAMES: dict[str, LabelName] = {
    "title": "title", "headline": "title",
    "summary": "standfirst", "standfirst": "standfirst", "subtitle": "standfirst", "deck": "standfirst",
    "author": "authors", "authors": "authors", "by": "authors", "byline": "authors",
    "about the author": "author_note", "author note": "author_note",
    "date": "published", "published": "published", "posted": "published", "publication date": "published",
    "modified": "modified", "updated": "modified", "last modified": "modified",
    "captured": "captured", "retrieved": "captured", "accessed": "captured", "saved": "captured",
    "section": "section", "category": "section", "rubric": "section",
    "tags": "tags", "keywords": "tags", "topics": "tags",
    "url": "url", "link": "url", "source": "url", "permalink": "url", "original": "url",
    "language": "language", "lang": "language",
}  # fmt: skip
_LABEL = re.compile(r"(?P<name>[A-Za-z][A-Za-z ]{1,20}?)\s*:\s*(?P<value>\S.*)", re.DOTALL)
_URL = re.compile(r"https?://\S+")
_PROSE_WORDS = 25
_HEAD, _TAIL = 12, 6
_DATES = ("published", "modified", "captured")
_HEAD_ALONE = frozenset({"title", "standfirst"})
"""What nobody writes below a text."""
_NOT_AFTER_READERS = _HEAD_ALONE | {"url", "section", "tags", "language"}
"""What a reader may write at the end of a comment: `Source: https://...`"""


@dataclass(slots=True)
class Labels:
    """What labelled lines said, each value clean; `taken` are the indices of the lines."""

    values: dict[LabelName, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def names(self) -> tuple[str, ...]:
        """The authors: separated by semicolons or `and`, by commas only between full names."""
        return split_names(self.values.get("authors", ""))

    def tags(self) -> tuple[str, ...]:
        """The tags, separated by semicolons or commas."""
        return tuple(tag for tag in map(clean_line, re.split(r"[;,]", self.values.get("tags", ""))) if tag)


def read_labels(paragraphs: Sequence[str], *, ends_with_readers: bool = False) -> Labels:
    """The labelled lines before the first prose and among the last paragraphs; the first of a name counts.

    A value must fit its label (a date be a date, an address an address), else the line is text. Of texts that end with
    readers' comments the last paragraphs tell less.
    """
    labels = Labels()
    head, places = _places(paragraphs)
    unfit_below = _NOT_AFTER_READERS if ends_with_readers else _HEAD_ALONE
    for index in places:
        found = _LABEL.fullmatch(paragraphs[index])
        name = _NAMES.get(" ".join(found["name"].lower().split())) if found else None
        if not found or name is None or name in labels.values or (index >= head and name in unfit_below):
            continue
        if value := _fitting(name, clean_line(found["value"])):
            labels.values[name] = value
            labels.taken.add(index)
    return labels


def split_names(text: str) -> tuple[str, ...]:
    """Names in a byline: `A and B`, `A, B and C`, `King, Jr.` kept whole."""
    names: list[str] = []
    for part in re.split(r"\s*;\s*|\s+(?:and|&)\s+", text):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        whole = all(" " in piece for piece in pieces)
        names += pieces if whole else [", ".join(pieces)]
    return tuple(name for name in names if name)


def _places(paragraphs: Sequence[str]) -> tuple[int, list[int]]:
    """Where a label may stand: above the first prose, which is told, and in the last few paragraphs."""
    head = next((n for n, text in enumerate(paragraphs) if len(text.split()) >= _PROSE_WORDS), len(paragraphs))
    head = min(head, _HEAD)
    return head, sorted({*range(head), *range(max(0, len(paragraphs) - _TAIL), len(paragraphs))})


def _fitting(name: LabelName, value: str) -> str:
    """The value in its normal form, or the empty string when it cannot be what its label says."""
    if name in _DATES:
        parsed = parse_edtf(value) or parse_written_date(value)
        return str(parsed) if parsed else ""
    if name == "url":
        return value if _URL.fullmatch(value) else ""
    if name == "authors":
        return value if len(value.split()) <= 16 and not value.endswith((".", "!", "?")) else ""
    return value
