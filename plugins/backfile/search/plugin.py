"""The thin adapter to Pelican: hands every published article to the index when the site is written."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import Generator

from backfile.markdown import html_text
from backfile.search.articles import document_of
from backfile.search.document import SearchDocument, UnreadDocument, clean
from backfile.search.report import Report
from backfile.takedown.rules import Rules

if TYPE_CHECKING:
    from backfile.search.change import Offered

log = logging.getLogger(__name__)

_REMEMBERED, _SHARDS = "search", "shards"
_NAME, _MANIFEST = "backfile.search", "search/manifest.js"


class _Published:
    """The articles of the build that runs, as documents; can be gone through again.

    With `backfile.build`, an article that it remembers and that the index has is not read: its `_digest` stands
    for its file, the session's `key` for all else that a document is made from.
    """

    def __init__(self, context: Mapping[str, Any], session: Any) -> None:
        self._articles: list[Any] = [*context["articles"], *filter(_is_undated, context["hidden_articles"])]
        known = {id(article) for article in self._articles}
        for article in context["articles"]:
            self._articles += [other for other in article.translations if id(other) not in known]
            known.update(map(id, article.translations))
        # The oldest first, as they stand in the index: so what was read before need not wait on the disk for the rest.
        self._articles.reverse()
        self._session: Any = session if hasattr(session, "is_as_found") else None
        self._known: dict[str, tuple[str, bytes]] = {}
        self._made: dict[str, str] = {}

    def recall(self) -> None:
        """Reads what the last build knew: by URL, the digest of an article and that of the document made of it."""
        if self._session is not None:
            self._known = self._session.recall(_REMEMBERED) or {}

    def remember(self, digests: Mapping[str, bytes]) -> None:
        """Writes what the next build may know, now that the digests of the documents are known."""
        if self._session is not None:
            made = self._made.items()
            known = {url: (article, digests[url]) for url, article in made if article and url in digests}
            if known != self._known:
                self._session.remember(_REMEMBERED, known)

    def __iter__(self) -> Iterator[Offered]:
        self._made = {}
        for article in self._articles:
            url, digest = clean(str(article.url)), self._digest(article)
            known, document = self._known.get(url, ("", b""))
            self._made.setdefault(url, digest)
            load = functools.partial(self._read, article, url, digest)
            if digest and known == digest:
                yield UnreadDocument(url, document, load)
            else:
                yield load()

    def _read(self, article: Any, url: str, digest: str) -> SearchDocument:
        document = _document(article)
        # A file that changed while the build went on is not the one that the digest stands for.
        if digest and self._made[url] == digest and not self._session.is_as_found(article.source_path):
            self._made[url] = ""
        return document

    def _digest(self, article: Any) -> str:
        """The digest of an article that `backfile.build` remembers; empty when nothing is certain."""
        inside = vars(article)
        if self._session is None or "archive" not in inside or "archive" in inside.get("_changed", ()):
            return ""
        return str(inside.get("_digest", ""))


def _document(article: Any) -> SearchDocument:
    view = getattr(article, "archive", None)
    if view is None or not hasattr(view, "model"):
        return SearchDocument(
            url=article.url,
            title=html_text(str(article.title)),
            body=html_text(str(article.content)),
            language=str(getattr(article, "lang", "")),
        )
    return document_of(view.model, str(article.url), view.anchors)


def _is_undated(article: Any) -> bool:
    undated = getattr(getattr(article, "archive", None), "undated", False)
    return bool(undated) and article.status == "published"


class SearchGenerator(Generator):  # type: ignore[misc]  # Pelican carries no types
    """Brings `search/` in the output up to date, beside the pages where `backfile.build` has processes for it."""

    def refresh_metadata_intersite_links(self) -> None:
        """Begins. Pelican calls this once every article is known, before the first page is made."""
        session: Any = getattr(self, "session", None)
        published = _Published(self.context, session)
        work = functools.partial(self._update, published)
        self._result = session.aside(work) if hasattr(session, "aside") else functools.cache(work)

    def generate_output(self, _writer: Any) -> None:
        """Waits until the index is written, and says what became of it."""
        _tell(Report(**self._result()))

    def _rules(self) -> Rules:
        """The site's takedowns, as the reader of articles has them; none where another reader reads."""
        readers: Any = self.readers.readers.values()
        return next((reader.rules for reader in readers if isinstance(getattr(reader, "rules", None), Rules)), Rules())

    def _update(self, published: _Published) -> dict[str, Any]:
        # Large modules, which a build in which nothing changed does not need.
        from backfile.search import index
        from backfile.search.change import keep_all
        from backfile.search.intact import shard_stamps, take_out_damaged
        from backfile.search.purge import Withheld

        folder, language = Path(self.output_path) / "search", str(self.settings.get("DEFAULT_LANG") or "en")
        published.recall()
        lists = ("articles", "hidden_articles", "drafts")
        every = (other for name in lists for one in self.context[name] for other in (one, *one.translations))
        withheld = Withheld(every, self._rules())
        session: Any = getattr(self, "session", None)
        remembers = hasattr(session, "recall")
        before = (session.recall(_SHARDS) or {}) if remembers else {}
        now = take_out_damaged(folder, session.seen_in, before) if remembers else {}
        report = index.update(folder, published, language=language, purge=withheld or keep_all)
        published.remember(report.digests)
        if remembers:
            after = shard_stamps(folder, session.look_in, now)
            if before != after:
                session.remember(_SHARDS, after)
            session.wrote(_NAME, [_MANIFEST, *(f"search/x/{part}/{name}" for part in after for name in after[part])])
        return asdict(replace(report, digests={}))


def _tell(report: Report) -> None:
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


def generators(_pelican: Any) -> type:
    """Our generator, for Pelican to make."""
    return SearchGenerator
