"""Running sums, bests and ranks over a page, each in one pass."""

from __future__ import annotations

from math import log

NONE = -9.0
"""Stands for "no such place"."""


def running(values: list[float]) -> list[float]:
    """The sums of values[:j] for each j."""
    out = [0.0]
    total = 0.0
    for value in values:
        total += value
        out.append(total)
    return out


def mean(total: list[float], start: int, end: int) -> float:
    """The mean of the values from start to end, by their running sums."""
    return (total[end] - total[start]) / (end - start) if end > start else NONE


def before(values: list[float], n: int) -> list[float]:
    """The best of values[1:j] for each j."""
    out = [NONE] * (n + 1)
    best = NONE
    for j in range(1, n + 1):
        out[j] = best
        if j < len(values) and j < n and values[j] > best:
            best = values[j]
    return out


def after(values: list[float], n: int) -> list[float]:
    """The best of values[j + 1:n] for each j."""
    out = [NONE] * (n + 1)
    best = NONE
    for j in range(n - 1, -1, -1):
        out[j] = best
        best = max(best, values[j])
    return out


def ranks(values: list[float]) -> list[float]:
    """The place of each value among values[1:], 0 the highest."""
    order = sorted(range(1, len(values)), key=lambda j: -values[j])
    ranks = [99.0] * len(values)
    for place, j in enumerate(order):
        ranks[j] = float(place)
    return ranks


def recurrence(keys: list[str]) -> tuple[list[float], list[float]]:
    """How often the key of each line stands before it and after it (logarithms)."""
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    seen: dict[str, int] = {}
    left, right = [], []
    for key in keys:
        if not key:
            left.append(0.0)
            right.append(0.0)
            continue
        before = seen.get(key, 0)
        left.append(log(1 + before))
        right.append(log(counts[key] - before))
        seen[key] = before + 1
    return left, right


def same_language(one: list[int], other: list[int]) -> float:
    """How alike two vote counts are: 1 the same leading language, 0 another, .5 too short to tell."""
    a, b = max(one), max(other)
    if a < 3 or b < 3:
        return 0.5
    return (
        1.0
        if one.index(a) == other.index(b) or other[one.index(a)] >= 0.7 * b or one[other.index(b)] >= 0.7 * a
        else 0.0
    )
