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
        self._saturation = [_Saturation(norms) for norms in self._norms]

    def of(self, entry: Mapping[int, Postings]) -> dict[int, int]:
        """For each document of any default field its impact, in 1/1024, rounded down."""
        scores: dict[int, float] = {}
        for field, postings in sorted(entry.items()):
            if not FIELDS[field].boost:
                continue
            weight = FIELDS[field].boost / 1000 * (math.log(self._docs / (len(postings.docs) + 1)) + 1)
            saturation = map(self._saturation[field].__getitem__, zip(postings.extra, postings.lengths, strict=True))
            found = zip(postings.docs, [weight * value for value in saturation], strict=True)
            if not scores:
                scores = dict(found)
                continue
            for doc, score in found:
                scores[doc] = scores.get(doc, 0.0) + score
        return {doc: int(score * SCALE) for doc, score in scores.items()}


class _Saturation(dict[tuple[int, int], float]):
    """What a frequency (less one) in a field of such a length (its byte) counts, before its word's weight."""

    def __init__(self, norms: Sequence[float]) -> None:
        super().__init__()
        self._norms = norms

    def __missing__(self, key: tuple[int, int]) -> float:
        extra, byte = key
        value = self[key] = (extra + 1) * (_K1 + 1) / (extra + 1 + self._norms[byte])
        return value
