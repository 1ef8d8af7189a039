"""What a person may want to go through, each with how sure it is: splits, dates, merges, pages that are no articles.

A confidence is the share of such cases, 0 to 1, in which what is said is right. That of a date hangs on how it came
about. Where figures say "measured", pages were counted whose true date is known; the others are estimates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from backfile.dates import Edtf, parse_edtf
from backfile.importer.moments import date_in_address
from backfile.model import Article

_SHOWN = 0.88
"""A date that a page only shows near its heading: measured, 52 of 59 that the markup names, 22 of 25 of others."""
_IN_ADDRESS = 0.97
"""A date that the address of a page has in it: measured, 36 of 36."""
_MONTH_FIRST = 0.6
"""Month and day in American order where nothing proves it: measured, 5 of 8 pages in English."""
_HEAD_OF_TEXT = 0.9
"""A date in the first lines of a plain text: estimated."""
_YEAR_ALONE = 0.95
"""The year of a date in a text whose day and month can be swapped, and are left out: estimated."""
_COUNTED_BACK = 0.5
"""A distance from the capture: "3 days ago" is said for up to one unit more, which half the time is a unit earlier."""
_DOUBTED = 0.5
"""A date that its source marks as uncertain, by how much nobody knows."""
UNSEEN = 0.5
"""Two articles of one id of which the first cannot be read again, so that they cannot be compared."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be wrong: of what kind, the probability that it is right, and what it is.

    Of a date, `date` is the EDTF in question (that of the first of several comments), and `comments` are the ids of
    those that have such a one; none means that it is the article's own.
    """

    kind: Literal["split", "date", "merge", "page"]
    confidence: float
    reason: str
    date: str = ""
    comments: tuple[str, ...] = ()


def doubts_of_dates(article: Article) -> Iterator[Doubt]:
    """The doubtful dates of an article, and of its comments, which are put together where they are doubted alike."""
    guessed = "published" in article.guessed
    if found := _doubt(article.published):
        reason, sure = found
        if guessed:
            reason, sure = f"guessed, and {reason}", sure * _guess(article)
        yield Doubt("date", round(sure, 4), f"the date is {reason}: {article.published}", article.published)
    elif guessed:
        yield Doubt("date", _guess(article), f"the date is guessed: {article.published}", article.published)
    if found := _doubt(article.modified):
        yield Doubt(
            "date", found[1], f"the date of the last change is {found[0]}: {article.modified}", article.modified
        )
    alike: dict[tuple[str, float], list[str]] = {}
    first: dict[tuple[str, float], str] = {}
    for comment in article.comments:
        if found := _doubt(comment.date):
            alike.setdefault(found, []).append(comment.id)
            first.setdefault(found, comment.date)
    for (reason, sure), ids in alike.items():
        count = "the date of a comment is" if len(ids) == 1 else f"the dates of {len(ids)} comments are"
        yield Doubt("date", sure, f"{count} {reason}", first[reason, sure], tuple(ids))


def _guess(article: Article) -> float:
    """How sure a guessed date is: one of a text's head, one that a page shows, or one that its address has in it."""
    addressed = date_in_address(article.url)
    if addressed and article.published.startswith(addressed):
        return _IN_ADDRESS
    return _HEAD_OF_TEXT if article.split.method in ("text", "alignment") else _SHOWN


def _doubt(text: str) -> tuple[str, float] | None:
    """Why a date is doubted and how sure it is all the same; None for one that says nothing of the kind."""
    date = parse_edtf(text) if text.endswith(("?", "%", "~")) else None
    if date is None:
        return None
    if date.qualifier == "~":
        return "approximate, counted back from when the page was saved or so marked by its source", _COUNTED_BACK
    if date.precision == "year" and date.qualifier == "?":
        return "its year alone, since day and month may be swapped, or marked as uncertain by its source", _YEAR_ALONE
    if _may_be_swapped(date):
        return "not sure: day and month may be swapped, or its source says so", _MONTH_FIRST
    return "marked as uncertain by its source", _DOUBTED


def _may_be_swapped(date: Edtf) -> bool:
    return bool(date.day and date.day <= 12 and date.day != date.month)
