"""Pieces of pages that are made once: an article's entry stands in the lists of its section, its tags, its month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Once:
    """For templates: `once(macro, SITEURL, article, ...)` is `macro(article, ...)`, kept as long as the build goes on.

    What the macro gives may depend on the article, the other arguments, SITEURL and the settings alone: on nothing
    else of the page, and nothing of the archive, since a page that gets what was kept is not seen to ask for it.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[Any, Any]] = {}

    def __call__(self, macro: Callable[..., Any], site: str, article: Any, *others: object) -> Any:
        """What the macro gives, or gave."""
        # The article is kept beside it, so that no other object can get its identity.
        key = (getattr(macro, "name", macro), site, id(article), others)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = (macro(article, *others), article)
        return kept[0]
