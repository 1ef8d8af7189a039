"""Comments whose name and date stand beside their text, not round it.

    <a name="32677"></a>  <table> By Ann On 2020.03.12 ... </table>      an anchor, then the post
    <tr> <td>Ann</td> <td>20 Apr 2004</td> </tr>  <tr class="posting-row"> ...   a head, then the post

The elements that recur mark the places; each record is the run of siblings that belongs to its mark: the
element alone one level below the common parent, or that with what stands before it, or after it.

A text may hold a date, or a name. So the wrong reading can have one of each in all of its runs, too; but it leaves over
a head above the first run, or a foot below the last, of the kind that its runs have in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from backfile.importer.html.outline import Outline
from backfile.importer.html.words import words

_MOST_DATES = 6
_TEXTS = frozenset({"text", "content", "body", "message"})
Run = tuple[HtmlElement, ...]


class Runs(NamedTuple):
    """The records of a page, the share of them that are complete, and whether no part of one is left over."""

    records: list[Run]
    complete: float = 0.0
    even: bool = False


def runs_of(page: Outline, members: Sequence[int]) -> Runs:
    """The records that the marks stand for; none when no reading of the page makes sense.

    Of two readings the one that leaves fewer records incomplete is right: read the wrong way round, the first or the
    last record lacks its head.
    """
    if len(members) < 2:
        return Runs([])
    children, places = _below_common_parent(page, members)
    if not places:
        return Runs([])
    before = _with_before(children, places)  # which end with their marks
    readings = [
        Runs(records, _complete(page, records), _is_even(page, children, records) and not open_ended)
        for records, open_ended in (
            (_alone(children, places), False),
            (before, any(_is_followed(record[-1]) for record in before)),
            (_with_after(children, places), False),
        )
    ]
    best = max(readings, key=lambda runs: (runs.complete, runs.even))  # of equals the first
    return best if best.complete else Runs([])


def says(page: Outline, run: Run) -> bool:
    """True for a record with a text; one that is named so is one, be it short and with a date in it."""
    start, end = page.places[run[0]], page.ends[page.places[run[-1]]]
    if page.prose_in(start, end) > 0 or any(map(_is_followed, run)):
        return True
    named = (page.places[part] for part in run if words(part.get("class") or "") & _TEXTS)
    return any(page.text_in(place, page.ends[place]) for place in named)


def _is_even(page: Outline, children: list[HtmlElement], records: list[Run]) -> bool:
    """False where parts like those of the records are left over above or below them, or dates between them.

    Nor may anything be left between where the text behind an element is its record's: that would be in the text.
    """
    kinds = {kind_of(element) for record in records for element in record}
    known = {element for record in records for element in record}
    bare = any(map(_is_followed, known))
    first, last = page.places[records[0][0]], page.places[records[-1][-1]]
    for element in children:
        if element in known:
            continue
        place = page.places[element]
        if kind_of(element) in kinds or (first < place < last and (bare or page.dates_in(place, page.ends[place]))):
            return False
    return True


def _is_followed(element: HtmlElement) -> bool:
    """True for an element with text behind it."""
    return bool((element.tail or "").strip())


def kind_of(element: HtmlElement) -> tuple[str, str]:
    """The name and the classes of an element, by which those that recur are known."""
    return element.tag, " ".join(sorted((element.get("class") or "").split()))


def _below_common_parent(page: Outline, members: Sequence[int]) -> tuple[list[HtmlElement], list[int]]:
    """The children of the closest common ancestor, and which hold the marks; no places if two share one."""
    first, last = members[0], members[-1]
    child = page.elements[first]
    parent = child.getparent()
    while parent is not None and parent in page.places and page.ends[page.places[parent]] <= last:
        child, parent = parent, parent.getparent()
    if parent is None or parent not in page.places:
        return [], []
    children = [element for element in parent if element in page.places]
    starts = [page.places[element] for element in children]
    places: list[int] = []
    at = 0
    for member in members:
        while at + 1 < len(starts) and starts[at + 1] <= member:
            at += 1
        if not starts[at] <= member < page.ends[starts[at]] or (places and places[-1] == at):
            return [], []
        places.append(at)
    return children, places


def _alone(children: list[HtmlElement], places: list[int]) -> list[Run]:
    return [(children[place],) for place in places]


def _with_before(children: list[HtmlElement], places: list[int]) -> list[Run]:
    """Each with all since the one before; the first with as many as the others mostly have."""
    gaps = sorted(after - before for before, after in pairwise(places))
    usual = gaps[len(gaps) // 2]
    starts = [max(0, places[0] - usual + 1), *(place + 1 for place in places[:-1])]
    return [tuple(children[start : place + 1]) for start, place in zip(starts, places, strict=True)]


def _with_after(children: list[HtmlElement], places: list[int]) -> list[Run]:
    gaps = sorted(after - before for before, after in pairwise(places))
    usual = gaps[len(gaps) // 2]
    ends = [*places[1:], min(len(children), places[-1] + usual)]
    return [tuple(children[place:end]) for place, end in zip(places, ends, strict=True)]


def _complete(page: Outline, runs: list[Run]) -> float:
    """The share of runs with a date, an author and a text of their own; 0 when it is small or many have many dates."""
    dated = named = told = wide = 0
    for run in runs:
        start, end = page.places[run[0]], page.ends[page.places[run[-1]]]
        dates = page.dates_in(start, end)
        dated += dates > 0
        wide += dates > _MOST_DATES
        named += page.authors_in(start, end) > 0
        told += says(page, run)
    enough = 0.8 * len(runs)
    least = min(dated, told, named)
    return least / len(runs) if least >= enough and wide <= len(runs) * 0.2 else 0.0
