"""How much a document can score for a key, by the statistics of one segment alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from backfile.search.codec import LENGTHS
from backfile.search.postings import Postings
from backfile.search.schema import FIELDS, K1, B

SCALE = 1024
_K1, _B = K1 / 1000, B / 1000


class Impacts:
    """Scores of a segment of `docs` documents with so many tokens in each text field."""

    def __init__(self, docs: int, lengths: Sequence[int]) -> None:
        self._docs = docs
        self._norms = [
            [_K1 * ((1 - _B) + _B * length * docs / total) for length in LENGTHS] if total else [] for total in lengths
        ]
        self._saturation: list[dict[int, float]] = [{} for _ in lengths]

    def of(self, entry: Mapping[int, Postings]) -> dict[int, int]:
        """For each document of any default field its impact, in 1/1024, rounded down."""
        scores: dict[int, float] = {}
        for field, postings in sorted(entry.items()):
            if FIELDS[field].boost:
                self._add(field, postings, scores)
        return {doc: int(score * SCALE) for doc, score in scores.items()}

    def _add(self, field: int, postings: Postings, scores: dict[int, float]) -> None:
        idf = math.log(self._docs / (len(postings.docs) + 1)) + 1
        weight = FIELDS[field].boost / 1000 * idf
        known, norms = self._saturation[field], self._norms[field]
        for doc, extra, byte in zip(postings.docs, postings.extra, postings.lengths, strict=True):
            key = extra << 8 | byte
            value = known.get(key)
            if value is None:
                value = known[key] = (extra + 1) * (_K1 + 1) / (extra + 1 + norms[byte])
            scores[doc] = scores.get(doc, 0.0) + weight * value
