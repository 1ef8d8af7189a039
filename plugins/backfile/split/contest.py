"""A boundary against its strongest rivals: what lies between two of them belongs to the article if the later
one is right, to the comments if the earlier one is.
"""

from __future__ import annotations

from backfile.split.boundaries import Boundaries
from backfile.split.columns import CONTRAST

SEEN = 6
"""So many paragraphs between two rivals are compared word by word."""
ALONE = [0.0] * 16
_PARTS = """lead gap words R_mean R_low R_high S_mean S_low S_high P_rival P_between O_rival style overlap person
closes""".split()
NAMES = ["before_best", *(f"{which}_{part}" for which in ("earlier", "later") for part in _PARTS)]
NO_RIVALS = [0.0, *ALONE, *ALONE]
_FIRST, _SECOND = CONTRAST.index("first"), CONTRAST.index("second")


class Contest:
    """Compares the boundaries of a page, given a first score of each."""

    def __init__(self, boundaries: Boundaries, scores: dict[int, float]) -> None:
        self.about = boundaries
        self.page = boundaries.page
        self.scores = scores
        self.order = sorted(scores)
        self.sums: dict[int, list[float]] = {}
        self.whole = self._sums(self.page.n)
        self.known: dict[tuple[int, int], tuple[float, float]] = {}
        self.best = max(scores.values(), default=0.0)

    def row(self, j: int) -> list[float]:
        """The columns of the boundary before paragraph j, one of those scored."""
        mine = self.scores[j]
        row = [mine - self.best]
        earlier = max((k for k in self.order if k < j), default=None, key=self.scores.__getitem__)
        later = max((k for k in self.order if k > j), default=None, key=self.scores.__getitem__)
        row += ALONE if earlier is None else self._between(earlier, j, earlier, mine - self.scores[earlier])
        row += ALONE if later is None else self._between(j, later, later, mine - self.scores[later])
        return row

    def _between(self, a: int, b: int, rival: int, lead: float) -> list[float]:
        page, about = self.page, self.about
        if (a, b) not in self.known:  # each is often the rival of the other
            self.known[a, b] = self._style(a, b), self._overlap(a, b)
        register, side = page.register[a : min(b, a + 40)], page.side[a : min(b, a + 40)]
        n = page.n
        return [
            lead,
            float(b - a),
            about.words[b] - about.words[a],
            sum(register) / len(register),
            min(register),
            max(register),
            sum(side) / len(side),
            min(side),
            max(side),
            page.pair[rival],
            max(page.pair[a + 1 : min(b, a + 40)], default=-5.0),
            page.opener[rival],
            *self.known[a, b],
            sum(2 * self._rate(s, a, b) - self._rate(s, 0, a) - self._rate(s, b, n) for s in (_FIRST, _SECOND)),
            page.closer[b - 1] - page.closer[a - 1],
        ]

    def _rate(self, style: int, a: int, b: int) -> float:
        total = self.about.styles[style]
        return (total[b] - total[a]) / (b - a) if b > a else 0.0

    def _style(self, a: int, b: int) -> float:
        """How much more the paragraphs between are like those after them than like those before."""
        result = 0.0
        left, inside, right = a, b - a, self.page.n - b
        for start, end, whole in zip(self._sums(a), self._sums(b), self.whole, strict=True):
            low, middle, high = start / left, (end - start) / inside, (whole - end) / right
            scale = abs(low) + abs(middle) + abs(high) + 0.01
            result += (abs(middle - low) - abs(middle - high)) / scale
        return result

    def _sums(self, j: int) -> list[float]:
        if j not in self.sums:
            self.sums[j] = [total[j] for total in self.about.styles]
        return self.sums[j]

    def _overlap(self, a: int, b: int) -> float:
        """The share of their words known from above less the share that comes again below."""
        first, last = self.page.first_use, self.page.last_use
        above = below = size = 0
        for line in self.page.lines[a : min(b, a + SEEN)]:
            for word in line.content:
                size += 1
                above += first[word] < a
                below += last[word] >= b
        return (above - below) / (size + 3)
