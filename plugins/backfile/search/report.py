"""What a change of the index did, for whoever has to tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """What an update did: numbers of documents, and what has to be told."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    segments: int = 0
    purged: int = 0
    rebuilt: str = ""
    warnings: list[str] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    """Of each document that is searched as a whole, by URL."""
