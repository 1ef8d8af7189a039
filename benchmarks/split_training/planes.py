"""Fits the linear half of the ranking: a conditional logit over the candidates of each page."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from backfile.split.plane import Plane
from benchmarks.split_training.forests import DIGITS, Choices, softmax, sums
from benchmarks.split_training.words import minimum

Array = npt.NDArray[np.float64]
PENALTY = 20.0
BOUND = 4.0
NONE_BIAS = 3.0
DEVIATION = 0.5


@dataclass(slots=True)
class Parts:
    """A plane as the weights file has it."""

    bias: float
    weights: list[float]
    low: list[float]
    high: list[float]

    def plane(self) -> Plane:
        """The plane that the package makes of it."""
        return Plane.of(**asdict(self))


def fit_planes(given: Choices) -> dict[str, Parts]:
    """The planes of boundaries and of "none", each for marked pages and for prose.

    Both kinds of page share one plane and have each their own deviation from it, which the penalty keeps
    small.
    """
    none = given.rows[:, 0] > 0
    plain = given.rows[~none].astype(float)
    mean, spread = plain.mean(axis=0), plain.std(axis=0) + 1e-6
    low, high = mean - BOUND * spread, np.minimum(mean + BOUND * spread, np.percentile(plain, 99.5, axis=0))
    standard = (np.clip(given.rows.astype(float), low, high) - mean) / spread
    logit = _Logit(np.hstack([standard, none[:, None] * NONE_BIAS]), none, given)
    shared, own = np.split(minimum(logit.loss, logit.bend, logit.size), 2)
    columns = len(mean)
    found = {}
    for name, weights in (("marked", shared + DEVIATION * own), ("prose", shared - DEVIATION * own)):
        of_boundary, of_none = np.split(weights, 2)
        slopes = of_boundary[:columns] / spread, of_none[:columns] / spread
        found[f"boundary_{name}"] = _parts(-float(slopes[0] @ mean), slopes[0], low, high)
        found[f"none_{name}"] = _parts(float(NONE_BIAS * of_none[-1] - slopes[1] @ mean), slopes[1], low, high)
    return found


class _Logit:
    """The loss of a conditional logit; boundaries and "none", of marked pages and of prose, have weights apart.

    theta: the weights of boundaries and of "none" that both kinds of page share, then their deviations.
    """

    def __init__(self, rows: Array, none: npt.NDArray[np.bool_], given: Choices) -> None:
        self._right = given.right
        self._shares, self._sums = softmax(given.sizes), sums(given.sizes)
        self._kinds = [
            (at, np.flatnonzero((none == is_none) & (given.marked == marked)), DEVIATION if marked else -DEVIATION)
            for at, is_none in enumerate((False, True))
            for marked in (True, False)
        ]
        self._rows = [rows[which] for _, which, _ in self._kinds]
        self._columns = rows.shape[1]
        self.size = 4 * self._columns

    def loss(self, theta: Array) -> tuple[float, Array]:
        """The value and its slope."""
        chance = self._shares(self._scores(theta))
        value = -np.log(np.maximum(chance[self._right > 0], 1e-12)).sum() + 0.5 * PENALTY * (theta**2).sum()
        return float(value), self._back(chance - self._right) + PENALTY * theta

    def bend(self, theta: Array, way: Array) -> Array:
        """The second derivative along a way."""
        chance, along = self._shares(self._scores(theta)), self._scores(way)
        return self._back(chance * (along - self._sums(chance * along))) + PENALTY * way

    def _scores(self, theta: Array) -> Array:
        weights = theta.reshape(2, 2, self._columns)
        scores = np.zeros(len(self._right))
        for (at, which, sign), rows in zip(self._kinds, self._rows, strict=True):
            scores[which] = rows @ (weights[0, at] + sign * weights[1, at])
        return scores

    def _back(self, slopes: Array) -> Array:
        found = np.zeros((2, 2, self._columns))
        for (at, which, sign), rows in zip(self._kinds, self._rows, strict=True):
            part = slopes[which] @ rows
            found[0, at] += part
            found[1, at] += sign * part
        return found.ravel()


def plane_scores(planes: dict[str, Parts], given: Choices) -> Array:
    """The score of every candidate by the planes of its kind."""
    scores = np.zeros(len(given.rows))
    none = given.rows[:, 0] > 0
    for name, parts in planes.items():
        which, kind = name.split("_")
        rows = (none == (which == "none")) & (given.marked == (kind == "marked"))
        scores[rows] = np.clip(given.rows[rows], parts.low, parts.high) @ np.array(parts.weights) + parts.bias
    return np.round(scores, DIGITS)


def _parts(bias: float, weights: Array, low: Array, high: Array) -> Parts:
    def short(values: Array) -> list[float]:
        return [float(f"{v:.4g}") for v in values]

    return Parts(round(bias, 4), short(np.where(high > low, weights, 0)), short(low), short(high))
