"""What stands between two paragraphs of an article is part of it, in whatever element; furniture is not."""

from __future__ import annotations

import time

import pytest

from backfile.importer.html.reader import read_html
from backfile.model import Source

LINE = "The bell that nobody had rung since the war was heard at noon."
PROSE = (
    "<p>The {} paragraph tells of the ferry and of the people on it, and it is long enough to be one of a story.</p>"
)
PARAGRAPHS = [PROSE.format(word) for word in ("first", "second", "third", "fourth")]


def body_of(*blocks: str) -> str:
    page = (
        "<html><head><title>A ferry</title></head><body><div id='nav'><a href='/'>Home</a></div><h1>A ferry</h1>"
        "<div class='entry'>{}</div><div id='footer'>Copyright</div></body></html>"
    ).format("\n".join(blocks))
    return read_html(page.encode(), Source("x.html", "0" * 64)).article.body


@pytest.mark.parametrize(
    "markup",
    [
        "<div>{}</div>",
        "<div dir='ltr' style='margin: 0'>{}</div>",
        "<div class='para'>{}</div>",
        "<div class='pullquote'>{}</div>",
        "<div><div>{}</div></div>",
        "<center>{}</center>",
        "<section>{}</section>",
        "<p><a href='https://example.org/bell'>{}</a></p>",
        "<div><a href='https://example.org/bell'>{}</a></div>",
    ],
)
@pytest.mark.parametrize("line", [LINE, "A bell rang."])
def test_what_stands_between_paragraphs_is_kept_in_its_place(markup, line):
    first, second, third, fourth = PARAGRAPHS
    found = body_of(first, second, markup.format(line), third, fourth).split("\n\n")
    assert len(found) == 5
    assert line in found[2]
    assert ("(https://example.org/bell)" in found[2]) == ("href" in markup)


def test_several_lines_keep_their_order():
    first, second, third, fourth = PARAGRAPHS
    lines = [f"<p><a href='https://e.org/{number}'>Link {number}</a></p>" for number in range(3)]
    found = body_of(first, *lines, second, "<div>A line.</div>", third, fourth).split("\n\n")
    assert [part[:7] for part in found] == [
        "The fir",
        "[Link 0",
        "[Link 1",
        "[Link 2",
        "The sec",
        "A line.",
        "The thi",
        "The fou",
    ]


@pytest.mark.parametrize("markup", ["<div>{}</div>", "<center>{}</center>", "<section>{}</section>"])
def test_the_last_paragraph_may_be_in_a_plain_box(markup):
    assert LINE in body_of(*PARAGRAPHS, markup.format(LINE))


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='share'>{}</div>",
        "<div class='related-posts'>{}</div>",
        "<div id='ad_3'>{}</div>",
        "<div class='ad'>{}</div>",
        "<p class='newsletter'><a href='/n'>{}</a></p>",
        "<div><div class='social'>{}</div></div>",
        "<aside class='related'>{}</aside>",
        "<nav>{}</nav>",
    ],
)
def test_furniture_stays_out(markup):
    first, second, third, fourth = PARAGRAPHS
    assert LINE not in body_of(first, second, markup.format(LINE), third, fourth)


def test_links_before_and_after_a_text_are_none_of_it():
    link = f"<p><a href='/more'>{LINE}</a></p>"
    assert LINE not in body_of(link, *PARAGRAPHS)
    assert LINE not in body_of(*PARAGRAPHS, link)


def test_a_paragraph_of_which_a_piece_was_kept_does_not_come_twice():
    first, second, third, fourth = PARAGRAPHS
    piece = PROSE.format("inner")
    found = body_of(first, second, f"<div class='text'>{LINE}<br><br>{piece[3:-4]}</div>", third, fourth)
    assert found.count(LINE) == found.count("The inner paragraph") == 1
    assert found.index(LINE) < found.index("The inner paragraph") < found.index("The third")


def test_a_date_that_a_paragraph_tells_of_stays_in_it():
    first, second, third, fourth = PARAGRAPHS
    told = second.replace("tells of", "of <time datetime='2012-05-04'>4 May</time> tells of")
    found = body_of(first, told, third, fourth)
    assert found.count("The second paragraph") == found.count("of 4 May tells of") == 1


@pytest.mark.parametrize(
    "markup", ["<ul><li>One word<div>another</div></li></ul>", "<blockquote>One word<div>another</div></blockquote>"]
)
def test_the_words_of_an_item_and_of_a_box_in_it_are_not_joined(markup):
    first, second, third, fourth = PARAGRAPHS
    assert "wordanother" not in body_of(first, second, markup, third, fourth)


BARE = "These words stand bare among the paragraphs, as many pages have them that people wrote by hand"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("<p><b>Bold</b> words</p>", "**Bold** words"),
        ("<details><summary>More</summary>of it</details>", "of it"),
        ("<ul><li><b>One</b> item</li><li>two</li></ul>", "two"),
        ("<p><code>x</code> is code</p>", "is code"),
    ],
)
def test_bare_text_between_paragraphs_is_kept_in_its_place(before, said):
    first, second, third, fourth = PARAGRAPHS
    found = body_of(first, second, f"{before}{BARE}, <i>as one</i> sees.", third, fourth)
    assert found.count(BARE) == found.count("*as one* sees.") == 1
    assert found.index("second") < found.index(said) < found.index(BARE) < found.index("The third")


def test_what_is_bare_and_short_or_linked_is_no_paragraph():
    first, second, third, fourth = PARAGRAPHS
    links = " | ".join(f"<a href='/{n}'>Another of our stories, number {n}</a>" for n in range(3))
    found = body_of(first, second, f"<p><b>x</b> y</p>Advertisement<p><b>x</b> z</p>{links}", third, fourth)
    assert "Advertisement" not in found


def test_a_short_line_stays_before_what_is_put_back_after_it():
    first, second, third, fourth = PARAGRAPHS
    found = body_of(
        first, second, f"<p><b>Also:</b></p><div><div class='x'><a href='/b'>{LINE}</a></div></div>", third, fourth
    )
    assert found.index("**Also:**") < found.index(LINE) < found.index("The third")


QUOTE = "The ferry is the only thing here that has never been late."
BOXES = [
    f"<aside><p>{QUOTE}</p></aside>",
    f"<aside class='pullquote'>{QUOTE}</aside>",
    f"<aside class='box'><h3>The ferry in figures</h3><ul><li>{QUOTE}</li><li>80 cars</li></ul></aside>",
    f"<fieldset><legend>The ferry in figures</legend><p>{QUOTE}</p></fieldset>",
    f"<figure class='embed'><blockquote><p>{QUOTE}</p>– Ann <a href='//t.example'>May</a></blockquote></figure>",
    f"<aside>{QUOTE}</aside>",
]
FURNITURE = [
    f"<aside class='related'><p>{QUOTE}</p></aside>",
    f"<aside><h3>Read more</h3><p>{QUOTE}</p></aside>",
    f"<aside><p>Lesen Sie auch: {QUOTE}</p></aside>",
    f"<aside><ul><li><a href='/a'>{QUOTE}</a></li><li><a href='/b'>Another article</a></li></ul></aside>",
    f"<aside><p>{QUOTE}</p><input name='mail'></aside>",
    f"<aside style='display: none'><p>{QUOTE}</p></aside>",
    f"<div class='newsletter-box'><p>{QUOTE}</p></div>" * 2,
    f"<nav>{QUOTE}</nav>",
]


@pytest.mark.parametrize("markup", BOXES)
def test_a_box_between_paragraphs_is_kept_once_in_its_place(markup):
    first, second, third, fourth = PARAGRAPHS
    found = body_of(first, second, markup, third, fourth)
    assert found.count(QUOTE.split(" thing")[0]) == 1
    assert found.index("second paragraph") < found.index("The ferry is") < found.index("third paragraph")


@pytest.mark.parametrize("markup", [*FURNITURE, *BOXES])
def test_furniture_and_boxes_below_the_text_stay_out_unless_they_were_in(markup):
    first, second, third, fourth = PARAGRAPHS
    without = body_of(first, second, third, fourth)
    if markup in FURNITURE:
        assert body_of(first, second, markup, third, fourth) == without
    else:
        assert body_of(first, second, third, fourth, f"<aside>{markup}</aside>") == without


def test_a_box_of_which_a_part_came_through_is_not_said_twice():
    first, second, third, fourth = PARAGRAPHS
    entry = "<div class='live'><time>10:00</time><p>The first boat leaves.</p></div>"
    assert body_of(first, second, entry, third, fourth).count("The first boat leaves.") == 1


def test_a_short_paragraph_with_a_date_is_said_once_and_whole():
    first, second, third, fourth = PARAGRAPHS
    found = body_of(first, second, "<p>It went on <time>March 3</time> at last.</p>", third, fourth).split("\n\n")
    assert found[2] == "It went on March 3 at last."
    assert len(found) == 5
    assert "### 10:20 The boat leaves" in body_of(
        first, "<h3><time>10:20</time> The boat leaves</h3>", second, third, fourth
    )


def test_a_paragraph_of_many_dates_is_read_at_once():
    start = time.monotonic()
    body_of(*PARAGRAPHS, f"<p>Some words of it {'<time>May 4</time>' * 4_000}</p>")
    assert time.monotonic() - start < 5
