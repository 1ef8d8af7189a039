"""Mends text that was decoded wrongly before it was saved: only lines that are flagged, and saying so."""

from __future__ import annotations

from dataclasses import replace

from ftfy import fix_encoding
from ftfy.badness import is_bad

from backfile.model import Article
from backfile.text import clean_text

_LONGEST = 20_000
"""Characters of a line that are looked at; no paragraph of prose is longer."""


def mend(text: str) -> tuple[str, int]:
    """The text with its mojibake undone (`cafÃ©` is `café`), and how many lines were mended."""
    if text.isascii():
        return text, 0
    lines = text.split("\n")
    mended = [clean_text(fix_encoding(line)) if len(line) <= _LONGEST and is_bad(line) else line for line in lines]
    count = sum(before != after for before, after in zip(lines, mended, strict=True))
    return "\n".join(mended), count


def mend_article(article: Article) -> tuple[Article, int]:
    """The article with its texts and its comments' mended, and in how many lines."""
    total = 0

    def mended(text: str) -> str:
        nonlocal total
        text, count = mend(text)
        total += count
        return text

    comments = tuple(replace(c, body=mended(c.body), author=mended(c.author)) for c in article.comments)
    fixed = replace(
        article,
        title=mended(article.title),
        standfirst=mended(article.standfirst),
        body=mended(article.body),
        authors=tuple(mended(name) for name in article.authors),
        author_note=mended(article.author_note),
        section=mended(article.section),
        tags=tuple(mended(tag) for tag in article.tags),
        comments=comments,
    )
    return (fixed, total) if total else (article, 0)
