"""Fits the linear half of the ranking: a conditional logit over the candidates of each page."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from backfile.split.plane import Plane
from benchmarks.split_training.forests import Choices, softmax

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
    plain = given.rows[~none]
    mean, spread = plain.mean(axis=0), plain.std(axis=0) + 1e-6
    low, high = mean - BOUND * spread, np.minimum(mean + BOUND * spread, np.percentile(plain, 99.5, axis=0))
    standard = (np.clip(given.rows, low, high) - mean) / spread
    apart = np.hstack(
        [
            np.where(none[:, None], 0, standard),
            np.where(none[:, None], standard, 0),
            none[:, None] * NONE_BIAS,
        ]
    )
    sign = np.where(given.marked, DEVIATION, -DEVIATION)[:, None]
    matrix = np.hstack([apart, apart * sign]).astype(np.float32)
    shares = softmax(given.sizes)

    def loss(theta: Array) -> tuple[float, Array]:
        chance = shares(matrix @ theta.astype(np.float32))
        value = -np.log(np.maximum(chance[given.right > 0], 1e-12)).sum() + 0.5 * PENALTY * (theta**2).sum()
        return float(value), matrix.T @ (chance - given.right).astype(np.float32) + PENALTY * theta

    theta = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    shared, own = np.split(theta, 2)
    columns = len(mean)
    found = {}
    for name, weights in (("marked", shared + DEVIATION * own), ("prose", shared - DEVIATION * own)):
        slopes = weights[:columns] / spread, weights[columns : 2 * columns] / spread
        found[f"boundary_{name}"] = _parts(-float(slopes[0] @ mean), slopes[0], low, high)
        found[f"none_{name}"] = _parts(float(NONE_BIAS * weights[-1] - slopes[1] @ mean), slopes[1], low, high)
    return found


def plane_scores(planes: dict[str, Parts], given: Choices) -> Array:
    """The score of every candidate by the planes of its kind."""
    scores = np.zeros(len(given.rows))
    none = given.rows[:, 0] > 0
    for name, parts in planes.items():
        which, kind = name.split("_")
        rows = (none == (which == "none")) & (given.marked == (kind == "marked"))
        scores[rows] = np.clip(given.rows[rows], parts.low, parts.high) @ np.array(parts.weights) + parts.bias
    return scores


def _parts(bias: float, weights: Array, low: Array, high: Array) -> Parts:
    def short(values: Array) -> list[float]:
        return [float(f"{v:.4g}") for v in values]

    return Parts(round(bias, 4), short(np.where(high > low, weights, 0)), short(low), short(high))
