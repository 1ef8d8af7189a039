"""Finds articles that have one text and two ids: saved from two addresses, or once with and once without its own."""

from __future__ import annotations

from collections.abc import Iterator

from backfile.importer.doubts import Doubt
from backfile.importer.drafts import is_draft
from backfile.importer.identity import article_id
from backfile.importer.images.placeholder import without_placeholders
from backfile.importer.pairing import PERHAPS
from backfile.importer.shingles import containment, digests, fold
from backfile.importer.writer import ContentFolder
from backfile.markdown import paragraphs_of
from backfile.model import Article, Source

_WORDS = 40
"""A beginning of fewer words may be that of many articles."""
_PARAGRAPHS = 3


class Openings:
    """By how articles of an import begin: which was the first to do so."""

    def __init__(self, folder: ContentFolder) -> None:
        self._folder = folder
        self._ids: dict[str, str] = {}
        self._latest: tuple[str, set[int]] = ("", set())
        self._told: set[str] = set()

    def doubt_of(self, article: Article) -> Doubt | None:
        """What to tell of an article that begins like another, and may be a copy of it."""
        beginning = paragraphs_of(without_placeholders(article.body))[:_PARAGRAPHS]
        if is_draft(article) or sum(len(paragraph.split()) for paragraph in beginning) < _WORDS:
            return None
        opening = article_id("", beginning)  # what a text without an address would be called
        other = self._ids.setdefault(opening, article.id)
        if other == article.id:
            other = opening if opening != article.id and self._folder.place_of(opening) else ""
        sure = containment(self._text_of(other), digests(fold(article.body))) if other else 0.0
        if sure < PERHAPS:
            return None
        place = self._folder.place_of(other)
        return Doubt(
            "merge", round(sure, 4), f"begins like {place}, which has another address or none: one may be a copy"
        )

    def made_alone(self, article: Article) -> Iterator[str]:
        """What to tell of articles that earlier imports made of an article's sources, when these came one by one."""
        if len(article.sources) < 2:
            return
        ours = {source.sha256 for source in article.sources}
        for identity in dict.fromkeys(self._folder.id_of((source,)) for source in article.sources):
            known = self._folder.read(identity) if identity != article.id else None
            if known is not None and ours.issuperset(source.sha256 for source in known.sources):
                names = ", ".join(source.name for source in known.sources)
                place = self._folder.place_of(identity)
                yield f"an earlier import made a second article of {names} alone: remove {place}"

    def read_as_text(self, export: Source) -> Iterator[str]:
        """What to tell, once, of an article that an earlier version made of an export, which it took for one text."""
        if export.sha256 in self._told:
            return
        self._told.add(export.sha256)
        identity = self._folder.id_of((export,))
        known = self._folder.read(identity)
        if known and known.split.method == "text" and {one.sha256 for one in known.sources} == {export.sha256}:
            place = self._folder.place_of(identity)
            yield f"an earlier version took {export.name} for one text and made an article of it: remove {place}"

    def _text_of(self, identity: str) -> set[int]:
        """The digests of an article's text, of the latest read: very many may begin like one that is large."""
        if self._latest[0] != identity:
            known = self._folder.read(identity)
            self._latest = identity, digests(fold(known.body)) if known else set()
        return self._latest[1]
