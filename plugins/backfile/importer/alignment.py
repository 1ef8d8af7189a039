"""Aligns two extracts of one page on their words, and reads off what is article and what is not.

Which words of one extract stand in the other is decided by runs of `SIZE` words, each run of the other
used up once and in order: so joined or cut paragraphs, straightened quotes, swapped order and dropped
paragraphs do no harm, and a comment that quotes the article stays a comment, since the article itself
has used its words first. A paragraph is common when most of its words are.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from backfile.importer.shingles import SIZE, fold, shingles

COMMON = 0.6
"""The share of a paragraph's words that must stand in the other extract."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """One extract seen beside the other: for each paragraph the share of its words found there (0 to 1),
    and the paragraph of the other in which most of them stand, or None."""

    paragraphs: tuple[str, ...]
    shares: tuple[float, ...]
    partners: tuple[int | None, ...]

    @property
    def common(self) -> tuple[bool, ...]:
        """For each paragraph, whether both extracts have it."""
        return tuple(share >= COMMON for share in self.shares)

    def span(self) -> tuple[int, int]:
        """Where the common text begins and ends: (first common paragraph, one past the last)."""
        flags = self.common
        if True not in flags:
            return 0, 0
        return flags.index(True), len(flags) - flags[::-1].index(True)


def align(one: Sequence[str], other: Sequence[str]) -> tuple[Aligned, Aligned]:
    """Both extracts, each seen beside the other. Linear in their words."""
    return _see(one, other), _see(other, one)


def _see(seen: Sequence[str], beside: Sequence[str]) -> Aligned:
    words = [fold(paragraph) for paragraph in seen]
    flat = [word for paragraph in words for word in paragraph]
    partner_of_word = _partners_of_words(flat, [fold(paragraph) for paragraph in beside])
    shares: list[float] = []
    partners: list[int | None] = []
    short = _short_paragraphs(beside)
    at = 0
    for paragraph in words:
        here = [partner for partner in partner_of_word[at : at + len(paragraph)] if partner is not None]
        at += len(paragraph)
        if len(paragraph) < SIZE and (waiting := short.get(tuple(paragraph))):
            here = [waiting.popleft()] * len(paragraph)
        shares.append(len(here) / len(paragraph) if paragraph else 0.0)
        counts = Counter(here)
        partners.append(max(counts, key=lambda partner: (counts[partner], -partner)) if here else None)
    return Aligned(tuple(seen), tuple(shares), tuple(partners))


def _partners_of_words(flat: Sequence[str], beside: Sequence[Sequence[str]]) -> list[int | None]:
    """For each word, the paragraph of the other extract that a run through it stands in."""
    owner = [number for number, paragraph in enumerate(beside) for _ in paragraph]
    unused: dict[str, deque[int]] = defaultdict(deque)
    for at, shingle in enumerate(shingles([word for paragraph in beside for word in paragraph])):
        unused[shingle].append(at)
    partners: list[int | None] = [None] * len(flat)
    for at, shingle in enumerate(shingles(flat)):
        if places := unused.get(shingle):
            start = places.popleft()
            for step in range(SIZE):
                if partners[at + step] is None:
                    partners[at + step] = owner[start + step]
    return partners


def _short_paragraphs(paragraphs: Sequence[str]) -> dict[tuple[str, ...], deque[int]]:
    """Paragraphs too short for a run of words, which match only whole."""
    short: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for number, paragraph in enumerate(paragraphs):
        words = tuple(fold(paragraph))
        if 0 < len(words) < SIZE:
            short[words].append(number)
    return short
