"""The outline of a page, and the names in it that speak."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backfile.importer.html.naming import named_in
from backfile.importer.html.outline import Outline, outline
from backfile.importer.html.parsing import parse
from backfile.importer.html.words import COMMENT_HINT, COMMENT_STEM, REPLY

PIECES = (
    "<p>On the first day the ferry ran until midnight, and nobody complained about that.</p>",
    '<span class="author">Ann</span>',
    '<div class="author"><b>Ann</b> of <i>Harbour Street</i></div>',
    '<time datetime="2012-05-01">yesterday</time>',
    "<em>4 May 2012</em> was a Friday.",
    "<p>Posted by Tom on 5 May 2012</p>",
    '<a href="/users/tom">Tom</a>',
    "<script>var a = 1</script>",
)


def page_of(seed: int) -> Outline:
    """An outline of nested elements, the same for the same seed."""
    chance = random.Random(seed)

    def some(depth: int) -> str:
        parts = chance.choices(PIECES, k=chance.randint(0, 4))
        parts += [f"<div>{some(depth - 1)}</div> tail" for _ in range(chance.randint(0, 3) if depth else 0)]
        return "".join(chance.sample(parts, len(parts)))

    parsed = parse(f"<html><body><div>{some(4)}</div>{PIECES[0]}</body></html>".encode())
    assert parsed
    return outline(parsed[0], {})


@pytest.mark.parametrize("seed", range(20))
def test_a_range_weighs_the_same_whether_it_is_looked_at_alone_or_with_all_others(seed: int) -> None:
    whole = page_of(seed)
    size = len(whole.elements)
    whole.dates_in(0, size)  # so much that all marks are looked for
    for start in range(size):
        alone = page_of(seed)
        end = alone.ends[start]
        assert alone.prose_in(start, end) == whole.prose_in(start, end)
        assert alone.dates_in(start, end) == whole.dates_in(start, end)
        assert alone.authors_in(start, end) == whole.authors_in(start, end)


def test_text_inside_of_a_short_mark_is_no_prose_even_where_the_mark_lies_outside_of_the_range() -> None:
    parsed = parse(f'<body><div class="author"><b>Ann</b></div>{PIECES[0] * 9}<p>x</p></body>'.encode())
    assert parsed
    page = outline(parsed[0], {})
    place = next(number for number, element in enumerate(page.elements) if element.tag == "b")
    assert page.text_in(place, page.ends[place]) == 3
    assert page.prose_in(place, page.ends[place]) == 0


@given(st.from_regex(COMMENT_STEM))
def test_every_name_with_the_stem_of_a_comment_holds_a_hint(name: str) -> None:
    assume(name.lower() == name.casefold())  # a long s is no letter of class names
    assert COMMENT_HINT.search(name.lower())


@pytest.mark.parametrize("word", sorted(REPLY))
def test_every_word_for_a_reply_holds_a_hint(word: str) -> None:
    assert COMMENT_HINT.search(word)


def test_elements_are_named_by_classes_ids_and_declarations_that_speak() -> None:
    markup = (
        b'<body><div class="odd comment-7 box"></div><p id="c12" class="box">x</p><my-comment class="a">y</my-comment>'
        b'<i itemtype="https://schema.org/Comment">z</i><b id="header">w</b></body>'
    )
    parsed = parse(markup)
    assert parsed
    named = named_in(parsed[0], lambda name: "omment" in name or name.endswith("#c"), COMMENT_HINT)
    assert list(named.values()) == [("div.comment-",), ("p#c",), ("my-comment.a",), ("i@Comment",)]
