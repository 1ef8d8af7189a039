"""Pages that a server shows in place of an article are imported and listed as doubtful; articles about them are not."""

from __future__ import annotations

import time

import pytest

from backfile.importer.html.nopage import doubt_of_page
from backfile.model import Article
from test_import import imported

SHORT = "The address that you asked for leads to nothing on this server. Go to the first page and look for it there."
NONE = [
    "404 Not Found", "404", "Error 404", "Page not found - Harbour News", "Seite nicht gefunden | Hafenblatt", "403",
    "403 Forbidden", "Access Denied", "Access to this page has been denied.", "Just a moment...",
    "Attention Required! | Cloudflare",
    "Before you continue to YouTube", "Bevor Sie zu Google weitergehen", "Pardon Our Interruption...",
    "502 Bad Gateway",
    "Page introuvable – Le Port", "Index of /uploads/2012", "Oops! The page you requested could not be found.",
    "Harbour News - Page not found", "Are you a robot?", "Welcome to nginx!", "Account Suspended",
]  # fmt: skip
ARTICLES = [
    "404 boats in the harbour", "Access denied: how the ferry lost its quay", "Page not found, hope lost",
    "Not found guilty",
    "Just a moment in the sun", "The captain was not found", "Before you continue reading: a letter",
    "500 years of ferries",
    "Forbidden Planet - a review", "Error of judgement", "Maintenance", "The forbidden quay",
]  # fmt: skip


def article(title: str, body: str = SHORT, **more: object) -> Article:
    return Article(id="a", title=title, body=body, **more)


@pytest.mark.parametrize("title", NONE)
def test_a_page_in_place_of_an_article_is_doubted(title):
    doubt = doubt_of_page(article(title))
    assert (doubt.kind, doubt.confidence) == ("page", 0.1)


def test_its_first_words_tell_it_as_well():
    assert doubt_of_page(article("Harbour News", f"# Page not found\n\n{SHORT}")) is not None


@pytest.mark.parametrize("title", ARTICLES)
def test_an_article_is_not(title):
    assert doubt_of_page(article(title)) is None


def test_what_has_an_author_a_date_or_much_to_say_is_an_article_whatever_its_title():
    for more in ({"authors": ("Ann",)}, {"published": "2012"}, {"body": SHORT * 20}):
        assert doubt_of_page(article("404 Not Found", **more)) is None


def test_it_is_imported_and_told_of(tmp_path):
    page = f"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>{SHORT}</p></body></html>"
    (tmp_path / "a.html").write_text(page)
    [found], report = imported(tmp_path / "a.html", tmp_path / "content")
    assert SHORT in found.body
    [doubt] = report["outcomes"][0]["doubts"]
    assert doubt == {
        "kind": "page",
        "confidence": 0.1,
        "reason": "may be what is said of a page that is not there, saved in place of an article: 'Not Found'",
    }


def test_a_hostile_title_is_read_at_once():
    start = time.monotonic()
    for title in (
        "error " * 10_000,
        "- " * 50_000,
        "404" + " " * 50_000 + "x",
        "page" + " not" * 20_000,
        "the " * 20_000,
    ):
        doubt_of_page(article(title))
    assert time.monotonic() - start < 1
