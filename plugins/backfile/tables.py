"""Tables in CommonMark, as GitHub's dialect writes them: rows of cells between pipes, a rule below the first row.

    |  | 2010 | 2011 |
    | --- | --- | --- |
    | Boats | 7 | 9 |

That dialect shows no more cells of a row than the first row has. Here, what would lose some that way is no table, and
neither is what would have many more cells than the text has characters: it is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_RULE = re.compile(r"^[ \t>]*+[|:\-][|:\- \t\r]*+$", re.MULTILINE)
_PIPE = re.compile(r"(?<!\\)\|")
_NO_HEAD = re.compile(r"<thead>\n<tr>\n(?:<th(?: [^<>]*)?></th>\n)+</tr>\n</thead>\n")
_SPARSE, _FEW = 4, 200


def may_hold_table(commonmark: str) -> bool:
    """Whether a text has a line that may be the rule of a table; all that have a table do."""
    if "|" not in commonmark or "-" not in commonmark:
        return False
    return any("|" in rule[0] and "-" in rule[0] for rule in _RULE.finditer(commonmark))


def write_table(rows: Sequence[Sequence[str]], *, is_headed: bool) -> str:
    """A table of cells in CommonMark, each of one line; empty where it has but a row or a column, or hardly any words.

    Rows may be of any lengths. Those without words are left out, and columns.
    """
    width = max(map(len, rows), default=0)
    used = [place for place in range(width) if any(place < len(row) and row[place] for row in rows)]
    kept = [[row[place] if place < len(row) else "" for place in used] for row in rows]
    is_headed = is_headed and bool(kept) and any(kept[0])
    kept = [row for row in kept if any(row)]
    words = sum(1 for row in kept for cell in row if cell)
    if len(kept) < 2 or len(used) < 2 or len(kept) * len(used) > _SPARSE * words + _FEW:
        return ""
    head = kept.pop(0) if is_headed else [""] * len(used)
    return "\n".join((_row(head), _row(["---"] * len(used)), *(_row(_without_end(row)) for row in kept)))


def _without_end(row: list[str]) -> list[str]:
    """The row as far as it has words: what reads it adds empty cells itself."""
    last = max(place for place, cell in enumerate(row) if cell)
    return row[: last + 1]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def use_tables(renderer: MarkdownIt) -> MarkdownIt:
    """Has a renderer read tables, but for those of which it would lose words or make too much."""
    from markdown_it.rules_block.table import table

    def whole(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start < state.env.get("whole_from", 0) or not table(state, start, end, True):
            return False
        columns = _count(_line(state, start))
        cells = state.env.get("cells", 0) + columns
        for number in range(start + 2, end):
            line = _line(state, number)
            if not line or state.sCount[number] < state.blkIndent:
                break
            cells += columns
            if _count(line) > columns or cells > len(state.src):
                # No line above this one is asked again, or a text of many rules would take forever.
                state.env["whole_from"] = number
                return False
        if not silent:
            state.env["cells"] = cells
        return table(state, start, end, silent)

    renderer.block.ruler.at("table", whole, {"alt": ["paragraph", "reference"]})
    return renderer.enable("table")


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _count(row: str) -> int:
    """How many cells a row has."""
    ends = row.startswith("|") + (len(row) > 1 and row.endswith("|") and not row.endswith("\\|"))
    return len(_PIPE.findall(row)) + 1 - ends


def without_empty_heads(html: str) -> str:
    """The HTML of tables without those heads that say nothing."""
    return _NO_HEAD.sub("", html) if "<table>" in html else html
