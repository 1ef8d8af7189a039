"""Tables: from HTML to pipes, from pipes to the page, and out of harm's way."""

from __future__ import annotations

import html
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from backfile import markdown
from backfile.importer.html.fragment import html_to_commonmark
from backfile.markdown import escape_text, plain_text, render
from backfile.tables import may_hold_table
from backfile.takedown.passages import redact_markdown
from backfile.takedown.readings import text_says
from growth import MOST, growth
from test_html_keeping import kept

SAID = st.one_of(
    st.sampled_from(
        ["", "a", "2010", "|", "\\", "\\|", "`", "`|`", "---", "- x", "1. x", "~~", "*", "a  b", "<b>", "é"]
    ),
    st.text(st.sampled_from(list("ab|\\`*_~-:<>[]() ")), max_size=8),
)
GRIDS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(SAID, min_size=width, max_size=width), min_size=2, max_size=4)
)
PLACES = {"alone": "{}", "quoted": "<blockquote><p>x</p>{}</blockquote>", "item": "<ul><li>x{}</li></ul>"}


def cells_of(rendered: str) -> list[list[list[str]]]:
    """Of each table the words in each cell of each row."""
    return [
        [[" ".join(cell.get_text().split()) for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
        for table in BeautifulSoup(rendered, "html.parser").find_all("table")
    ]


def worded(grid: list[list[str]]) -> list[list[str]]:
    """The rows and columns of a grid that have words in them."""
    grid = [[" ".join(said.split()) for said in row] for row in grid]
    used = [place for place in range(len(grid[0])) if any(row[place] for row in grid)]
    return [[row[place] for place in used] for row in grid if any(row)]


@pytest.mark.parametrize("name", ["td", "th"])
@pytest.mark.parametrize("place", PLACES)
@given(grid=GRIDS)
def test_each_cell_says_on_the_page_what_it_said(grid, name, place):
    rows = "".join(
        f"<tr>{''.join(f'<{tag}>{html.escape(said)}</{tag}>' for said in row)}</tr>"
        for tag, row in zip([name] + ["td"] * len(grid), grid, strict=False)
    )
    rendered = render(html_to_commonmark(PLACES[place].format(f"<table>{rows}</table>")))
    headed = name == "th" and any(said.strip() for said in grid[0][1:])
    while len(grid) > 1 and not any(said.strip() for said in grid[0][1:]):
        title = " ".join(grid.pop(0)[0].split())  # it stands above the table
        assert title in " ".join(BeautifulSoup(rendered, "html.parser").get_text().split())
    grid = worded(grid)
    if len(grid) > 1 and len(grid[0]) > 1:
        assert cells_of(rendered) == [grid]
        assert ("<th>" in rendered) == headed


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (
            "<table><caption>Boats</caption><thead><tr><td>Year<td>N</thead><tfoot><tr><td>all<td>9</tfoot></table>",
            "Boats\n\n| Year | N |\n| --- | --- |\n| all | 9 |",
        ),
        (
            "<table><tr><th colspan=2>Boats</th></tr><tr><th>Year</th><th>N</th></tr><tr><td>2010<td>7</table>",
            "Boats\n\n| Year | N |\n| --- | --- |\n| 2010 | 7 |",
        ),
        (
            "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td colspan=2>d<td>e</table>",
            "|  |  |  |\n| --- | --- | --- |\n| a | b |\n|  | c |\n| d |  | e |",
        ),
        ("<table><tr><td><b>a</b><br>b<td><a href='https://x.example/|'>c</a><tr><td>d<td>e</table>",
         "|  |  |\n| --- | --- |\n| **a** b | [c](https://x.example/%7C) |\n| d | e |"),
        ("<table><colgroup><col></colgroup><!-- x --><tr><td>a<td><td>b<tr><td>c<td>&nbsp;<td>d</table>",
         "|  |  |\n| --- | --- |\n| a | b |\n| c | d |"),
        # What is no table of words: one row, one column, words beside the cells, a table within, long cells.
        ("<table><tr><td>a<td>b</table>", "a | b"),
        ("<table><tr><td>a<tr><td>b</table>", "a\n\nb"),
        ("<table><tr><td>a<td>b<tr><td>c<td><table><tr><td>d<td>e</table></table>", "a | b\n\nc | d e"),
        (f"<table><tr><td>a<td>b<tr><td>c<td>{'long ' * 80}</table>", f"a | b\n\nc\n\n{('long ' * 80).strip()}"),
        ("<table><tr><td colspan=99>a<td>b<tr><td>c<td>d</table>", "a | b\n\nc | d"),
    ],
)  # fmt: skip
def test_a_table_is_written_as(markup, written):
    assert html_to_commonmark(markup) == written


def test_the_table_of_a_page_keeps_its_head_its_title_and_its_columns():
    table = (
        "<table><caption>Boats in the harbour</caption><tr><th></th><th>2010</th><th>2011</th></tr>"
        "<tr><td>Sail</td><td></td><td>7 | 8</td></tr><tr><td>Steam</td><td colspan=2>none</td></tr></table>"
    )
    assert kept(table) == [
        "Boats in the harbour",
        "|  | 2010 | 2011 |\n| --- | --- | --- |\n| Sail |  | 7 \\| 8 |\n| Steam | none |",
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a | b\n--- | ---:\n1 | 2", [[["a", "b"], ["1", "2"]]]),
        ("|a|b|\n|-|-|\n|1|\n\n> |c|\n> |-|\n> |d|", [[["a", "b"], ["1", ""]], [["c"], ["d"]]]),
        ("|  |  |\n|-|-|\n|1|2|", [[["1", "2"]]]),
        ("|a|b|\n|-|-|\n|1|2|3|", []),  # the third would be lost
        ("|a|b|\n|-|-|\n|1|2\\|3|\n\n|c|\n|-|", [[["a", "b"], ["1", "2|3"]], [["c"]]]),
        ("|a|b|\n|-|\n|1|", []),
    ],
)
def test_a_table_that_somebody_wrote_is_shown_where_none_of_it_is_lost(text, cells):
    rendered = render(text)
    assert cells_of(rendered) == cells
    for word in re.findall(r"\w", text):
        assert word in plain_text(text)


def test_a_head_without_words_is_none():
    assert render("|  |  |\n|:-|-:|\n|a|b|") == (
        "<table>\n<tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"
    )


def test_a_row_is_a_line_of_the_plain_text():
    text = "Before\n\n| a | b |\n| --- | --- |\n| 1 |  |\n|  | 2 |\n\nAfter"
    assert plain_text(text) == "Before\na\tb\n1\t\n\t2\nAfter"
    assert markdown.paragraphs_of(text) == ["Before", "a\tb", "1\t", "\t2", "After"]


LOOSE = st.text(st.sampled_from(list("|-: >\n\ta\\~`")), max_size=30)


@given(LOOSE)
def test_what_has_no_rule_has_no_table(text):
    if "<table>" in markdown._literal_renderer().render(text):
        assert may_hold_table(text)


@given(LOOSE.filter(str.strip))
def test_plain_text_makes_no_table_beside_one(text):
    table = "| a | b |\n| --- | --- |\n| c | d |"
    written = escape_text(text.strip("\n"))
    rendered = render(f"{written}\n\n{table}\n\n{written}\n\n~~{written}~~")
    assert cells_of(rendered) == [[["a", "b"], ["c", "d"]]]


@pytest.mark.parametrize(
    ("passage", "left"),
    [
        ("seven", "| Boats | \\[passage removed\\] |"),
        ("boats seven", "| \\[passage removed\\] |"),
        ("seven quay", None),
        ("year boats", None),
    ],
)
def test_a_passage_goes_from_within_and_from_across_cells(passage, left):
    text = "Before.\n\n| Port | Year |\n| --- | --- |\n| Boats | seven |\n| Quay | nine |\n\nAfter."
    cut = redact_markdown(text, [passage])
    assert not text_says(cut, [passage])
    assert left is None or left in cut
    assert "|" not in plain_text(cut)
    assert "nine" in cut and "Before." in cut and "After." in cut


@pytest.mark.parametrize(
    "text",
    [
        lambda size: "|a|\n" + "|-|\n" * size + "|x|y|\n",
        lambda size: ("|a" * 64 + "|\n" + "|-" * 64 + "|\n" + "x\n" * 64 + "\n") * (size // 100),
        lambda size: "|-|\n" * size,
        lambda size: "|" * size + "\n" + "|-" * size,
        lambda size: " " * size + "|-" + " " * size + "x",
        lambda size: "x\n\n|a|\n|-|\n|b|\n\n" * (size // 4),
        lambda size: "> |a|b|\n> |-|-|\n" * size,
    ],
)
def test_tables_cost_no_more_than_their_size(text):
    assert growth(render, text(2_000), text(16_000)) < MOST


@pytest.mark.parametrize(
    "markup",
    [
        lambda size: "<table>" + "<tr><td>a" * size,
        lambda size: "<table>" + "<tr><td colspan=60>a<td rowspan=99>b" * size,
        lambda size: "<table><tr>" + "<td>a" * size,
        lambda size: "<table><tr><td>" * (size // 20),
        lambda size: "<table><caption>" * (size // 20),
    ],
)
def test_tables_are_read_in_time_that_grows_as_they_do(markup):
    assert growth(html_to_commonmark, markup(1_000), markup(8_000)) < MOST
