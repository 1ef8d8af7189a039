"""What is asked of an article that is shown: Pelican's object with our view attached as `archive`."""

from __future__ import annotations

from typing import Any, Protocol


class Shown(Protocol):
    """An article as the archive's pages see it."""

    archive: Any
    url: str
    title: str
