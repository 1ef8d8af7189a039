"""Says what is other in an article whose source is read anew: a page may say less when it is saved again."""

from __future__ import annotations

from collections.abc import Sequence

from backfile.importer.shingles import SIZE, digests, fold
from backfile.model import Article

_MUCH = 2
"""A text that shrinks to less than one part in so many is told of; smaller changes are corrections."""
_WORDS = 40
"""Words of a text below which its length tells nothing."""


def what_is_lost(known: Article, article: Article) -> str:
    """How many comments, and how much text, the known article has that the other has not; empty when nothing."""
    # One that its writer changed is the same; one of another writer under its id is not, where sources count them.
    there = {(comment.id, comment.author) for comment in article.comments}
    missing = [fold(comment.body) for comment in known.comments if (comment.id, comment.author) not in there]
    gone = _not_said(missing, article) if missing else 0
    told = [f"{gone} comment{'' if gone == 1 else 's'} that {'was' if gone == 1 else 'were'} here"] if gone else []
    before, now = len(fold(known.body)), len(fold(article.body))
    if before >= _WORDS and now * _MUCH < before:
        told.append(f"most of its text ({now} words, where it had {before})")
    return f"the source has no more: {' and '.join(told)}" if told else ""


def _not_said(texts: Sequence[Sequence[str]], article: Article) -> int:
    """How many of some texts, as words, stand nowhere in an article; its words are gone through a few times at most."""
    words = fold("\n".join((article.body, *(comment.body for comment in article.comments))))
    shingles = digests(words)
    short = {tuple(text) for text in texts if len(text) < SIZE}
    for size in {len(text) for text in short}:
        short.difference_update(zip(*(words[start:] for start in range(size)), strict=False))
    return sum(tuple(text) in short if len(text) < SIZE else not digests(text) <= shingles for text in texts)


def what_changed(known: Article, article: Article) -> str:
    """Why an article is not as it was, in words for the report."""
    if {source.sha256 for source in known.sources} != {source.sha256 for source in article.sources}:
        return "the source has changed"
    same = [source.name for source in known.sources] == [source.name for source in article.sources]
    return "the source is read otherwise than it was" if same else "the source goes by another name"
