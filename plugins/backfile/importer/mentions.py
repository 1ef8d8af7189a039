"""Guesses which comment another answers when it begins with a name: `@Ann: so do I`.

Only where the source tells nothing of threads, and where one earlier writer alone can be meant; of that
one's comments the last before is taken. Whoever calls marks it as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from backfile.markdown import paragraphs_of
from backfile.model import Comment

GUESSED = "parent"
"""What an article's guessed fields say when some of its comments' parents are guesses."""
_MENTION = re.compile(r"(?:re:?\s*|hi\s+|to\s+)?@\s?(?P<rest>\S.{0,80})", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[\w'’.-]*\w")
_MOST_WORDS = 4


def with_mentioned_parents(comments: Iterable[Comment]) -> tuple[tuple[Comment, ...], bool]:
    """The comments, those that begin with the name of an earlier writer as replies; whether there are any.

    Nothing is guessed when one of them has a parent: the source knows its threads.
    """
    given = tuple(comments)
    if any(comment.parent for comment in given) or not any("@" in comment.body[:20] for comment in given):
        return given, False
    last: dict[str, str] = {}
    answered: list[Comment] = []
    for comment in given:
        parent = _meant(comment, last) if comment.kind == "comment" else ""
        answered.append(replace(comment, parent=parent) if parent else comment)
        if comment.author and comment.kind == "comment":
            last[_fold(comment.author)] = comment.id
    return tuple(answered), any(comment.parent for comment in answered)


def _meant(comment: Comment, last: dict[str, str]) -> str:
    """The id of the comment that one begins by naming the writer of, or the empty string."""
    start = comment.body[:200]
    found = _MENTION.match(paragraphs_of(start)[0]) if "@" in start[:20] and paragraphs_of(start) else None
    if not found:
        return ""
    said = _fold(found["rest"])
    whole = [name for name in last if said.startswith(name) and not said[len(name) : len(name) + 1].isalnum()]
    if whole:
        return last[max(whole, key=len)]
    ends = [word.end() for word in _WORD.finditer(said)][:_MOST_WORDS]
    for end in reversed(ends):
        meant = [name for name in last if name.startswith(f"{said[:end]} ") and name != _fold(comment.author)]
        if meant:
            return last[meant[0]] if len(meant) == 1 else ""
    return ""


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
