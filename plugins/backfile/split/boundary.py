"""Where the comments begin: every boundary is weighed against every other and against "none".

The decision has two steps. Whether there are comments at all is decided by the total probability of all
boundaries (a page whose mass is spread over neighbours still has comments); where, by the best of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import exp, log

from backfile.model import DOUBTFUL_BELOW
from backfile.split import lines, marks, scorers
from backfile.split.boundaries import Boundaries
from backfile.split.lexicon import LANGUAGES
from backfile.split.page import FIRST_PAIR, Page
from backfile.split.side import FIRST_SIDE, Context
from backfile.split.weights import Weights, load

_ALNUM = re.compile(r"[^\W_]")
WEIGH_ALL = 40
"""Pages of at most so many paragraphs have all their boundaries weighed; longer ones the likely ones."""


MARKED = frozenset("DSNCUQPB#")
"""Kinds of lines that only layout leaves behind."""
MARKED_ABOVE = 0.08
"""A page with a larger share of them is not prose alone; its threshold is its own."""


NEWS_WORDS = 100
PERSONAL = 0.005
NEWS_ODDS = 60.0
"""How much likelier comments are on a news page than on the pages of the training set that look like it."""
FOREIGN_WORDS = 4
FOREIGN_ODDS = 4.0
"""The same of a page in another language: trained on English, the scores of words see no comments there."""


SHORT = 40
UNREAD_HEADING = 0.5
"""How sure it is at most that there are no comments below a heading that says there are."""


@dataclass(frozen=True, slots=True)
class SplitResult:
    """`boundary`: the index of the first comment paragraph, or None; `confidence`: how likely this decision
    is right.
    """

    boundary: int | None
    confidence: float
    doubtful: bool


def describe(paragraphs: Sequence[str], weights: Weights) -> Page:
    """A page with its word scores, before the scores of its paragraphs."""
    read = lines.read_all(paragraphs)
    return Page(read, [scorers.score(line, weights.words, weights.bias) for line in read])


def score_paragraphs(page: Page, weights: Weights) -> None:
    """Fill in how much each paragraph looks like the beginning of another voice, and like a comment."""
    context = Context(page)
    page.pair, page.side = [FIRST_PAIR], [FIRST_SIDE]
    for j in range(1, page.n):
        row = page.pair_row(j)
        page.pair.append(weights.pair(*row))
        page.side.append(weights.side(*row, *context.row(j)))


def candidates(page: Page, boundaries: Boundaries) -> list[int]:
    """The boundaries worth weighing, in order: all of a short page.

    In a long page each of several cheap views names its best: a new voice with few before it (twice, with
    more and less weight on what went before), the change of register between the whole left and right, the
    change of side, and that with the new voice.
    """
    everything = range(1, page.n)
    if page.n <= WEIGH_ALL:
        return list(everything)
    pair, before, change = page.pair, boundaries.probable, boundaries.change
    chosen = set(nlargest(14, everything, key=lambda j: pair[j] - before[j]))
    chosen.update(nlargest(6, everything, key=lambda j: pair[j] - 0.3 * before[j]))
    chosen.update(nlargest(8, everything, key=lambda j: change[j]))
    return sorted(chosen | boundaries.whole.likely(8, 16))


def posterior(page: Page, weights: Weights) -> tuple[float, dict[int, float]]:
    """The probability of "none", and that of each candidate."""
    boundaries = Boundaries(page)
    chosen = candidates(page, boundaries)
    scores = weights.rank.scores(boundaries, chosen, "marked" if is_marked(page.lines) else "prose")
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    mass = sum(powers)
    return powers[0] / mass, {j: p / mass for j, p in zip(chosen, powers[1:], strict=True)}


def is_marked(page: Sequence[lines.Line]) -> bool:
    """Whether the page still has the names, dates and buttons of its layout."""
    return sum(line.kind in MARKED for line in page) > MARKED_ABOVE * len(page)


def with_register(page: Sequence[lines.Line], none: float, scores: dict[int, float]) -> tuple[float, dict[int, float]]:
    """The posterior with the prior that belongs to the register, and to the language.

    The training pages are mostly blogs, where writers and readers sound alike and news has hardly any
    comments. Where reported speech without "I" or "you" is followed by text that has them, comments are
    likelier than that. They are English, too: see `FOREIGN_ODDS`.
    """
    best = max(scores, key=lambda j: scores[j])
    odds = FOREIGN_ODDS if _is_foreign(page) else 1.0
    if _is_news(page[:best]) and _rate(page[best:], "first", "second") >= PERSONAL:
        odds = NEWS_ODDS
    rest = none / odds
    mass = rest + sum(scores.values())
    return rest / mass, {j: score / mass for j, score in scores.items()}


def _is_foreign(page: Sequence[lines.Line]) -> bool:
    """Whether another language than English has the most common words on the page."""
    english, *others = (sum(line.votes[number] for line in page) for number in range(len(LANGUAGES)))
    return max(others) >= max(FOREIGN_WORDS, english + 1)


def _is_news(article: Sequence[lines.Line]) -> bool:
    """Reported speech, with no first and hardly a second person outside quotation marks."""
    if sum(len(line.voice) for line in article) < NEWS_WORDS:
        return False
    return _rate(article, "first") <= 0.0005 and _rate(article, "second") < 0.002 and _rate(article, "said") > 0.01


def _rate(page: Sequence[lines.Line], *categories: str) -> float:
    """The share of the words outside quotation marks that belong to some categories."""
    columns = [lines.INDEX[name] for name in categories]
    found = sum(line.style[c] * (len(line.voice) + lines.SMOOTH) for line in page for c in columns)
    return found / (1 + sum(len(line.voice) for line in page))


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
    score_paragraphs(page, weights)
    none, scores = with_register(page.lines, *posterior(page, weights))
    best = max(scores, key=lambda j: scores[j])
    threshold = weights.threshold_marked if is_marked(page.lines) else weights.threshold_prose
    if 1 - none > threshold:
        return _result(kept[best][0], _calibrated(scores[best], weights.split_line))
    sure = _calibrated(none, weights.none_line)
    return _result(None, min(sure, UNREAD_HEADING) if _has_unread_heading([text for _, text in kept]) else sure)


def _has_unread_heading(paragraphs: Sequence[str]) -> bool:
    """Whether something below title and byline says that comments follow, in a writing that the weights cannot read."""
    return any(len(text) < SHORT and marks.RX_UNPARTED_COUNT.match(text) for text in paragraphs[2:-1])


def _result(boundary: int | None, confidence: float) -> SplitResult:
    return SplitResult(boundary, round(confidence, 4), confidence < DOUBTFUL_BELOW)


def _plain(text: str) -> str:
    """Without runs of spaces; empty when there is no letter or digit."""
    text = " ".join(text.split())
    return text if _ALNUM.search(text) else ""
