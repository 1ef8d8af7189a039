"""From records to weights: each stage learns from scores that the stage before it gave to pages it had not
seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from backfile.split.boundary import is_marked
from backfile.split.page import Page
from backfile.split.weights import HOPELESS, WORTH
from benchmarks.split_training import forests, words
from benchmarks.split_training.corpus import Record, fold
from benchmarks.split_training.planes import Parts, fit_planes
from benchmarks.split_training.words import Sample, Words

FOLDS = 10
OUTER = 5
MIX = 0.4
"""The share of the plane in the ranking; the rest is the forest's."""
Posterior = tuple[float, dict[int, float]]


@dataclass(slots=True)
class Ranking:
    """The last stage: a forest and planes over the candidates of a page."""

    forest: lgb.Booster
    planes: dict[str, Parts]

    def posterior(self, page: Page) -> Posterior:
        """The probability of "none" and of each candidate, as `backfile.split.boundary.posterior` gives
        them.
        """
        places, rows = forests.rank_rows(page)
        leaves = np.asarray(self.forest.predict(np.array(rows), raw_score=True))
        kind = "marked" if is_marked(page.lines) else "prose"
        planes = [
            self.planes[f"none_{kind}"].plane(),
            *[self.planes[f"boundary_{kind}"].plane()] * (len(rows) - 1),
        ]
        linear = np.array([plane.total(row) for plane, row in zip(planes, rows, strict=True)])
        scores = MIX * linear + (1 - MIX) * leaves
        scores[1 + np.argsort(-linear[1:])[WORTH:]] = HOPELESS
        powers = np.exp(scores - scores.max())
        chance = powers / powers.sum()
        return float(chance[0]), {j: float(p) for j, p in zip(places[1:], chance[1:], strict=True)}


@dataclass(slots=True)
class Fitted:
    """All stages."""

    words: Words
    pair: lgb.Booster
    rank: Ranking

    def posterior(self, sample: Sample) -> Posterior:
        """The posterior of a page from its paragraphs alone."""
        page = Page(sample.lines, self.words.scores(sample))
        forests.score_pairs(self.pair, [page])
        return self.rank.posterior(page)


def folds_of(samples: Sequence[Sample]) -> list[int]:
    """The fold of each sample, by groups of near-duplicate pages."""
    return [fold(s.record.group, FOLDS) for s in samples]


def described(samples: Sequence[Sample]) -> list[Page]:
    """Pages whose word and pair scores come from models that had not seen them."""
    folds = folds_of(samples)
    records = [s.record for s in samples]
    pages: list[Page] = [None] * len(samples)  # type: ignore[list-item]
    for f in range(FOLDS):
        model = words.fit([s for s, g in zip(samples, folds, strict=True) if g != f])
        for i in (i for i, g in enumerate(folds) if g == f):
            pages[i] = Page(samples[i].lines, model.scores(samples[i]))
    for f in range(FOLDS):
        inside = [i for i, g in enumerate(folds) if g != f]
        booster = forests.fit_pairs([records[i] for i in inside], [pages[i] for i in inside])
        forests.score_pairs(booster, [pages[i] for i, g in enumerate(folds) if g == f])
    return pages


def fit_ranking(records: Sequence[Record], pages: Sequence[Page]) -> Ranking:
    """Fit the last stage."""
    given = forests.choices(records, pages)
    return Ranking(forests.fit_ranks(given), fit_planes(given))


def cross_fitted(samples: Sequence[Sample], pages: Sequence[Page]) -> list[Posterior]:
    """The posterior of each page by models of which none was trained on it, the scores of `described`
    given.
    """
    parts = [f % OUTER for f in folds_of(samples)]
    found: list[Posterior] = [(0.0, {})] * len(samples)
    for part in range(OUTER):
        inside = [i for i, p in enumerate(parts) if p != part]
        ranking = fit_ranking([samples[i].record for i in inside], [pages[i] for i in inside])
        for i in (i for i, p in enumerate(parts) if p == part):
            found[i] = ranking.posterior(pages[i])
    return found


def fit(samples: Sequence[Sample], pages: Sequence[Page]) -> Fitted:
    """Fit all stages; `pages` are those of `described`."""
    records = [s.record for s in samples]
    return Fitted(words.fit(samples), forests.fit_pairs(records, pages), fit_ranking(records, pages))


def nested(samples: Sequence[Sample], only: Sequence[int] = range(OUTER)) -> dict[int, Posterior]:
    """As `cross_fitted`, with every stage trained anew without the pages of a part: five times the work."""
    parts = [f % OUTER for f in folds_of(samples)]
    found: dict[int, Posterior] = {}
    for part in only:
        inside = [s for s, p in zip(samples, parts, strict=True) if p != part]
        model = fit(inside, described(inside))
        found |= {i: model.posterior(samples[i]) for i, p in enumerate(parts) if p == part}
    return found
