"""Fits the forests: pairs (does a new voice begin here?), sides (is it a comment?), ranks (where, or none?)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from backfile.split import boundary, contest
from backfile.split.boundaries import Boundaries
from backfile.split.page import FIRST_PAIR, PAIR_NAMES, Page
from backfile.split.side import FIRST_SIDE, Context
from backfile.split.weights import WORTH
from benchmarks.split_training.corpus import Record

Array = npt.NDArray[np.float64]
COMMON: dict[str, Any] = {
    "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True, "force_row_wise": True, "max_bin": 63,
}  # fmt: skip
PARAGRAPH: dict[str, Any] = {
    **COMMON, "objective": "binary", "num_leaves": 8, "min_data_in_leaf": 40, "feature_fraction": 0.3,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
}  # fmt: skip
PAIR_RATE, SIDE_RATE = 0.08, 0.06
PARAGRAPH_ROUNDS = 200
RANK: dict[str, Any] = {
    **COMMON, "learning_rate": 0.05, "num_leaves": 8, "min_data_in_leaf": 25, "feature_fraction": 0.12,
    "lambda_l2": 3.0,
}  # fmt: skip
RANK_ROUNDS = 260
RANK_SEEDS = (10, 11)
PAIR_COLUMNS = len(PAIR_NAMES)
NONE_PLACE = -1
DIGITS = 6
"""Scores that later stages learn from are rounded, so that how a machine rounds sums does not tell."""


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs of many pages, the first of each left out: rows, and for both forests labels and weights.

    The labels: does a comment begin here (pair), does it belong to one (side)? `starts` has a page's first row.
    """

    rows: Array
    opens: Array
    open_weights: Array
    belongs: Array
    side_weights: Array
    starts: list[int]

    def of(self, chosen: Sequence[int]) -> npt.NDArray[np.int64]:
        """The rows of some pages."""
        spans = [np.arange(self.starts[i], self.starts[i + 1]) for i in chosen]
        return np.concatenate(spans) if spans else np.zeros(0, np.int64)


def paragraphs(records: Sequence[Record], pages: Sequence[Page]) -> Paragraphs:
    """Describe every paragraph but the first of each page, whose word scores are known."""
    rows: list[list[float]] = []
    facts: list[tuple[float, float, float, float]] = []
    starts = [0]
    for record, page in zip(records, pages, strict=True):
        cut = page.n if record.boundary is None else record.boundary
        openers = record.openers
        rows += describe(page)
        for j in range(1, page.n):
            usual = (page.n - cut) ** -0.5 if j >= cut else cut**-0.5
            weight = 0.35 * usual if j >= cut else usual
            if j in openers:
                weight = 1.5 if j == cut else len(openers) ** -0.5
            facts.append((j in openers, weight, j >= cut, usual))
        starts.append(len(rows))
    opens, open_weights, belongs, side_weights = np.array(facts, float).T
    return Paragraphs(np.array(rows, np.float32), opens, open_weights, belongs, side_weights, starts)


def describe(page: Page) -> list[list[float]]:
    """The rows of a page's paragraphs: those of pairs, then what stands round each."""
    context = Context(page)
    return [page.pair_row(j) + context.row(j) for j in range(1, page.n)]


def fit_paragraphs(given: Paragraphs, chosen: Sequence[int]) -> tuple[lgb.Booster, lgb.Booster]:
    """Fit the forests of pairs and of sides on some pages."""
    rows = given.of(chosen)

    def fit(columns: int, rate: float, labels: Array, weights: Array) -> lgb.Booster:
        weight = weights[rows] / weights[rows].mean()
        data = lgb.Dataset(given.rows[rows, :columns], labels[rows], weight=weight)
        return lgb.train({**PARAGRAPH, "learning_rate": rate}, data, PARAGRAPH_ROUNDS)

    return (
        fit(PAIR_COLUMNS, PAIR_RATE, given.opens, given.open_weights),
        fit(given.rows.shape[1], SIDE_RATE, given.belongs, given.side_weights),
    )


def predict(forests: tuple[lgb.Booster, lgb.Booster], rows: Array) -> Array:
    """The scores of both forests: two lines."""
    pair, side = forests
    scores = [pair.predict(rows[:, :PAIR_COLUMNS], raw_score=True), side.predict(rows, raw_score=True)]
    return np.round(np.array(scores), DIGITS)


def fill(page: Page, scores: Array) -> None:
    """Give a page the scores of its paragraphs."""
    page.pair = [FIRST_PAIR, *map(float, scores[0])]
    page.side = [FIRST_SIDE, *map(float, scores[1])]


@dataclass(slots=True)
class Choices:
    """The candidates of many pages: rows, which of them is right, where they are, and how many each page has."""

    boundaries: list[Boundaries]
    rows: Array
    right: Array
    places: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    marked: npt.NDArray[np.bool_]
    linear: Array = field(default_factory=lambda: np.zeros(0))

    def subset(self, chosen: Sequence[int]) -> Choices:
        """Those of some pages."""
        ends = np.cumsum(self.sizes)
        rows = np.concatenate([np.arange(ends[i] - self.sizes[i], ends[i]) for i in chosen])
        return Choices(
            [self.boundaries[i] for i in chosen],
            self.rows[rows],
            self.right[rows],
            self.places[rows],
            self.sizes[list(chosen)],
            self.marked[rows],
            self.linear[rows] if len(self.linear) else self.linear,
        )


def choices(pages: Sequence[Page], golds: Sequence[int | None] | None = None) -> Choices:
    """Describe every candidate of every page; "none" is the first of its page.

    Where the truth is told, to learn from, the right boundary is always among them.
    """
    rows: list[list[float]] = []
    right: list[bool] = []
    places: list[int] = []
    sizes = []
    marked: list[bool] = []
    described = []
    for number, page in enumerate(pages):
        boundaries = Boundaries(page)
        found = boundary.candidates(page, boundaries)
        gold = golds[number] if golds else None
        if gold is not None and gold not in found:
            found = sorted([*found, gold])
        rows += [boundaries.none_row(), *map(boundaries.row, found)]
        right += [j == (NONE_PLACE if gold is None else gold) for j in (NONE_PLACE, *found)]
        places += [NONE_PLACE, *found]
        sizes.append(1 + len(found))
        marked += [boundary.is_marked(page.lines)] * (1 + len(found))
        described.append(boundaries)
    return Choices(
        described,
        np.array(rows, np.float32),
        np.array(right, float),
        np.array(places),
        np.array(sizes),
        np.array(marked),
    )


def worth(given: Choices, linear: Array) -> Choices:
    """The candidates that the forest sees: the best by the planes (and the right one), with their rivals."""
    keep = np.zeros(len(linear), bool)
    against = np.zeros((len(linear), len(contest.NAMES)), np.float32)
    sizes = []
    end = 0
    for about, size in zip(given.boundaries, given.sizes, strict=True):
        start, end = end, end + size
        order = start + 1 + np.argsort(-linear[start + 1 : end], kind="stable")
        told = start + 1 + np.flatnonzero(given.right[start + 1 : end])
        chosen = np.union1d(order[:WORTH], told)
        rivals = contest.Contest(about, {int(given.places[r]): float(linear[r]) for r in chosen})
        against[start] = contest.NO_RIVALS
        for r in chosen:
            against[r] = rivals.row(int(given.places[r]))
        keep[start] = True
        keep[chosen] = True
        sizes.append(1 + len(chosen))
    return Choices(
        given.boundaries,
        np.hstack([given.rows, against])[keep],
        given.right[keep],
        given.places[keep],
        np.array(sizes),
        given.marked[keep],
        linear[keep],
    )


def fit_ranks(given: Choices) -> list[lgb.Booster]:
    """Fit the rank forests: the likelihood of the right choice among all choices of its page."""
    shares = softmax(given.sizes)

    def objective(scores: Array, _: lgb.Dataset) -> tuple[Array, Array]:
        chance = shares(scores)
        return chance - given.right, np.maximum(chance * (1 - chance), 1e-4)

    def fit(seed: int) -> lgb.Booster:
        data = lgb.Dataset(given.rows, given.right, free_raw_data=False)
        return lgb.train({**RANK, "seed": seed, "objective": objective}, data, RANK_ROUNDS)

    return [fit(seed) for seed in RANK_SEEDS]


def softmax(sizes: npt.NDArray[np.int64]) -> Callable[[Array], Array]:
    """The function from scores to probabilities within each page."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    groups = np.repeat(np.arange(len(sizes)), sizes)
    total = sums(sizes)

    def shares(scores: Array) -> Array:
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[groups])
        return powers / total(powers)

    return shares


def sums(sizes: npt.NDArray[np.int64]) -> Callable[[Array], Array]:
    """The function that gives, for each of a page's values, their sum."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    groups = np.repeat(np.arange(len(sizes)), sizes)
    return lambda values: np.add.reduceat(values, starts)[groups]


def flat_trees(boosters: Sequence[lgb.Booster], scale: float) -> list[list[float]]:
    """The trees of boosters whose mean counts, in the flat form of `backfile.split.trees`."""

    def walk(node: dict[str, Any]) -> list[float]:
        if "leaf_value" in node:
            return [-1, round(node["leaf_value"] / scale / len(boosters))]
        threshold = float(f"{node['threshold']:.5g}")
        return [node["split_feature"], threshold, *walk(node["left_child"]), *walk(node["right_child"])]

    return [walk(tree["tree_structure"]) for booster in boosters for tree in booster.dump_model()["tree_info"]]
