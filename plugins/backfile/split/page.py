"""A page as its lines and their scores, and what each line shares with those above it."""

from __future__ import annotations

from itertools import accumulate

from backfile.split.columns import CONTRAST, CONTRAST_INDEX, KIND, LOCAL, LOCAL_INDEX
from backfile.split.lines import INDEX, Line
from backfile.split.sums import same_language

QUOTE_WORDS = 80
FIRST_PAIR = -5.0
"""The pair score of the first paragraph, which follows nothing."""
_ANSWERS = frozenset("yes no i my yeah nope maybe definitely ja nein ich oui non je sí yo да нет я так ні".split())
PAIR_NAMES = (
    ["cur_" + n for n in LOCAL] + ["prev_" + n for n in LOCAL] + ["diff_" + n for n in CONTRAST]
    + ["kind_prev", "kind_cur", "kind_next", "overlap_prev", "overlap_left", "new_words", "names_left",
    "same_language",
       "answers", "quotes_left", "enumerated", "with_title", "addressed", "R_cur", "R_prev", "O_cur",
       "O_prev", "C_cur", "C_prev"]
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
        self.side: list[float] = []
        self._overlaps()
        self._quotes()
        self._enumerations()
        spoken_to: dict[str, int] = {}
        for line in lines:
            if line.addressee:
                spoken_to[line.addressee] = spoken_to.get(line.addressee, 0) + 1
        self.addressed = [float(spoken_to.get(line.addressee, 0)) for line in lines]
        title = lines[0].content
        self.with_title = [len(line.content & title) / (len(title) + 2) for line in lines]

    def _quotes(self) -> None:
        """How much of each line stands word for word above it: readers quote what they answer."""
        self.quotes_left = [0.0] * self.n
        seen: set[tuple[str, str, str, str]] = set()
        for j, line in enumerate(self.lines):
            tokens = [t for t in line.tokens[:QUOTE_WORDS] if t[0].isalnum()]
            runs = list(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))
            if runs:
                self.quotes_left[j] = sum(1 for run in runs if run in seen) / (len(runs) + 1)
            seen.update(runs)

    def _enumerations(self) -> None:
        """For each boundary, the lists that go on across it: "2." above, "3." below."""
        n = self.n
        spans = [0] * (n + 1)
        last: dict[int, int] = {}
        for j, line in enumerate(self.lines):
            number = line.number
            if number:
                if number > 1 and number - 1 in last:
                    spans[last[number - 1] + 1] += 1
                    spans[j + 1] -= 1
                last[number] = j
        self.enumerated = [float(total) for total in accumulate(spans)]

    def _overlaps(self) -> None:
        """Shared words of each line with the one before and with all before; chains that span each
        boundary.
        """
        n = self.n
        self.with_previous, self.with_left, self.fresh, self.names_left = ([0.0] * n for _ in range(4))
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
        self.first_use, self.last_use = first, last
        self._chains(first, last)

    def _chains(self, first: dict[str, int], last: dict[str, int]) -> None:
        """For each boundary: the words in use on its left, on its right, and on both sides."""
        n = self.n
        spans, self.types_left, self.types_right = ([0] * (n + 1) for _ in range(3))
        for word, start in first.items():
            end = last[word]
            if end > start:
                spans[start + 1] += 1
                if end < n:
                    spans[end + 1] -= 1
            self.types_left[start + 1] += 1
            self.types_right[end] += 1
        self.spans = list(accumulate(spans))
        self.types_left = list(accumulate(self.types_left))
        self.types_right = list(accumulate(reversed(self.types_right)))[::-1]

    def pair_row(self, j: int) -> list[float]:
        """The features of "a new voice begins with paragraph j"; j runs from 1."""
        current, previous = self.lines[j], self.lines[j - 1]
        a, b = current.style, previous.style
        following = self.lines[j + 1].kind if j + 1 < self.n else ""
        row = [a[i] for i in LOCAL_INDEX]
        row += [b[i] for i in LOCAL_INDEX]
        row += [a[i] - b[i] for i in CONTRAST_INDEX]
        head = current.voice[:1]
        answers = b[INDEX["question_end"]] and (1.0 + float(bool(head) and head[0] in _ANSWERS))
        row += [
            KIND[previous.kind], KIND[current.kind], KIND.get(following, -1.0), self.with_previous[j],
            self.with_left[j], self.fresh[j], self.names_left[j], same_language(current.votes,
            previous.votes), float(answers),
            self.quotes_left[j], self.enumerated[j], self.with_title[j], self.addressed[j],
            self.register[j], self.register[j - 1], self.opener[j], self.opener[j - 1], self.closer[j],
            self.closer[j - 1],
        ]  # fmt: skip
        return row
