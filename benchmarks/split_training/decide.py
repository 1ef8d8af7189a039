"""Thresholds, calibration and figures, from posteriors of pages that training had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy.optimize import minimize

from backfile.split import boundary
from benchmarks.split_training.words import Sample

ALLOWED = {"marked": 0.025 * 0.8, "prose": 0.03 * 0.86}
"""Thresholds aim at these shares of the false splits that are allowed, since they are chosen on few pages."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of one page: its truth, the mass of all boundaries, the best of them, and how marked it
    is.
    """

    id: str
    variant: str
    group: str
    gold: int | None
    none: float
    best: int
    best_chance: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """How posteriors become decisions."""

    thresholds: dict[str, float]
    split_line: tuple[float, float]
    none_line: tuple[float, float]

    def decide(self, page: Judged) -> tuple[int | None, float]:
        """Boundary (or None) and confidence."""
        if 1 - page.none > self.thresholds["marked" if page.marked else "prose"]:
            return page.best, calibrated(page.best_chance, self.split_line)
        return None, calibrated(page.none, self.none_line)


def calibrated(p: float, line: tuple[float, float]) -> float:
    """As `backfile.split.boundary` does it."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return 1 / (1 + exp(-(line[0] * log(p / (1 - p)) + line[1])))


def judge(sample: Sample, posterior: tuple[float, dict[int, float]]) -> Judged:
    """Put a page and its posterior together."""
    none, chances = boundary.with_register(sample.lines, *posterior)
    best = max(chances, key=lambda j: chances[j])
    record = sample.record
    marked = boundary.is_marked(sample.lines)
    return Judged(record.id, record.variant, record.group, record.boundary, none, best, chances[best], marked)


def fit_rule(pages: Sequence[Judged]) -> Rule:
    """Choose the thresholds by the false splits they allow, then fit both calibrations."""
    thresholds = {}
    for name, allowed in ALLOWED.items():
        mass = sorted((1 - p.none for p in pages if p.gold is None and p.marked == (name == "marked")), reverse=True)
        place = int(allowed * len(mass))
        chosen = mass[place] if place < len(mass) else 0.5
        thresholds[name] = round(min(max(chosen, 0.25), 0.75), 4)
    rule = Rule(thresholds, (1.0, 0.0), (1.0, 0.0))
    decided = [(rule.decide(p)[0], p) for p in pages]
    split_line = _fit_line([(p.best_chance, b == p.gold) for b, p in decided if b is not None])
    none_line = _fit_line([(p.none, p.gold is None) for b, p in decided if b is None])
    return Rule(thresholds, split_line, none_line)


def _fit_line(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    p = np.clip(np.array([x for x, _ in pairs]), 1e-6, 1 - 1e-6)
    z = np.log(p / (1 - p))
    y = np.array([ok for _, ok in pairs], float)

    def loss(t: np.ndarray) -> float:
        s = t[0] * z + t[1]
        return float(np.logaddexp(0, -s * (2 * y - 1)).sum() + 0.5 * ((t[0] - 1) ** 2 + t[1] ** 2))

    slope, intercept = minimize(loss, np.array([1.0, 0.0])).x
    return round(float(slope), 4), round(float(intercept), 4)


Decision = tuple[Judged, int | None, float]


def decisions(pages: Sequence[Judged], folds: Sequence[int]) -> list[Decision]:
    """Decide every page by a rule fitted on the other folds."""
    rules = {f: fit_rule([p for p, g in zip(pages, folds, strict=True) if g != f]) for f in set(folds)}
    return [(p, *rules[f].decide(p)) for p, f in zip(pages, folds, strict=True)]


def figures(made: Sequence[Decision]) -> dict[str, float]:
    """The figures of the scorer that comes with the data, and those of the confidences."""
    commented = [(p.gold, b) for p, b, _ in made if p.gold is not None]
    plain = [b for p, b, _ in made if p.gold is None]

    def within(distance: int) -> float:
        return sum(b is not None and abs(b - g) <= distance for g, b in commented if g is not None) / max(
            1, len(commented)
        )

    ranked = sorted(((c, b == p.gold) for p, b, c in made), key=lambda x: -x[0])
    kept = ranked[: round(0.7 * len(ranked))]
    return {
        "exact": within(0), "within_1": within(1), "within_2": within(2),
        "missed": sum(b is None for _, b in commented) / max(1, len(commented)),
        "false_split": sum(b is not None for b in plain) / max(1, len(plain)),
        "forced_exact": sum(p.best == p.gold for p, _, _ in made if p.gold is not None) / max(1,
        len(commented)),
        "all_right": sum(ok for _, ok in ranked) / max(1, len(ranked)),
        "right_of_surest_70": sum(ok for _, ok in kept) / max(1, len(kept)),
        "calibration_error": calibration_error(ranked),
        "decided": sum(c >= boundary.DOUBTFUL_BELOW for _, _, c in made) / max(1, len(made)),
        "right_of_decided": _share([b == p.gold for p, b, c in made if c >= boundary.DOUBTFUL_BELOW]),
    }  # fmt: skip


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / max(1, len(flags))


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over equal bins of confidence."""
    error = 0.0
    for low in range(bins):
        inside = [(c, ok) for c, ok in pairs if min(int(c * bins), bins - 1) == low]
        if inside:
            error += abs(sum(c for c, _ in inside) - sum(ok for _, ok in inside)) / len(pairs)
    return error
