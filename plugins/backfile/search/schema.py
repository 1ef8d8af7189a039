"""The fields of the index, their boosts, and the digest that tells one schema from another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

FORMAT = "backfile-search"
VERSION = 2

# Changes whenever analysis gives other keys than before: an index of another analysis is rebuilt.
ANALYSIS = 3

# Changes with the writer's choices (docs/shard-format.md, section 18): what is added to an index fits what is there.
LAYOUT = 2


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `boost` in thousandths; above 0, words without a field name are looked for in it."""

    id: int
    name: str
    kind: Literal["text", "exact"]
    boost: int = 0


FIELDS = (
    Field(0, "title", "text", 1200),
    Field(1, "standfirst", "text", 1000),
    Field(2, "body", "text", 1000),
    Field(3, "comments", "text", 1000),
    Field(4, "author", "text", 1000),
    Field(5, "commenter", "text"),
    Field(6, "section", "text"),
    Field(7, "tag", "text", 1000),
    Field(8, "source", "text"),
    Field(9, "language", "exact"),
    Field(10, "section_is", "exact"),
    Field(11, "author_is", "exact"),
    Field(12, "tag_is", "exact"),
)
TEXT_FIELDS = tuple(field for field in FIELDS if field.kind == "text")
DEFAULT_FIELDS = tuple(field for field in FIELDS if field.boost)
BY_NAME = {field.name: field for field in FIELDS}

# The best for whole sentences on a public collection (benchmarks/relevance.py): a title counts by being short.
K1 = 1600
B = 800

COMMENT_GAP = 32
"""Positions between the end of one comment and the start of the next; also between authors, tags."""
NAME_SLOTS = 16
"""Positions that each comment's author has in the field `commenter`."""


def described() -> dict[str, Any]:
    """Scoring and fields as the manifest holds them."""
    return {
        "scoring": {"k1": K1, "b": B},
        "fields": [{"name": field.name, "kind": field.kind, "boost": field.boost} for field in FIELDS],
    }


def digest(language: str) -> str:
    """Sixteen hexadecimal digits that change when documents would be indexed, or files cut, otherwise."""
    content = json.dumps([VERSION, ANALYSIS, LAYOUT, language, described()], separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
