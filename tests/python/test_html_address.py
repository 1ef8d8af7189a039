"""Where a page stood: what it declares or whoever saved it noted, and not the first page of its site."""

from __future__ import annotations

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Source
from test_html_systems import STORY
from test_import import imported

URL = "https://x.example/2012/ferry/"
HOME = "https://x.example/"
CANONICAL = "<link rel='canonical' href='{}'>"
OPEN_GRAPH = "<meta property='og:url' content='{}'>"
TOLD = '<script type="application/ld+json">{{"@type": "Article", "headline": "The ferry", "url": "{}"}}</script>'
SAVED = "<!-- saved from url=(0029){} -->\n"


def page(head: str = "", before: str = "", title: str = "The ferry", number: int = 0) -> bytes:
    story = "".join(f"<p>{text}</p>" for text in STORY[number:])
    return f"<!doctype html>{before}<title>{title}</title>{head}<body><h1>{title}</h1>{story}".encode()


def address_of(head: str = "", before: str = "", url: str = "") -> str:
    found = read_html(page(head, before), Source("page.html", "0" * 64), url=url)
    assert isinstance(found, Record), found
    return found.article.url


@pytest.mark.parametrize(
    ("head", "before", "url"),
    [
        (CANONICAL.format(URL) + OPEN_GRAPH.format(HOME + "other"), "", URL),
        (CANONICAL.format(HOME) + OPEN_GRAPH.format(URL), "", URL),
        (OPEN_GRAPH.format(HOME) + TOLD.format(URL), "", URL),
        (CANONICAL.format("https://x.example"), SAVED.format(URL), URL),
        (CANONICAL.format(HOME) + TOLD.format(HOME), "", HOME),
        (CANONICAL.format(HOME + "?p=7"), SAVED.format(URL), HOME + "?p=7"),
        (CANONICAL.format("/2012/ferry/"), SAVED.format(HOME + "2012/ferry/?utm_source=a"), URL),
        (CANONICAL.format("/2012/ferry/"), "", ""),
        (
            '<script>__wm.wombat("http://x.example:80/ferry","2015","https://web.archive.org/");</script>',
            "",
            "http://x.example/ferry",
        ),
        (f'<input type="text" name="url" id="wmtbURL" value="{URL}">', "", URL),
        ("<base href='https://x.example/texts/ferry'>", "", "https://x.example/texts/ferry"),
        ("<base href='https://x.example/texts/'>", "", ""),
        ("<base href='https://x.example/texts/index.php'>", "", ""),
    ],
)
def test_the_first_address_that_is_not_of_the_site_alone_is_the_pages(head, before, url):
    assert address_of(head, before) == url


def test_an_address_that_a_page_came_with_is_its_own_whatever_it_declares():
    assert address_of(CANONICAL.format(URL) + TOLD.format(URL), url=HOME) == HOME


def test_articles_that_all_declare_the_first_page_of_their_site_are_articles_of_their_own(tmp_path):
    for folder in ("together", "apart"):
        (tmp_path / folder).mkdir()
        for number in range(3):
            (tmp_path / folder / f"{number}.html").write_bytes(
                page(CANONICAL.format(HOME), "", f"Part {number}", number)
            )
    together, report = imported(tmp_path / "together", tmp_path / "a")
    assert [outcome["status"] for outcome in report["outcomes"]] == ["imported"] * 3
    assert not any(outcome.get("doubts") for outcome in report["outcomes"])
    for number in range(3):
        apart, report = imported(tmp_path / "apart" / f"{number}.html", tmp_path / "b")
        assert [outcome["status"] for outcome in report["outcomes"]] == ["imported"]
    assert {article.id: article.title for article in apart} == {article.id: article.title for article in together}
    assert len(apart) == 3
