"""Which side of the boundary each paragraph looks to be on, with those around it in view, and what that says
of each boundary.
"""

from __future__ import annotations

from heapq import nlargest
from math import exp, log

from backfile.split.lines import INDEX
from backfile.split.page import Page
from backfile.split.sums import NONE, after, before, mean, ranks, running

ABSENT = -5.0
FIRST_SIDE = -3.0
"""The first paragraph of a page is never a comment."""
_FIRST, _SECOND = INDEX["first"], INDEX["second"]
_OFFSETS = (-3, -2, -1, 0, 1, 2, 3)
CONTEXT_NAMES = """R_left3 R_right3 R_left R_right R_page R_over_page R_next R_prev2 R_next2 O_next O_right3
O_left3 R_max_left R_min_right with_lead with_tail first_left second_left first_right second_right length_share
C_next left_next R_left_weighted R_right_weighted""".split()
NAMES = [
    *(f"S{o:+d}" for o in _OFFSETS),
    *"""S_left_mean S_right_mean S_left3 S_right3 S_right6 S_left6 S_change S_change_best S_change_earlier
    S_change_later S_rank S_log_share S_mass_left S_mass_right S_share_left S_share_right S_min_right5 S_max_left5
    S_max_left S_min_left S_min_right S_max_right3 both both_best both_earlier both_later both_rank""".split(),
]


class Context:
    """What stands round each paragraph of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        lines, n = page.lines, page.n
        weight = [min(1.0, 0.3 + line.words / 20) for line in lines]
        self.weight = running(weight)
        self.weighted = running([r * w for r, w in zip(page.register, weight, strict=True)])
        self.register, self.opener = running(page.register), running(page.opener)
        self.first = running([line.style[_FIRST] for line in lines])
        self.second = running([line.style[_SECOND] for line in lines])
        self.lead = frozenset[str]().union(*(line.content for line in lines[: max(1, min(4, n // 3))]))
        self.tail: dict[str, int] = {}
        for line in lines[max(1, n - 4) :]:
            for word in line.content:
                self.tail[word] = self.tail.get(word, 0) + 1
        self.usual = sorted(line.words for line in lines)[n // 2] + 5
        self.high = before(page.register, n)
        self.low = [-x for x in after([-r for r in page.register], n)]

    def row(self, j: int) -> list[float]:
        """The columns of paragraph j, from 1."""
        page, n = self.page, self.page.n
        register, opener = self.register, self.opener
        line = page.lines[j]
        own = 1 if j >= n - 4 else 0
        tail = sum(1 for word in line.content if self.tail.get(word, 0) > own)
        size = len(line.content) + 2

        def at(values: list[float], k: int) -> float:
            return values[k] if 0 <= k < n else NONE

        here = page.register[j]
        low3, high4 = max(0, j - 3), min(n, j + 4)
        return [
            mean(register, low3, j), mean(register, j + 1, high4), mean(register, 0, j), mean(register, j + 1, n),
            register[n] / n, here - register[n] / n, at(page.register, j + 1), at(page.register, j - 2),
            at(page.register, j + 2), at(page.opener, j + 1), mean(opener, j + 1, high4), mean(opener, low3, j),
            max(self.high[j], page.register[0]), min(here, self.low[j]) if j + 1 < n else here,
            len(line.content & self.lead) / size, tail / size,
            self.first[j] / j, self.second[j] / j, (self.first[n] - self.first[j]) / (n - j),
            (self.second[n] - self.second[j]) / (n - j), line.words / self.usual, at(page.closer, j + 1),
            at(page.with_left, j + 1), self.weighted[j] / self.weight[j],
            (self.weighted[n] - self.weighted[j]) / (self.weight[n] - self.weight[j]),
        ]  # fmt: skip


class Sides:
    """The boundaries of a page by the side that each paragraph looks to be on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        side, n = page.side, page.n
        self.sum = running(side)
        weighted = running([s * min(1.0, 0.3 + x.words / 20) for s, x in zip(side, page.lines, strict=True)])
        total = weighted[n]
        self.change = [total - 2 * weighted[j] for j in range(n + 1)]
        self.mass = running([1 / (1 + exp(-s)) for s in side])
        self.earlier, self.later = before(self.change, n), after(self.change, n)
        self.best = max(self.change[1:n])
        self.rank = ranks(self.change[:n])
        self.high, self.low = before(side, n), [-x for x in before([-s for s in side], n)]
        half = [0.5 * x for x in self.change[1:]]
        top = max(half)
        self.share = top + log(sum(exp(x - top) for x in half))
        self.both = [0.5 * c + p for c, p in zip(self.change, page.pair, strict=False)]
        self.both_best = max(self.both[1:])
        self.both_earlier, self.both_later = before(self.both, n), after(self.both, n)
        self.both_rank = ranks(self.both)

    def likely(self, change: int, both: int) -> set[int]:
        """The best boundaries by the sides alone, and by the sides and the voices."""
        everything = range(1, self.page.n)
        return set(nlargest(change, everything, key=self.change.__getitem__)).union(
            nlargest(both, everything, key=self.both.__getitem__)
        )

    def row(self, j: int) -> list[float]:
        """The columns of the boundary before paragraph j; n describes the page as a whole."""
        n, side, total, mass = self.page.n, self.page.side, self.sum, self.mass
        low3, low6, high3, high6 = max(0, j - 3), max(0, j - 6), min(n, j + 3), min(n, j + 6)
        change = self.change[j]
        both = self.both[j] if j < n else ABSENT
        return [
            *(side[j + o] if 0 <= j + o < n else NONE for o in _OFFSETS),
            mean(total, 0, j), mean(total, j, n), mean(total, low3, j), mean(total, j, high3), mean(total, j, high6),
            mean(total, low6, j),
            change / (n + 3), change - self.best, change - self.earlier[j], change - self.later[j],
            self.rank[j] if j < n else -1.0, 0.5 * change - self.share,
            mass[j] - mass[1], mass[n] - mass[j], mass[j] / j, (mass[n] - mass[j]) / (n - j + 1),
            min(side[j : j + 5], default=0.0), max(side[max(0, j - 5) : j], default=0.0), self.high[j], self.low[j],
            min(side[j : j + 60], default=0.0), max(side[j:high3], default=ABSENT),
            both, both - self.both_best, both - self.both_earlier[j], both - self.both_later[j],
            self.both_rank[j] if j < n else -1.0,
        ]  # fmt: skip
