"""Keeps discussions until their articles come by, and tells which articles never came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from backfile.importer.discussions import Discussion, join, names_of
from backfile.importer.identity import canonical_url
from backfile.model import Article


class Waiting:
    """Discussions by identifier and by address, which several may have; each is joined to one article."""

    def __init__(self, discussions: Iterable[Discussion]) -> None:
        self._all = list(discussions)
        self._joined: set[int] = set()
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, discussion in enumerate(self._all):
            for name in _names(discussion):
                self._by_name[name].append(number)

    def join(self, article: Article) -> tuple[Article, tuple[str, ...], tuple[Discussion, ...]]:
        """The article with the comments of its discussions, what to note, and the discussions."""
        names = [*names_of(article), *([canonical_url(article.url)] if article.url else [])]
        numbers = sorted({number for name in names for number in self._by_name.get(name, ())} - self._joined)
        notes: tuple[str, ...] = ()
        for number in numbers:
            discussion = self._all[number]
            before = len(article.comments)
            article = join(article, discussion)
            if discussion.source not in article.sources:
                article = replace(article, sources=(*article.sources, discussion.source))
            added = f"{len(article.comments) - before} comments joined from {discussion.place}"
            notes = (*notes, added, *discussion.notes)
        self._joined.update(numbers)
        return article, notes, tuple(self._all[number] for number in numbers)

    def left(self) -> Iterator[Discussion]:
        """The discussions that no article has taken by the time they are asked for."""
        return (found for number, found in enumerate(self._all) if number not in self._joined)


def _names(discussion: Discussion) -> Iterator[str]:
    """Under which names a discussion may be asked for: identifier, its last word, addresses."""
    for name in (discussion.identifier, *discussion.identifier.split()[-1:]):
        if name:
            yield name
            yield canonical_url(name)
    if discussion.url:
        yield canonical_url(discussion.url)
