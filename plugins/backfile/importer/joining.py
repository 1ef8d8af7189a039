"""Keeps discussions until their articles come by, and tells which articles never came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from backfile.importer.discussions import Discussion, join, names_of
from backfile.importer.identity import canonical_url
from backfile.importer.jsontargets import spellings
from backfile.model import Article, Source


def _in_no_folder(_source: Source) -> str:
    return ""


class Waiting:
    """Discussions by identifier and by address, which several may have; each is joined to one article.

    `folder_of` tells in which folder the file of a source lies.
    """

    def __init__(self, discussions: Iterable[Discussion], folder_of: Callable[[Source], str] = _in_no_folder) -> None:
        self._all = list(discussions)
        self._folder_of = folder_of
        self._joined: dict[int, tuple[str, str]] = {}
        """By the number of a discussion id and title of its article."""
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, discussion in enumerate(self._all):
            for name in _names(discussion, folder_of(discussion.source)):
                self._by_name[name].append(number)

    def join(
        self, article: Article, own: str = "", source: Source | None = None
    ) -> tuple[Article, tuple[str, ...], tuple[Discussion, ...]]:
        """The article with the comments of its discussions, what to note, and the discussions.

        `own` is the id that the article has in its source.
        """
        local = _local_names(own, self._folder_of(source)) if own and source else ()
        names = [*names_of(article), *local, *([canonical_url(article.url)] if article.url else [])]
        found = sorted({number for name in names for number in self._by_name.get(name, ())})
        wanted = [number for number in found if not _is_elsewhere(self._all[number], article)]
        numbers = [number for number in wanted if number not in self._joined]
        notes = tuple(self._taken(article, wanted))
        for number in numbers:
            discussion = self._all[number]
            before = len(article.comments)
            article = join(article, discussion)
            if discussion.source not in article.sources:
                article = replace(article, sources=(*article.sources, discussion.source))
            added = f"{len(article.comments) - before} comments joined from {discussion.place}"
            notes = (*notes, added, *discussion.notes)
        self._joined.update((number, (article.id, article.title)) for number in numbers)
        return article, notes, tuple(self._all[number] for number in numbers)

    def _taken(self, article: Article, numbers: Iterable[int]) -> Iterator[str]:
        """What to tell where an id means two articles: whose the comments are nothing else may tell."""
        for number in numbers:
            found = self._all[number]
            same = (article.id, article.title)
            if found.local and self._joined.get(number, same) != same:
                yield f"the comments from {found.place} may be of this article: another with its id has them"

    def left(self) -> Iterator[Discussion]:
        """The discussions that no article has taken by the time they are asked for."""
        return (found for number, found in enumerate(self._all) if number not in self._joined)


def _names(discussion: Discussion, folder: str) -> Iterator[str]:
    """Under which names a discussion may be asked for: identifier, its last word, addresses, ids within its folder."""
    for name in (discussion.identifier, *discussion.identifier.split()[-1:]):
        if name:
            yield name
            yield canonical_url(name)
    if discussion.url:
        yield canonical_url(discussion.url)
    for identity in (discussion.identifier, discussion.local):
        if identity:
            yield from _local_names(identity, folder)


def _is_elsewhere(discussion: Discussion, article: Article) -> bool:
    """True where an id within a folder means an article of one site, and the address of the comments is of another."""
    if not (discussion.local and "://" in discussion.url and article.url):
        return False
    return _site(discussion.url) != _site(article.url)


def _site(url: str) -> str:
    return canonical_url(url).removeprefix("//").partition("/")[0]


def _local_names(identity: str, folder: str) -> Iterable[str]:
    """An id in all its spellings, as one of this folder."""
    return [f"{folder}\0{name}" for name in spellings(identity)]
