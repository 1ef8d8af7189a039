"""Boosted trees, walked in plain Python.

    forest = [tree, ...]      a score is the sum of one leaf of each tree
    tree   = leaf | (column, threshold, tree when row[column] <= threshold, tree otherwise)

In the weights file a tree is one flat list in preorder: a column number and a threshold for each fork, `-1`
and a value for each leaf, so that it needs no pointers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

Tree: TypeAlias = "float | tuple[int, float, Tree, Tree]"


def unpack(flat: Sequence[float], scale: float) -> Tree:
    """The tree of a flat list; leaf values are whole multiples of `scale`."""
    return _unpack(iter(flat), scale)


def _unpack(numbers: Iterator[float], scale: float) -> Tree:
    column, value = int(next(numbers)), next(numbers)
    if column < 0:
        return value * scale
    low = _unpack(numbers, scale)
    return (column, value, low, _unpack(numbers, scale))


def total(forest: Sequence[Tree], row: Sequence[float]) -> float:
    """The forest's score of a row."""
    result = 0.0
    for node in forest:
        while type(node) is tuple:
            node = node[2] if row[node[0]] <= node[1] else node[3]
        result += node  # type: ignore[operator]
    return result
