"""The archive to take away: JSON Lines that import back to the same archive, and tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from backfile.browse.facts import Facts
from backfile.markdown import plain_text
from backfile.model import Article, Comment

ARTICLE_COLUMNS = (
    "id page url title standfirst authors published modified captured section tags language words comments"
).split()
COMMENT_COLUMNS = "article id parent author author_url date kind language text".split()
# A spreadsheet takes a cell that begins like this for a formula, and obeys it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def json_line(article: Article, page: str) -> str:
    """An article with its comments as one line (`docs/downloads.md`); `page` is its path in the archive.

    `commonmark` is the text as it is kept, and what an import takes; `text` is the same as plain words.
    """
    record: dict[str, object] = {
        "id": article.id,
        "page": page,
        "slug": article.slug,
        "url": article.url,
        "title": article.title,
        "standfirst": article.standfirst,
        "authors": article.authors,
        "published": article.published,
        "modified": article.modified,
        "captured": article.captured,
        "section": article.section,
        "tags": article.tags,
        "language": article.language,
        "text": plain_text(article.body),
        "commonmark": article.body,
        "author_note": article.author_note,
        "guessed": article.guessed,
        "split": {"method": article.split.method, "confidence": article.split.confidence}
        if article.split.method
        else {},
        "sources": [{"name": s.name, "sha256": s.sha256, "parts": s.parts} for s in article.sources],
        "tool": article.tool,
        "extra": article.extra,
        "comments": [_comment(comment) for comment in article.comments],
    }
    kept = {key: value for key, value in record.items() if value or key in ("text", "commonmark", "comments")}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def _comment(comment: Comment) -> dict[str, str]:
    if comment.removed:
        gone = {"id": comment.id, "parent": comment.parent, "removed": comment.removed}
        return {key: text for key, text in gone.items() if text}
    record = {
        "id": comment.id,
        "parent": comment.parent,
        "author": comment.author,
        "author_url": comment.author_url,
        "date": comment.date,
        "kind": "" if comment.kind == "comment" else comment.kind,
        "language": comment.language,
        "text": plain_text(comment.body),
        "commonmark": comment.body,
    }
    return {key: value for key, value in record.items() if value or key in ("text", "commonmark")}


def article_rows(articles: Iterable[tuple[Any, str, Facts]], *, head: bool = True) -> str:
    """A table of articles, as lists see them, and the paths of their pages (CSV, RFC 4180); no text is read for it."""
    rows: list[Sequence[object]] = [
        [
            *(article.id, page, facts.url, article.title, article.standfirst, _several(article.authors)),
            *(facts.published, facts.modified, facts.captured, article.section, _several(article.tags)),
            *(article.language, facts.words, facts.comments),
        ]
        for article, page, facts in articles
    ]
    return _table([ARTICLE_COLUMNS, *rows] if head else rows)


def comment_rows(articles: Iterable[Article], *, head: bool = True) -> str:
    """A table of all comments of some articles."""
    rows: list[Sequence[object]] = [
        [
            *(article.id, comment.id, comment.parent, comment.author, comment.author_url),
            *(comment.date, "removed" if comment.removed else comment.kind),
            *(comment.language, plain_text(comment.body)),
        ]
        for article in articles
        for comment in article.comments
    ]
    return _table([COMMENT_COLUMNS, *rows] if head else rows)


def _several(names: Sequence[str]) -> str:
    return "; ".join(names)


def _table(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    """The value; an apostrophe before a text that a spreadsheet would run."""
    if isinstance(value, str) and value.lstrip(" \xa0").startswith(_FORMULA):
        return f"'{value}"
    return value
