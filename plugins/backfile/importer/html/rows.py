"""Comments that have no names of their own: the rows of what is named as the list of them."""

from __future__ import annotations

from lxml.html import HtmlElement

from backfile.importer.html.areas import leads_away
from backfile.importer.html.outline import Outline
from backfile.importer.html.runs import Run, kind_of, runs_of, says

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def rows_of(page: Outline, container: int) -> list[Run]:
    """The rows of a list: two or more alike, each of them complete."""
    rows = _dated_in(page, page.elements[container])
    if len({row.tag for row in rows}) != 1:
        return []
    runs = runs_of(page, [page.places[row] for row in rows])
    return runs.records if runs.complete == 1.0 else []


def dated_rows_of(page: Outline, container: int) -> list[Run]:
    """Rows of which nothing marks who wrote them: two or more alike, each with a date and words, none beside."""
    rows = _dated_in(page, page.elements[container])
    if len(rows) < 2 or len(set(map(kind_of, rows))) != 1:
        return []
    if any(_dates_in(page, row) != 1 or not says(page, (row,)) for row in rows):
        return []
    if leads_away(page.elements[container]):
        return []
    known = set(rows)
    parent = rows[0].getparent()
    beside = [child for child in parent if child in page.places and child not in known] if parent is not None else []
    if any(page.prose_in(*_span(page, child)) for child in beside if child.tag not in _HEADINGS):
        return []
    return [(row,) for row in rows]


def _dated_in(page: Outline, element: HtmlElement) -> list[HtmlElement]:
    """The children that have dates, of an element or of the only one in it that has them all."""
    while True:
        rows = [child for child in element if child in page.places and _dates_in(page, child)]
        if len(rows) != 1:
            return rows
        element = rows[0]


def _dates_in(page: Outline, element: HtmlElement) -> int:
    return page.dates_in(*_span(page, element))


def _span(page: Outline, element: HtmlElement) -> tuple[int, int]:
    return page.places[element], page.ends[page.places[element]]
