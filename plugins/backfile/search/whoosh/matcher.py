"""Matchers over our posting lists, as Whoosh's queries ask for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from whoosh.matching import Matcher, ReadTooFar
from whoosh.query.spans import Span

from backfile.search.codec import LENGTHS, Cursor
from backfile.search.postings import Postings


class ListedMatcher(Matcher):  # type: ignore[misc]
    """Steps through ascending document numbers; each scores the same."""

    def __init__(self, docs: Sequence[int], score: float = 1.0) -> None:
        self._docs = docs
        self._score = score
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> Matcher:
        copied = self.__class__.__new__(self.__class__)
        copied.__dict__.update(self.__dict__)
        return copied

    def id(self) -> int:
        # Some of Whoosh's span matchers ask once more after the last document.
        return self._docs[min(self._at, len(self._docs) - 1)]

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, id: int) -> bool:  # noqa: A002 - Whoosh's name
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._docs, id, self._at)
        return True

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at :])

    def supports(self, _astype: str) -> bool:
        return False

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return self._score

    def weight(self) -> float:
        return 1.0

    def score(self) -> float:
        return self._score

    def replace(self, minquality: float = 0) -> Matcher:  # noqa: ARG002 - Whoosh's name
        return self


class PostingsMatcher(ListedMatcher):
    """The documents of one key in one field, with frequencies and positions."""

    def __init__(
        self,
        term: tuple[str, bytes],
        postings: Postings,
        load_positions: Callable[[], Postings],
        scorer: Any,
    ) -> None:
        super().__init__(postings.docs)
        self._term = term
        self._postings = postings
        self._load_positions = load_positions
        self._starts: list[int] = []
        self._scorer = scorer

    def term(self) -> tuple[str, bytes]:
        return self._term

    def term_matchers(self) -> Iterator[Matcher]:
        yield self

    def matching_terms(self, id: int | None = None) -> Iterator[tuple[str, bytes]]:  # noqa: A002
        if self.is_active() and (id is None or self.id() == id):
            yield self._term

    def is_leaf(self) -> bool:
        return True

    def weight(self) -> float:
        return float(self._postings.extra[self._at] + 1) if self._postings.extra else 1.0

    def length(self) -> int:
        """The field's length in this document, as the scorer takes it."""
        return LENGTHS[self._postings.lengths[self._at]]

    def score(self) -> float:
        return float(self._scorer.score(self)) if self._scorer else self.weight()

    def max_quality(self) -> float:
        return float(self._scorer.max_quality()) if self._scorer else float("inf")

    def supports(self, astype: str) -> bool:
        return astype == "positions" and bool(self._postings.lengths)

    def value_as(self, astype: str) -> list[int]:
        if not self.supports(astype):
            raise ValueError(f"postings of {self._term} have no {astype}")
        if not self._starts:
            self._postings = self._load_positions()
            self._starts = self._postings.starts()
        start, end = self._starts[self._at], self._starts[self._at + 1]
        cursor = Cursor(self._postings.positions, start, end)
        return cursor.gaps(self._postings.extra[self._at] + 1)

    def spans(self) -> list[Any]:
        return [Span(position) for position in self.value_as("positions")]
