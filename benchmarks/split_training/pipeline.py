"""From records to weights: each stage learns from scores that the stage before it gave to pages it had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
from backfile.split.features import Page
from benchmarks.split_training import forests, words
from benchmarks.split_training.corpus import Record, fold
from benchmarks.split_training.words import Sample, Words

INNER = 5


@dataclass(slots=True)
class Fitted:
    """The three stages."""

    words: Words
    pair: lgb.Booster
    rank: lgb.Booster

    def page(self, sample: Sample) -> Page:
        """A page with all its scores."""
        page = Page(sample.lines, self.words.scores(sample))
        forests.score_pairs(self.pair, [page])
        return page

    def posterior(self, sample: Sample) -> tuple[float, dict[int, float]]:
        """The probability of "none" and of each candidate."""
        return forests.posterior(self.rank, self.page(sample))


def fit(samples: Sequence[Sample], salt: str = "inner") -> Fitted:
    """Fit all stages."""
    folds = [fold(s.record.group, INNER, salt) for s in samples]
    pages: list[Page | None] = [None] * len(samples)
    for f in range(INNER):
        model = words.fit([s for s, g in zip(samples, folds, strict=True) if g != f])
        for i, sample in enumerate(samples):
            if folds[i] == f:
                pages[i] = Page(sample.lines, model.scores(sample))
    known = [p for p in pages if p is not None]
    records: list[Record] = [s.record for s in samples]
    for f in range(INNER):
        inside = [i for i, g in enumerate(folds) if g != f]
        booster = forests.fit_pairs([records[i] for i in inside], [known[i] for i in inside])
        forests.score_pairs(booster, [known[i] for i, g in enumerate(folds) if g == f])
    return Fitted(words.fit(samples), forests.fit_pairs(records, known), forests.fit_ranks(records, known))


def cross_validated(samples: Sequence[Sample], outer: int = 5) -> list[tuple[float, dict[int, float]]]:
    """The posterior of each sample by models that saw neither it nor any page of its group, in any stage."""
    found: list[tuple[float, dict[int, float]] | None] = [None] * len(samples)
    folds = [fold(s.record.group, outer, "outer") for s in samples]
    for f in range(outer):
        model = fit([s for s, g in zip(samples, folds, strict=True) if g != f])
        for i, sample in enumerate(samples):
            if folds[i] == f:
                found[i] = model.posterior(sample)
    return [p for p in found if p is not None]
