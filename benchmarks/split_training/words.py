"""Fits the three linear scorers: register, opener, closer.

They are fitted to their minimum and rounded as the weights file has them, before anything learns from their scores:
so machines that round sums differently come to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import minimize

from backfile.split import lines, scorers
from benchmarks.split_training.corpus import Record

MIN_PAGES = 4
PENALTY = (2.0, 1.0, 3.0)
GOLD_OPENER = 1.5
STEP = 0.05
KEPT_ABOVE = 0.15
"""What is written: words of which a weight reaches this, in steps small enough not to matter."""
SLOPE = 1e-6
"""The minimum is where the loss is no steeper than this."""
DIGITS = 9
Array = npt.NDArray[np.float64]


@dataclass(slots=True)
class Sample:
    """A record that has been looked at."""

    record: Record
    lines: list[lines.Line]
    keys: list[list[str]]


@dataclass(slots=True)
class Words:
    """A fitted vocabulary: weights by key (rows) and scorer (columns), and the intercepts, all as they are written."""

    vocabulary: dict[str, int]
    weights: Array
    bias: Array

    def scores(self, sample: Sample) -> list[tuple[float, ...]]:
        """The three scores of each paragraph."""
        out = []
        for keys in sample.keys:
            rows = [self.vocabulary[k] for k in keys if k in self.vocabulary]
            total = self.weights[rows].sum(axis=0) if rows else np.zeros(3)
            out.append(tuple(round(float(x), DIGITS) for x in total / np.sqrt(len(keys) + 1) + self.bias))
        return out


def look(records: Sequence[Record]) -> list[Sample]:
    """Look at every paragraph once."""
    samples = []
    for record in records:
        read = lines.read_all(record.paragraphs)
        samples.append(Sample(record, read, [scorers.keys(line) for line in read]))
    return samples


def fit(samples: Sequence[Sample]) -> Words:
    """Fit the scorers. A page counts by the root of its paragraphs, so that long threads do not drown the
    rest.
    """
    seen: dict[str, set[str]] = {}
    for sample in samples:
        for keys in sample.keys:
            for key in keys:
                seen.setdefault(key, set()).add(sample.record.id)
    vocabulary = {key: i for i, key in enumerate(sorted(k for k, ids in seen.items() if len(ids) >= MIN_PAGES))}
    matrix = _matrix(samples, vocabulary)
    facts = _facts(samples)
    thetas = [_logistic(matrix[rows], labels, weights, penalty)
              for (rows, labels, weights), penalty in zip(_tasks(facts), PENALTY, strict=True)]  # fmt: skip
    weights = np.stack([t[:-1] for t in thetas], axis=1)
    strong = np.abs(weights).max(axis=1) >= KEPT_ABOVE
    written = np.where(strong[:, None], np.rint(weights / STEP), 0) * STEP
    return Words(vocabulary, written, np.array([round(float(t[-1]), 5) for t in thetas]))


def _matrix(samples: Sequence[Sample], vocabulary: dict[str, int]) -> sp.csr_matrix:
    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for sample in samples:
        for keys in sample.keys:
            found = sorted(vocabulary[k] for k in keys if k in vocabulary)
            indices += found
            values += [1 / np.sqrt(len(keys) + 1)] * len(found)
            starts.append(len(indices))
    return sp.csr_matrix(
        (np.array(values), np.array(indices), np.array(starts)), shape=(len(starts) - 1, len(vocabulary))
    )


def _facts(samples: Sequence[Sample]) -> Array:
    """For each paragraph: comment?, opener?, article's last?, paragraphs, boundary, own place, openers of
    the page.
    """
    rows = []
    for sample in samples:
        record = sample.record
        n = len(record.paragraphs)
        cut = n if record.boundary is None else record.boundary
        openers = record.openers
        rows += [(j >= cut, j in openers, j == cut - 1, n, cut, j, max(1, len(openers))) for j in range(n)]
    return np.array(rows, dtype=float)


def _tasks(facts: Array) -> list[tuple[Array, Array, Array]]:
    comment, opener, last, n, cut, place, openers = facts.T
    everything = np.arange(len(facts))
    register = (everything, comment, _normal(1 / np.sqrt(np.maximum(np.where(comment > 0, n - cut, cut), 1))))
    rows = np.where(((comment == 0) | (opener > 0)) & (place > 0))[0]
    weight = np.where(
        opener > 0,
        np.where(place == cut, GOLD_OPENER, 1.0) / np.sqrt(openers),
        1 / np.sqrt(np.maximum(cut, 1)),
    )
    opening = (rows, opener[rows], _normal(weight[rows]))
    rows = np.where(comment == 0)[0]
    weight = np.where(last > 0, 1.0, 1 / np.sqrt(np.maximum(cut, 1)))
    return [register, opening, (rows, last[rows], _normal(weight[rows]))]


def _normal(weights: Array) -> Array:
    return weights / weights.mean()


def _logistic(matrix: sp.csr_matrix, labels: Array, weights: Array, penalty: float) -> Array:
    """Weighted, L2-penalised logistic regression; the intercept comes last."""
    turned = matrix.T.tocsr()
    signs = np.where(labels > 0, 1.0, -1.0)

    def chances(theta: Array) -> Array:
        return 1 / (1 + np.exp(-(matrix @ theta[:-1] + theta[-1])))

    def loss(theta: Array) -> tuple[float, Array]:
        z = matrix @ theta[:-1] + theta[-1]
        slope = weights * (1 / (1 + np.exp(-z)) - labels)
        value = (weights * np.logaddexp(0, -signs * z)).sum() + 0.5 * penalty * (theta[:-1] ** 2).sum()
        return float(value), np.append(turned @ slope + penalty * theta[:-1], slope.sum())

    def bend(theta: Array, way: Array) -> Array:
        chance = chances(theta)
        inside = weights * chance * (1 - chance) * (matrix @ way[:-1] + way[-1])
        return np.append(turned @ inside + penalty * way[:-1], inside.sum())

    return minimum(loss, bend, matrix.shape[1] + 1)


def minimum(loss: Callable[[Array], tuple[float, Array]], bend: Callable[[Array, Array], Array], size: int) -> Array:
    """Where a convex loss is least: `loss` gives value and slope, `bend` the second derivative along a way.

    Newton's method in a trust region, which comes to the minimum itself (Nocedal and Wright, chapter 7).
    """
    found = minimize(
        loss, np.zeros(size), jac=True, hessp=bend, method="trust-ncg", options={"gtol": SLOPE, "maxiter": 1000}
    )
    steep = float(np.abs(found.jac).max())
    if steep > 100 * SLOPE:  # rounding may keep it from the last step, not from more
        raise ArithmeticError(f"no minimum was found: the slope is still {steep:.2g}")
    return np.asarray(found.x)
