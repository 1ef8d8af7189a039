"""Passages taken out of every field of an article and of a comment, and what these still say."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from backfile.model import Article, Comment
from backfile.takedown.passages import redact_line, redact_markdown
from backfile.takedown.readings import line_says, text_says


def redacted_article(article: Article, passages: Set[str]) -> Article:
    """The article's own fields without some passages; where it stood and what its sources are called are among them."""

    def line(text: str) -> str:
        return redact_line(text, passages)

    return replace(
        article,
        title=line(article.title),
        slug=article.slug if line(article.slug) == article.slug else "",
        standfirst=line(article.standfirst),
        authors=tuple(name for name in article.authors if line(name) == name),
        body=redact_markdown(article.body, passages),
        author_note=line(article.author_note),
        section=article.section if line(article.section) == article.section else "",
        tags=tuple(tag for tag in article.tags if line(tag) == tag),
        url=article.url if line(article.url) == article.url else "",
        sources=tuple(replace(source, name=line(source.name)) for source in article.sources),
        extra=tuple((key, value) for key, value in article.extra if line(value) == value),
    )


def said_in(said: Article | Comment, passages: Set[str]) -> list[str]:
    """Those of some passages that an article's own texts, or a comment, still say."""
    if isinstance(said, Comment):
        return [*text_says(said.body, passages), *line_says(f"{said.author}\n\n{said.author_url}", passages)]
    lines = [said.title, said.standfirst, said.author_note, said.section, said.url, *said.authors, *said.tags]
    lines += [source.name for source in said.sources] + [value for _, value in said.extra]
    return [*text_says(said.body, passages), *(known for line in lines for known in line_says(line, passages))]


def redacted_comment(comment: Comment, passages: Set[str]) -> Comment:
    """A comment without some passages; a name or a link that says one goes."""
    author = redact_line(comment.author, passages)
    url = redact_line(comment.author_url, passages)
    return replace(
        comment,
        body=redact_markdown(comment.body, passages),
        author=comment.author if author == comment.author else "",
        author_url=comment.author_url if url == comment.author_url and author == comment.author else "",
    )
