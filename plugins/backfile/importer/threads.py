"""Comments of a source made safe to store: every id once and usable, every circle cut, the order kept.

The tree itself is built where it is read (`backfile.threads`). A comment whose parent is missing keeps
the name of that parent, so that the archive can say that it answers one that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from backfile.model import Comment
from backfile.threads import build_threads, in_reading_order

_ID = re.compile(r"[^\w-]+", re.ASCII)
_LONGEST_ID = 60


def as_thread(comments: Iterable[Comment]) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The comments in the order given, and what had to be repaired, in words for the report.

    A reply to a duplicated id is a reply to the first comment that has it.
    """
    given = [_with_usable_names(comment) for comment in comments]
    ids, duplicates = _unique([comment.id for comment in given])
    named = [c if c.id == name else replace(c, id=name) for c, name in zip(given, ids, strict=True)]
    nodes = in_reading_order(build_threads(named))
    cut = {node.comment.id for node in nodes if node.repair == "cycle"}
    orphans = sum(node.repair == "orphan" for node in nodes)
    tree = tuple(replace(comment, parent="") if comment.id in cut else comment for comment in named)
    return tree, tuple(_repairs(duplicates, orphans, len(cut)))


def _with_usable_names(comment: Comment) -> Comment:
    name, parent = _usable(comment.id), _usable(comment.parent)
    return comment if (name, parent) == (comment.id, comment.parent) else replace(comment, id=name, parent=parent)


def _usable(name: str) -> str:
    """An id of letters, digits, `_` and `-`, as content files and addresses want it."""
    return _ID.sub("-", name).strip("-")[:_LONGEST_ID]


def _unique(wanted: Sequence[str]) -> tuple[list[str], int]:
    """The ids with those that come again, and the empty ones, given new names; how many came again."""
    taken = set(filter(None, wanted))
    seen: set[str] = set()
    numbers: dict[str, int] = {}
    ids: list[str] = []
    duplicates = 0
    for place, name in enumerate(wanted, start=1):
        unique = name
        if not name or name in seen:
            duplicates += bool(name)
            stem = name or f"n{place}"
            unique = stem
            while unique in seen or unique in taken:
                numbers[stem] = numbers.get(stem, 1) + 1
                unique = f"{stem}-{numbers[stem]}"
        seen.add(unique)
        ids.append(unique)
    return ids, duplicates


def _repairs(duplicates: int, orphans: int, circles: int) -> Iterator[str]:
    if duplicates:
        yield f"{_count(duplicates, 'comment')} had the id of another and got a new one"
    if orphans:
        yield f"{_count(orphans, 'comment')} answered one that is not there"
    if circles:
        yield f"{_count(circles, 'circle')} of comments answering each other cut"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
