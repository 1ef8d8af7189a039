"""The trained weights, read once from the package's data file (`weights.json.gz`).

    {"format": 2,
     "words": {"keys": ["key", ...], "weights": [[register], [opener], [closer]], "scale", "bias"},
     "pair": {"scale", "columns", "trees"}, "side": {...},
     "rank": {"scale", "columns", "trees", "mix",
              "planes": {"boundary_marked", "boundary_prose", "none_marked", "none_prose"}},
     "calibration": {"split": [slope, intercept], "none": [...]}, "thresholds": {"marked", "prose"}}

`columns` are the names of the features that the trees were trained on: a file trained on other features is
refused.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib import resources
from typing import Any

from backfile.errors import BackfileError
from backfile.split import boundary_columns, contest, page, side, trees
from backfile.split.boundaries import Boundaries
from backfile.split.contest import NO_RIVALS, Contest
from backfile.split.plane import Plane

FORMAT = 2
FILE = "weights.json.gz"
WORTH = 20
HOPELESS = -50.0
SIDE_NAMES = [*page.PAIR_NAMES, *side.CONTEXT_NAMES]
RANK_NAMES = [*boundary_columns.NAMES, *contest.NAMES]
"""The columns of the forests of sides and of ranks."""
Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Rank:
    """Weighs boundaries and "none": `mix` of a plane, the rest of a forest."""

    forest: trees.Forest
    planes: dict[str, Plane]
    mix: float

    def scores(self, boundaries: Boundaries, places: Sequence[int], kind: str) -> list[float]:
        """The score of "none" and of each place. `kind` of page: "marked" or "prose".

        The planes are cheap and look at all; only the best boundaries by them are worth the forest, which
        sees each of these against its rivals as well.
        """
        none, boundary = self.planes[f"none_{kind}"], self.planes[f"boundary_{kind}"]
        rows = [boundaries.none_row(), *map(boundaries.row, places)]
        linear = [none.total(rows[0]), *map(boundary.total, rows[1:])]
        worth = sorted(nlargest(WORTH, range(1, len(rows)), key=linear.__getitem__))
        rivals = Contest(boundaries, {places[i - 1]: linear[i] for i in worth})
        found = [HOPELESS] * len(rows)
        for i in (0, *worth):
            against = rivals.row(places[i - 1]) if i else NO_RIVALS
            found[i] = self.mix * linear[i] + (1 - self.mix) * self.forest(*rows[i], *against)
        return found


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was learned. A line is the slope and intercept of a calibration."""

    words: dict[str, Triple]
    bias: Triple
    pair: trees.Forest
    side: trees.Forest
    rank: Rank
    split_line: tuple[float, float]
    none_line: tuple[float, float]
    threshold_marked: float
    threshold_prose: float


def _forest(data: dict[str, Any], columns: Sequence[str], name: str) -> trees.Forest:
    if data["columns"] != list(columns):
        raise BackfileError(f"the {name} trees were trained on other features", place=FILE, advice="Train again.")
    return trees.forest(data["trees"], len(columns), data["scale"])


def parse(blob: bytes) -> Weights:
    """Read the bytes of a weights file; raise `BackfileError` when they are of another format."""
    data = json.loads(gzip.decompress(blob))
    if data.get("format") != FORMAT:
        message = f"weights of format {data.get('format')!r}, expected {FORMAT}"
        raise BackfileError(message, place=FILE, advice="Train again.")
    words, rank = data["words"], data["rank"]
    scale = words["scale"]
    columns = zip(*words["weights"], strict=True)
    split_line, none_line = data["calibration"]["split"], data["calibration"]["none"]
    return Weights(
        {key: (a * scale, b * scale, c * scale) for key, (a, b, c) in zip(words["keys"], columns, strict=True)},
        tuple(words["bias"]),
        _forest(data["pair"], page.PAIR_NAMES, "pair"),
        _forest(data["side"], SIDE_NAMES, "side"),
        Rank(
            _forest(rank, RANK_NAMES, "rank"),
            {name: Plane.of(**parts) for name, parts in rank["planes"].items()},
            rank["mix"],
        ),
        (split_line[0], split_line[1]),
        (none_line[0], none_line[1]),
        data["thresholds"]["marked"],
        data["thresholds"]["prose"],
    )


@cache
def load() -> Weights:
    """The weights that come with the package."""
    return parse((resources.files("backfile.split") / FILE).read_bytes())
