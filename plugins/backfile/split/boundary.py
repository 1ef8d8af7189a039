"""Where the comments begin: every boundary is weighed against every other and against "none".

The decision has two steps. Whether there are comments at all is decided by the total probability of all
boundaries (a page whose mass is spread over neighbours still has comments); where, by the best of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import exp, log

from backfile.split import lines, scorers, trees
from backfile.split.features import Boundaries, Page
from backfile.split.weights import Weights, load

DOUBTFUL_BELOW = 0.8
"""A decision that is less likely right than this is listed as doubtful (see docs/splitting.md)."""

WEIGH_ALL = 40
"""Pages of at most so many paragraphs have all their boundaries weighed; longer ones the likely ones."""


MARKED = frozenset("DSNCUQPB#")
"""Kinds of lines that only layout leaves behind."""
MARKED_ABOVE = 0.08
"""A page with a larger share of them is not prose alone; its threshold is its own."""


@dataclass(frozen=True, slots=True)
class SplitResult:
    """`boundary`: the index of the first comment paragraph, or None; `confidence`: how likely this decision is right."""

    boundary: int | None
    confidence: float
    doubtful: bool


def describe(paragraphs: Sequence[str], weights: Weights) -> Page:
    """A page with its word scores, before the pair scores."""
    read = lines.read_all(paragraphs)
    return Page(read, [scorers.score(line, weights.words, weights.bias) for line in read])


def score_pairs(page: Page, weights: Weights) -> None:
    """Fill in how much each paragraph looks like the beginning of another voice."""
    page.pair = [-5.0] + [trees.total(weights.pair, page.pair_row(j)) for j in range(1, page.n)]


def candidates(page: Page, boundaries: Boundaries) -> list[int]:
    """The boundaries worth weighing, in order: all of a short page.

    In a long page each of three cheap views names its best: a new voice with few before it (twice, with
    more and less weight on what went before), and the change of register between the whole left and right.
    """
    everything = range(1, page.n)
    if page.n <= WEIGH_ALL:
        return list(everything)
    pair, before, change = page.pair, boundaries.probable, boundaries.change
    chosen = set(nlargest(20, everything, key=lambda j: pair[j] - before[j]))
    chosen.update(nlargest(8, everything, key=lambda j: pair[j] - 0.3 * before[j]))
    chosen.update(nlargest(16, everything, key=lambda j: change[j]))
    return sorted(chosen)


def posterior(page: Page, weights: Weights) -> tuple[float, dict[int, float]]:
    """The probability of "none", and that of each candidate."""
    boundaries = Boundaries(page)
    chosen = candidates(page, boundaries)
    none = trees.total(weights.rank, boundaries.none_row())
    scores = {j: trees.total(weights.rank, boundaries.row(j)) for j in chosen}
    top = max(none, *scores.values())
    mass = exp(none - top) + sum(exp(s - top) for s in scores.values())
    return exp(none - top) / mass, {j: exp(s - top) / mass for j, s in scores.items()}


def is_marked(page: Sequence[lines.Line]) -> bool:
    """Whether the page still has the names, dates and buttons of its layout."""
    return sum(line.kind in MARKED for line in page) > MARKED_ABOVE * len(page)


def _calibrated(probability: float, line: tuple[float, float]) -> float:
    """A probability put straight: logistic, slope and intercept fitted on pages that training had not seen."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return 1 / (1 + exp(-(line[0] * log(p / (1 - p)) + line[1])))


def split(paragraphs: Sequence[str]) -> SplitResult:
    """Decide where the comments begin, if there are any. Empty paragraphs are passed over, and counted."""
    kept = [(index, text) for index, text in enumerate(map(_plain, paragraphs)) if text]
    if len(kept) < 2:
        return SplitResult(None, 0.99, False)
    weights = load()
    page = describe([text for _, text in kept], weights)
    score_pairs(page, weights)
    none, scores = posterior(page, weights)
    best = max(scores, key=lambda j: scores[j])
    threshold = weights.threshold_marked if is_marked(page.lines) else weights.threshold_prose
    if 1 - none > threshold:
        return _result(kept[best][0], _calibrated(scores[best], weights.split_line))
    return _result(None, _calibrated(none, weights.none_line))


def _result(boundary: int | None, confidence: float) -> SplitResult:
    return SplitResult(boundary, round(confidence, 4), confidence < DOUBTFUL_BELOW)


def _plain(text: str) -> str:
    """Without runs of spaces; empty when there is no letter or digit."""
    text = " ".join(text.split())
    return text if any(c.isalnum() for c in text) else ""
