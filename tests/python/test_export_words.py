"""Every word of an export comes through once and in its place, however the program writes texts and comments."""

from __future__ import annotations

import io
import json
import re

import pytest

from backfile.importer.disqus import read_disqus
from backfile.importer.jsonlines import read_json_lines
from backfile.importer.movabletype import read_movable_type
from backfile.importer.shortcodes import expand
from backfile.importer.wordpress import read_wordpress
from backfile.markdown import plain_text
from backfile.model import Article, Source
from exports_world import PARTS, Post
from growth import MOST, growth
from words_world import WORD

SOURCE = Source("export", "0" * 64)
WHOLE = re.compile(rf"(?<![a-z0-9]){WORD.pattern}(?![a-z0-9])")
"""A word that is run together with no other."""


def said(text: str) -> list[str]:
    return WHOLE.findall(plain_text(text))


def wordpress(content: str, excerpt: str = "", comments: tuple[str, ...] = ()) -> Article:
    readers = "".join(
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content></wp:comment>"
        for number, text in enumerate(comments, 1)
    )
    export = (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/'"
        " xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'"
        " xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><item><title>A title</title><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded><wp:status>publish</wp:status>{readers}"
        "</item></channel></rss>"
    )
    return next(iter(read_wordpress(io.BytesIO(export.encode()), SOURCE))).article


@pytest.mark.parametrize("kind", PARTS)
def test_each_word_of_a_part_of_a_post_is_read_whole_and_in_its_place(kind):
    for seed in range(4):
        text = Post(seed, "p").part(kind)
        article = wordpress(text, comments=(text,))
        assert said(article.body) == WORD.findall(text)
        assert said(article.comments[0].body) == WORD.findall(text)


@pytest.mark.parametrize("seed", range(8))
def test_each_word_of_a_post_is_read_whole_and_in_its_place(seed):
    post = Post(seed, "p")
    classic, blocks, excerpt, comments = (
        post.classic(5),
        post.blocks(6),
        post.some(5, 9),
        (post.classic(2), post.classic(1)),
    )
    article = wordpress(classic, excerpt, comments)
    assert said(article.body) == WORD.findall(classic)
    assert article.standfirst == excerpt
    assert [said(one.body) for one in article.comments] == [*map(WORD.findall, comments)]
    assert said(wordpress(blocks).body) == WORD.findall(blocks)


@pytest.mark.parametrize("breaks", ["0", "1", "__default__", "richtext", "convert_breaks", ""])
@pytest.mark.parametrize("seed", range(3))
def test_each_word_of_an_entry_is_read_whole_and_in_its_place(breaks, seed):
    post = Post(seed, "p")
    body, more, comment, ping = post.typed(4), post.typed(2), post.typed(2), post.some(3, 9)
    ruled = f"-----\n{post.some(2, 4)}\n-----\nNOTE: {post.some(2, 4)}"
    head = "AUTHOR: Bob\nDATE: 03/05/2009 10:15:00 AM\n"
    entry = (
        f"AUTHOR: Ann\nTITLE: A title\nCONVERT BREAKS: {breaks}\n-----\nBODY:\n{body}\n-----\n"
        f"EXTENDED BODY:\n{more}\n-----\nCOMMENT:\n{head}{comment}\n-----\nCOMMENT:\n{head}{ruled}\n-----\n"
        f"PING:\nTITLE: A blog\nBLOG NAME: Blog\n{ping}\n-----\n--------\n"
    )
    article = next(iter(read_movable_type(io.BytesIO(entry.encode()), SOURCE))).article
    assert said(article.body) == WORD.findall(body + more)
    assert [said(one.body) for one in article.comments] == [*map(WORD.findall, (comment, ruled, ping))]


@pytest.mark.parametrize("seed", range(6))
def test_each_word_of_json_and_of_disqus_is_read_whole_and_in_its_place(seed):
    post = Post(seed, "p")
    text, markup = f"{post.some(3, 9)}\n{post.some(3, 9)}\n\n{post.some(3, 9)}", post.marked(3)
    lines = [
        {"title": "A", "text": text, "comments": [{"author": "Ann", "html": markup}, {"author": "Bob", "text": text}]},
        {"title": "B", "html": markup, "comments": [{"name": "Ann", "message": text, "replies": [{"body": markup}]}]},
    ]
    records = read_json_lines(io.BytesIO("\n".join(map(json.dumps, lines)).encode()), SOURCE)
    plain, marked = (record.article for record in records)
    texts = (plain.body, plain.comments[1].body, marked.comments[0].body)
    assert [*map(said, texts)] == [WORD.findall(text)] * 3
    texts = (plain.comments[0].body, marked.body, marked.comments[1].body)
    assert [*map(said, texts)] == [WORD.findall(markup)] * 3
    export = (
        "<disqus xmlns='http://disqus.com' xmlns:dsq='http://disqus.com/disqus-internals'><thread dsq:id='9'><id>9</id>"
        f"<title>A</title></thread><post dsq:id='1'><message><![CDATA[{markup}]]></message><thread dsq:id='9'/></post>"
        "</disqus>"
    )
    discussion = next(iter(read_disqus(io.BytesIO(export.encode()), SOURCE)))
    assert said(discussion.comments[0].body) == WORD.findall(markup)


@pytest.mark.parametrize(
    ("caption", "shown"),
    [
        ("<em>The ferry</em> leaves", "*The ferry* leaves"),
        ("Photo: <a href='https://e.org/'>Ann</a>, 2009", "Photo: [Ann](https://e.org/), 2009"),
    ],
)
def test_marks_and_links_of_a_caption_stand_below_its_image(caption, shown):
    image = "<a href='https://e.org/boat'><img src='https://e.org/boat.png' alt='A boat'></a>"
    body = wordpress(f"One.\n\n[caption]{image} {caption}[/caption]\n\nTwo.").body.split("\n\n")
    assert body[0] == "One." and body[-1] == "Two."
    assert "A boat" in body[1] and body[2] == shown


def test_what_stands_before_and_behind_a_teaser_is_not_one_word():
    assert plain_text(wordpress("<p>One.</p>\n\nTwo.<!--more-->Three.").body).split() == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    "markup", ["[caption]<img ", "[caption]<img src='a'>", "<!--more ", "<!-- more -->", "<img </a"]
)
def test_shortcodes_cost_no_more_than_their_size(markup):
    assert growth(expand, markup * 1000, markup * 8000) < MOST
