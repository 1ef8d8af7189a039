"""Threads told by how far comments are set in: an `indent` attribute, a left margin, an empty image of that width.

    <tr class="comtr"><td indent="1"><img src="s.gif" height="1" width="40">      Hacker News
    <div style="margin-left: 50px"><div class="comment">                          LiveJournal

Any page sets things in. So all comments must be, at least to nothing, and by multiples of one step.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from lxml.html import HtmlElement

_MARGIN = re.compile(r"(?:^|;)\s*margin-left\s*:\s*(\d{1,5})(?:px|em|%)?\s*(?:;|$)", re.IGNORECASE)
_NEAR = 10  # elements from where a comment begins to what sets it in
_DEEPEST = 1000


def depths_by_indent(records: Sequence[HtmlElement]) -> list[int | None]:
    """For each record how deep it stands in its thread; None for all where nothing tells."""
    ways = _ways(records)
    for read in (_declared, _margin, _spacer):
        found = [read(way) for way in ways]
        widths = [width for width in found if width is not None]
        if len(widths) == len(records) and (steps := _in_steps(widths)):
            return list(steps)
    return [None] * len(records)


def _in_steps(widths: Sequence[int]) -> list[int]:
    """Widths as multiples of the smallest, or nothing when they are none or all the same."""
    least = min(widths, default=0)
    step = min((width - least for width in widths if width > least), default=0)
    if not step or any((width - least) % step for width in widths) or max(widths) - least > _DEEPEST * step:
        return []
    return [(width - least) // step for width in widths]


Way = list[HtmlElement]


def _ways(records: Sequence[HtmlElement]) -> list[Way]:
    """For each record the elements round it that hold no other, the outermost first, and itself."""
    held: Counter[HtmlElement] = Counter()
    for record in records:
        held.update((record, *record.iterancestors()))
    return [[*reversed([one for one in record.iterancestors() if held[one] == 1]), record] for record in records]


def _near(way: Way, told: Callable[[HtmlElement], int | None]) -> int | None:
    values = map(told, islice(way[0].iter("*"), _NEAR))
    return next((value for value in values if value is not None), None)


def _declared(way: Way) -> int | None:
    return _near(way, lambda element: _number(element.get("indent")))


def _margin(way: Way) -> int | None:
    found = (_MARGIN.search(element.get("style") or "") for element in way)
    return next((int(margin[1]) for margin in found if margin), None)


def _spacer(way: Way) -> int | None:
    def width(element: HtmlElement) -> int | None:
        flat = element.tag == "img" and element.get("height") in ("0", "1")
        return _number(element.get("width")) if flat else None

    return _near(way, width)


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() and len(value) < 6 else None
