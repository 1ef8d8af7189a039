"""What is known of each boundary of a page: what stands at it, on both sides of it, and its rivals.

Everything comes from running sums, so that a page of n paragraphs costs n. `boundary_columns` names the
columns.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp, log

from backfile.split.boundary_columns import OFFSETS, SIDE
from backfile.split.columns import CONTRAST, CONTRAST_INDEX, KIND, LOCAL_INDEX
from backfile.split.lines import INDEX
from backfile.split.page import Page
from backfile.split.side import Sides
from backfile.split.stamps import Stamps
from backfile.split.sums import NONE, after, before, mean, ranks, recurrence, running, same_language

MARKS = "DSNCUPQMG#B"
ABSENT = -5.0
"""The score of a paragraph that is not there."""
_FIRST = CONTRAST.index("first")


class Boundaries:
    """Describes each boundary of a page as a row of numbers, and "none" as a row of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        n = page.n
        lines = page.lines
        self.words = running([float(min(line.words, 400)) for line in lines])
        weight = [min(1.0, 0.3 + line.words / 20) for line in lines]
        self.register = running(page.register)
        self.weighted = running([r * w for r, w in zip(page.register, weight, strict=True)])
        self.pair = running(page.pair)
        self.probable = running([1 / (1 + exp(-p)) for p in page.pair])
        self.styles = [running([line.style[i] for line in lines]) for i in CONTRAST_INDEX]
        self.sides = [self.styles[CONTRAST.index(n)] for n in SIDE]
        # the sum of log odds if the page changed at j: article before it, comments after
        total = self.weighted[n]
        self.change = [total - 2 * self.weighted[j] for j in range(n + 1)]
        self.best_earlier = before(self.change, n)
        self.best_later = after(self.change, n)
        self.pair_earlier = before(page.pair, n)
        self.pair_later = after(page.pair, n)
        self.open_earlier = before(page.opener, n)
        self.open_later = after(page.opener, n)
        self.best = max(self.change[1:n]) if n > 1 else 0.0
        self.rank_pair = ranks(page.pair)
        self.rank_open = ranks(page.opener)
        self.rank_change = ranks(self.change)
        self.top_register = before(page.register, n)
        self.low_register = [-x for x in before([-r for r in page.register], n)]
        self.cues = [
            running([line.style[INDEX[name]] for line in lines])
            for name in ("opening", "closing", "vocative", "asks_you")
        ]
        self._marks()
        self._votes()
        self.whole = Sides(page)
        self.stamped = Stamps(lines, self.words)

    def _marks(self) -> None:
        lines = self.page.lines
        n = self.page.n
        self.kinds = [KIND[line.kind] for line in lines]
        self.marks = running([float(line.kind in MARKS) for line in lines])
        self.by_kind = {k: running([float(line.kind in group) for line in lines])
                        for k, group in (("C", "C"), ("S", "SMQ"), ("D", "DQG"), ("N", "N"))}  # fmt: skip
        shapes = [a.kind + b.kind if a.kind != "T" or b.kind != "T" else "" for a, b in pairwise(lines)] + [""]
        self.template_left, self.template_right = recurrence([line.key for line in lines])
        self.shape_left, self.shape_right = recurrence(shapes)
        self.stated = 0.0
        for line in lines:
            if line.kind == "C":
                number = next((t for t in line.tokens if t.isdigit()), "")
                if number and len(number) < 6:
                    self.stated = max(self.stated, float(number))
        # does a name or date line lead the paragraph after it, or sign the one before?
        lead = sum(1 for a, b in pairwise(lines) if a.kind in "SQDN" and b.kind == "T")
        sign = sum(1 for a, b in pairwise(lines) if b.kind in "SQDN" and a.kind == "T")
        self.lead, self.sign = lead / (n + 1), sign / (n + 1)

    def _votes(self) -> None:
        columns = len(self.page.lines[0].votes)
        self.votes = [running([float(line.votes[c]) for line in self.page.lines]) for c in range(columns)]

    def _language_sides(self, j: int) -> float:
        n = self.page.n
        left = [v[j] for v in self.votes]
        right = [v[min(n, j + 3)] - v[j] for v in self.votes]
        a, b = max(left), max(right)
        if a < 3 or b < 3:
            return 0.5
        return float(left.index(a) == right.index(b) or right[left.index(a)] >= 0.7 * b)

    def none_row(self) -> list[float]:
        """The row that stands for "no comments on this page"."""
        row = self.row(self.page.n)
        row[0] = 1.0
        return row

    def row(self, j: int) -> list[float]:
        """The row of the boundary before paragraph j (1 to n - 1; n describes the page as a whole)."""
        page, n = self.page, self.page.n
        row = self._place(j)
        for series in (page.register, page.opener, page.pair):
            row += [series[j + o] if 0 <= j + o < n else NONE for o in OFFSETS]
        row += [page.closer[j + o] if 0 <= j + o < n else NONE for o in (-3, -2, -1, 0, 1)]
        low3, low6, high3, high6 = max(0, j - 3), max(0, j - 6), min(n, j + 3), min(n, j + 6)
        for total in (self.register, self.pair):
            row += [mean(total, 0, j), mean(total, j, n), mean(total, low3, j), mean(total, j, high3),
                    mean(total, j, high6), mean(total, low6, j)]  # fmt: skip
        row += self._rivals(j)
        row += self._cohesion(j)
        row += self._mark_row(j)
        row += self._style_row(j)
        row += [*self._word_row(j), self._language_sides(j), max(page.closer[low3:j], default=0.0)]
        row += [self.styles[_FIRST][n] / n, self.register[n] / n]
        for series in (page.register, page.opener, page.pair):
            here = series[j] if j < n else ABSENT
            row += [
                here - (series[j - 1] if j > 1 else ABSENT),
                here - (series[j + 1] if j + 1 < n else ABSENT),
            ]
        return [*row, *self._phrase_row(j), *self.whole.row(j), *self.stamped.row(j)]

    def _place(self, j: int) -> list[float]:
        n, w = self.page.n, self.words
        return [
            0.0,
            float(j),
            float(n),
            j / n,
            log(n - j + 1),
            log(w[j] + 1),
            log(w[n] - w[j] + 1),
            w[j] / (w[n] + 1),
        ]

    def _rivals(self, j: int) -> list[float]:
        """The boundary against the best before it and after it, and its rank on the page."""
        page, n = self.page, self.page.n
        change = self.change[j]
        pair, opener = (page.pair[j], page.opener[j]) if j < n else (ABSENT, ABSENT)
        ranks_here = [r[j] for r in (self.rank_pair, self.rank_open, self.rank_change)] if j < n else [-1.0] * 3
        return [
            change / (n + 3), change - self.best, change - self.best_earlier[j], change - self.best_later[j],
            self.probable[j] - self.probable[1], (self.probable[n] - self.probable[j]) / (n - j + 1),
            pair - self.pair_earlier[j], pair - self.pair_later[j],
            opener - self.open_earlier[j], opener - self.open_later[j], *ranks_here,
            min(page.register[j : j + 5], default=0.0), max(page.register[max(0, j - 5) : j], default=0.0),
            self.top_register[j], self.low_register[j],
        ]  # fmt: skip

    def _phrase_row(self, j: int) -> list[float]:
        page, n = self.page, self.page.n
        closer = page.closer
        end3, end8, low3 = min(n, j + 3), min(n, j + 8), max(0, j - 3)
        right8 = max(closer[j:end8], default=ABSENT)
        opening, closing, vocative, asks = self.cues
        here = [page.quotes_left[j], page.with_title[j], page.addressed[j]] if j < n else [0.0] * 3
        return [
            max(closer[j:end3], default=ABSENT), right8, closer[j - 1] - right8,
            vocative[j], (vocative[n] - vocative[j]) / (n - j + 1),
            opening[j] - opening[max(0, j - 6)], opening[min(n, j + 6)] - opening[j],
            opening[j] / (j + 1), (opening[n] - opening[j]) / (n - j + 1),
            closing[j] - closing[low3], closing[end3] - closing[j], closing[end8] - closing[j],
            closing[j] - closing[j - 1],
            here[0], page.enumerated[j], here[1], here[2],
            asks[j] - asks[max(0, j - 2)], asks[end3] - asks[j], max(page.quotes_left[j : j + 4],
            default=0.0),
        ]  # fmt: skip

    def _cohesion(self, j: int) -> list[float]:
        page = self.page
        n = page.n

        def span(k: int) -> float:
            return page.spans[k] / (min(page.types_left[k], page.types_right[k]) + 3) if 0 < k < n else 0.0

        here = span(j)
        return [
            here,
            here - span(j - 1),
            here - span(j + 1),
            page.spans[j] / (page.types_left[j] + 3),
            page.spans[j] / (page.types_right[j] + 3),
        ]

    def _mark_row(self, j: int) -> list[float]:
        n = self.page.n
        row = [self.kinds[j + o] if 0 <= j + o < n else -1.0 for o in (-2, -1, 0, 1, 2)]
        recurring = (self.template_left, self.template_right, self.shape_left, self.shape_right)
        row += [series[j] if j < n else 0.0 for series in recurring]
        row += [self.marks[j] / (j + 1), (self.marks[n] - self.marks[j]) / (n - j + 1)]
        counts, says, dates, names = (self.by_kind[k] for k in "CSDN")
        row += [counts[j], counts[n] - counts[j]]
        row += [says[j], (says[n] - says[j]) / (n - j + 1), dates[j], (dates[n] - dates[j]) / (n - j + 1)]
        row += [self.template_right[j - 1], self.stated, self.lead, self.sign]
        row += [names[j], (names[n] - names[j]) / (n - j + 1)]
        row.append(self.template_right[j] - 3 * self.template_left[j] if j < n else 0.0)
        return row

    def _style_row(self, j: int) -> list[float]:
        lines, n = self.page.lines, self.page.n
        before_it = lines[j - 1].style
        left = [t[j] / j for t in self.styles]
        own = [before_it[i] for i in LOCAL_INDEX]
        sides = [t[j] / j for t in self.sides] + [(t[n] - t[j]) / max(1, n - j) for t in self.sides]
        if j == n:
            return [0.0] * len(own) + own + [0.0] * (3 * len(left)) + sides
        style = lines[j].style
        low, high = max(0, j - 3), min(n, j + 3)
        whole = [(t[n] - t[j]) / (n - j) - m for t, m in zip(self.styles, left, strict=True)]
        near = [(t[high] - t[j]) / (high - j) - (t[j] - t[low]) / (j - low) for t in self.styles]
        alone = [style[i] - m for i, m in zip(CONTRAST_INDEX, left, strict=True)]
        return [style[i] for i in LOCAL_INDEX] + own + whole + near + alone + sides

    def _word_row(self, j: int) -> list[float]:
        page = self.page
        if j >= page.n:
            return [0.0] * 7
        following = j + 1 if j + 1 < page.n else j
        same = same_language(page.lines[j].votes, page.lines[j - 1].votes)
        above = [page.with_previous[j], page.with_left[j], page.fresh[j], page.names_left[j]]
        return [*above, page.with_previous[following], page.with_left[following], same]
