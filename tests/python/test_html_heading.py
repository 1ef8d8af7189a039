"""What an article is called, where the page has the name of its site as a heading, in its title, or in its place."""

from __future__ import annotations

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Article, Source
from growth import MOST, TIMES, growth
from test_html_systems import STORY

TITLE = "The last ferry leaves"
TEXT = "".join(f"<p>{text}</p>" for text in STORY)
SITE = "<meta property='og:site_name' content='Harbour News'>"


def article_of(head: str, body: str) -> Article:
    found = read_html(f"<!doctype html><html lang='en'>{head}<body>{body}".encode(), Source("page.html", "0" * 64))
    assert isinstance(found, Record), found
    return found.article


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (f"Harbour News » Blog Archive » {TITLE}", "<h1><a href='http://x.example/'>Harbour News</a></h1><h2>{}</h2>"),
        (f"{TITLE} | Harbour News", "<h1><a href='/'>Harbour News</a></h1><div><h3>{}</h3></div>"),
        (f"{TITLE} - Harbour News", "<header><h1><a href='/'>Harbour News</a></h1></header><h1>{}</h1>"),
        (f"Harbour News: {TITLE}", "<div id='masthead'><h1>Harbour News</h1></div><div><h2>{}</h2><h3>More</h3></div>"),
        ("Harbour News", "<h1><a href='index.html'>Harbour News</a></h1><h2 class='entry-title'>{}</h2>"),
        ("Harbour News Online", "<h1><a href='/'>Harbour News</a></h1><h2>{}</h2>"),
        (f"{TITLE} - Harbour News", "<table><tr><td class='contentheading'>{}</td></tr></table>"),
        (f"{TITLE} - Harbour News", "<h1>{}</h1>"),
        (f"{TITLE} - Harbour News", "<h1>{}</h1><h2>Harbour News</h2>"),
        (f"Harbour News: {TITLE}", "<h1><a href='/'>Harbour News</a></h1>"),
    ],
)
def test_the_heading_that_the_title_has_as_well_is_the_articles_and_not_that_of_the_site(title, body):
    line = "<p class='byline'>By Ann Lee</p><p>4 May 2012</p>" if "{}" in body else ""
    found = article_of(f"<title>{title}</title>", f"<div>{body.format(TITLE)}{line}{TEXT}</div>")
    assert (found.title, "title" in found.guessed) == (TITLE, True)
    assert TITLE not in found.body
    if line:
        assert (found.authors, found.published) == (("Ann Lee",), "2012-05-04")


@pytest.mark.parametrize(
    ("declared", "head"),
    [
        (f"{TITLE} | Harbour News", ""),
        (f"{TITLE} | Harbour News", SITE),
        (f"Harbour News: {TITLE}", SITE),
        (f"Harbour News - {TITLE}", SITE),
    ],
)
def test_a_title_that_is_declared_with_the_name_of_the_site_is_read_without_it(declared, head):
    found = article_of(
        f"<title>a</title>{head}<meta property='og:title' content='{declared}'>", f"<h1>{TITLE}</h1>{TEXT}"
    )
    assert (found.title, found.guessed) == (TITLE, ())


@pytest.mark.parametrize("head", ["", SITE])
def test_a_site_that_declares_its_own_name_as_the_title_gives_no_article_its_name(head):
    head += f"<title>{TITLE} - Harbour News</title><meta property='og:title' content='Harbour News'>"
    found = article_of(head, f"<h1>{TITLE}</h1>{TEXT}")
    assert (found.title, "title" in found.guessed) == (TITLE, True)


@pytest.mark.parametrize(
    ("declared", "heading"),
    [
        ("Ferries: the end of the line", "Ferries"),
        ("Ferries - the end of the line", "The end"),
        ("The end of the line", "The end of the line, a story"),
        ("Harbour Newsreel is back", "Back"),
    ],
)
def test_a_title_of_several_parts_stays_whole_where_no_part_is_the_site(declared, heading):
    found = article_of(f"{SITE}<meta property='og:title' content='{declared}'>", f"<h1>{heading}</h1>{TEXT}")
    assert (found.title, found.guessed) == (declared, ())


def test_a_page_of_many_headings_has_the_documents_title():
    posts = "".join(f"<h2 class='entry-title'>Post {number}</h2>{TEXT}" for number in range(3))
    found = article_of("<title>All posts | Harbour News</title>", f"<h1><a href='/'>Harbour News</a></h1>{posts}")
    assert found.title == "All posts"


def test_crowds_of_headings_and_titles_of_any_length_are_read_at_once():
    def read(many: int) -> None:
        article_of(f"<title>{'a | ' * many}</title>", "<h1><a href='/'>b</a></h1>" * many + "<h2>a</h2>" * many + TEXT)

    assert growth(read, 500, 500 * TIMES) < MOST
