"""Comments whose own elements have no name that tells so, by the heads in them that have one.

    li.post                  <- of what is alike round all heads, and round each another, the outermost
      div.post-body
        header.comment__header   Ann, 3 May 2009
        div.post-message
      ul.children
        li.post ...

Each head has a name and a date; it is what is round it that has the text, and the replies.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from backfile.importer.html.groups import own
from backfile.importer.html.outline import Outline
from backfile.importer.html.runs import kind_of

_MOST_LEVELS = 8
_PAGE = frozenset({"html", "body", "main", "article"})
Kind = tuple[str, str]


def holders_of(page: Outline, heads: Sequence[int]) -> list[int]:
    """The places of the elements that hold one head each, and a text of their own; none where some have none."""
    if not all(page.dates_in(head, page.ends[head]) and page.authors_in(head, page.ends[head]) for head in heads):
        return []
    titled: dict[HtmlElement, bool] = {}
    levels = [_above(page, head, titled) for head in heads]
    # One alone tells nothing of what is alike: of what is round it the nearest that has a text is believed.
    for kind in levels[0] if len(heads) == 1 else reversed(levels[0]):
        holders = sorted({level[kind] for level in levels if kind in level})
        if len(holders) == len(heads) and _have_texts(page, holders, heads):
            return holders
    return []


def _have_texts(page: Outline, holders: Sequence[int], heads: Sequence[int]) -> bool:
    """True where each holder says more than its head and what is nested in it."""
    inside = own(page, holders)
    for (holder, nested), head in zip(inside, heads, strict=True):
        others = sum(page.text_in(place, page.ends[place]) for place in (head, *nested))
        if page.text_in(holder, page.ends[holder]) <= others:
            return False
    return True


def _above(page: Outline, head: int, titled: dict[HtmlElement, bool]) -> dict[Kind, int]:
    """The nearest elements of each kind above a head, those that are nearer first; up to what has the page's title.

    `titled` knows what has, since many heads have the same elements above them.
    """
    found: dict[Kind, int] = {}
    for element in islice(page.elements[head].iterancestors(), _MOST_LEVELS):
        if element.tag in _PAGE or element not in page.places:
            break
        if element not in titled:
            titled[element] = element.find(".//h1") is not None
        if titled[element]:
            break
        found.setdefault(kind_of(element), page.places[element])
    return found
