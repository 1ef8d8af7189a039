"""Pages to learn from: paragraphs, the boundary, and where each comment starts.

As JSON Lines: {"id", "paragraphs", "boundary": int or null, "openers": [int, ...], "variant", "group"}; the
last three may be left out (then only the boundary starts a comment, and each page is a group of its own).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

SHINGLE = 12
SHARED_SHINGLES = 3


@dataclass(frozen=True, slots=True)
class Record:
    """One page. Pages of one `group` (near-duplicates, variants) are never divided between training and
    test.
    """

    id: str
    paragraphs: tuple[str, ...]
    boundary: int | None
    openers: frozenset[int] = frozenset()
    variant: str = ""
    group: str = ""


def read_jsonl(path: Path) -> list[Record]:
    """Records of a JSON Lines file, grouped by near-duplicate where the file names no groups."""
    records = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            boundary = data["boundary"]
            openers = frozenset(data.get("openers", ())) | ({boundary} if boundary is not None else frozenset())
            records.append(
                Record(
                    str(data["id"]),
                    tuple(data["paragraphs"]),
                    boundary,
                    openers,
                    data.get("variant", ""),
                    data.get("group", ""),
                )
            )
    return records if all(r.group for r in records) else grouped(records)


def grouped(records: Iterable[Record]) -> list[Record]:
    """The records, those that share long runs of words (or an id) in one group."""
    records = list(records)
    parent: dict[str, str] = {r.id: r.id for r in records}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    seen: dict[int, str] = {}
    for record in records:
        words = " ".join(record.paragraphs).lower().split()
        shingles = {hash_of(" ".join(words[k : k + SHINGLE])) for k in range(len(words) - SHINGLE)}
        for other, shared in Counter(seen[s] for s in shingles if s in seen).items():
            if shared >= SHARED_SHINGLES:
                parent[root(other)] = root(record.id)
        for shingle in shingles:
            seen.setdefault(shingle, record.id)
    return [replace(r, group=root(r.id)) for r in records]


def hash_of(text: str) -> int:
    """A hash that is the same in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def fold(group: str, folds: int, salt: str = "") -> int:
    """The fold of a group, the same in every run."""
    return hash_of(salt + group) % folds
