"""Saved HTML made into a record: metadata, body, comments."""

from __future__ import annotations

from backfile.importer.html.comments import Found, read_comments
from backfile.importer.html.page import HtmlPage


def comments_of(page: HtmlPage) -> Found:
    """The comments of a page."""
    return read_comments(
        page.root, base=page.base, language=page.language, captured=page.captured, forum=page.forum
    )
