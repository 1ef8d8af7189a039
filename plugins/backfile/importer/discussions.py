"""Comments that came without their article, as a comment service exports them, and joining the two."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from backfile.importer.threads import as_thread
from backfile.model import Article, Comment, Source, Split


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments on one page: by what the site called the page, and by its address."""

    place: str
    source: Source
    identifier: str
    url: str
    title: str
    comments: tuple[Comment, ...]
    notes: tuple[str, ...] = ()


def names_of(article: Article) -> Iterable[str]:
    """What a site may have called the article: its id, its GUID, the `?p=7` of its address."""
    yield article.id
    extra: Mapping[str, str] = {key.lower(): value for key, value in article.extra}
    if guid := extra.get("guid"):
        yield guid
    if number := parse_qs(urlsplit(article.url).query).get("p"):
        yield f"{number[0]} {article.url}"


def join(article: Article, discussion: Discussion) -> Article:
    """The article with the discussion's comments after its own.

    A comment that the article already has (the same author, moment and text) is not taken twice.
    """
    known = {(comment.author, comment.date[:16], comment.body) for comment in article.comments}
    new = [c for c in discussion.comments if (c.author, c.date[:16], c.body) not in known]
    taken = {comment.id for comment in article.comments}
    names = {comment.id: _free(comment.id, taken) for comment in new}
    renamed = (replace(c, id=names[c.id], parent=names.get(c.parent, c.parent)) for c in new)
    comments, _ = as_thread((*article.comments, *renamed))
    split = article.split if article.split.method else Split("source" if comments else "")
    return replace(article, comments=comments, split=split)


def _free(name: str, taken: Container[str]) -> str:
    """A name that no comment of the article has, which may have those of another discussion already."""
    while name in taken:
        name = f"{name}-d"
    return name
