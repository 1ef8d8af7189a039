"""Who wrote an article, where a line beside its heading says so, or one below its text; and no such line twice."""

from __future__ import annotations

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.html.told import without_told
from backfile.importer.record import Record
from backfile.model import Article, Source
from growth import MOST, TIMES, growth
from test_html_systems import STORY

TEXT = "".join(f"<p>{text}</p>" for text in STORY)


def article_of(line: str, *, below: str = "", head: str = "", first: str = "<h1>The ferry</h1>") -> Article:
    post = f"<div class='post'>{first}{line}<div class='entry'>{TEXT}</div>{below}</div>"
    page = f"<!doctype html><html lang='en'><title>The ferry - Sea</title>{head}<body><div id='main'>{post}</div>"
    found = read_html(page.encode(), Source("page.html", "0" * 64))
    assert isinstance(found, Record), found
    return found.article


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Posted on 4 May 2012 by Ann Lee", "Ann Lee"),
        ("Posted by Ann Lee on May 4, 2012 in <a href='/sea'>Sea</a>", "Ann Lee"),
        ("May 4th, 2012 by Ann Lee", "Ann Lee"),
        ("By Ann Lee | 4 May 2012", "Ann Lee"),
        ("<b>By Ann Lee</b><br>Friday, May 4, 2012", "Ann Lee"),
        ("<b>By ANN LEE</b><br><a href='mailto:a@x.example'>a@x.example</a><br>May 4, 2012", "ANN LEE"),
        ("By Ann Lee and Bob Ray<br>Published: May 4, 2012", "Ann Lee, Bob Ray"),
        ("By Ann Lee, Bob Ray and Cy Moe, Staff Writers, May 4, 2012", "Ann Lee, Bob Ray, Cy Moe"),
        ("Von Ann Lee, 4. Mai 2012, 10:20 Uhr", "Ann Lee"),
        ("veröffentlicht am Freitag, 4. Mai 2012 von Ann Lee", "Ann Lee"),
        ("Publié le 4 mai 2012 à 10h20 par Ann Lee", "Ann Lee"),
        ("Por Ann Lee - 4 de mayo de 2012", "Ann Lee"),
        ("di Ann Lee | 4 maggio 2012", "Ann Lee"),
        ("Door Ann Lee op 4 mei 2012", "Ann Lee"),
        ("Av Ann Lee, 4 maj 2012", "Ann Lee"),
        ("Текст: Анна Мельник, 4 мая 2012", "Анна Мельник"),
        ("Yazan: Ayşe Demir, 4 Mayıs 2012", "Ayşe Demir"),
        ("2012年5月4日 文/王小明", "王小明"),
        ("Sea News | 4 May 2012 | By Ann Lee", "Ann Lee"),
        ("LA MER | 04.05.2012 à 10h20 • Par Ann Lee", "Ann Lee"),
        ("Posted by annlee on 4 May 2012", "annlee"),
        ("Published on 4 May 2012 by Reuters", "Reuters"),
        ("Posted by admin on 4 May 2012", ""),
        ("By Popular Demand, 4 May 2012", ""),
        ("4 May 2012 | Photographs by Ann Lee", ""),
        ("By our harbour correspondent, 4 May 2012", ""),
        ("By Harbour News, 4 May 2012", ""),
        ("Published on 4 May 2012 by the council of Oban", ""),
        ("Photographs by Ann Lee, 4 May 2012", ""),
        ("4 May 2012 | 12 comments | Ann Lee", ""),
        ("Opened by Queen Ann on 4 May 2012", ""),
        ("4 May 2012, translated by Ann Lee", ""),
    ],
)
def test_a_line_below_the_heading_that_says_who_wrote_it_names_the_authors_as_a_guess(line, names):
    found = article_of(f"<p>{line}</p>")
    assert (", ".join(found.authors), "authors" in found.guessed) == (names, bool(names))
    assert found.published[:10] == "2012-05-04"


@pytest.mark.parametrize(
    "line", ["<p>By Ann Lee</p>", "<p><b>By Ann Lee</b></p><p>May 4, 2012</p>", "<h3>by Ann Lee</h3>"]
)
def test_a_line_that_tells_nothing_else_is_not_in_the_text_as_well(line):
    for head in ("", "<meta name='author' content='Ann Lee'><meta name='date' content='2012-05-04'>"):
        found = article_of(line, head=head)
        assert found.authors == ("Ann Lee",)
        assert "Ann Lee" not in found.body and "2012" not in found.body
        assert found.body.startswith("The ferry went")


@pytest.mark.parametrize(
    "line",
    ["Von Kopf bis Fuß", "By Land or Sea", "Por Tierra y Mar", "Par Monts et Vaux", "Von Oban nach Mull", "Di Notte"],
)
def test_a_subtitle_that_begins_like_a_byline_is_none(line):
    found = article_of(f"<h2>{line}</h2><p>{line}</p>")
    assert (found.authors, line in found.body) == ((), True)


@pytest.mark.parametrize("name", ["Anna van der Berg", "Jeanne d’Arc", "Ana de la O", "J. R. Lee", "Leyla al-Masri"])
def test_small_words_stand_within_names(name):
    assert article_of(f"<p>By {name}</p>").authors == (name,)


def test_a_line_that_tells_more_or_something_else_stays_in_the_text():
    head = "<meta name='author' content='Ann Lee'><meta name='date' content='2012-05-04'>"
    for line in ("By Ann Lee, who was there", "By Bob Ray", "7 June 2013", "May 4, 2012, Oban"):
        assert line in article_of(f"<div class='entry'><p>{line}</p></div>", head=head).body.replace("\\", "")


def test_a_name_that_signs_a_text_is_part_of_it_and_a_line_that_dates_it_is_not():
    known = {"title": "The ferry", "authors": ("Ann Lee",), "published": "2012-05-04"}
    assert without_told("It went.\n\nAnn Lee", **known) == "It went.\n\nAnn Lee"
    assert without_told("It went.\n\nPosted by Ann Lee at May 4, 2012", **known) == "It went."
    foot = "It went.\n\nPosted by Ann Lee at May 4, 2012 10:20"
    assert without_told(foot, **known) == foot
    assert without_told(foot, **(known | {"published": "2012-05-04T10:20"})) == "It went."
    assert without_told("# The ferry", **known) == ""
    assert without_told("## 4 May 2012\n\nIt went.", **known) == "It went."
    diary = "## 4 May 2012\n\nIt went.\n\n## 5 May 2012\n\nIt came."
    assert without_told(diary, **known) == diary
    assert without_told("By Ann Lee", **known) == "By Ann Lee"


def test_pages_of_the_oldest_markup_are_read_as_well():
    title = "<font size='5'><b>The ferry</b></font>"
    line = "<font size='2'>By ANN LEE<br>May 4, 2001</font>"
    found = article_of("", first=f"<table><tr><td>{title}<br>{line}</table>")
    assert (found.title, found.authors, found.published) == ("The ferry", ("ANN LEE",), "2001-05-04")
    assert found.guessed == ("title", "published", "authors")
    assert found.body.startswith("The ferry went")


@pytest.mark.parametrize(
    ("line", "names", "date"),
    [
        ("Posted by Ann Lee at May 4, 2012 10:20 AM | <a href='#'>Comments (3)</a>", ("Ann Lee",), "2012-05-04T10:20"),
        ("Posted by annlee on 4 May 2012", ("annlee",), "2012-05-04"),
        ("This entry was posted on Friday, May 4th, 2012 at 10:20 am and is filed under Sea.", (), "2012-05-04T10:20"),
        ("This entry was posted by Ann Lee on May 4th, 2012. You can leave a reply.", ("Ann Lee",), "2012-05-04"),
        ("Posted by Ann Lee in <a href='/sea'>Sea</a> at 10:20 | <a href='#'>Comments (3)</a>", ("Ann Lee",), ""),
        ("<span>Posted by Ann Lee on May 4, 2012</span> | <a href='x'>Permalink</a>", ("Ann Lee",), "2012-05-04"),
        ("Bob wrote on May 4, 2012", (), ""),
        ("Posted by Ann Lee", (), ""),
    ],
)
def test_the_only_line_of_a_page_that_says_that_it_was_posted_tells_who_and_when(line, names, date):
    below = f"<p class='foot'>{line}</p>"
    found = article_of("", below=below)
    assert (found.authors, found.published) == (names, date)
    twice = article_of("", below=f"{below}<h2>Older</h2><p>Another.</p>{below.replace('4', '7')}")
    assert (twice.authors, twice.published) == ((), "")


def test_the_foot_of_a_comment_that_was_not_told_apart_says_nothing_of_the_article():
    comment = "<p>I was there.</p><small>Posted by Bob Ray on May 7, 2012</small>"
    page = f"<!doctype html><title>The ferry</title><body><h1>The ferry</h1>{TEXT}<div>{comment}</div>"
    found = read_html(page.encode(), Source("page.html", "0" * 64)).article
    assert (found.authors, found.published) == ((), "")


def test_crowds_of_lines_are_read_as_quickly_as_they_are_many():
    def read(many: int) -> None:
        lines = "<p>By Ann Lee and<br>on</p><div>Posted by Ann</div>" * many
        article_of("<i>" * 200 + "By Ann Lee <br>" * many, below=lines)

    assert growth(read, 500, 500 * TIMES) < MOST
