"""Knows a comment again that came twice: from two services, or from a page that was saved at two times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backfile.dates import parse_edtf
from backfile.model import Comment

_TELLING = 20
"""Characters of a text that two of a reader's comments hardly share."""
DAY = len("2009-03-12")
"""Characters of a date that tells the day and no more."""
_MINUTE = len("2009-03-12T10:20")


class KnownComments:
    """The comments of an article, to look up those of another copy in."""

    def __init__(self, comments: Iterable[Comment]) -> None:
        self._exact: dict[tuple[str, str, str], Comment] = {}
        self._said: dict[tuple[str, str], Comment] = {}
        for comment in comments:
            self._said.setdefault((comment.author, comment.body), comment)
            for mark in _marks(comment):
                self._exact.setdefault(mark, comment)

    def find(self, comment: Comment) -> Comment | None:
        """The same comment, if it is there: of the same author and text, and of the same moment or id.

        Where one copy does not tell the moment, or less exactly ("3 days ago"), a text of some length is enough.
        """
        for mark in _marks(comment):
            if (same := self._exact.get(mark)) is not None:
                return same
        same = self._said.get((comment.author, comment.body))
        if same is None or same.id == comment.id:
            return same
        return same if len(same.body) >= _TELLING and _may_be_one(same.date, comment.date) else None


def exactness(date: str) -> tuple[bool, int]:
    """How well a date is known, to compare it with another of the same moment; a minute is as good as it gets."""
    moment = parse_edtf(date)
    return (moment is not None and not moment.uncertain, min(len(date), _MINUTE) if moment else 0)


def _marks(comment: Comment) -> Iterator[tuple[str, str, str]]:
    """By what a comment is known again: one writes the minute where the blog is, another that of UTC."""
    yield comment.author, comment.date[:16], comment.body
    moment = parse_edtf(comment.date)
    if moment and moment.offset is not None:
        yield comment.author, moment.earliest().strftime("%Y-%m-%dT%H:%MZ"), comment.body


def _may_be_one(one: str, other: str) -> bool:
    if not (exactness(one)[0] and exactness(other)[0]):
        return True
    return is_of_one_day(one, other)


def is_of_one_day(one: str, other: str) -> bool:
    """True where one of two dates that are sure tells no more than the day, month or year of the other."""
    short, long = sorted((one, other), key=len)
    sure = exactness(short)[0] and exactness(long)[0]
    return sure and len(short) <= DAY and long.startswith(short)
