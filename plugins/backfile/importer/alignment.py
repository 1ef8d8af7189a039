"""Aligns two extracts of one page on their words, and reads off what is article and what is not.

Which words of one extract stand in the other is decided by runs of `SIZE` words, each run of the other
used up once and in order: so joined or cut paragraphs, straightened quotes, swapped order and dropped
paragraphs do no harm, and a comment that quotes the article stays a comment, since the article itself
has used its words first. A paragraph is common when most of its words are, or when paragraphs of the other stand in it
whole, in their place: then it says what those say, and more.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from backfile.importer.shingles import SIZE, fold, shingles

COMMON = 0.6
"""The share of a paragraph's words that must stand in the other extract."""
_WHOLE = 0.9
"""The share of a paragraph's words that must stand in one of the other extract, for all of it to be there."""
_HELD = 0.2
"""The share of a paragraph that those must be which stand in it whole, unless both of its neighbours agree."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """One extract seen beside the other: for each paragraph the share of its words found there (0 to 1),
    the paragraph of the other in which most of them stand, or None, and those of the other that it holds whole
    and says more than."""

    paragraphs: tuple[str, ...]
    shares: tuple[float, ...]
    partners: tuple[int | None, ...]
    held: tuple[range, ...] = ()

    @property
    def common(self) -> tuple[bool, ...]:
        """For each paragraph, whether both extracts have it."""
        held = self.held or (range(0),) * len(self.shares)
        return tuple(share >= COMMON or bool(inside) for share, inside in zip(self.shares, held, strict=True))

    def span(self) -> tuple[int, int]:
        """Where the common text begins and ends: (first common paragraph, one past the last)."""
        flags = self.common
        if True not in flags:
            return 0, 0
        return flags.index(True), len(flags) - flags[::-1].index(True)


def align(one: Sequence[str], other: Sequence[str]) -> tuple[Aligned, Aligned]:
    """Both extracts, each seen beside the other. Linear in their words."""
    seen, beside = _see(one, other), _see(other, one)
    return replace(seen, held=tuple(_held(seen, beside))), replace(beside, held=tuple(_held(beside, seen)))


def _held(seen: Aligned, beside: Aligned) -> Iterator[range]:
    """For each paragraph those of the other that stand in it whole, next to what its neighbour has in common with them.

    Without a neighbour that agrees, a comment that quotes the title would pass for the beginning of the article.
    """
    inside: dict[int, list[int]] = defaultdict(list)
    for number, (partner, share) in enumerate(zip(beside.partners, beside.shares, strict=True)):
        if partner is not None and share >= _WHOLE:
            inside[partner].append(number)
    for number, share in enumerate(seen.shares):
        found = inside.get(number, [])
        together = bool(found) and found[-1] - found[0] + 1 == len(found)
        if together and share < 1 and _agreeing(seen, number, found) >= (1 if share >= _HELD else 2):
            yield range(found[0], found[-1] + 1)
        else:
            yield range(0)


def _agreeing(seen: Aligned, number: int, found: Sequence[int]) -> int:
    """How many of the paragraphs before and after stand beside those in the other extract as well."""
    sides = ((number - 1, found[0] - 1), (number + 1, found[-1] + 1))
    return sum(
        0 <= neighbour < len(seen.shares) and seen.shares[neighbour] >= COMMON and seen.partners[neighbour] == beside
        for neighbour, beside in sides
    )


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
