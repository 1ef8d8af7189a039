"""What one comment's markup says of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What one comment's markup says, before the thread is put together. Empty means not said."""

    identity: str
    author: str
    author_url: str
    when: str
    moment: str
    body: str
    permalink: str
    kind: str
    parent: str
    depth: int | None
    subject: str = ""
