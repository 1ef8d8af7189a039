"""Fits the three linear scorers: register, opener, closer."""

from __future__ import annotations

from collections.abc import Sequence
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
Array = npt.NDArray[np.float64]


@dataclass(slots=True)
class Sample:
    """A record that has been looked at."""

    record: Record
    lines: list[lines.Line]
    keys: list[list[str]]


@dataclass(slots=True)
class Words:
    """A fitted vocabulary: weights by key (rows) and scorer (columns), and the intercepts."""

    vocabulary: dict[str, int]
    weights: Array
    bias: Array

    def scores(self, sample: Sample) -> list[tuple[float, ...]]:
        """The three scores of each paragraph."""
        out = []
        for keys in sample.keys:
            rows = [self.vocabulary[k] for k in keys if k in self.vocabulary]
            total = self.weights[rows].sum(axis=0) if rows else np.zeros(3)
            out.append(tuple(float(x) for x in total / np.sqrt(len(keys) + 1) + self.bias))
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
    return Words(vocabulary, np.stack([t[:-1] for t in thetas], axis=1), np.array([t[-1] for t in thetas]))


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

    def loss(theta: Array) -> tuple[float, Array]:
        z = matrix @ theta[:-1] + theta[-1]
        slope = weights * (1 / (1 + np.exp(-z)) - labels)
        value = (weights * np.logaddexp(0, -signs * z)).sum() + 0.5 * penalty * (theta[:-1] ** 2).sum()
        return float(value), np.append(turned @ slope + penalty * theta[:-1], slope.sum())

    start = np.zeros(matrix.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x)
