"""Columns of numbers as the format writes them, by NumPy: many at once (docs/shard-format.md, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]]
Bytes = npt.NDArray[np.uint8]

_PLACE = 32
_BELOW = (1 << _PLACE) - 1


def encoded(values: Numbers) -> tuple[Bytes, Numbers]:
    """Numbers from 0 on as LEB128, one after the other; and where each starts, and the last one ends."""
    sizes = np.ones(len(values), np.uint8)
    for bits in range(7, int(values.max(initial=0)).bit_length(), 7):
        sizes += values >> bits > 0
    return uints(values), ends(sizes)


def uints(values: Numbers) -> Bytes:
    """Numbers from 0 on as LEB128, one after the other."""
    longest = -(-int(values.max(initial=1)).bit_length() // 7)
    if longest == 1:  # the usual case
        return values.astype(np.uint8)
    rows = np.empty((len(values), longest), np.uint8)
    used = np.ones(rows.shape, np.bool_)
    for place in range(longest - 1):
        more = values > 127
        rows[:, place] = values & 127 | more << 7
        used[:, place + 1] = more
        values = values >> 7
    rows[:, -1] = values
    return rows[used]


def ends(sizes: Numbers) -> Numbers:
    """Where each of these begins when they stand one after the other, and where the last one ends."""
    places = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=places[1:])
    return places


def gaps(ascending: Numbers) -> Numbers:
    """The first number, then each number less the one before it."""
    found = ascending.copy()
    found[1:] -= ascending[:-1]
    return found


def steps(values: Numbers, firsts: Numbers) -> Numbers:
    """The same of several rows of ascending numbers, which begin at `firsts`."""
    found = gaps(values)
    found[firsts] = values[firsts]
    return found


def starts(*columns: Numbers) -> Numbers:
    """Where a row differs from the one before; the first does."""
    new = np.ones(len(columns[0]), bool)
    np.not_equal(columns[0][1:], columns[0][:-1], out=new[1:])
    for column in columns[1:]:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def order(keys: Numbers) -> Numbers:
    """The places of numbers from 0 to 2**31 in their order; those of equal ones ascend.

    Each number is sorted with its place, so that all differ, and it does not matter how: several times as fast.
    """
    placed = keys.astype(np.int64)
    placed <<= _PLACE
    placed |= np.arange(len(keys))
    placed.sort()
    placed &= _BELOW
    return placed


def union(lists: Sequence[Numbers]) -> Numbers:
    """What is in any of these lists of ascending numbers, ascending."""
    if len(lists) == 1:
        return lists[0]
    found = np.zeros(max(int(numbers[-1]) for numbers in lists) + 1, np.bool_)
    for numbers in lists:
        found[numbers] = True
    return np.flatnonzero(found)
