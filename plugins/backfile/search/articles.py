"""From an article of the model to the document that is searched."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from backfile.frozen import made_of
from backfile.markdown import plain_text
from backfile.model import Article
from backfile.search.document import CommentText, SearchDocument


def document_of(article: Article, url: str, anchors: Sequence[str]) -> SearchDocument:
    """The document of an article whose page is at `url`; `anchors` are the elements of its comments, in their order."""
    return SearchDocument(
        url=url,
        title=article.title,
        standfirst=article.standfirst,
        body=plain_text(article.body),
        comments=tuple(
            made_of(
                CommentText,
                [
                    (anchor, comment.author, comment.date, plain_text(comment.body))
                    for comment, anchor in zip(article.comments, anchors, strict=True)
                    if not comment.removed
                ],
            )
        ),
        authors=article.authors,
        section=article.section,
        tags=article.tags,
        source=_source(article),
        language=article.language,
        date=article.published,
    )


def _source(article: Article) -> str:
    """Where it came from: the host it stood at, and the names of the files it was made from."""
    try:
        host = urlsplit(article.url).hostname or ""
    except ValueError:  # an address that is none
        host = ""
    return " ".join([host, *(source.name for source in article.sources)]).strip()
