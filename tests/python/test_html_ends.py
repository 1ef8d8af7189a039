"""Above the first paragraph of an article and below its last stand parts of it: lead image, standfirst, corrections."""

from __future__ import annotations

import json
import time

import pytest

from backfile.importer.html.reader import read_html
from backfile.model import Source

PROSE = (
    "<p>The {} paragraph tells of the ferry and of the people on it, and it is long enough to be one of a story.</p>"
)
TEXT = "".join(PROSE.format(word) for word in ("first", "second", "third"))
FIGURE = "<figure><img src='https://e.org/{0}.jpg' alt='{0}'><figcaption>Ann at the {0}</figcaption></figure>"
LEAD = "After 112 years the ferry to the island stops for good."
NOTE = "Correction: an earlier version said that the ferry was red."


def blocks(above: str = "", below: str = "", *, outside: str = "", description: str = "") -> list[str]:
    page = (
        f"<html><head><title>A ferry</title><meta name='description' content='{description}'></head><body>"
        f"<article><header><h1>A ferry</h1>{above}</header><div class='entry'>{TEXT}</div>{below}</article>"
        f"{outside}</body></html>"
    )
    body = read_html(page.encode(), Source("x.html", "0" * 64), url="https://e.org/").article.body
    return ["*" if " paragraph tells of the ferry" in block else block for block in body.split("\n\n")]


def test_the_image_above_a_text_is_kept_with_its_caption():
    image = '[Image not saved: quay](https://e.org/quay.jpg "Image not saved")'
    assert blocks(FIGURE.format("quay")) == [image, "Ann at the quay", "*", "*", "*"]


@pytest.mark.parametrize("name", ["standfirst", "article-subtitle", "dek", "vorspann", "c-intro"])
def test_a_standfirst_that_only_the_page_shows_is_kept(name):
    assert blocks(f"<p class='{name}'>{LEAD}</p>") == [LEAD, "*", "*", "*"]
    assert blocks(f"<div class='{name}'><p>{LEAD}</p></div>", description=LEAD) == ["*", "*", "*"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{NOTE}</div>",
        f"<div class='article-footer-note'><p>{NOTE}</p></div>",
        "<div class='corrections'>The ferry was never red, as this page said.</div>",
        "<p><em>This article was amended on 3 March, since the ferry is not red.</em></p>",
        "<div>Anmerkung der Redaktion: Die Fähre war nie rot.</div>",
    ],
)
def test_corrections_and_notes_of_the_editor_stay_at_both_ends(markup):
    below, above = blocks(below=markup), blocks(markup)
    assert (below[:3], len(below)) == (["*", "*", "*"], 4)
    assert (above[1:], len(above)) == (["*", "*", "*"], 4)


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='related'>{FIGURE.format('pier')}</div>",
        f"<a href='/other'>{FIGURE.format('pier')}</a>",
        "<p class='byline'>By Ann Lee</p>",
        f"<ul><li>{NOTE}</li></ul>",
        f"<nav><p class='intro'>{LEAD}</p></nav>",
        f"<p class='standfirst'><a href='/other'>{LEAD}</a></p>",
        "<p>Updates on the ferry every day</p>",
    ],
)
def test_what_is_none_of_the_article_stays_out(markup):
    assert blocks(markup) == ["*", "*", "*"]
    assert blocks(below=markup, outside=f"<div>{NOTE}</div>{FIGURE.format('pier')}") == ["*", "*", "*"]


def test_a_crowd_of_either_is_read_at_once():
    start = time.monotonic()
    found = blocks(FIGURE.format("quay") * 3_000, f"<div>{NOTE} {{}}</div>" * 3_000)
    assert len(found) < 30
    assert time.monotonic() - start < 5


def test_a_text_that_only_structured_data_has_keeps_its_paragraphs():
    told = [
        "The ferry & the boats leave at noon.",
        "*Nobody* knows why it was late, and nobody asked on that day.",
        "It was.",
    ]
    data = json.dumps({"@type": "NewsArticle", "headline": "A ferry", "articleBody": "\n\n".join(told)})
    page = f"<html><script type='application/ld+json'>{data}</script><body><div id='root'></div></body></html>"
    body = read_html(page.encode(), Source("x.html", "0" * 64)).article.body
    assert body.split("\n\n") == [
        told[0],
        "\\*Nobody\\* knows why it was late, and nobody asked on that day.",
        "It was.",
    ]
