"""Comments as a tree: any list of comments, whatever its parents claim, in one safe reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from backfile.model import Comment

_parent = attrgetter("parent")
Repair = Literal["", "orphan", "cycle"]


@dataclass(slots=True)
class Node:
    """A comment in its thread. `depth` counts from 0; `repair` says why it was put at the root."""

    comment: Comment
    depth: int = 0
    parent: Node | None = None
    replies: list[Node] = field(default_factory=list)
    repair: Repair = ""


def build_threads(comments: Sequence[Comment]) -> list[Node]:
    """The roots of the comments' trees, in their order; linear, and safe at any depth.

    A comment whose parent is missing becomes a root (`orphan`); of comments that answer each other in a
    circle the first becomes one (`cycle`). Of equal ids the first is the one that replies mean.
    """
    nodes = list(map(Node, comments))
    if not any(map(_parent, comments)):
        return nodes
    by_id: dict[str, Node] = {}
    for node in nodes:
        by_id.setdefault(node.comment.id, node)
    for node in nodes:
        if node.comment.parent:
            node.parent = by_id.get(node.comment.parent)
            node.repair = "" if node.parent else "orphan"
    _break_cycles(nodes)
    roots = [node for node in nodes if node.parent is None]
    for node in nodes:
        if node.parent is not None:
            node.parent.replies.append(node)
    for node in in_reading_order(roots):
        node.depth = 0 if node.parent is None else node.parent.depth + 1
    return roots


def in_reading_order(roots: Sequence[Node]) -> list[Node]:
    """Every node, each followed by its replies; no recursion, so that any depth will do."""
    ordered: list[Node] = []
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting.extend(reversed(node.replies))
    return ordered


def _break_cycles(nodes: Sequence[Node]) -> None:
    """Cuts each circle of parents at the comment that comes first."""
    settled: set[int] = set()
    places = {id(node): place for place, node in enumerate(nodes)}
    for start in nodes:
        path: set[int] = set()
        node: Node | None = start
        while node is not None and id(node) not in settled:
            if id(node) in path:
                first = _first_of_circle(node, places)
                first.parent, first.repair = None, "cycle"
                break
            path.add(id(node))
            node = node.parent
        settled |= path


def _first_of_circle(member: Node, places: Mapping[int, int]) -> Node:
    circle = [member]
    node = member.parent
    while node is not None and node is not member:
        circle.append(node)
        node = node.parent
    return min(circle, key=lambda node: places[id(node)])
