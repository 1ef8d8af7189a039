"""Makes one text of several extracts of a page: what they share is article, what only one tail has is not.

    extract A:            body body body | comment comment
    extract B: title lead body body body | author note
                          ^^^^^^^^^^^^^^ aligned

Heads come before the body. A tail that speaks of the author is the article's; the rest of a tail is
its readers'. Extracts are folded in one after the other; the result does not depend on file names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backfile.importer.alignment import Aligned, align

_NOTE_WORDS = 80
_BIOGRAPHY = re.compile(
    r"\b(?:is|was|are) (?:an?|the|our|editor|author)\b.{0,80}\b(?:editor|reporter|writer|journalist|columnist"
    r"|correspondent|author|critic|contributor|professor|fellow|director)\b"
    r"|\b(?:covers|writes (?:about|for|from)|reports (?:on|from|for)|can be reached at)\b"
    r"|\bfollow (?:him|her|them)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the number of the extract it was taken from."""

    text: str
    extract: int


@dataclass(frozen=True, slots=True)
class Merged:
    """One page of several extracts: the article's head, body and author notes, and its readers' paragraphs.

    Of a single extract all is body. `confidence` (0 to 1) is the share of the body that the extracts
    have in common; None when only one was given.
    """

    head: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    notes: tuple[Paragraph, ...] = ()
    comments: tuple[Paragraph, ...] = ()
    confidence: float | None = None

    @property
    def article(self) -> tuple[Paragraph, ...]:
        """Head, body and notes."""
        return (*self.head, *self.body, *self.notes)


def merge(extracts: Sequence[Sequence[str]], authors: Sequence[str]) -> Merged:
    """Folds extracts of one page, in a fixed order, into one; `authors` are the names known so far."""
    first, *others = extracts
    merged = Merged((), tuple(Paragraph(text, 0) for text in first))
    for number, other in enumerate(others, 1):
        merged = _fold(merged, tuple(Paragraph(text, number) for text in other), authors)
    return merged


def is_author_note(text: str, authors: Sequence[str]) -> bool:
    """True for a paragraph that tells of the author: named in it, or described as writers are."""
    if len(text.split()) > _NOTE_WORDS:
        return False
    opening = " ".join(text.split()[:8]).casefold()
    named = any(name.casefold() in opening for name in authors)
    return named or (text[:1].isupper() and not text.endswith("?") and bool(_BIOGRAPHY.search(text)))


def _fold(merged: Merged, other: tuple[Paragraph, ...], authors: Sequence[str]) -> Merged:
    ours, theirs = align([p.text for p in merged.article], [p.text for p in other])
    base, extra = (merged.article, ours), (other, theirs)
    if _worth(theirs) > _worth(ours):
        base, extra = extra, base
    body = _interleave(*base, *extra)
    tails = [_tail(*base, authors), _tail(*extra, authors)]
    heads = [paragraphs[: aligned.span()[0]] for paragraphs, aligned in (base, extra)]
    notes = _distinct([note for tail in tails for note in tail[0]])
    comments = _distinct([*merged.comments, *(comment for tail in tails for comment in tail[1])])
    return Merged(
        head=_head(heads, (base[1], extra[1])),
        body=tuple(body),
        notes=tuple(notes),
        comments=tuple(comments),
        confidence=min(_agreement(base[1]), 1.0 if merged.confidence is None else merged.confidence),
    )


def _head(heads: Sequence[tuple[Paragraph, ...]], alignments: Sequence[Aligned]) -> tuple[Paragraph, ...]:
    """The longer of two heads, and after it those lines of the other that say what is nowhere in it."""
    longer = max(range(len(heads)), key=lambda at: len(heads[at]))
    other = 1 - longer
    common = alignments[other].common
    return (*heads[longer], *(line for at, line in enumerate(heads[other]) if not common[at]))


def _worth(aligned: Aligned) -> tuple[int, int]:
    """How good an extract is as the base: paragraphs in the common text, then paragraphs above it."""
    start, end = aligned.span()
    return end - start, start


def _agreement(aligned: Aligned) -> float:
    """The share of the common text's paragraphs, from the first to the last, that the other has too."""
    start, end = aligned.span()
    shares = aligned.shares[start:end]
    return round(min(0.99, sum(shares) / len(shares)), 4) if shares else 0.0


def _interleave(
    base: tuple[Paragraph, ...], aligned: Aligned, extra: tuple[Paragraph, ...], beside: Aligned
) -> list[Paragraph]:
    """The base's common text, with paragraphs that only the other has put after their neighbours.

    One of the other that holds some of the base whole, and says more, stands in their place.
    """
    start, end = aligned.span()
    after: dict[int, list[Paragraph]] = {}
    instead: dict[int, list[Paragraph]] = {}
    neighbour = start
    first, last = beside.span()
    common = beside.common
    for number in range(first, last):
        partner = beside.partners[number]
        held = beside.held[number]
        if held and start <= held[0] and held[-1] < end and instead.keys().isdisjoint(held):
            instead.update((place, [extra[number]] if place == held[0] else []) for place in held)
            neighbour = held[-1]
        elif common[number] and partner is not None:
            neighbour = min(max(partner, start), end - 1)
        elif not common[number]:
            after.setdefault(neighbour, []).append(extra[number])
    return [item for at in range(start, end) for item in (*instead.get(at, [base[at]]), *after.get(at, []))]


def _tail(
    paragraphs: tuple[Paragraph, ...], aligned: Aligned, authors: Sequence[str]
) -> tuple[list[Paragraph], list[Paragraph]]:
    """What follows the common text: (notes of the author at its start, readers' paragraphs)."""
    tail = paragraphs[aligned.span()[1] :]
    count = 0
    while count < len(tail) and is_author_note(tail[count].text, authors):
        count += 1
    return list(tail[:count]), list(tail[count:])


def _distinct(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs without those that an earlier extract already gave, word for word."""
    known: dict[str, int] = {}
    return [p for p in paragraphs if known.setdefault(p.text, p.extract) == p.extract]
