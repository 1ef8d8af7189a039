"""Any comments made into a tree: every parent exists and stands before its replies' chain ends at the root.

A duplicate id gets a suffix, a comment whose parent is missing is adopted by the article, of a circle one
comment is. The order stays what it was; depth costs no stack.

    ids      a  b  a  c        parents   -  a  x  d ...
    becomes  a  b  a-2  c                -  a  -  (d's circle cut)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from backfile.model import Comment

_ID = re.compile(r"[^\w-]+", re.ASCII)
_LONGEST_ID = 60


def as_thread(comments: Iterable[Comment]) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """Comments with unique ids and a forest of parents, in the order given, and what had to be repaired.

    A reply to a duplicated id is a reply to the first comment that has it.
    """
    given = list(comments)
    ids, duplicates = _unique(given)
    first: dict[str, int] = {}
    for number, comment in enumerate(given):
        first.setdefault(comment.id, number)
    parents = [first.get(comment.parent, -1) if comment.parent else -1 for comment in given]
    orphans = sum(1 for comment, parent in zip(given, parents, strict=True) if comment.parent and parent < 0)
    circles = _cut_circles(parents)
    tree = tuple(
        replace(comment, id=ids[number], parent=ids[parents[number]] if parents[number] >= 0 else "")
        for number, comment in enumerate(given)
    )
    return tree, tuple(_repairs(duplicates, orphans, circles))


def _unique(comments: list[Comment]) -> tuple[list[str], int]:
    """Ids of letters, digits, `_` and `-`, each once; comments with no id are numbered."""
    wanted = [_ID.sub("-", comment.id).strip("-")[:_LONGEST_ID] for comment in comments]
    taken = set(filter(None, wanted))
    suffixes: dict[str, int] = {}
    seen: set[str] = set()
    ids: list[str] = []
    duplicates = 0
    for number, name in enumerate(wanted, start=1):
        stem = name or f"n{number}"
        unique = stem
        if not name or name in seen:
            duplicates += bool(name)
            while unique in seen or unique in taken:
                suffixes[stem] = suffixes.get(stem, 1) + 1
                unique = f"{stem}-{suffixes[stem]}"
        seen.add(unique)
        ids.append(unique)
    return ids, duplicates


def _cut_circles(parents: list[int]) -> int:
    """Makes one comment of each circle a comment on the article; gives the number of circles."""
    circles = 0
    state = [0] * len(parents)  # 0 not seen, 1 on the way up now, 2 known to end at the root
    for start in range(len(parents)):
        way: list[int] = []
        at = start
        while at >= 0 and state[at] == 0:
            state[at] = 1
            way.append(at)
            at = parents[at]
        if at >= 0 and state[at] == 1:
            parents[at] = -1
            circles += 1
        for number in way:
            state[number] = 2
    return circles


def _repairs(duplicates: int, orphans: int, circles: int) -> Iterable[str]:
    if duplicates:
        yield f"{_count(duplicates, 'comment')} had the id of another and got a new one"
    if orphans:
        yield f"{_count(orphans, 'comment')} answered one that is not there and now stand under the article"
    if circles:
        yield f"{_count(circles, 'circle')} of comments answering each other cut"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
