"""What a page declares of sections, tags and dates: all of it, of this article, as far as it can be true."""

from __future__ import annotations

import json

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Article, Source
from test_html_systems import STORY


def article_of(head: str, body: str = "", url: str = "") -> Article:
    story = "".join(f"<p>{text}</p>" for text in STORY)
    page = f"<!doctype html><html><title>The ferry</title>{head}<body><h1>The ferry</h1>{body}<div>{story}</div>"
    found = read_html(page.encode(), Source("page.html", "0" * 64), url=url)
    assert isinstance(found, Record), found
    return found.article


def meta(name: str, content: str) -> str:
    return f"<meta name='{name}' content='{content}'>"


def test_what_an_article_is_filed_under_besides_its_section_is_among_its_tags():
    told = {"@type": "Article", "headline": "The ferry", "articleSection": ["Sea", "Islands"], "keywords": "boats, Sea"}
    found = article_of(f"<script type='application/ld+json'>{json.dumps(told)}</script>")
    assert (found.section, found.tags) == ("Sea", ("boats", "Sea", "Islands"))
    found = article_of(meta("article:section", "Sea") + meta("article:section", "Islands"))
    assert (found.section, found.tags) == ("Sea", ("Islands",))
    marked = "<i itemprop='articleSection'>Sea</i><i itemprop='articleSection'>Islands</i>"
    found = article_of("", marked)
    assert (found.section, found.tags) == ("Sea", ("Islands",))
    linked = article_of("", f"<b>{marked}<a rel='category tag' href='/x'>Boats</a></b>")
    assert (linked.section, linked.tags) == ("Boats", ())


def test_dublin_core_is_read_with_either_mark_and_its_subjects_are_tags():
    for mark in (".", ":"):
        said = {"title": "The ferry", "creator": "Ann Lee", "date": "2012-05-04", "subject": "Boats; Islands"}
        found = article_of("".join(meta(f"DC{mark}{name}", content) for name, content in said.items()))
        assert (found.title, found.authors, found.published, found.tags, found.guessed) == (
            ("The ferry", ("Ann Lee",), "2012-05-04", ("Boats", "Islands"), ())
        )


def test_an_object_of_json_in_one_element_is_read_by_its_names():
    told = {
        "title": "The ferry",
        "pub_date": "2012-05-04T10:20:00Z",
        "section": "Sea",
        "authors": ["Ann Lee", "Bob Ray"],
        "tags": ["boats"],
    }
    found = article_of(meta("parsely-page", json.dumps(told)))
    assert (found.title, found.published, found.section) == ("The ferry", "2012-05-04T10:20:00Z", "Sea")
    assert (found.authors, found.tags) == (("Ann Lee", "Bob Ray"), ("boats",))
    assert article_of(meta("parsely-page", '{"author": ["Ann')).authors == ()


def test_microdata_of_another_thing_says_nothing_of_the_article():
    said = "<meta itemprop='author' content='Ann Lee'><meta itemprop='datePublished' content='2012-05-04'>"
    ours = f"<div itemscope>{said}</div>"
    other = ours.replace("Ann Lee", "Bob Ray").replace("2012", "2013")
    found = article_of("", f"<div itemscope>{ours}{other}</div>")
    assert (found.authors, found.published) == (("Ann Lee",), "2012-05-04")


@pytest.mark.parametrize(
    ("name", "content", "date", "guessed"),
    [
        ("date", "2020-05-08", "2012-05-04", True),
        ("date", "2012-05-04T10:20:00Z", "2012-05-04T10:20:00Z", False),
        ("date", "2012-04-30", "2012-04-30", False),
        ("date", "today", "2012-05-04", True),
        ("article:published_time", "2020-05-08", "2020-05-08", False),
    ],
)
def test_a_date_of_nothing_in_particular_that_is_after_the_one_in_the_address_is_not_believed(
    name, content, date, guessed
):
    found = article_of(meta(name, content), url="https://x.example/2012/05/04/ferry")
    assert (found.published, "published" in found.guessed) == (date, guessed)


def test_a_date_that_cannot_be_read_leaves_room_for_one_that_can():
    found = article_of(meta("article:published_time", "soon") + meta("dc.date.issued", "2012-05-04"))
    assert (found.published, found.guessed) == ("2012-05-04", ("title",))
