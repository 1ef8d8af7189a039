"""What a search gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. `partial`: it has some of the words, not all."""

    number: int
    score: float
    url: str
    title: str
    date: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The first hits, and how many there are: in all, and with all that was asked for."""

    total: int
    exact: int
    hits: tuple[Hit, ...]
