"""A title for what came without one."""

from __future__ import annotations

from dataclasses import replace

from backfile.markdown import paragraphs_of
from backfile.model import Article
from backfile.text import clean_line

_WORDS = 12
_LONGEST, _SHORT = 160, 60
"""Characters: a title longer than the first is of a script without blanks, and is cut at the second."""


def with_title(article: Article) -> Article:
    """The article; one without a title is called by its first words, and the title marked as a guess."""
    if article.title:
        return article
    texts = paragraphs_of(article.body) or [
        text for comment in article.comments for text in paragraphs_of(comment.body)
    ]
    words = clean_line(texts[0]).split() if texts else ["Without", "text"]
    title = " ".join(words[:_WORDS]).rstrip(",;:.") + (" …" if len(words) > _WORDS else "")
    if len(title) > _LONGEST:
        title = title[:_SHORT].rstrip() + " …"
    return replace(article, title=title, guessed=(*article.guessed, "title"))
