"""Every word of an article comes through, once and in its place, whatever markup it stands in."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring, fragment_fromstring

from backfile.importer.html.between import fill_between
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.html.gaps import Beginnings
from backfile.importer.html.reader import read_html
from backfile.markdown import plain_text
from backfile.model import Source
from growth import MOST, growth
from words_world import LAYOUTS, PARAGRAPHS, WORD, Words


def body_of(page: str) -> str:
    return read_html(page.encode(), Source("x.html", "0" * 64)).article.body


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(6))
def test_each_word_is_read_once_and_in_its_place(layout, paragraph, seed):
    page = Words(seed, paragraph).page(layout)
    said = WORD.findall(plain_text(body_of(page)))
    assert said == WORD.findall(page)


FIRST, SECOND, THIRD = (
    f"<p>The {word} paragraph tells of the ferry and the people on it, and it is long enough to be one of a story.</p>"
    for word in ("first", "second", "third")
)


def blocks_of(*markup: str, body: str = "<div class='entry'>{}</div>") -> list[str]:
    """The blocks of an article between its first paragraph and its last."""
    page = "<html><head><title>A ferry</title></head><body><h1>A ferry</h1>{}</body></html>"
    found = body_of(page.format(body.format("\n".join((FIRST, *markup, SECOND))))).split("\n\n")
    assert found[0].startswith("The first")
    assert found[-1].startswith("The second")
    return found[1:-1]


def test_words_behind_a_mark_of_nothing_are_kept():
    line = (
        "<p>He was called <strong></strong>a guru of the house by one who <em></em>led it in the years of the war.</p>"
    )
    assert blocks_of(line) == ["He was called a guru of the house by one who led it in the years of the war."]


def test_a_mark_in_a_link_keeps_its_words_apart():
    line = "<p>Take <a href='https://e.org/'>no <b>part</b></a> <i>of</i> it, said those who had stood on the quay.</p>"
    assert plain_text(blocks_of(line)[0]).strip() == "Take no part of it, said those who had stood on the quay."


@pytest.mark.parametrize("heading", ["<h3>The bell</h3>", "<div class='j-module'><h2>The bell</h2></div>"])
def test_a_heading_above_a_paragraph_is_kept(heading):
    assert blocks_of(heading, THIRD)[0].lstrip("#") == " The bell"


@pytest.mark.parametrize(
    "heading",
    [
        "<h3 class='related'>The bell</h3>",
        "<aside><h3>The bell</h3></aside>",
        "<h3>Related articles</h3>",
        "<h3><a href='/bell.html'>The bell</a></h3>",
        "<div><div><div><h3>The bell</h3></div></div></div>",
    ],
)
def test_a_heading_that_leads_elsewhere_is_not_taken_for_one_of_the_article(heading):
    root, body = (fragment_fromstring(f"<div>{FIRST}{inside}{SECOND}</div>") for inside in (heading, ""))
    fill_between(body, root, Beginnings())
    assert [part.tag for part in body] == ["p", "p"]


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("The bell", True),
        ("By Ida Fell", False),
        ("Friday, 3 May 2009", False),
        ("A ferry", False),
        ("Of ferries.", False),
    ],
)
def test_a_heading_below_the_title_is_kept_but_for_a_byline_and_what_is_known(heading, kept):
    page = f"<html><head><title>A ferry</title></head><body><h1>A</h1><h2>{heading}</h2>{FIRST}</body></html>"
    root, body = document_fromstring(page), fragment_fromstring(f"<div>{FIRST}</div>")
    fill_between(body, root, Beginnings(), standfirst="Of ferries.")
    assert [part.tag for part in body] == ["h2"] * kept + ["p"]


LINKS = "<ul><li><a href='https://e.org/1'>A first ferry</a></li><li><a href='https://e.org/2'>A second</a></li></ul>"


@pytest.mark.parametrize("announced", ["<p>Others who wrote of it:</p>", "<h3>Sources</h3>"])
def test_links_that_the_article_announces_are_kept(announced):
    assert blocks_of(announced, LINKS)[-1] == "- [A first ferry](https://e.org/1)\n- [A second](https://e.org/2)"


@pytest.mark.parametrize(
    "announced", ["<p>Read also:</p>", "<h3>Related</h3>", "<p>A line that announces nothing.</p>", ""]
)
def test_links_that_lead_to_other_articles_are_not(announced):
    assert not any("A second" in block for block in blocks_of(announced, LINKS))


def test_a_table_of_contents_is_not_kept():
    contents = LINKS.replace("https://e.org/", "#")
    assert not any("A second" in block for block in blocks_of("<p>What is told here:</p>", contents))


def test_links_at_the_end_that_are_announced_are_kept():
    page = f"<html><body><h1>A ferry</h1><div class='entry'>{FIRST}{SECOND}<p>See:</p>{LINKS}</div></body></html>"
    assert body_of(page).endswith("[A second](https://e.org/2)")


ITEMS = (
    "<ol><li>Take the ferry at noon, when the tide is high and the bell is heard by all</li>"
    "<li>Be back at the quay by dusk</li></ol>"
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_right_above_or_below_the_text_is_a_part_of_it(layout):
    before, after = LAYOUTS[layout]
    for text in (f"{ITEMS}{FIRST}{SECOND}", f"{FIRST}{SECOND}{ITEMS}"):
        body = body_of(f"<html><head><title>A ferry</title></head><body>{before}{text}{after}</body></html>")
        assert "Take the ferry at noon" in body
        above = text.startswith(ITEMS)
        assert (body.index("Take the ferry") < body.index("The first")) == above
        assert (body.index("Take the ferry") > body.index("The second")) != above


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_image_goes_with_its_caption(layout):
    before, after = LAYOUTS[layout]
    figure = (
        "<figure><img src='a.png' alt='A bell'><figcaption>The bell that nobody had rung since</figcaption></figure>"
    )
    body = body_of(
        f"<html><head><title>A ferry</title></head><body>{before}{FIRST}{figure}{SECOND}{after}</body></html>"
    )
    assert body.index("A bell") < body.index("The bell that nobody")
    assert body.count("A bell") == 1


def test_what_two_breaks_part_are_paragraphs():
    lines = [line.removeprefix("<p>").removesuffix("</p>") for line in (FIRST, THIRD, SECOND)]
    for holder in ("<div class='entry'>{}</div>", "<table><tr><td><font size='2'>{}</font></td></tr></table>", "{}"):
        page = f"<html><body><h1>A ferry</h1>{holder.format('<br /><br />'.join(lines))}</body></html>"
        assert body_of(page).split("\n\n") == lines


def test_what_a_server_complains_of_is_no_paragraph():
    complaint = (
        "<br /><b>Deprecated</b>: Assigning the return value of new by reference is deprecated, and will be an error in"
        " <b>/www/includes/cache.php</b> on line <b>36</b><br /><br />"
    )
    page = f"<html><body>{complaint * 3}<div class='entry'><h1>A ferry</h1>{FIRST}{SECOND}</div></body></html>"
    assert "Deprecated" not in body_of(page)


def test_the_day_in_a_last_line_is_kept():
    last = "<p>It was the <time>4th of May</time>.</p>"
    page = f"<html><body><article><h1>A ferry</h1>{FIRST}{SECOND}{last}</article></body></html>"
    assert body_of(page).endswith("It was the 4th of May.")


@pytest.mark.parametrize(
    "markup",
    [
        "<script type='math/tex'>a^2</script>",
        "<span class='MathJax_Preview'></span><span class='MathJax'>a2</span><script type='math/tex'>a^2</script>",
    ],
)
def test_formulas_that_a_script_draws_are_kept_as_tex(markup):
    assert blocks_of(f"<p>So {markup} is the square of a, said the boy who was bored with the counting.</p>") == [
        r"So \\(a^2\\) is the square of a, said the boy who was bored with the counting."
    ]


def test_a_formula_of_a_line_of_its_own_is_kept():
    assert blocks_of(THIRD, "<script type='math/tex; mode=display'>a = b</script>", THIRD)[1] == r"\\[a = b\\]"


def test_a_formula_is_not_said_twice():
    tex = "<span class='katex-mathml'><math><annotation encoding='application/x-tex'>a^2</annotation></math></span>"
    drawn = f"<span class='katex'>{tex}<span class='katex-html' aria-hidden='true'>a2</span></span>"
    line = blocks_of(f"<p>So {drawn} is the square of a, said the boy who was bored with the counting.</p>")[0]
    assert line.startswith(r"So \\(a^2\\) is")


def test_formulas_of_readers_are_kept():
    comment = (
        "<li id='comment-{0}' class='comment'><cite>Ann {0}</cite> <time>3 May 2009</time>"
        "<p>So <script type='math/tex'>a_{0}</script>.</p></li>"
    )
    comments = "".join(comment.format(number) for number in range(3))
    page = f"<html><body><article>{FIRST}{SECOND}</article><ol id='comments'>{comments}</ol></body></html>"
    article = read_html(page.encode(), Source("x.html", "0" * 64)).article
    assert [plain_text(one.body).strip() for one in article.comments] == [rf"So \(a_{number}\)." for number in range(3)]


@pytest.mark.parametrize(
    "said", ["\ufdd27\ufdd3\ufdd20\ufdd3", "&#xFDD2;7&#xFDD3;", "&#xFDD2;0&#xFDD3;", "&#64978;99999&#64979;"]
)
@pytest.mark.parametrize("word", ["no mark", "<b>a mark</b>"])
def test_the_numbers_of_lines_cannot_be_said_by_a_page(said, word):
    line = f"<p>A line of a text with {word} in it, and what a page should not say: {said}.</p>"
    assert "in it, and what a page should not say" in blocks_of(line)[0]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>A line with <b>a mark</b> in it that says number {0} of many, enough to be known again by it.</p>",
        "A bare line that says number {0} of many, with <i>marks</i>, enough to be one of a text.<br><br>",
        "<label>word {0}</label> ",
        "<b></b>word{0} ",
        "<h3>Heading {0}</h3>",
        "<h3>Heading {0}</h3><p>A paragraph that says number {0} of many, enough to be known again.</p>",
        "<figure><img src='{0}.png'></figure><p>A paragraph that has number {0}, enough to be known again.</p>",
        "<div>A box of a line that says number {0} of many, with <b>a mark</b>, enough to be one of a text.</div>",
        "<p>See number {0}:</p><ul><li><a href='https://e.org/{0}'>A page of number {0}</a></li></ul>",
        "<p>Formula <span class='MathJax'>a</span><script type='math/tex'>a_{0}</script></p>",
        "<table><tr><td><p>Cell {0}</p>",
        "<table><tr><td>",
        "<blockquote><p>Deep {0}</p>",
        "<ul><li>Deep {0}",
        "<details><summary>Part {0}</summary>",
        "<p>At <time>{0} o'clock</time> it was {0}.</p>",
    ],
)
def test_a_page_costs_no_more_than_its_size(markup):
    def make(number: int) -> str:
        many = "".join(map(markup.format, range(number)))
        return f"<html><body><article>{FIRST}{THIRD}{many}{SECOND}</article></body></html>"

    assert growth(body_of, make(250), make(2000)) < MOST


def test_a_cell_of_many_breaks_is_looked_at_once():
    cells = {number: f"{FIRST}<table><tr><td>{'<br>' * number}</td></tr></table>{SECOND}" for number in (1000, 8000)}
    assert growth(body_of, cells[1000], cells[8000]) < MOST


@pytest.mark.parametrize(
    "end", ["</html>", "</body></html>", "</html></html>\n", "</body></html><html><body>", "</html><body class=x>"]
)
def test_what_stands_behind_the_end_of_a_page_is_kept(end):
    page = f"<html><head><title>A ferry</title></head><body><article><h1>A ferry</h1>{FIRST}{THIRD}</article>{end}"
    comments = "".join(
        f"<li id='comment-{number}' class='comment'><cite>Ann</cite> <time>3 May 2009</time><p>So {number}.</p></li>"
        for number in range(3)
    )
    article = read_html(f"{page}{SECOND}<ol>{comments}</ol></body></html>".encode(), Source("x.html", "0" * 64)).article
    assert [plain_text(one.body).strip() for one in article.comments] == ["So 0.", "So 1.", "So 2."]
    assert html_to_commonmark(f"<p>One</p>{end}<p>Two</p> and {end} three").split() == ["One", "Two", "and", "three"]
