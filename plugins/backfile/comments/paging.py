"""A long thread over several pages, so that a comment stays on its page when others are added.

Comments are taken oldest first, each placed by what came before it alone:

    a reply           to the page of what it answers, while that has room (twice a page's size)
    everything else   to the last page; when that has its size, to a new one

So a thread stays together unless it is very long, no page grows beyond bounds, and nothing later moves anything.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from backfile.dates import parse_edtf
from backfile.model import Comment
from backfile.threads import Node, in_reading_order

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def page_numbers(roots: Sequence[Node], comments: Sequence[Comment], size: int) -> dict[int, int]:
    """For each node, by its `id()`, the number of its page from 1; nothing where all are on one, as with `size` 0."""
    if size <= 0 or len(comments) <= size:
        return {}
    nodes = in_reading_order(roots)
    counts = [0]
    found: dict[int, int] = {}
    for node in _oldest_first(nodes, comments):
        page = found[id(node.parent)] if node.parent else 0
        if not page or counts[page - 1] >= 2 * size:
            if counts[-1] >= size:
                counts.append(0)
            page = len(counts)
        counts[page - 1] += 1
        found[id(node)] = page
    return found


def page_url(place: str, number: int) -> str:
    """Where a page of the comments on the article at `place` stands; the first is the article's own."""
    return place if number == 1 else f"{place.removesuffix('.html')}.comments-{number}.html"


def finding_aid(pages: Iterable[Iterable[str]]) -> str:
    """For the script that leads from an anchor to its page: `SALT page page ...`, four digits an anchor.

    The digits are 24 bits of FNV-1a; the salt is the first with which no anchor is taken for one of another page.
    """
    anchors = [list(page) for page in pages]
    for salt in range(1000):
        marked = [[_mark(anchor, salt) for anchor in page] for page in anchors]
        if sum(map(len, map(set, marked))) == len({mark for page in marked for mark in page}):
            break
    return " ".join([str(salt), *("".join(page) or "-" for page in marked)])


def _mark(anchor: str, salt: int) -> str:
    value = 2166136261 ^ salt
    for char in anchor:
        value = ((value ^ ord(char)) * 16777619) & 0xFFFFFFFF
    return "".join(_DIGITS[(value >> shift) & 63] for shift in (26, 20, 14, 8))


def _oldest_first(nodes: Sequence[Node], comments: Sequence[Comment]) -> list[Node]:
    """By date, then as they stand in the source; no reply before what it answers."""
    latest, keys = datetime.datetime.min.replace(tzinfo=datetime.UTC), {}
    for place, comment in enumerate(comments):
        date = parse_edtf(comment.date)
        # One without a date, or taken out, is as old as the one before it.
        latest = date.earliest() if date else latest
        keys[id(comment)] = (latest, place)
    order: dict[int, tuple[datetime.datetime, int]] = {}
    for node in nodes:
        own = keys[id(node.comment)]
        order[id(node)] = max(own, order[id(node.parent)]) if node.parent else own
    return sorted(nodes, key=lambda node: order[id(node)])
