"""The articles of each author, section and tag, those without a date among them.

Names that are written in several ways (`Politics`, `politics`) have one address and are one shelf, on which an article
stands once, whichever of them it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

Shelves = dict[Any, list[Any]]


def fill_shelves(undated: Iterable[Any], authors: Shelves, categories: Shelves, tags: Shelves) -> None:
    """Puts the articles that Pelican hides, since they have no date, behind the others; each once on a shelf."""
    for article in undated:
        for author in getattr(article, "authors", []):
            authors.setdefault(author, []).append(article)
        if hasattr(article, "category"):
            categories.setdefault(article.category, []).append(article)
        for tag in getattr(article, "tags", []):
            tags.setdefault(tag, []).append(article)
    for shelf in (*authors.values(), *tags.values()):
        # An article's names are put on shelves one after the other, so what stands there twice stands side by side.
        if any(one is other for one, other in pairwise(shelf)):
            shelf[1:] = [other for one, other in pairwise(shelf) if one is not other]
