"""The trained weights, read once from the package's data file (`weights.json.gz`).

    {"format": 1, "words": ["key", ...], "word_weights": [[register], [opener], [closer]], "word_scale", "bias",
     "pair": {"scale", "columns", "trees"}, "rank": {...}, "calibration": {...}, "thresholds": {...}}

`columns` are the names of the features that the trees were trained on: a file trained on other features is refused.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from backfile.errors import BackfileError
from backfile.split import features, trees

FORMAT = 1
FILE = "weights.json.gz"


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was learned. `calibration` holds slope and intercept for "split" and for "none"."""

    words: dict[str, tuple[float, float, float]]
    bias: tuple[float, float, float]
    pair: list[trees.Tree]
    rank: list[trees.Tree]
    split_line: tuple[float, float]
    none_line: tuple[float, float]
    threshold_marked: float
    threshold_prose: float


def _forest(data: dict[str, Any], columns: Sequence[str], name: str) -> list[trees.Tree]:
    if data["columns"] != list(columns):
        raise BackfileError(f"the {name} trees were trained on other features", place=FILE, advice="Train again.")
    return [trees.unpack(flat, data["scale"]) for flat in data["trees"]]


def parse(blob: bytes) -> Weights:
    """Read the bytes of a weights file; raise `BackfileError` when they are of another format."""
    data = json.loads(gzip.decompress(blob))
    if data.get("format") != FORMAT:
        raise BackfileError(f"weights of format {data.get('format')!r}, expected {FORMAT}", place=FILE, advice="Train again.")
    scale = data["word_scale"]
    columns = zip(*data["word_weights"], strict=True)
    words = {key: (a * scale, b * scale, c * scale) for key, (a, b, c) in zip(data["words"], columns, strict=True)}
    calibration, thresholds = data["calibration"], data["thresholds"]
    return Weights(
        words,
        tuple(data["bias"]),
        _forest(data["pair"], features.PAIR_NAMES, "pair"),
        _forest(data["rank"], features.NAMES, "rank"),
        tuple(calibration["split"]),
        tuple(calibration["none"]),
        thresholds["marked"],
        thresholds["prose"],
    )


@cache
def load() -> Weights:
    """The weights that come with the package."""
    return parse((resources.files("backfile.split") / FILE).read_bytes())
