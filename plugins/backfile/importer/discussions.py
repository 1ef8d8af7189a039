"""Comments that came without their article, as a comment service exports them, and joining the two."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from backfile.dates import parse_edtf
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
    """The article with the discussion's comments after its own."""
    return with_comments(article, discussion.comments)


def with_comments(article: Article, more: Sequence[Comment]) -> Article:
    """The article with further comments after its own.

    A comment that the article already has (the same author, moment and text) is not taken twice; what answers it
    answers the one that is there.
    """
    known = {mark: comment.id for comment in reversed(article.comments) for mark in _marks(comment)}
    there = {c.id: next((known[mark] for mark in _marks(c) if mark in known), "") for c in more}
    new = [c for c in more if not there[c.id]]
    taken = {comment.id for comment in article.comments}
    names = {identity: name or _free(identity, taken) for identity, name in there.items()}
    renamed = (replace(c, id=names[c.id], parent=names.get(c.parent, c.parent)) for c in new)
    comments, _ = as_thread((*article.comments, *renamed))
    split = article.split if article.split.method else Split("source" if comments else "")
    return replace(article, comments=comments, split=split)


def _marks(comment: Comment) -> Iterator[tuple[str, str, str]]:
    """By what a comment is known again: one writes the minute where the blog is, another that of UTC."""
    yield comment.author, comment.date[:16], comment.body
    moment = parse_edtf(comment.date)
    if moment and moment.offset is not None:
        yield comment.author, moment.earliest().strftime("%Y-%m-%dT%H:%MZ"), comment.body


def _free(name: str, taken: Container[str]) -> str:
    """A name that no comment of the article has, which may have those of another discussion already."""
    while name in taken:
        name = f"{name}-d"
    return name
