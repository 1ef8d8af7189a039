"""What an article is called: its title and the names of its authors as they are written here, and its id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from backfile import __version__
from backfile.importer.aliases import with_names
from backfile.importer.drafts import is_draft
from backfile.importer.identity import ID_LENGTH, NO_ID, article_id, digest_id, id_of_rest, is_first_page
from backfile.importer.images.placeholder import without_placeholders
from backfile.importer.originals import Originals
from backfile.importer.record import Record
from backfile.importer.titles import with_title
from backfile.importer.writer import ContentFolder
from backfile.markdown import paragraphs_of
from backfile.model import Article

_OWN_ID = re.compile(rf"[a-z2-7]{{{ID_LENGTH}}}")


class Naming:
    """Names articles; those that are in the content folder already stay what they are called there."""

    def __init__(self, folder: ContentFolder, originals: Originals, aliases: Mapping[str, str]) -> None:
        self._folder = folder
        self._originals = originals
        self._aliases = aliases

    def named(self, article: Article, record: Record) -> Article:
        """The article with a title and its id: its own, or made of its address, its source's id, its text."""
        article = with_names(with_title(article), self._aliases)
        if not record.exported:
            article = replace(article, tool=f"Backfile {__version__}")
        if record.paragraphs:
            found = self._folder.id_of(article.sources) or _apart_from_public(article, article.id)
            return replace(article, id=self._of_rest(article, record) if found == NO_ID else found)
        if _OWN_ID.fullmatch(article.id) or (record.exported and article.id):
            return article
        if article.id and not article.url:
            return replace(article, id=digest_id(f"id {article.id}"))
        found = article_id(self._telling_address(article, record), paragraphs_of(without_placeholders(article.body)))
        if found == NO_ID:
            return replace(article, id=self._of_rest(article, record))
        return replace(article, id=self._known_as(record) or _apart_from_public(article, found))

    def _telling_address(self, article: Article, record: Record) -> str:
        """An article's address, unless it is what some sites declare of every page: their own."""
        is_of_site = bool(article.body) and is_first_page(article.url) and not self._originals.is_export(record.source)
        return "" if is_of_site else article.url

    def _of_rest(self, article: Article, record: Record) -> str:
        """The id of an article without address and text: what it has been called, else one of what else it has."""
        title = "" if "title" in article.guessed else article.title
        first = next((comment.body for comment in article.comments), "")
        return self._known_as(record) or id_of_rest(title, first, record.source.sha256)

    def _known_as(self, record: Record) -> str:
        """The id that an article of this source alone has been given: it stays, however ids are made today."""
        # An export's digest is that of all its records.
        return "" if self._originals.is_export(record.source) else self._folder.id_of((record.source,))


def _apart_from_public(article: Article, found: str) -> str:
    """An id; that of a draft is not the one of what it became, which would else be hidden as a copy of it."""
    return digest_id(f"draft {found}") if is_draft(article) and found != NO_ID else found
