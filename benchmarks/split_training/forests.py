"""Fits the two forests: pairs (does a new voice begin here?) and ranks (which boundary, or none?)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from backfile.split import boundary
from backfile.split.boundaries import Boundaries
from backfile.split.page import Page
from benchmarks.split_training.corpus import Record

Array = npt.NDArray[np.float64]
COMMON: dict[str, Any] = {
    "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True, "force_row_wise": True, "max_bin": 63,
}  # fmt: skip
PAIR: dict[str, Any] = {
    **COMMON, "objective": "binary", "learning_rate": 0.08, "num_leaves": 12, "min_data_in_leaf": 40,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
}  # fmt: skip
PAIR_ROUNDS = 130
RANK: dict[str, Any] = {
    **COMMON, "learning_rate": 0.05, "num_leaves": 10, "min_data_in_leaf": 25, "feature_fraction": 0.15,
    "lambda_l2": 3.0,
}  # fmt: skip
RANK_ROUNDS = 260


def pair_rows(record: Record, page: Page) -> tuple[list[list[float]], list[bool], list[float]]:
    """A row for each paragraph but the first: features, whether a comment starts, and how much the row
    counts.
    """
    cut = page.n if record.boundary is None else record.boundary
    openers = record.openers
    rows, labels, weights = [], [], []
    for j in range(1, page.n):
        rows.append(page.pair_row(j))
        labels.append(j in openers)
        if j in openers:
            weights.append(1.5 if j == cut else len(openers) ** -0.5)
        else:
            weights.append(0.35 * (page.n - cut) ** -0.5 if j >= cut else cut**-0.5)
    return rows, labels, weights


def fit_pairs(records: Sequence[Record], pages: Sequence[Page]) -> lgb.Booster:
    """Fit the pair forest on pages whose word scores come from models that had not seen them."""
    rows: list[list[float]] = []
    labels: list[bool] = []
    weights: list[float] = []
    for record, page in zip(records, pages, strict=True):
        r, y, w = pair_rows(record, page)
        rows += r
        labels += y
        weights += w
    weight = np.array(weights) / np.mean(weights)
    return lgb.train(PAIR, lgb.Dataset(np.array(rows), np.array(labels, float), weight=weight), PAIR_ROUNDS)


def score_pairs(booster: lgb.Booster, pages: Sequence[Page]) -> None:
    """Fill in the pair scores of pages."""
    for page in pages:
        rows = [page.pair_row(j) for j in range(1, page.n)]
        page.pair = [-5.0, *(float(x) for x in booster.predict(np.array(rows), raw_score=True))]


def rank_rows(page: Page, gold: int | None = None) -> tuple[list[int], list[list[float]]]:
    """The row of "none" (place -1) and of each candidate; in training the right boundary is always among
    them.
    """
    boundaries = Boundaries(page)
    places = boundary.candidates(page, boundaries)
    if gold is not None and gold not in places:
        places = sorted([*places, gold])
    return [-1, *places], [boundaries.none_row(), *(boundaries.row(j) for j in places)]


@dataclass(slots=True)
class Choices:
    """The candidates of many pages: rows, which of them is right, and how many each page has."""

    rows: Array
    right: Array
    sizes: npt.NDArray[np.int64]
    marked: npt.NDArray[np.bool_]


def choices(records: Sequence[Record], pages: Sequence[Page]) -> Choices:
    """Describe every candidate of every page; "none" is the first of its page."""
    rows: list[list[float]] = []
    right: list[bool] = []
    sizes = []
    marked: list[bool] = []
    for record, page in zip(records, pages, strict=True):
        places, described = rank_rows(page, record.boundary)
        rows += described
        right += [p == (-1 if record.boundary is None else record.boundary) for p in places]
        sizes.append(len(places))
        marked += [boundary.is_marked(page.lines)] * len(places)
    return Choices(np.array(rows), np.array(right, float), np.array(sizes), np.array(marked))


def fit_ranks(given: Choices) -> lgb.Booster:
    """Fit the rank forest: the likelihood of the right choice among all choices of its page."""
    data = lgb.Dataset(given.rows, given.right, free_raw_data=False)
    shares = softmax(given.sizes)

    def objective(scores: Array, _: lgb.Dataset) -> tuple[Array, Array]:
        chance = shares(scores)
        return chance - given.right, np.maximum(chance * (1 - chance), 1e-4)

    return lgb.train({**RANK, "objective": objective}, data, RANK_ROUNDS)


def softmax(sizes: npt.NDArray[np.int64]) -> Callable[[Array], Array]:
    """The function from scores to probabilities within each page."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    groups = np.repeat(np.arange(len(sizes)), sizes)

    def shares(scores: Array) -> Array:
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[groups])
        return powers / np.add.reduceat(powers, starts)[groups]

    return shares


def flat_trees(booster: lgb.Booster, scale: float) -> list[list[float]]:
    """The trees of a booster in the flat form of `backfile.split.trees`."""

    def walk(node: dict[str, Any]) -> list[float]:
        if "leaf_value" in node:
            return [-1, round(node["leaf_value"] / scale)]
        threshold = float(f"{node['threshold']:.5g}")
        return [node["split_feature"], threshold, *walk(node["left_child"]), *walk(node["right_child"])]

    return [walk(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
