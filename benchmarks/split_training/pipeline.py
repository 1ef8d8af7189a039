"""From records to weights: each stage learns from scores that the stages before it gave to pages that they
had not seen, and what is measured was kept from all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from backfile.split.page import Page
from backfile.split.weights import HOPELESS
from benchmarks.split_training import forests, words
from benchmarks.split_training.corpus import fold
from benchmarks.split_training.forests import softmax
from benchmarks.split_training.planes import Parts, fit_planes, plane_scores
from benchmarks.split_training.words import Sample, Words

FOLDS = 10
OUTER = 5
MIX = 0.3
"""The share of the plane in the ranking; the rest is the forest's."""
Array = npt.NDArray[np.float64]
Posterior = tuple[float, dict[int, float]]
Paragraphed = tuple[lgb.Booster, lgb.Booster]


@dataclass(slots=True)
class Ranking:
    """The last stage: forests and planes over the candidates of a page."""

    forests: list[lgb.Booster]
    planes: dict[str, Parts]

    def posteriors(self, pages: Sequence[Page]) -> list[Posterior]:
        """The probability of "none" and of each candidate, as `backfile.split.boundary.posterior` gives
        them.
        """
        given = forests.choices(pages)
        seen = forests.worth(given, plane_scores(self.planes, given))
        leaves = np.mean([forest.predict(seen.rows, raw_score=True) for forest in self.forests], axis=0)
        chance = softmax(seen.sizes)(np.maximum(MIX * seen.linear + (1 - MIX) * leaves, HOPELESS))
        found = []
        end = 0
        for size in seen.sizes:
            start, end = end, end + size
            places = zip(seen.places[start + 1 : end], chance[start + 1 : end], strict=True)
            found.append((float(chance[start]), {int(j): float(p) for j, p in places}))
        return found


@dataclass(slots=True)
class Fitted:
    """All stages."""

    words: Words
    paragraphs: Paragraphed
    rank: Ranking


class Store:
    """What the first stages found, kept in a folder so that the last can be changed and measured again.

    Remove the folder when anything that comes before the ranking has changed.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def kept(self, name: str, make: Callable[[], Array]) -> Array:
        """The array of this name, made and kept when it is not there."""
        if self.folder is None:
            return make()
        path = self.folder / f"{name}.npy"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            np.save(path, make())
        return np.asarray(np.load(path))


def folds_of(samples: Sequence[Sample]) -> list[int]:
    """The fold of each sample, by groups of near-duplicate pages."""
    return [fold(s.record.group, FOLDS) for s in samples]


def _rounds(folds: Sequence[int], part: int | None) -> list[tuple[list[int], list[int]]]:
    """The pages to learn from and those to score, for each fold outside a part, and for the part itself."""
    everything = range(len(folds))
    inside = [i for i in everything if part is None or folds[i] % OUTER != part]
    rounds = [([i for i in inside if folds[i] != f], [i for i in inside if folds[i] == f]) for f in range(FOLDS)]
    rounds.append((inside, [i for i in everything if part is not None and folds[i] % OUTER == part]))
    return [(learn, score) for learn, score in rounds if score]


def described(samples: Sequence[Sample], store: Store, part: int | None = None) -> list[Page]:
    """Pages scored by models that had seen neither them nor, outside it, any page of the part."""
    folds = folds_of(samples)
    name = "all" if part is None else str(part)
    sizes = [len(s.lines) for s in samples]

    def score_words() -> Array:
        found: list[Array] = [np.zeros(0)] * len(samples)
        for learn, score in _rounds(folds, part):
            model = words.fit([samples[i] for i in learn])
            for i in score:
                found[i] = np.array(model.scores(samples[i]))
        return np.concatenate(found)

    scores = np.split(store.kept(f"words-{name}", score_words), np.cumsum(sizes)[:-1])
    pages = [Page(s.lines, [tuple(map(float, x)) for x in own]) for s, own in zip(samples, scores, strict=True)]

    def score_paragraphs() -> Array:
        given = forests.paragraphs([s.record for s in samples], pages)
        found = np.zeros((2, len(given.rows)))
        for learn, score in _rounds(folds, part):
            rows = given.of(score)
            found[:, rows] = forests.predict(forests.fit_paragraphs(given, learn), given.rows[rows])
        return found

    both = store.kept(f"paragraphs-{name}", score_paragraphs)
    for page, own in zip(pages, np.split(both, np.cumsum([n - 1 for n in sizes])[:-1], axis=1), strict=True):
        forests.fill(page, own)
    return pages


def fit_ranking(samples: Sequence[Sample], pages: Sequence[Page]) -> Ranking:
    """Fit the last stage; the forests learn from planes that had not seen their pages."""
    given = forests.choices(pages, [s.record.boundary for s in samples])
    folds = folds_of(samples)
    present = sorted(set(folds))
    parts = {f: place // 2 for place, f in enumerate(present)}
    linear = np.zeros(len(given.rows))
    owner = np.repeat([parts[f] for f in folds], given.sizes)
    for part in sorted(set(parts.values())):
        inside = [i for i, f in enumerate(folds) if parts[f] != part]
        if not inside:  # a corpus of two folds or fewer
            inside = list(range(len(folds)))
        linear[owner == part] = plane_scores(fit_planes(given.subset(inside)), given)[owner == part]
    return Ranking(forests.fit_ranks(forests.worth(given, linear)), fit_planes(given))


def nested(samples: Sequence[Sample], store: Store) -> list[Posterior]:
    """The posterior of each page by models of which none, at no stage, had seen it or learned from scores
    of a model that had.
    """
    parts = [f % OUTER for f in folds_of(samples)]
    found: list[Posterior] = [(0.0, {})] * len(samples)
    for part in range(OUTER):
        pages = described(samples, store, part)
        inside = [i for i, p in enumerate(parts) if p != part]
        outside = [i for i, p in enumerate(parts) if p == part]
        ranking = fit_ranking([samples[i] for i in inside], [pages[i] for i in inside])
        for i, posterior in zip(outside, ranking.posteriors([pages[i] for i in outside]), strict=True):
            found[i] = posterior
    return found


def fit(samples: Sequence[Sample], store: Store) -> Fitted:
    """Fit all stages on all pages."""
    pages = described(samples, store)
    given = forests.paragraphs([s.record for s in samples], pages)
    paragraphs = forests.fit_paragraphs(given, range(len(samples)))
    return Fitted(words.fit(samples), paragraphs, fit_ranking(samples, pages))
