"""What is written to a content file reads back as the same article, whatever the texts are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from backfile.contentfile import read_content, write_content
from backfile.errors import ContentError
from backfile.markdown import join_paragraphs, paragraphs_of
from backfile.metadata import items_of, read_fields, values_of
from backfile.model import Article, Comment
from backfile.text import clean_text
from strategies import articles, raw_text


@given(articles())
def test_reading_back_what_was_written_gives_the_same_article(article):
    assert read_content(write_content(article)).article == article


@pytest.mark.parametrize("blank", ["", " ", "\t", " \t", "\xa0", "\f", "\u2003", "\u2028"])
@pytest.mark.parametrize(
    "line", ["<!-- comment", "<!-- comment x", "<!-- comment x -->", "<!-- comments -->", "\\<!-- comment"]
)
def test_a_text_cannot_forge_a_comment_or_swallow_what_follows(line, blank):
    text = clean_text(f"Before\n{line}{blank}\nAuthor: The Editor\n-->\nForged")
    said = (Comment("1", text, author="Ann"), Comment("2", "Mine", author="Bob"))
    article = Article(id="a", title="T", body=text, comments=said)
    assert read_content(write_content(article)).article == article


@given(articles())
def test_a_file_fresh_from_the_importer_does_not_count_as_edited(article):
    assert not read_content(write_content(article)).edited


@given(articles(), raw_text.filter(lambda text: "<!-- comment" not in text))
def test_any_change_of_the_body_counts_as_an_edit(article, addition):
    text = write_content(article)
    changed = text + "\n" + clean_text(addition) + "."
    assert read_content(changed).edited


@given(raw_text)
def test_plain_text_reads_back_from_commonmark_as_it_was(raw):
    text = clean_text(raw).strip("\n")
    paragraphs = [text] if text.strip() else []
    assert paragraphs_of(join_paragraphs(paragraphs)) == paragraphs


def test_a_body_that_looks_like_metadata_stays_body():
    article = Article(id="a", title="T", body="Slug: ../x\nStatus: draft\n\n---")
    read = read_content(write_content(article)).article
    assert (read.body, read.slug, read.extra) == (article.body, "", ())


def test_a_file_without_the_marker_has_not_been_split():
    read = read_content("Title: T\n\nBody.\n")
    assert (read.has_marker, read.article.body, read.article.comments) == (False, "Body.", ())


def test_an_article_known_to_have_no_comments_carries_the_marker():
    text = write_content(Article(id="a", title="T", body="Body."))
    assert text.endswith("\n\nBody.\n\n<!-- comments -->\n")


def test_text_between_the_marker_and_the_first_header_is_a_block():
    text = "Title: T\n\nB\n\n<!-- comments -->\n\nFirst!\n\n<!-- comment c1 -->\n\nSecond."
    kinds = [(comment.kind, comment.body) for comment in read_content(text).article.comments]
    assert kinds == [("block", "First!"), ("comment", "Second.")]


def test_windows_line_ends_and_a_byte_order_mark_read_the_same():
    article = Article(id="a", title="T", body="B", comments=(Comment("c", "Hi", author="Ann"),))
    text = write_content(article)
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert read_content(windows) == read_content(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Slug: x\n\nBody", "a.md"),
        ("Title: T\nno colon here\n\nBody", "a.md:2"),
        ("Title: T\nSource: nothing\n\nBody", "a.md:2"),
        ("Title: T\n\nB\n\n<!-- comments -->\n\n<!-- comment x\nAuthor: A\n\nText", "a.md:7"),
        ("Title: T\n\nB\n\n<!-- comments -->\n\n<!-- comment x\nAuthor\n-->\n\nText", "a.md:8"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text, place):
    with pytest.raises(ContentError) as caught:
        read_content(text, "a.md")
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("Authors: Ada Brook, Tom Lind", ("Ada Brook", "Tom Lind")),
        ("Authors: Brook, Ada; Lind, Tom", ("Brook, Ada", "Lind, Tom")),
        ("Authors: King, Jr.;", ("King, Jr.",)),
        ('Authors: "a;b"; c', ("a;b", "c")),
        ("Authors:", ()),
    ],
)
def test_lists_follow_pelicans_rule(line, items):
    fields, _ = read_fields([line], "a.md")
    assert items_of(values_of(fields)["authors"]) == items


def test_a_key_of_the_format_cannot_be_smuggled_in_as_an_extra():
    article = replace(Article(id="a", title="T", body="B"), extra=(("Slug", "../x"),))
    with pytest.raises(ContentError):
        write_content(article)
