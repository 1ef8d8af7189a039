"""The thin adapter to Pelican: hands every published article to the index when the site is written."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican import signals

from backfile.markdown import html_text
from backfile.search import index
from backfile.search.articles import document_of
from backfile.search.document import SearchDocument

log = logging.getLogger(__name__)


class _Published:
    """The articles of the build that runs, as documents; can be gone through again."""

    def __init__(self) -> None:
        self._articles: list[Any] = []

    def collect(self, generators: Any) -> None:
        """Takes the articles of all generators that have any; translations and the undated too."""
        self._articles = []
        for generator in generators:
            for name in ("articles", "translations"):
                self._articles += getattr(generator, name, ())
            self._articles += filter(_is_undated, getattr(generator, "hidden_articles", ()))

    def __iter__(self) -> Iterator[SearchDocument]:
        for article in self._articles:
            view = getattr(article, "archive", None)
            if view is None or not hasattr(view, "model"):
                yield SearchDocument(
                    url=article.url,
                    title=html_text(str(article.title)),
                    body=html_text(str(article.content)),
                    language=str(getattr(article, "lang", "")),
                )
            else:
                anchors = {comment.id: comment.anchor for comment in view.thread.flat}
                yield document_of(view.model, str(article.url), anchors)


def _is_undated(article: Any) -> bool:
    undated = getattr(getattr(article, "archive", None), "undated", False)
    return bool(undated) and article.status == "published"


_published = _Published()


def collect(generators: Any) -> None:
    """Remembers the articles, now that every plugin has had its turn with them."""
    _published.collect(generators)


def write(pelican: Any) -> None:
    """Brings `search/` in the output up to date."""
    language = str(pelican.settings.get("DEFAULT_LANG") or "en")
    report = index.update(Path(pelican.output_path) / "search", _published, language=language)
    if report.rebuilt:
        log.warning("The search index was built afresh: %s", report.rebuilt)
    for warning in report.warnings:
        log.warning("Search: %s", warning)
    log.info(
        "Search: %d added, %d changed, %d removed, %d as before, in %d segments",
        report.added,
        report.changed,
        report.removed,
        report.unchanged,
        report.segments,
    )


def register() -> None:
    """Connects to Pelican's signals."""
    signals.all_generators_finalized.connect(collect)
    signals.finalized.connect(write)
