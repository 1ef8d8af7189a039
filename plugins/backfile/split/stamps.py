"""Where the dated, signed or "says" lines of a page stand, seen from each boundary.

A thread repeats one shape of line. When the page ends on it, it signs what stands before it, and the first
comment begins above its first occurrence; when text follows the last one, it leads.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import log

from backfile.split.columns import KIND
from backfile.split.lines import Line

STAMPS = "DSQMG"
REPEATED = "DSQMGNUB#"
FAR = 8.0
ABSENT = 12.0
NAMES = """thread_first thread_next thread_texts thread_before thread_size thread_gap thread_kind thread_tail
stamp_next stamp_previous stamp_words stamps_left stamps_right stamp_tail last_kind name_next name_previous""".split()


class Stamps:
    """The stamps of a page, its most repeated one in particular."""

    def __init__(self, lines: Sequence[Line], words: Sequence[float]) -> None:
        self.n = len(lines)
        self.words = words
        self.stamps = [j for j, line in enumerate(lines) if line.kind in STAMPS]
        self.names = [j for j, line in enumerate(lines) if line.kind == "N"]
        groups: dict[str, list[int]] = {}
        for j, line in enumerate(lines):
            if line.kind in REPEATED:
                groups.setdefault(line.key or line.kind, []).append(j)
        self.thread = max(groups.values(), default=[], key=lambda g: len(g) * (2 if lines[g[0]].kind in STAMPS else 1))
        if len(self.thread) < 2:
            self.thread = []
        self.texts = [0]
        for line in lines:
            self.texts.append(self.texts[-1] + (line.kind in "TH"))
        self.last_kind = KIND[lines[-1].kind]
        thread = self.thread
        self.same = [0.0, -1.0, ABSENT]
        if thread:
            gap = (thread[-1] - thread[0]) / (len(thread) - 1)
            self.same = [gap, KIND[lines[thread[0]].kind], min(FAR, self.n - 1 - thread[-1])]
        self.stamp_tail = min(FAR, self.n - 1 - self.stamps[-1]) if self.stamps else ABSENT

    def row(self, j: int) -> list[float]:
        """The columns of the boundary before paragraph j."""
        thread, stamps = self.thread, self.stamps
        before = bisect_left(thread, j)
        if thread:
            after = thread[before] if before < len(thread) else self.n
            row = [max(-FAR, min(FAR, thread[0] - j)), min(FAR, after - j), self.texts[after] - self.texts[j]]
        else:
            row = [ABSENT] * 3
        row += [float(before), log(1 + len(thread)), *self.same]
        left = bisect_left(stamps, j)
        after = stamps[left] if left < len(stamps) else self.n
        row += [
            min(FAR, after - j) if left < len(stamps) else ABSENT,
            min(FAR, j - stamps[left - 1]) if left else ABSENT,
            log(1 + self.words[after] - self.words[j]),
            float(left),
            float(len(stamps) - left),
            self.stamp_tail,
            self.last_kind,
        ]
        named = bisect_left(self.names, j)
        return [
            *row,
            min(FAR, self.names[named] - j) if named < len(self.names) else ABSENT,
            min(FAR, j - self.names[named - 1]) if named else ABSENT,
        ]
