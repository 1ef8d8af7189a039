"""How much a document can score for a key, by the statistics of one segment alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from backfile.search.codec import LENGTHS
from backfile.search.columns import Bytes, Numbers
from backfile.search.schema import FIELDS, K1, B

SCALE = 1024
Scores = npt.NDArray[np.float64]
_K1, _B = K1 / 1000, B / 1000


class Impacts:
    """Scores of a segment of `docs` documents with so many tokens in each text field."""

    def __init__(self, docs: int, lengths: Sequence[int]) -> None:
        self._docs = docs
        self._norms = [
            np.array([_K1 * ((1 - _B) + _B * length * docs / total) if total else 0.0 for length in LENGTHS])
            for total in lengths
        ]

    def add(self, scores: Scores, field: int, extra: Numbers, lengths: Bytes, places: Numbers) -> None:
        """Adds to scores, at these places, what documents score in a default field.

        Fields come in order: the last bit of a sum depends on it.
        """
        weight = FIELDS[field].boost / 1000 * (math.log(self._docs / (len(places) + 1)) + 1)
        frequencies = extra + 1.0
        scores[places] += weight * (frequencies * (_K1 + 1) / (frequencies + self._norms[field][lengths]))

    def of(self, scores: Scores) -> Numbers:
        """Impacts, of which 1,024 are a score of 1, rounded down."""
        return (scores * SCALE).astype(np.int64)
