"""Comments of a source made safe to store: every id once and usable, every circle cut, the order kept.

The tree itself is built where it is read (`backfile.threads`). A comment whose parent is missing keeps
the name of that parent, so that the archive can say that it answers one that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from backfile.model import Comment
from backfile.threads import build_threads, in_reading_order

_ID = re.compile(r"[^\w-]+", re.ASCII)
_LONGEST_ID = 60


def as_thread(comments: Iterable[Comment]) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The comments in the order given, and what had to be repaired, in words for the report.

    A reply to a duplicated id is a reply to the first comment that has it.
    """
    given = list(comments)
    ids = _unique([_usable(comment.id) for comment in given])
    first: dict[str, str] = {}
    for comment, name in zip(given, ids, strict=True):
        first.setdefault(comment.id, name)
    named = [_named(comment, name, first) for comment, name in zip(given, ids, strict=True)]
    nodes = in_reading_order(build_threads(named))
    cut = {node.comment.id for node in nodes if node.repair == "cycle"}
    orphans = sum(node.repair == "orphan" for node in nodes)
    orphans += sum(bool(found.parent) and not comment.parent for found, comment in zip(given, named, strict=True))
    tree = tuple(replace(comment, parent="") if comment.id in cut else comment for comment in named)
    duplicates = sum(bool(comment.id) for comment in given) - sum(map(bool, first))
    return tree, tuple(_repairs(duplicates, orphans, len(cut)))


def told_left_out(left_out: Mapping[str, int]) -> tuple[str, ...]:
    """How many comments are not taken, and why, in words for the report."""
    return tuple(f"{n} comment{'s' if n > 1 else ''} left out: {why}" for why, n in sorted(left_out.items()))


def _named(comment: Comment, name: str, first: dict[str, str]) -> Comment:
    """The comment with its name and that of the one whose id it answers, which may look like another's once usable."""
    parent = comment.parent and (first.get(comment.parent) or _usable(comment.parent))
    return comment if (name, parent) == (comment.id, comment.parent) else replace(comment, id=name, parent=parent)


def _usable(name: str) -> str:
    """An id of letters, digits, `_` and `-`, as content files and addresses want it."""
    return _ID.sub("-", name).strip("-")[:_LONGEST_ID]


def _unique(wanted: Sequence[str]) -> list[str]:
    """The ids with those that come again, and the empty ones, given new names."""
    taken = set(filter(None, wanted))
    seen: set[str] = set()
    numbers: dict[str, int] = {}
    ids: list[str] = []
    for place, name in enumerate(wanted, start=1):
        unique = name
        if not name or name in seen:
            stem = name or f"n{place}"
            unique = stem
            while unique in seen or unique in taken:
                numbers[stem] = numbers.get(stem, 1) + 1
                unique = f"{stem}-{numbers[stem]}"
        seen.add(unique)
        ids.append(unique)
    return ids


def _repairs(duplicates: int, orphans: int, circles: int) -> Iterator[str]:
    if duplicates:
        yield f"{_count(duplicates, 'comment')} had the id of another and got a new one"
    if orphans:
        yield f"{_count(orphans, 'comment')} answered one that is not there"
    if circles:
        yield f"{_count(circles, 'circle')} of comments answering each other cut"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
