"""Comments that came without their article, as a comment service exports them, and joining the two."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from backfile.importer.sameness import KnownComments, exactness
from backfile.importer.threads import as_thread
from backfile.model import Article, Comment, Source, Split


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments on one page: by what the site called the page, and by its address.

    `local` is an id of the page that counts for articles of a file in the same folder only, as `7` does.
    """

    place: str
    source: Source
    identifier: str
    url: str
    title: str
    comments: tuple[Comment, ...]
    notes: tuple[str, ...] = ()
    local: str = ""


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

    A comment that the article already has is not taken twice: it stays, with the more exact of the two dates; what
    answers the other answers it.
    """
    known = KnownComments(article.comments)
    same = {comment.id: known.find(comment) for comment in more}
    taken = {comment.id for comment in article.comments}
    names = {identity: there.id if there else _free(identity, taken) for identity, there in same.items()}
    dates: dict[str, str] = {}
    for comment in more:
        if (there := same[comment.id]) and exactness(comment.date) > exactness(dates.get(there.id, there.date)):
            dates[there.id] = comment.date
    ours = (replace(c, date=dates[c.id]) if c.id in dates else c for c in article.comments)
    new = (replace(c, id=names[c.id], parent=names.get(c.parent, c.parent)) for c in more if not same[c.id])
    comments, _ = as_thread((*ours, *new))
    split = article.split if article.split.method else Split("source" if comments else "")
    return replace(article, comments=comments, split=split)


def _free(name: str, taken: Container[str]) -> str:
    """A name that no comment of the article has, which may have those of another discussion already."""
    while name in taken:
        name = f"{name}-d"
    return name
