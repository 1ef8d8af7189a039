"""What stands between two paragraphs of an article is part of it, in whatever element; furniture is not."""

from __future__ import annotations

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
        "<aside>{}</aside>",
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
