"""Words that a page struck through stand as such in the archive, its articles' and its readers'."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from backfile.importer.html.reader import read_html
from backfile.importer.html.strokes import sink_strokes
from backfile.model import Source
from growth import MOST, growth

PAGE = """<html><head><title>Heat of the town</title></head><body><article><h1>Heat of the town</h1>
<p>The price of the new boiler was <del>one hundred</del> <ins>two hundred</ins> dollars a month, says the mayor.</p>
<p>A second paragraph makes the text longer, with words about <a href="https://x.example/">the <s>old</s> mayor</a>, the
town, and what happened there in the long winter of that year, when 10<sup>-6</sup> m<sup>2</sup> of snow lay.</p>
<del><p>This whole paragraph was taken back by the paper on the day after it had been printed.</p>
<ul><li>So was this item of a list, which said too much</li></ul></del>
<p>The last paragraph stands as it was, and everything that it says about the town is still so today.</p>
</article><ol class="comments"><li class="comment" id="comment-1"><cite class="fn">Bob</cite>
<span class="says">says:</span>
<div class="comment-body"><strike><p>I am wrong.</p><p>Quite wrong.</p></strike><p>Or not.</p></div></li>
<li class="comment" id="comment-2"><cite class="fn">Carl</cite> <span class="says">says:</span>
<div class="comment-body"><p>We pay <strike>ten</strike> twenty, ~~not~~ ten.</p></div></li></ol></body></html>"""


def test_struck_words_of_a_page_stay_struck():
    article = read_html(PAGE.encode(), Source("x.html", "0" * 64)).article
    text = "\n\n".join(["", article.body, *(comment.body for comment in article.comments), ""])
    for words in (
        "was ~~one hundred~~ two hundred dollars",
        "[the](https://x.example/) ~~[old](https://x.example/)~~ [mayor](https://x.example/)",
        "10⁻⁶ m² of snow",
        "~~This whole paragraph was taken back by the paper on the day after it had been printed.~~\n",
        "~~So was this item of a list, which said too much~~\n",
        "\nThe last paragraph stands",
        "\n~~I am wrong.~~\n\n~~Quite wrong.~~\n\nOr not.\n",
        "We pay ~~ten~~ twenty, \\~~not\\~~ ten.",
    ):
        assert words in text


def nested(number: int) -> str:
    return f"<p>a</p>{'<del>b' * number}<p>c</p>{'</del>d' * number}"


def in_a_row(number: int) -> str:
    return f"<del>{'<p>a <del>b</del></p>c' * number}</del>" + "<s><div>d</div></s>" * number


@pytest.mark.parametrize("page", [nested, in_a_row])
def test_the_cost_of_strokes_grows_with_their_number(page):
    def strike(number: int) -> None:
        sink_strokes(document_fromstring(page(number)))

    assert growth(strike, 500, 4000) < MOST
