"""Elements are taken out of a page as lxml would, one by one, and in time that grows as the page does."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring
from lxml.html import document_fromstring

from backfile.importer.html.dropping import drop_tags, drop_trees
from backfile.importer.html.reader import read_html
from backfile.model import Source
from growth import MOST, growth

PIECES = st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<u></u>", "<br>", "one ", "two", " "])
ELEMENTS = ("b", "i", "p", "u", "br")


@given(st.lists(PIECES, max_size=30), st.lists(st.booleans(), min_size=30, max_size=30))
def test_a_tree_is_what_it_is_when_they_go_one_by_one(pieces, choices):
    page = document_fromstring(f"<div>{''.join(pieces)}</div>")
    for drop, one_by_one in ((drop_tags, "drop_tag"), (drop_trees, "drop_tree")):
        expected, ours = copy.deepcopy(page), copy.deepcopy(page)
        chosen = [
            [part for part, is_chosen in zip(tree.iter(*ELEMENTS), choices, strict=False) if is_chosen]
            for tree in (expected, ours)
        ]
        for element in chosen[0]:
            getattr(element, one_by_one)()
        drop(ours, chosen[1])
        assert tostring(ours) == tostring(expected)
        assert [text for part in ours.iter() for text in (part.text, part.tail) if text] == [
            text for part in expected.iter() for text in (part.text, part.tail) if text
        ]


PROSE = "<p>This paragraph tells of the ferry and the people on it, and it is long enough to be one of a story.</p>" * 3
MANY = {
    "breaks": "<p>{}</p>|x<br>",
    "breaks in code": "<pre>{}</pre>|x<br>",
    "breaks in fonts": "<div>{}</div>|<font>x<br><br>y</font>",
    "marks of nothing": "<p>{}</p>|<b></b>x ",
    "quotations": "<p>{}</p>|<q>x</q> ",
    "readings": "<p><ruby>{}</ruby></p>|漢<rt>x</rt>",
    "characters with readings": "<p>{}</p>|<ruby>漢<rt>x</rt></ruby>",
    "signs of a formula": "<p><math>{}</math></p>|<mi>x</mi>",
    "drawn formulas": "<p>{}<script type='math/tex'>x</script></p>|<i class=MathJax>x</i>y ",
    "dates": "<p>{}</p>|<time>3 May</time> x ",
    "smileys": "<p>{}</p>|<img class=wp-smiley alt=':)' src=/s.png> x ",
    "buttons in a heading": "<h2>{}</h2>|<button>x</button> ",
    "empty paragraphs of a cell": "<table><tr><td>a<tr><td><ul><li>x</ul>{}</table>|<p></p>",
    "copies of images": "<div>{}</div>|<img data-src='/{0}.png'><noscript><img src='/{0}.png'></noscript>",
    "values of a name": "<div>{}</div>|<meta name=description content='{0}'>",
    "empty lines before a long one": "{}<aside>A box of some words.</aside><p>{words}</p>|<p></p>",
}


@pytest.mark.parametrize("kind", MANY)
def test_many_of_a_kind_in_one_place_cost_no_more_than_their_size(kind):
    around, one = MANY[kind].split("|")

    def make(number: int) -> bytes:
        many = "".join(one.replace("{0}", str(place)) for place in range(number))
        inside = around.replace("{}", many).replace("{words}", "word " * 3 * number)
        return f"<html><body><article>{PROSE}{inside}{PROSE}</article></body></html>".encode()

    def read(page: bytes) -> object:
        return read_html(page, Source("x.html", "0" * 64))

    assert growth(read, make(1500), make(12_000)) < MOST


@pytest.mark.parametrize("said", ["\ufdd20\ufdd3", "&#xfdd2;0&#xfdd3;", "&#64978;0&#64979;"])
def test_a_page_that_says_the_number_of_its_longest_line_again_and_again_costs_no_more_than_its_size(said):
    def make(number: int) -> bytes:
        line = f"<p>The ferry and the people <b>on</b> it, {'word ' * number}</p>"
        return f"<html><body><article>{line}{f'<p>The ferry and the people {said}.</p>' * number}{PROSE}".encode()

    def read(page: bytes) -> object:
        return read_html(page, Source("x.html", "0" * 64))

    assert growth(read, make(400), make(3200)) < MOST
