"""Whom a page declares to be its authors, in each way in which pages do: every person once, and nobody else's name."""

from __future__ import annotations

import json

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Article, Source
from growth import MOST, TIMES, growth
from test_html_systems import STORY

TITLE = "The last ferry leaves"
BYLINE = "<p class='byline'>By Cy Moe</p>"
PERSON = {"@type": "Person", "@id": "https://x.example/#/person/1", "name": "Ann Lee"}


def article_of(head: str = "", above: str = "", url: str = "") -> Article:
    story = "".join(f"<p>{text}</p>" for text in STORY)
    page = (
        f"<!doctype html><html lang='en'><title>{TITLE} - The Harbour News</title>{head}"
        f"<body><article><h1>{TITLE}</h1>{above}{story}</article>"
    )
    found = read_html(page.encode(), Source("page.html", "0" * 64), url=url)
    assert isinstance(found, Record), found
    return found.article


def told(author: object, *others: object, **more: object) -> str:
    graph = [*others, {"@type": "NewsArticle", "headline": TITLE, "author": author, **more}]
    return f"<script type='application/ld+json'>{json.dumps({'@graph': graph})}</script>"


def meta(*contents: str, name: str = "author") -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for content in contents)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@id": PERSON["@id"]}, ["Ann Lee"]),
        ([{"@id": PERSON["@id"]}, {"name": "Bob Ray"}], ["Ann Lee", "Bob Ray"]),
        ({"@list": [{"name": "Ann Lee"}, {"name": "Bob Ray"}]}, ["Ann Lee", "Bob Ray"]),
        ({"@type": "Person", "name": ["Ann Lee", "Bob Ray"]}, ["Ann Lee", "Bob Ray"]),
        ({"givenName": "Ann", "familyName": "Lee"}, ["Ann Lee"]),
        ("Ann Lee, Bob Ray and Cy Moe", ["Ann Lee", "Bob Ray", "Cy Moe"]),
        ({"@id": "https://x.example/#/person/2"}, []),
        ("https://www.facebook.com/harbour", []),
        ({"name": "null"}, []),
    ],
)
def test_json_ld_names_authors_in_lists_in_parts_and_by_reference(author, names):
    found = article_of(told(author, PERSON))
    assert (list(found.authors), "authors" in found.guessed) == (names, False)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("By ANN LEE and BOB RAY", ["ANN LEE", "BOB RAY"]),
        ("Ann Lee And Bob Ray For The Harbour News", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee, Staff Writer", ["Ann Lee"]),
        ("Ann Lee, Bob Ray, harbour correspondents", ["Ann Lee", "Bob Ray"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Ann Lee (ann@x.example)", ["Ann Lee"]),
        ("ann@x.example (Ann Lee)", ["Ann Lee"]),
        ("ann[at]x.example", []),
        ("@annlee", []),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Ana López y José Ortega", ["Ana López", "José Ortega"]),
        ("View all posts by Ann Lee", ["Ann Lee"]),
    ],
)
def test_what_stands_beside_names_in_an_element_of_meta_is_no_part_of_them(content, names):
    assert list(article_of(meta(content)).authors) == names


def test_a_name_that_several_elements_have_is_one_author():
    head = meta("Ann Lee") + meta("ann lee", name="parsely-author") + meta("Lee, Ann", name="dc.creator")
    assert article_of(head).authors == ("Ann Lee",)


def test_a_card_that_says_that_its_data_are_who_wrote_it_names_the_author():
    card = meta("Est. reading time", name="twitter:label1") + meta("3 minutes", name="twitter:data1")
    assert article_of(card).authors == ()
    assert article_of(card.replace("Est. reading time", "Written by").replace("3 minutes", "Ann Lee")).authors == (
        "Ann Lee",
    )


@pytest.mark.parametrize("name", ["admin", "Redaktion", "The Harbour News", "harbour.example", "https://x.example/a"])
def test_what_stands_for_no_person_gives_way_to_a_person_and_else_is_kept(name):
    site = "<meta property='og:site_name' content='The Harbour News'>"
    address = "https://harbour.example/ferry"
    ours = article_of(site + told({"name": name}) + meta("Ann Lee"), BYLINE, address)
    assert (ours.authors, "authors" in ours.guessed) == (("Ann Lee",), False)
    shown = article_of(site + meta(name), BYLINE, address)
    assert (shown.authors, "authors" in shown.guessed) == (("Cy Moe",), True)
    alone = article_of(site + meta(name), url=address)
    assert alone.authors == (() if "://" in name else (name,))


@pytest.mark.parametrize(
    ("above", "names"),
    [
        (
            """<div itemscope itemtype='http://schema.org/NewsArticle'>
            <span itemprop='author' itemscope><b itemprop='name'>Ann Lee</b><i itemprop='jobTitle'>Captain</i></span>
            <p><span itemprop='author' itemscope><a href='mailto:b@x'><b itemprop='name'>Bob Ray</b></a></span></p>
            </div><div itemscope><span itemprop='author'>Cy Moe</span></div>""",
            ["Ann Lee", "Bob Ray"],
        ),
        ("<span property='schema:author'><span property='schema:name'>Ann Lee</span> (2)</span>", ["Ann Lee"]),
        (
            """<p><a rel='author' href='/a'><img src='a.jpg'></a><a rel='author' href='/a'>Ann Lee</a></p>
            <a rel='author' href='/b'>Bob Ray</a>""",
            ["Ann Lee"],
        ),
        ("<a rel='author' href='/a'>View archive →</a>", []),
    ],
)
def test_markup_names_all_authors_of_one_article_and_none_of_another(above, names):
    assert list(article_of(above=above).authors) == names


def test_articles_that_a_page_lists_are_not_what_it_says_of_its_own():
    listed = [
        {
            "@type": "NewsArticle",
            "headline": f"Another {n}",
            "author": "Di Poe",
            "datePublished": "2020-01-01",
            "name": "a",
        }
        for n in range(3)
    ]
    other = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one} for one in listed]}
    for others in ([other], [{"@type": "WebPage", "mentions": listed}]):
        script = f"<script type='application/ld+json'>{json.dumps(others)}</script>"
        found = article_of(script)
        assert (found.title, found.authors, found.published) == (TITLE, (), "")
        both = article_of(script + told("Ann Lee"))
        assert (both.title, both.authors, both.published) == (TITLE, ("Ann Lee",), "")
    short = {"@type": "ItemList", "itemListElement": [{**listed[0], "headline": "Ferry"}]}
    assert article_of(f"<script type='application/ld+json'>{json.dumps(short)}</script>").authors == ()
    beside = article_of(told("Ann Lee", *listed))
    assert (beside.title, beside.authors) == (TITLE, ("Ann Lee",))
    ours = {
        "@type": "ItemList",
        "itemListElement": [*listed, {"@type": "Article", "headline": TITLE, "author": "Ann Lee"}],
    }
    assert article_of(f"<script type='application/ld+json'>{json.dumps(ours)}</script>").authors == ("Ann Lee",)


def test_lists_in_lists_and_crowds_of_authors_cost_what_they_have():
    def read(many: int) -> None:
        nested: object = {"@type": "Article", "headline": "x"}
        for _ in range(min(many, 300)):
            nested = {"itemListElement": [nested], "author": {"@id": "a"}}
        people = [{"@id": f"{number}", "name": f"N {number}"} for number in range(many)]
        article_of(told([{"@id": f"{number}"} for number in range(many)], *people, nested) + meta("a y b @[at]" * many))

    assert growth(read, 1_000, 1_000 * TIMES) < MOST
