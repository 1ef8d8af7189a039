"""Comments in JSON that stand by themselves, each naming its article or what it answers, put together as discussions.

    {"id": 1, "post": 7, ...}  {"id": 2, "post": 8, ...}  {"id": 3, "parent": 1, ...}  ->  post 7: 1, 3; post 8: 2

Whether a file has such is told by its beginning. It is read for them before any article is; comments of an article are
spread over it, so all are in memory until its end. What else is in it, and what is wrong with it, is left to the
reader of articles, which passes over what is taken here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from backfile.importer import limits
from backfile.importer.discussions import Discussion
from backfile.importer.exported import is_exported
from backfile.importer.identity import canonical_url
from backfile.importer.images.pictures import Pictures
from backfile.importer.jsoncomments import Gathered
from backfile.importer.jsonfields import text_of
from backfile.importer.jsonnames import author_of, body_name, id_of, parent_of, when
from backfile.importer.jsonplain import comment_plainly
from backfile.importer.jsonshapes import is_comment_alone
from backfile.importer.jsontargets import Target, own_address, spellings, target_of
from backfile.importer.record import Problem
from backfile.model import Source

Item = dict[str, Any]
Remarks = Literal["none", "some", "all"]
"""Of a file: it has no comments by themselves, it has some that say so each, or all without a title are."""

_OF_ARTICLE = ("comments", "captured", "filedate", "hostname")
_NO_ARTICLE = "a comment by itself, which names its article by no whole address or id: put it into the comments of that"
_NONE = ("", "0", "root")


def remarks_in(raws: Iterable[tuple[str, bytes]]) -> Remarks:
    """What the first values of a file tell."""
    values = [value for raw in raws if (value := _parsed(raw)) is not None]
    sure = sum(map(is_comment_alone, values))
    untitled = [value for value in values if is_comment_alone(value) or _may_be_comment(value)]
    if _share_pages(untitled) or sure * 2 > len(untitled):
        return "all"
    return "some" if sure else "none"


def is_remark(value: Item, remarks: Remarks) -> bool:
    """True for a comment by itself, in a file of which that much is known."""
    if remarks == "none" or is_exported(value):
        return False
    return is_comment_alone(value) or (remarks == "all" and _may_be_comment(value))


def read_remarks(
    raws: Iterable[tuple[str, bytes] | Problem], source: Source, remarks: Remarks
) -> Iterator[Discussion | Problem]:
    """Problems as they are met, then the discussions in the order of their first comments."""
    kept = _Kept(source)
    for raw in raws:
        value = _parsed(raw)
        if value is None or isinstance(raw, Problem) or not is_remark(value, remarks):
            continue
        _, why = limits.attempt(partial(kept.add, raw[0], value))
        if why:
            yield Problem(raw[0], why, source)
    yield from kept.discussions()


def _parsed(raw: tuple[str, bytes] | Problem) -> Item | None:
    """The object, as its comments are read; None for what is none."""
    if isinstance(raw, Problem):
        return None
    try:
        value = json.loads(raw[1].decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError):
        return None
    return comment_plainly(value) if isinstance(value, dict) else None


def _may_be_comment(value: Item) -> bool:
    """True for what is signed or dated, has a text and no title, and nothing that only articles have."""
    if text_of(value, "title").strip() or any(value.get(name) for name in _OF_ARTICLE):
        return False
    return bool(text_of(value, body_name(value)).strip() and (author_of(value)[0] or when(value)))


def _share_pages(values: list[Item]) -> bool:
    """True where most say that they are of a page of which another is as well: an article has one to itself."""
    pages: dict[str, set[str]] = {}
    for value in values:
        if address := target_of(value).address or own_address(value):
            pages.setdefault(canonical_url(address), set()).add(text_of(value, body_name(value)))
    shared = sum(len(texts) for texts in pages.values() if len(texts) > 1)
    return shared * 2 > len(values)


@dataclass(slots=True)
class _Thread:
    """The comments on one article while they come in."""

    place: str
    target: Target
    gathered: Gathered


@dataclass(slots=True)
class _Kept:
    """The comments of a file by their articles; those that only say what they answer wait until all are there."""

    source: Source
    _threads: dict[str, _Thread] = field(default_factory=dict)
    _answers: dict[str, tuple[str, Target]] = field(default_factory=dict)
    """By the id of a comment the id of what it answers, and its article, if it answers none or says so."""
    _waiting: list[tuple[str, Item]] = field(default_factory=list)

    def add(self, place: str, item: Item) -> None:
        """Takes a comment."""
        target, parent = target_of(item), parent_of(item)
        if name := id_of(item):
            found = target if any(target) or parent not in _NONE else Target(own_address(item))
            self._answers.setdefault(name, (parent, found))
        if any(target):
            self._put(place, item, target)
        else:
            self._waiting.append((place, item))

    def discussions(self) -> Iterator[Discussion | Problem]:
        """What is left over, then the comments on each article."""
        pages = Counter(canonical_url(own_address(item)) for _, item in self._waiting)
        for place, item in self._waiting:
            found, own = self._climb(parent_of(item)), own_address(item)
            if any(found) and not found.address and pages[canonical_url(own)] == 1:
                own = ""  # of a page for it alone
            target = Target(found.address or own, "" if own else found.identity)
            if any(target):
                self._put(place, item, target)
            else:
                yield Problem(place, _NO_ARTICLE, self.source)
        for thread in self._threads.values():
            found_comments = thread.gathered.found(thread.target.identity)
            yield Discussion(
                thread.place,
                self.source,
                identifier="",
                url=thread.target.address,
                title="",
                comments=found_comments.comments,
                notes=found_comments.notes,
                local=thread.target.identity,
            )

    def _put(self, place: str, item: Item, target: Target) -> None:
        key = f"\0{target.identity}" if target.identity else canonical_url(target.address)
        thread = self._threads.get(key)
        if thread is None:
            address = target.address
            thread = _Thread(place, target, Gathered(address, Pictures(None, address), alone=True))
            self._threads[key] = thread
        thread.gathered.add(item)

    def _climb(self, name: str) -> Target:
        """The article of what is answered: what it says, or what is answered in the end and is no comment."""
        passed: list[str] = []
        found = Target()
        while name not in _NONE:
            at = next((one for one in spellings(name) if one in self._answers), "")
            if not at:
                found = Target("", name)
                break
            name, found = self._answers[at]
            self._answers[at] = ("", found)  # whoever comes in a circle finds an end here
            passed.append(at)
            if any(found):
                break
        for one in passed:
            self._answers[one] = ("", found)
        return found
