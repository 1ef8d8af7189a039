"""When segments and stores are merged: by size, so that there are few, and old large ones rest."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 64
GROWTH = 8
SEGMENTS_A_LEVEL = 3
STORES_A_LEVEL = 8
DEAD_SHARE = 4
"""A segment of which more than a quarter is deleted is written anew."""
MAX_RANGES = 1000
"""When the documents of all segments lie in more ranges of records, their texts are put in order again."""


def level(docs: int) -> int:
    """0 below 64 documents, 1 below 512, 2 below 4,096 and so on."""
    number = 0
    while docs >= SMALLEST:
        docs //= GROWTH
        number += 1
    return number


def crowded(sizes: Sequence[int], limit: int) -> list[int]:
    """Which to merge into one: all up to the highest level that has at least `limit`; often none."""
    levels = [level(size) for size in sizes]
    full = [number for number in set(levels) if levels.count(number) >= limit]
    if not full:
        return []
    return [place for place, number in enumerate(levels) if number <= max(full)]


def worn(docs: int, deleted: int) -> bool:
    """Whether a segment has so many deleted documents that it is written anew."""
    return deleted * DEAD_SHARE > docs
