"""What an extraction would take out of an article with its words, or join, stays as the page shows it."""

from __future__ import annotations

import time

import pytest

from backfile.importer.html.fragment import html_to_commonmark
from test_media import PARAGRAPHS, body_of


def kept(markup: str) -> list[str]:
    """The blocks that stand between the others of an article."""
    first, second, third, fourth = PARAGRAPHS
    found = body_of(first, second, markup, third, fourth).split("\n\n")
    assert [part[4:9] for part in (*found[:2], *found[-2:])] == ["first", "secon", "third", "fourt"]
    return found[2:-2]


def test_the_lines_of_preformatted_text_stay_lines():
    assert kept("<pre>Roses are red\n   Violets are blue</pre>") == ["```\nRoses are red\n   Violets are blue\n```"]


def test_breaks_in_preformatted_text_are_ends_of_lines():
    assert kept("<pre>Roses are red<br>Violets<br>  are blue</pre>") == ["```\nRoses are red\nViolets\n  are blue\n```"]


def test_formulas_keep_their_signs():
    signs = "<math><mi>x</mi><mo>=</mo><mn>2</mn></math>"
    assert kept(f"<p>All of the people on the ferry know that {signs} holds.</p>") == [
        "All of the people on the ferry know that x=2 holds."
    ]


@pytest.mark.parametrize("name", ["pre", "ruby", "q", "math", "p", "ol"])
def test_what_stands_in_its_like_is_read(name):
    assert "words" in body_of(*PARAGRAPHS[:2], f"<{name}><{name}><{name}>words of it</{name}>" * 3, *PARAGRAPHS[2:])


def test_the_stanzas_of_a_poem_stay_apart():
    poem = "<p>Roses are red<br>Violets are blue<br><br>\n<br>Sugar is <i>sweet</i><br>And so are you<br><br></p>"
    assert kept(poem) == ["Roses are red\\\nViolets are blue", "Sugar is *sweet*\\\nAnd so are you"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ruby>漢字<rt>かんじ</rt></ruby>", "漢字(かんじ)"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字(かんじ)"),
        ("<q>Sail <b>on</b></q>", "“Sail **on**”"),
        ("<q>»Sail on«</q>", "»Sail on«"),
    ],
)
def test_readings_and_quotations_stay_in_their_sentence(markup, text):
    sentence = f"<p>The captain, who had been asked by many, wrote {markup} and went away.</p>"
    whole = f"The captain, who had been asked by many, wrote {text} and went away."
    assert kept(sentence) == [whole]
    assert html_to_commonmark(sentence) == whole


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ol start='5'><li>Five boats</li><li>Six</li></ol>", "5. Five boats\n6. Six"),
        ("<ol><li>One boat</li><li value='7'><b>Seven</b></li></ol>", "1. One boat\n7. **Seven**"),
        (
            "<aside><ol start='4'><li>Four boats is all that there are</li></ol></aside>",
            "4. Four boats is all that there are",
        ),
    ],
)
def test_the_items_of_a_list_keep_their_numbers(markup, text):
    assert kept(markup) == [text]
    assert kept(f"<p>These:</p>{markup}") == ["These:", text]


def test_who_is_quoted_stays_below_the_quotation():
    assert kept("<blockquote><p>Sail on.</p><footer>The captain</footer></blockquote>") == [
        "> Sail on.\n>\n> The captain"
    ]


def test_a_heading_that_unfolds_what_is_below_it_keeps_its_words():
    assert kept("<h3><button aria-expanded='false'>Who sails?</button></h3><p>All do.</p>") == [
        "### Who sails?",
        "All do.",
    ]


def test_lists_in_a_table_stay_in_their_cells():
    table = (
        "<table><tr><th>Port</th><th>Boats</th></tr>"
        "<tr><td>Quay</td><td><ul><li>One</li><li>Two</li></ul></td></tr><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>"
    )
    assert kept(table) == ["| Port | Boats |\n| --- | --- |\n| Quay | • One • Two |\n| a b | c |"]


def test_lists_in_a_table_that_is_there_for_the_layout_are_left_alone():
    profile = "<ul><li><img src='a.png' alt='Ann'></li><li>Posts: 4</li></ul>"
    page = "<table><tr><td>{}</td><td>{}</td></tr><tr><td>a</td><td>b</td></tr></table>"
    assert "Posts" not in body_of(page.format(profile, "".join(PARAGRAPHS)))
    assert "Posts" not in body_of(page.format(profile, "A boat."), *PARAGRAPHS)


def test_a_paragraph_of_breaks_is_parted_at_once():
    start = time.monotonic()
    body_of(*PARAGRAPHS, "<p>" + "word<br><br><br>" * 3_000 + "</p>")
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "reference", ["&#1;", "&#0;", "&#x1f", "&#00014;", "&#65534;", "&#xFFFF;", "&#xD800;", "&#55555;"]
)
@pytest.mark.parametrize("name", ["q", "ruby", "math", "pre", "p", "li", "td", "time", "aside", "span"])
def test_characters_that_no_text_holds_cost_no_page(reference, name):
    markup = f"<{name}>The words {reference}of it{reference}<br>{reference}</{name}>{reference}" * 2
    assert "words of it" in html_to_commonmark(markup).replace("\ufffd", "")
    first, second, third, fourth = PARAGRAPHS
    assert body_of(first, second, markup, f"<p>It is long enough to be one of all. {markup}</p>", third, fourth)
