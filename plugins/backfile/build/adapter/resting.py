"""Generators of a build in which nothing changed: they know how long their lists are, and do nothing."""

from __future__ import annotations

from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator

from backfile.build.adapter.session import Session


class _Resting:
    """A generator that does nothing."""

    session: Session
    at: int

    def __init__(self, **_named: Any) -> None:
        counts = self.session.standing or {}
        for name, length in counts["lengths"][self.at].items():
            setattr(self, name, range(length))

    def _nothing(self, *_arguments: Any) -> None:
        pass

    generate_context = generate_output = check_disabled_readers = refresh_metadata_intersite_links = _nothing


class RestingArticles(_Resting, ArticlesGenerator):  # type: ignore[misc]
    """In the place of the generator of articles."""

    at = 0


class RestingPages(_Resting, PagesGenerator):  # type: ignore[misc]
    """In the place of the generator of pages."""

    at = 1


RESTING = (RestingArticles, RestingPages)
