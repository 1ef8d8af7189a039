"""What can be known about a boundary before paragraph j: local marks, both sides of the page, its rivals.

Everything is computed from running sums, so that a page of n paragraphs costs n.
"""

from __future__ import annotations

from math import exp, log

from backfile.split.lines import INDEX, STYLE, Line
from backfile.split.marks import KINDS

LOCAL = ("length", "word_length", "first", "second", "third", "said", "praise", "blame", "thanks", "greeting", "agree",
         "disagree", "hedge", "slang", "meta", "bio", "closer", "exclaim", "question", "dots", "smile", "lower_start",
         "shout", "quotes", "digits", "capitals", "names", "ends", "url", "sentence", "address", "i_first", "you_first",
         "open_word", "quote_start", "colon_end", "question_end", "exclaim_end", "attributed", "this_post", "glued",
         "commas", "first_plural", "interrogative", "apostrophe")  # fmt: skip
CONTRAST = ("length", "word_length", "first", "second", "third", "said", "praise", "slang", "hedge", "exclaim",
            "question", "dots", "smile", "lower_start", "quotes", "digits", "capitals", "names", "ends", "sentence",
            "attributed", "commas", "meta", "first_plural", "apostrophe", "i_first", "open_word", "address")  # fmt: skip
_LOCAL = [INDEX[n] for n in LOCAL]
_CONTRAST = [INDEX[n] for n in CONTRAST]
_KIND = {letter: float(number) for number, letter in enumerate(KINDS)}

PAIR_NAMES = (
    ["cur_" + n for n in LOCAL] + ["prev_" + n for n in LOCAL] + ["diff_" + n for n in CONTRAST]
    + ["kind_prev", "kind_cur", "kind_next", "overlap_prev", "overlap_left", "new_words", "names_left", "same_language",
       "answers", "R_cur", "R_prev", "O_cur", "O_prev", "C_cur", "C_prev"]
)  # fmt: skip


class Page:
    """The lines of a page with their scores and the running sums that boundaries are described from."""

    def __init__(self, lines: list[Line], scores: list[tuple[float, ...]]) -> None:
        self.lines = lines
        self.n = len(lines)
        self.register = [s[0] for s in scores]
        self.opener = [s[1] for s in scores]
        self.closer = [s[2] for s in scores]
        self.pair: list[float] = []
        self._overlaps()

    def _overlaps(self) -> None:
        """Shared words of each line with the one before and with all before; chains that span each boundary."""
        n = self.n
        self.with_previous, self.with_left, self.fresh, self.names_left = [0.0] * n, [0.0] * n, [0.0] * n, [0.0] * n
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        names: set[str] = set()
        previous: frozenset[str] = frozenset()
        for j, line in enumerate(self.lines):
            content = line.content
            size = len(content)
            if size:
                self.with_previous[j] = len(content & previous) / (size + 2)
                known = sum(1 for word in content if word in first)
                self.with_left[j] = known / (size + 2)
                self.fresh[j] = (size - known) / (size + 2)
                previous = content
            if line.names:
                self.names_left[j] = sum(1 for name in line.names if name in names) / (len(line.names) + 1)
                names |= line.names
            for word in content:
                first.setdefault(word, j)
                last[word] = j
        spans = [0] * (n + 1)
        types_left = [0] * (n + 1)
        types_right = [0] * (n + 1)
        for word, start in first.items():
            end = last[word]
            if end > start:
                spans[start + 1] += 1
                spans[end + 1] -= 1 if end + 1 <= n else 0
            types_left[start + 1] += 1
            types_right[end] += 1
        total = 0
        for j in range(n + 1):
            total += spans[j]
            spans[j] = total
        for j in range(1, n + 1):
            types_left[j] += types_left[j - 1]
        for j in range(n - 1, -1, -1):
            types_right[j] += types_right[j + 1]
        self.spans, self.types_left, self.types_right = spans, types_left, types_right

    def pair_row(self, j: int) -> list[float]:
        """The features of "a new voice begins with paragraph j"; j runs from 1."""
        current, previous = self.lines[j], self.lines[j - 1]
        a, b = current.style, previous.style
        following = self.lines[j + 1].kind if j + 1 < self.n else ""
        row = [a[i] for i in _LOCAL]
        row += [b[i] for i in _LOCAL]
        row += [a[i] - b[i] for i in _CONTRAST]
        head = current.tokens[:1]
        answers = b[INDEX["question_end"]] and (1.0 + float(bool(head) and head[0] in _ANSWERS))
        row += [
            _KIND[previous.kind], _KIND[current.kind], _KIND.get(following, -1.0), self.with_previous[j],
            self.with_left[j], self.fresh[j], self.names_left[j], _same_language(current.votes, previous.votes), float(answers),
            self.register[j], self.register[j - 1], self.opener[j], self.opener[j - 1], self.closer[j], self.closer[j - 1],
        ]  # fmt: skip
        return row


_ANSWERS = frozenset("yes no i my yeah nope maybe definitely ja nein ich oui non je sí yo да нет я так ні".split())


def _same_language(one: list[int], other: list[int]) -> float:
    """How alike two vote counts are: 1 the same leading language, 0 another, .5 too short to tell."""
    a, b = max(one), max(other)
    if a < 3 or b < 3:
        return 0.5
    return 1.0 if one.index(a) == other.index(b) or other[one.index(a)] >= 0.7 * b or one[other.index(b)] >= 0.7 * a else 0.0


_OFFSETS = (-3, -2, -1, 0, 1, 2, 3)


def _names() -> list[str]:
    names = ["is_none", "j", "n", "j_share", "log_right", "words_left", "words_right", "word_share"]
    for s in "ROP":
        names += [f"{s}{o:+d}" for o in _OFFSETS]
    names += [f"C{o:+d}" for o in (-3, -2, -1, 0, 1)]
    for s in "RP":
        names += [f"{s}_left_mean", f"{s}_right_mean", f"{s}_left3", f"{s}_right3", f"{s}_right6", f"{s}_left6"]
    names += ["change", "change_best", "change_earlier", "change_later", "hazard", "hazard_right", "P_max_left", "P_max_right",
              "O_max_left", "O_max_right", "P_rank", "O_rank", "change_rank", "R_min_right5", "R_max_left5", "R_max_left", "R_min_left"]
    names += ["span", "span_before", "span_after", "span_left", "span_right"]
    names += [f"kind{o:+d}" for o in (-2, -1, 0, 1, 2)]
    names += ["template_left", "template_right", "shape_left", "shape_right", "marks_left", "marks_right", "counts_left",
              "counts_right", "says_left", "says_right", "date_left", "date_right", "template_previous_right", "stated",
              "lead_style", "sign_style", "name_left", "name_right", "recur_first"]
    names += ["cur_" + n for n in LOCAL] + ["prev_" + n for n in LOCAL]
    names += ["all_" + n for n in CONTRAST] + ["near_" + n for n in CONTRAST] + ["own_" + n for n in CONTRAST]
    names += ["left_" + n for n in _SIDE] + ["right_" + n for n in _SIDE]
    names += ["overlap_prev", "overlap_left", "new_words", "names_left", "overlap_next", "overlap_left_next", "same_language",
              "language_sides", "closes_best3", "page_first", "page_R"]
    return names


_SIDE = ("first", "second", "ends", "length", "said", "exclaim")
_SIDE_INDEX = [INDEX[n] for n in _SIDE]
NAMES = _names()
MARKS = "DSNCUPQMG#B"


def _running(values: list[float]) -> list[float]:
    out = [0.0]
    total = 0.0
    for value in values:
        total += value
        out.append(total)
    return out


class Boundaries:
    """Describes each boundary of a page as a row of numbers, and "none" as a row of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        n = page.n
        lines = page.lines
        self.words = _running([float(min(line.words, 400)) for line in lines])
        weight = [min(1.0, 0.3 + line.words / 20) for line in lines]
        self.register = _running(page.register)
        self.weighted = _running([r * w for r, w in zip(page.register, weight, strict=True)])
        self.pair = _running(page.pair)
        self.probable = _running([1 / (1 + exp(-p)) for p in page.pair])
        self.styles = [_running([line.style[i] for line in lines]) for i in _CONTRAST]
        self.sides = [self.styles[CONTRAST.index(n)] for n in _SIDE]
        # the sum of log odds if the page changed at j: article before it, comments after
        total = self.weighted[n]
        self.change = [total - 2 * self.weighted[j] for j in range(n + 1)]
        self.best_earlier = _before(self.change, n)
        self.best_later = _after(self.change, n)
        self.pair_earlier = _before(page.pair, n)
        self.pair_later = _after(page.pair, n)
        self.open_earlier = _before(page.opener, n)
        self.open_later = _after(page.opener, n)
        self.best = max(self.change[1:n]) if n > 1 else 0.0
        self.rank_pair = _ranks(page.pair)
        self.rank_open = _ranks(page.opener)
        self.rank_change = _ranks(self.change)
        self.top_register = _before(page.register, n)
        self.low_register = [-x for x in _before([-r for r in page.register], n)]
        self._marks()
        self._votes()

    def _marks(self) -> None:
        lines = self.page.lines
        n = self.page.n
        self.kinds = [_KIND[line.kind] for line in lines]
        self.marks = _running([float(line.kind in MARKS) for line in lines])
        self.by_kind = {k: _running([float(line.kind in group) for line in lines])
                        for k, group in (("C", "C"), ("S", "SMQ"), ("D", "DQG"), ("N", "N"))}  # fmt: skip
        shapes = [a.kind + b.kind if a.kind != "T" or b.kind != "T" else "" for a, b in zip(lines, lines[1:], strict=False)] + [""]
        self.template_left, self.template_right = _recurrence([line.key for line in lines])
        self.shape_left, self.shape_right = _recurrence(shapes)
        self.stated = 0.0
        for line in lines:
            if line.kind == "C":
                number = next((t for t in line.tokens if t.isdigit()), "")
                if number and len(number) < 6:
                    self.stated = max(self.stated, float(number))
        # does a name or date line lead the paragraph after it, or sign the one before?
        lead = sum(1 for a, b in zip(lines, lines[1:], strict=False) if a.kind in "SQDN" and b.kind == "T")
        sign = sum(1 for a, b in zip(lines, lines[1:], strict=False) if b.kind in "SQDN" and a.kind == "T")
        self.lead = lead / (n + 1)
        self.sign = sign / (n + 1)
        self.last_mark = lines[-1].kind in "SQDNU#"

    def _votes(self) -> None:
        columns = len(self.page.lines[0].votes)
        self.votes = [_running([float(line.votes[c]) for line in self.page.lines]) for c in range(columns)]

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
        page, n, w = self.page, self.page.n, self.words
        right = n - j
        row = [0.0, float(j), float(n), j / n, log(right + 1), log(w[j] + 1), log(w[n] - w[j] + 1), w[j] / (w[n] + 1)]
        for series in (page.register, page.opener, page.pair):
            row += [series[j + o] if 0 <= j + o < n else -9.0 for o in _OFFSETS]
        row += [page.closer[j + o] if 0 <= j + o < n else -9.0 for o in (-3, -2, -1, 0, 1)]
        for total in (self.register, self.pair):
            row += [_mean(total, 0, j), _mean(total, j, n), _mean(total, max(0, j - 3), j), _mean(total, j, min(n, j + 3)),
                    _mean(total, j, min(n, j + 6)), _mean(total, max(0, j - 6), j)]  # fmt: skip
        change = self.change[j]
        row += [change / (n + 3), change - self.best, change - self.best_earlier[j], change - self.best_later[j],
                self.probable[j] - self.probable[min(1, n)], (self.probable[n] - self.probable[j]) / (right + 1)]  # fmt: skip
        here = (page.pair[j], page.opener[j]) if j < n else (-5.0, -5.0)
        row += [here[0] - self.pair_earlier[j], here[0] - self.pair_later[j], here[1] - self.open_earlier[j], here[1] - self.open_later[j]]
        row += [self.rank_pair[j], self.rank_open[j], self.rank_change[j]] if j < n else [-1.0, -1.0, -1.0]
        row += [min(page.register[j : j + 5], default=0.0), max(page.register[max(0, j - 5) : j], default=0.0), self.top_register[j], self.low_register[j]]
        row += self._cohesion(j)
        row += self._mark_row(j)
        row += self._style_row(j)
        row += [*self._word_row(j), self._language_sides(j), max(page.closer[max(0, j - 3) : j], default=0.0)]
        first = self.styles[CONTRAST.index("first")]
        row += [first[n] / n, self.register[n] / n]
        return row

    def _cohesion(self, j: int) -> list[float]:
        page = self.page
        n = page.n

        def span(k: int) -> float:
            return page.spans[k] / (min(page.types_left[k], page.types_right[k]) + 3) if 0 < k < n else 0.0

        here = span(j)
        return [here, here - span(j - 1), here - span(j + 1), page.spans[j] / (page.types_left[j] + 3), page.spans[j] / (page.types_right[j] + 3)]

    def _mark_row(self, j: int) -> list[float]:
        n = self.page.n
        row = [self.kinds[j + o] if 0 <= j + o < n else -1.0 for o in (-2, -1, 0, 1, 2)]
        row += [self.template_left[j], self.template_right[j], self.shape_left[j], self.shape_right[j]] if j < n else [0.0] * 4
        row += [self.marks[j] / (j + 1), (self.marks[n] - self.marks[j]) / (n - j + 1)]
        for k in "CSD":
            total = self.by_kind[k]
            row += [total[j], total[n] - total[j]] if k == "C" else [total[j], (total[n] - total[j]) / (n - j + 1)]
        row += [self.template_right[j - 1] if j else 0.0, self.stated, self.lead, self.sign]
        names = self.by_kind["N"]
        row += [names[j], (names[n] - names[j]) / (n - j + 1)]
        fresh = 0.0
        if j < n:
            fresh = self.template_right[j] - 3 * self.template_left[j]
        row.append(fresh)
        return row

    def _style_row(self, j: int) -> list[float]:
        lines, n = self.page.lines, self.page.n
        a = lines[j].style if j < n else None
        b = lines[j - 1].style
        row = [a[i] for i in _LOCAL] if a else [0.0] * len(_LOCAL)
        row += [b[i] for i in _LOCAL]
        low, high = max(0, j - 3), min(n, j + 3)
        left = [t[j] / j for t in self.styles]
        row += [(t[n] - t[j]) / (n - j) - m for t, m in zip(self.styles, left, strict=True)] if j < n else [0.0] * len(left)
        row += [(t[high] - t[j]) / (high - j) - (t[j] - t[low]) / (j - low) for t in self.styles] if j < n else [0.0] * len(left)
        row += [a[i] - m for i, m in zip(_CONTRAST, left, strict=True)] if a else [0.0] * len(left)
        row += [t[j] / j for t in self.sides]
        row += [(t[n] - t[j]) / max(1, n - j) for t in self.sides]
        return row

    def _word_row(self, j: int) -> list[float]:
        page = self.page
        if j >= page.n:
            return [0.0] * 7
        after = j + 1 if j + 1 < page.n else j
        return [page.with_previous[j], page.with_left[j], page.fresh[j], page.names_left[j], page.with_previous[after],
                page.with_left[after], _same_language(page.lines[j].votes, page.lines[j - 1].votes)]  # fmt: skip


def _mean(total: list[float], start: int, end: int) -> float:
    return (total[end] - total[start]) / (end - start) if end > start else -9.0


def _before(values: list[float], n: int) -> list[float]:
    """The best of values[1:j] for each j."""
    out = [-9.0] * (n + 1)
    best = -9.0
    for j in range(1, n + 1):
        out[j] = best
        if j < len(values) and j < n and values[j] > best:
            best = values[j]
    return out


def _after(values: list[float], n: int) -> list[float]:
    """The best of values[j + 1:n] for each j."""
    out = [-9.0] * (n + 1)
    best = -9.0
    for j in range(n - 1, -1, -1):
        out[j] = best
        best = max(best, values[j])
    return out


def _ranks(values: list[float]) -> list[float]:
    """The place of each value among values[1:], 0 the highest."""
    order = sorted(range(1, len(values)), key=lambda j: -values[j])
    ranks = [99.0] * len(values)
    for place, j in enumerate(order):
        ranks[j] = float(place)
    return ranks


def _recurrence(keys: list[str]) -> tuple[list[float], list[float]]:
    """How often the key of each line stands before it and after it (logarithms)."""
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    seen: dict[str, int] = {}
    left, right = [], []
    for key in keys:
        if not key:
            left.append(0.0)
            right.append(0.0)
            continue
        before = seen.get(key, 0)
        left.append(log(1 + before))
        right.append(log(counts[key] - before))
        seen[key] = before + 1
    return left, right
