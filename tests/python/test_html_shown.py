"""What a page shows of its article and declares nowhere: authors as a guess, sections, tags, the last change."""

from __future__ import annotations

import time

import pytest

from backfile.importer.html.reader import read_html
from backfile.model import Article, Source

STORY = "<p>The ferry went at eight in the morning, and everybody on the pier waved at it for a very long time.</p>" * 3


def article(above: str = "", below: str = "", *, head: str = "", outside: str = "") -> Article:
    page = (
        f"<html><head><title>The last ferry</title>{head}</head><body><article><h1>The last ferry</h1>"
        f"{above}{STORY}{below}</article>{outside}</body></html>"
    )
    return read_html(page.encode(), Source("x.html", "0" * 64), url="https://e.org/").article


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p class='byline'>By Ann Lee and Bob Ray</p>", ("Ann Lee", "Bob Ray")),
        ("<p class='byline'>By Ann Lee, harbour reporter | 4 May 2012</p>", ("Ann Lee",)),
        ("<div class='entry-author'>Veröffentlicht von<span>Ann Lee</span> am 4. Mai 2012</div>", ("Ann Lee",)),
        ("<span class='autor'>Autor: Ann Lee</span>", ("Ann Lee",)),
        ("<p class='byline'>By our own reporters</p>", ()),
        ("<p class='author-bio'>Ann Lee writes about ships.</p>", ()),
        ("<p>By Ann Lee</p>", ("Ann Lee",)),
        ("<p>By popular demand</p>", ()),
        ("<span class='author'><a class='url'>annlee</a></span>", ()),
        ("<p class='author'>admin</p>", ()),
        ("<p class='author'>www.harbour.example Network</p>", ()),
    ],
)
def test_the_byline_below_the_heading_names_the_authors_as_a_guess(markup, names):
    found = article(markup)
    assert found.authors == names
    assert ("authors" in found.guessed) == bool(names)
    assert article(below=markup).authors == ()
    declared = article(markup, head="<meta name='author' content='Cy Moe'>")
    assert (declared.authors, "authors" in declared.guessed) == (("Cy Moe",), False)


def test_the_card_of_an_author_names_one_wherever_it_stands_unless_there_is_another():
    card = "<p>Posted by <span class='post-author vcard'><a class='url fn'>annlee</a></span> at 10:20</p>"
    for found in (article(card), article(below=card), article(card, card)):
        assert (found.authors, "authors" in found.guessed) == (("annlee",), True)
    assert article(below=card + card.replace("ann", "bob")).authors == ()
    assert article(below=card.replace("post-author", "commenter")).authors == ()


def test_links_that_say_that_they_are_its_terms_give_section_and_tags():
    terms = "<a rel='category tag'>News</a> <a rel='category tag'>Sea</a> <a rel='tag'>ferry</a>"
    terms += "<a rel='tag'>Uncategorized</a>"
    found = article(below=f"<div>{terms}</div>")
    assert (found.section, found.tags) == ("News", ("Sea", "ferry"))
    declared = article(
        below=terms, head="<meta name='keywords' content='boat'><meta property='article:section' content='Home'>"
    )
    assert (declared.section, declared.tags) == ("Home", ("boat",))
    for around in ("<div class='widget_tag_cloud'>{}</div>", "<aside>{}</aside>", "<nav>{}</nav>"):
        beside = article(outside=around.format(terms))
        assert (beside.section, beside.tags) == ("", ())


def test_a_change_on_a_later_day_is_that_of_the_article():
    published = "<meta property='article:published_time' content='2012-05-04T10:00:00Z'>"
    for changed, modified in (("2012-05-06T11:00:00Z", "2012-05-06T11:00:00Z"), ("2012-05-04T12:00:00+02:00", "")):
        assert (
            article(f"<time itemprop='dateModified' datetime='{changed}'></time>", head=published).modified == modified
        )
    both = "<time class='published' datetime='2012-05-04'>a</time><time class='updated' datetime='2012-05-06'>b</time>"
    assert article(both, head=published).modified == "2012-05-06"


@pytest.mark.parametrize(
    ("markup", "note"),
    [
        ("<div class='author-bio'><h3>Ann Lee</h3><p>Ann Lee has written about ships since 1998.</p></div>", True),
        ("<div class='c-authorBox'><span>Ann Lee has written about ships since 1998.</span></div>", True),
        ("<aside class='author-box'><p>Ann Lee has written about ships since 1998.</p></aside>", True),
        ("<div class='author-box'><a href='/ann'>Ann Lee has written about ships since 1998.</a></div>", False),
        ("<div class='author-box'><p>Ann Lee, harbour</p></div>", False),
        ("<div class='info-box'><p>Ann Lee has written about ships since 1998.</p></div>", False),
    ],
)
def test_what_is_said_of_the_author_below_a_text_is_the_authors_note(markup, note):
    found = article(below=markup)
    assert found.author_note == ("Ann Lee has written about ships since 1998." if note else "")
    assert ("author-note" in found.guessed) == note
    assert not (note and "1998" in found.body)


def test_crowds_of_them_are_read_at_once():
    start = time.monotonic()
    article(
        "<p class='byline'>By nobody</p>" * 5_000,
        "<a rel='tag'>a</a>" * 5_000,
        outside="<time class='updated'></time>" * 5_000,
    )
    assert time.monotonic() - start < 5
