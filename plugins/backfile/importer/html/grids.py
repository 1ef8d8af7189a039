"""Tables of words, as pipes write them: the rows and columns that a browser shows.

A table that is there for the layout is none: it has another table or very long cells in it, one row or one column, or
words beside its cells. Its rows are read as lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bs4.element import Comment, NavigableString, Tag

from backfile.tables import write_table

LONGEST_CELL = 300
"""Characters; a table whose cells hold more is there for the layout."""
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_SILENT = frozenset({"colgroup", "col"})
_WIDEST, _LARGEST_SPAN = 60, 99

Cell = Tag | None


class Row(NamedTuple):
    """The cells of a row; None stands where one reaches from beside or from above."""

    cells: list[Cell]
    is_head: bool
    """Whether it says what the columns hold."""


class Grid(NamedTuple):
    """The captions of a table, and its rows."""

    captions: list[Tag]
    rows: list[Row]

    def written(self, line: Callable[[Tag], str]) -> list[str]:
        """The table in pipes below its titles, `line` giving what a cell says on one; none for the layout."""
        rows: list[list[str]] = []
        for row in self.rows:
            every = [line(cell) if cell is not None else "" for cell in row.cells]
            rows.append([said if said.strip() else "" for said in every])
            if any(len(said) >= LONGEST_CELL or "\n" in said for said in rows[-1]):
                return []
        titles = []
        for said in rows:
            if any(said[1:]):
                break
            titles.append(said[0] if said else "")
        head = self.rows[len(titles)].is_head if len(titles) < len(rows) else False
        table = write_table(rows[len(titles) :], is_headed=head)
        return [*filter(None, titles), table] if table else []


def grid_of(table: Tag) -> Grid | None:
    """The cells of a table in their rows; None where it holds anything else."""
    grid = Grid([], [])
    spans: dict[int, int] = {}
    for part, row in _rows_of(table):
        if row is not None and row.name == "caption":
            grid.captions.append(row)
            continue
        cells = _cells_of(row)
        if cells is None:
            return None
        placed = _placed(cells, spans)
        if len(placed) > _WIDEST:
            return None
        # A row of headings may have empty cells of any kind.
        heads = [cell for cell in cells if cell.name == "th" or cell.get_text(strip=True)]
        grid.rows.append(Row(placed, part == "thead" or all(cell.name == "th" for cell in heads)))
    return grid


def _rows_of(table: Tag) -> Iterator[tuple[str, Tag | None]]:
    """The rows and captions of a table, each with the name of the part that it is in; None for anything else."""
    for child in _children(table):
        inside = _children(child) if child is not None and child.name in _PARTS else (child,)
        for row in inside:
            yield (child.name if child is not None else ""), row


def _children(tag: Tag) -> Iterator[Tag | None]:
    """The elements in an element of a table; None for words that stand bare there."""
    for child in tag.contents:
        if isinstance(child, Tag):
            if child.name not in _SILENT:
                yield child
        elif isinstance(child, NavigableString) and not isinstance(child, Comment) and child.strip():
            yield None


def _cells_of(row: Tag | None) -> list[Tag] | None:
    """The cells of a row; None where it is no row, holds something else, or a table within a cell."""
    if row is None or row.name != "tr":
        return None
    cells = []
    for cell in _children(row):
        if cell is None or cell.name not in ("td", "th") or cell.find("table") is not None:
            return None
        cells.append(cell)
    return cells


def _placed(cells: list[Tag], spans: dict[int, int]) -> list[Cell]:
    """The cells in their columns; `spans` says for each column how many more rows the cell above reaches into."""
    row: list[Cell] = []
    for cell in cells:
        _pass(row, spans)
        for place in range(_span(cell, "colspan")):
            if (deep := _span(cell, "rowspan")) > 1:
                spans[len(row)] = deep - 1
            row.append(None if place else cell)
    _pass(row, spans)
    return row


def _pass(row: list[Cell], spans: dict[int, int]) -> None:
    """Passes over the columns that a cell above reaches into."""
    while spans.get(len(row), 0):
        spans[len(row)] -= 1
        row.append(None)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "").strip()
    return (
        min(int(value), _LARGEST_SPAN)
        if value.isascii() and value.isdecimal() and 0 < len(value) < 6 and int(value)
        else 1
    )
