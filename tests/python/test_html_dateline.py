"""When an article was published, where its page declares nothing: the line beside its heading, and its address."""

from __future__ import annotations

import pytest

from backfile.importer.doubts import doubts_of_dates
from backfile.importer.html.reader import read_html
from backfile.importer.moments import date_in_address
from backfile.importer.record import Record
from backfile.model import Article, Source
from test_html_systems import STORY


def article_of(above: str, below: str, address: str = "") -> Article:
    head = f"<link rel='canonical' href='{address}'>" if address else ""
    story = "".join(f"<p>{text}</p>" for text in STORY)
    post = f"<div class='post'>{above}<h1>The ferry</h1>{below}<div class='entry'>{story}</div></div>"
    page = f"<!doctype html><html lang='en'><title>The ferry</title>{head}<body><div id='main'>{post}</div>"
    found = read_html(page.encode(), Source("page.html", "0" * 64))
    assert isinstance(found, Record), found
    return found.article


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("<div class='date'>14 Μαΐου 2012</div>", "2012-05-14"),
        ("<p>Posted on 4 May 2012 by Ann Miller</p>", "2012-05-04"),
        ("<div class='byline'>By <a rel='author'>Ann Miller</a> | May 4th, 2012</div>", "2012-05-04"),
        ("<p class='info'>Опубликовано 4 мая 2012 в 10:20</p>", "2012-05-04T10:20"),
        ("<div class='date-header'><span>Friday, May 4, 2012</span></div>", "2012-05-04"),
        ("<h4>Vendredi 4 mai 2012</h4>", "2012-05-04"),
        (
            "<p>By Ann Miller<br>Harbour News Staff Writer for the Islands<br>Friday, May 4, 2012; Page A01</p>",
            "2012-05-04",
        ),
        ("<h3>Friday, May  4. 2012</h3>", "2012-05-04"),
        ("<div class='post-date'><time datetime='2012-05-04T10:20:00Z'>May 4</time></div>", "2012-05-04T10:20:00Z"),
        ("<p>Last updated 4 May 2012</p>", ""),
        ("<div class='masthead-date'>4 May 2012</div>", ""),
        ("<p>The harbour was built in the spring, and the pier was opened on 4 May 2012 by the Queen.</p>", ""),
        ("<p>Copyright 4 May 2012</p>", ""),
    ],
)
def test_a_line_that_says_a_date_and_little_else_says_when_the_article_was_published(line, date, place):
    article = article_of(*((line, "") if place == "above" else ("", line)))
    assert article.published == date
    assert ("published" in article.guessed) == bool(date)


@pytest.mark.parametrize(
    ("address", "line", "date", "sure"),
    [
        ("https://x.example/2012/05/04/the-ferry", "", "2012-05-04", 0.97),
        ("https://x.example/2012/05/the-ferry.html", "", "2012-05", 0.97),
        ("https://x.example/2012/05/the-ferry.html", "<p>4 May 2012 10:20</p>", "2012-05-04T10:20", 0.97),
        ("https://x.example/2012/05/04/the-ferry", "<p>05/04/2012</p>", "2012-05-04", 0.97),
        ("https://x.example/2012/05/04/the-ferry", "<p>7 June 2013</p>", "2012-05-04", 0.97),
        ("https://x.example/the-ferry", "<p>4 May 2012</p>", "2012-05-04", 0.88),
    ],
)
def test_the_address_of_an_article_tells_its_day_or_its_month(address, line, date, sure):
    article = article_of("", line, address)
    assert article.published == date
    assert [doubt.confidence for doubt in doubts_of_dates(article)] == [sure]


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://x.example/news/2012-05-04-the-ferry", "2012-05-04"),
        ("https://x.example/2012/05/44/a", "2012-05"),
        ("https://x.example/2012/13/a", ""),
        ("https://x.example/a?from=/2012/05/04/", ""),
        ("https://2012/05/04/", ""),
        ("https://x.example/120120504/a", ""),
        ("", ""),
    ],
)
def test_an_address_tells_a_date_in_its_path_alone(address, date):
    assert date_in_address(address) == date
