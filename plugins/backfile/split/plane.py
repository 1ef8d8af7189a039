"""A linear score with every column held between bounds, so that no single odd number decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plane:
    """`parts` holds (column, weight, low, high) for each column that counts."""

    bias: float
    parts: tuple[tuple[int, float, float, float], ...]

    @classmethod
    def of(cls, bias: float, weights: Sequence[float], low: Sequence[float], high: Sequence[float]) -> Plane:
        """A plane of the weights file; columns of weight 0 cost nothing."""
        columns = enumerate(zip(weights, low, high, strict=True))
        return cls(bias, tuple((i, w, a, b) for i, (w, a, b) in columns if w))

    def total(self, row: Sequence[float]) -> float:
        """The score of a row."""
        result = self.bias
        for column, weight, low, high in self.parts:
            value = row[column]
            if value < low:
                value = low
            elif value > high:
                value = high
            result += weight * value
        return result
