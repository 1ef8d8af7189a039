"""Linear scorers over the words of a paragraph: register, opener, closer.

A paragraph becomes a set of keys: its words, the pairs among its first words, its first words by place, its
last words. A score is the sum of the keys' weights over the root of their number, so that length alone says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from backfile.split.lines import Line

FIRST_PAIRS = 14
SCORERS = ("register", "opener", "closer")


def keys(line: Line) -> list[str]:
    """The keys of a paragraph, each once."""
    tokens = line.tokens
    found = set(tokens)
    size = len(tokens)
    if size:
        head = tokens[:FIRST_PAIRS]
        found.update([f"{a} {b}" for a, b in zip(head, head[1:], strict=False)])
        first = tokens[0]
        found.add("^" + first)
        found.add("$" + tokens[-1])
        if size > 1:
            found.add(f"^{first} {tokens[1]}")
            found.add("^2" + tokens[1])
            found.add(f"${tokens[-2]} {tokens[-1]}")
        if size > 2:
            found.add(f"^{first} {tokens[1]} {tokens[2]}")
            found.add("^3" + tokens[2])
    found.add("%" + line.kind)
    return list(found)


def score(line: Line, weights: Mapping[str, tuple[float, float, float]], bias: Sequence[float]) -> tuple[float, float, float]:
    """Register (positive: a reader's), opener (positive: begins a comment), closer (positive: ends an article)."""
    found = keys(line)
    get = weights.get
    a = b = c = 0.0
    for key in found:
        w = get(key)
        if w is not None:
            a += w[0]
            b += w[1]
            c += w[2]
    scale = 1.0 / sqrt(len(found) + 1)
    return a * scale + bias[0], b * scale + bias[1], c * scale + bias[2]
