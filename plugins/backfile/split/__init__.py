"""Finds where an article ends and its comments begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SplitResult:
    """Where the first comment paragraph is (None: there is none), and how sure that is (0 to 1)."""

    boundary: int | None
    confidence: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment among paragraphs; `known` is False when nothing tells single comments apart."""

    paragraphs: tuple[str, ...]
    author: str = ""
    date: str = ""
    date_text: str = ""
    known: bool = True


def split(paragraphs: Sequence[str]) -> SplitResult:  # noqa: ARG001
    """Provisional: never splits, and is never sure. The model takes its place."""
    return SplitResult(None, 0.0, doubtful=True)


def separate(paragraphs: Sequence[str]) -> list[FoundComment]:
    """Provisional: tells no comments apart."""
    return [FoundComment(tuple(paragraphs), known=False)]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands round an article's body: `body_start` and `body_end` bound the body's paragraphs."""

    title: str
    standfirst: str
    authors: tuple[str, ...]
    date: str
    author_note: str
    body_start: int
    body_end: int
    guessed: tuple[str, ...] = ()


def parse_furniture(paragraphs: Sequence[str]) -> Furniture:
    """Provisional: everything is body."""
    return Furniture("", "", (), "", "", 0, len(paragraphs))
