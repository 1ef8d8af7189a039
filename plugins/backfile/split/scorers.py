"""Linear scorers over the words of a paragraph: register, opener, closer.

A paragraph becomes a set of keys: its words, the pairs among its first words, its first words by place, its
last words. A score is the sum of the keys' weights over the root of their number, so that length alone says
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import sqrt

from backfile.split.lines import Line

FIRST_PAIRS = 14
SCORERS = ("register", "opener", "closer")


def keys(line: Line) -> list[str]:
    """The keys of a paragraph, each once."""
    tokens = line.voice
    found = dict.fromkeys(tokens)
    size = len(tokens)
    more = ["%" + line.kind]
    if size:
        head = tokens[:FIRST_PAIRS]
        first, last = tokens[0], tokens[-1]
        more += [f"{a} {b}" for a, b in pairwise(head)]
        more += ["^" + first, "$" + last]
        if size > 1:
            more += [f"^{first} {tokens[1]}", "^2" + tokens[1], f"${tokens[-2]} {last}"]
        if size > 2:
            more += [f"^{first} {tokens[1]} {tokens[2]}", "^3" + tokens[2]]
    found.update(dict.fromkeys(more))
    return list(found)


def score(
    line: Line, weights: Mapping[str, tuple[float, float, float]], bias: Sequence[float]
) -> tuple[float, float, float]:
    """Register (positive: a reader's), opener (positive: begins a comment), closer (positive: ends an
    article).
    """
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
