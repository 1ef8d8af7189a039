"""Makes one article of two that were saved at different times: the same text, with the comments of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from backfile.dates import parse_edtf
from backfile.importer.discussions import with_comments
from backfile.importer.identity import canonical_url
from backfile.importer.sameness import DAY, is_of_one_day
from backfile.model import Article, Comment

_SAID = ("title", "standfirst", "author_note", "published", "section", "authors", "language")
"""In these two sources of one article may not contradict each other; where one is silent, the other is believed."""


_LONGEST_NUMBER = 19


def unite(known: Article, other: Article) -> Article | None:
    """The known article with what only the other says, and the comments of both; None when they are two articles.

    Of a comment that both have the known article's stays. The other's come after its own, or where all are dated and
    in order, at their time, or where the numbers of both rise, by these.
    """
    if known.body != other.body or canonical_url(known.url) != canonical_url(other.url):
        return None
    believed: dict[str, Article] = {}
    for name in _SAID:
        if (one := _believed(known, other, name)) is None:
            return None
        believed[name] = one
    said: dict[str, Any] = {name: getattr(one, name) for name, one in believed.items()}
    guessed = dict.fromkeys((*known.guessed, *other.guessed))
    names = {key.lower() for key, _ in known.extra}
    united = replace(
        known,
        **said,
        url=min(known.url, other.url, key=_detour),
        modified=max(known.modified, other.modified),
        captured=max(known.captured, other.captured),
        tags=tuple(dict.fromkeys((*known.tags, *other.tags))),
        split=known.split if known.split.method else other.split,
        sources=(*known.sources, *(source for source in other.sources if source not in known.sources)),
        guessed=tuple(name for name in guessed if name not in believed or name in believed[name].guessed),
        extra=(*known.extra, *((key, value) for key, value in other.extra if key.lower() not in names)),
    )
    united = with_comments(united, other.comments)
    return replace(united, comments=_in_time(known.comments, united.comments))


def _detour(url: str) -> tuple[int, int]:
    """How long an address is after its host, and in it: of two that lead to one article the shorter is its own."""
    host, _, rest = url.partition("//")[2].removeprefix("www.").partition("/")
    return len(rest.partition("#")[0].rstrip("/")), len(host)


def sources_besides(article: Article, other: Article) -> list[str]:
    """The names of an article's sources that another one's are not: by neither digest nor name."""
    names, digests = {s.name for s in other.sources}, {s.sha256 for s in other.sources}
    return [s.name for s in article.sources if s.name not in names and s.sha256 not in digests]


def sources_left(known: Article, article: Article) -> list[str]:
    """The sources of a known article that it is not made of now, but for a record of an export that is.

    When an export is made again the record may stand elsewhere in it, or hold what keeps it from being shown.
    """
    names = {source.name for source in article.sources}
    records = Counter(name for source in known.sources if (name := _export(source.name)))
    left = sources_besides(known, article)
    return [name for name in left if not (_export(name) in names and records[_export(name)] == 1)]


def says_more(known: Article, other: Article) -> bool:
    """True unless another copy of an article tells nothing that is not known of it."""
    united = unite(known, other)
    return united is None or replace(united, sources=known.sources) != known


def united_if_more(known: Article, other: Article) -> Article | None:
    """The article with what another copy of the same comments adds to it; None where that is its capture at most."""
    united = unite(known, other)
    if united is None or replace(united, sources=known.sources, captured=known.captured) == known:
        return None
    return united


def is_whole(article: Article) -> bool:
    """True where a source keeps article and comments apart; what texts have in common is found by importing them."""
    return article.split.method in ("source", "markup") or not (article.split.method or article.comments)


def _export(name: str) -> str:
    """The file of which a source is a record; empty where it is none."""
    export, mark, _ = name.partition("#")
    return export if mark else ""


def _believed(known: Article, other: Article, name: str) -> Article | None:
    """Which of the two is believed in something; neither where they contradict each other. A guess gives way."""
    ours, theirs = getattr(known, name), getattr(other, name)
    if not theirs or (ours and name in other.guessed) or (ours == theirs and name not in known.guessed):
        return known
    # Of a month alone it would move the page, whose address has the day.
    if name == "published" and min(len(ours), len(theirs)) == DAY and is_of_one_day(ours, theirs):
        return known if len(ours) > len(theirs) else other
    return other if not ours or ours == theirs or name in known.guessed else None


def _in_time(ours: Sequence[Comment], both: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """All comments by their times, if all tell theirs to the minute and ours stood in that order; else by number."""
    times = {
        comment.id: moment.earliest()
        for comment in both
        if "T" in comment.date and (moment := parse_edtf(comment.date))
    }
    own = [times[comment.id] for comment in ours if comment.id in times]
    if len(times) == len(both) and own == sorted(own):
        return tuple(sorted(both, key=lambda comment: times[comment.id]))
    return _by_number(len(ours), both)


def _by_number(ours: int, both: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """All comments by the numbers that their site gave them, if those of both copies rise; else as they are."""
    if not all(comment.id.isdecimal() and len(comment.id) < _LONGEST_NUMBER for comment in both):
        return both
    numbers = [int(comment.id) for comment in both]
    rise = all(one < other for part in (numbers[:ours], numbers[ours:]) for one, other in pairwise(part))
    return tuple(sorted(both, key=lambda comment: int(comment.id))) if rise else both
