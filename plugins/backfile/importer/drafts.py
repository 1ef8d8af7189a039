"""Articles that were never public: kept and told of, with a status that keeps them off every page."""

from __future__ import annotations

from dataclasses import replace

from backfile.importer.record import Record
from backfile.model import Article

STATUS = ("Status", "skip")
"""Pelican's: the file stays, and nothing of it is built."""


def as_draft(record: Record, why: str) -> Record:
    """The record of an article that was never public; `why` says how that is known."""
    article = replace(record.article, extra=(*record.article.extra, STATUS))
    note = f"a draft: {why}; kept, and on no page until its line '{': '.join(STATUS)}' is taken out"
    return replace(record, article=article, notes=(*record.notes, note))


def is_draft(article: Article) -> bool:
    """True for what was imported as never public, or made so by hand."""
    return STATUS in article.extra
