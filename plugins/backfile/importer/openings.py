"""Finds articles that have one text and two ids: saved from two addresses, or once with and once without its own."""

from __future__ import annotations

from backfile.importer.doubts import Doubt
from backfile.importer.drafts import is_draft
from backfile.importer.identity import article_id
from backfile.importer.images.placeholder import without_placeholders
from backfile.importer.pairing import PERHAPS
from backfile.importer.shingles import containment, digests, fold
from backfile.importer.writer import ContentFolder
from backfile.markdown import paragraphs_of
from backfile.model import Article

_WORDS = 40
"""A beginning of fewer words may be that of many articles."""
_PARAGRAPHS = 3


class Openings:
    """By how articles of an import begin: which was the first to do so."""

    def __init__(self, folder: ContentFolder) -> None:
        self._folder = folder
        self._ids: dict[str, str] = {}
        self._latest: tuple[str, set[int]] = ("", set())

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

    def _text_of(self, identity: str) -> set[int]:
        """The digests of an article's text, of the latest read: very many may begin like one that is large."""
        if self._latest[0] != identity:
            known = self._folder.read(identity)
            self._latest = identity, digests(fold(known.body)) if known else set()
        return self._latest[1]
