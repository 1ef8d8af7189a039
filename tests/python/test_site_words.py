"""Every word of the content files stands once and in its place in pages, feeds, downloads and in what is searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from backfile.search.texts import searched_texts
from project import backfile, pelican
from threads_world import Said, Thread
from words_world import WORD, Words

_BLOCKS = "paragraph list items quote heading table pre figure details terms nested box".split()


@dataclass(frozen=True, slots=True)
class Told:
    """An article as it was written, and its comments by their ids."""

    body: str
    standfirst: str
    note: str
    comments: dict[str, Said]


def articles() -> Iterator[Told]:
    for seed in range(4):
        words = Words(seed, "p")
        body = "\n".join(words.block(words.choice.choice(_BLOCKS)) for _ in range(8))
        comments = {str(one.number): one for one in Thread(seed, "p").comments(5)}
        yield Told(body, words.some(5, 9), words.some(4, 8), comments)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    lines = (
        {
            "title": f"Story{number}",
            "published": f"2009-03-{number + 1:02}",
            "standfirst": told.standfirst,
            "author_note": told.note,
            "html": told.body,
            "comments": [
                {"id": name, "parent": str(one.parent or ""), "author": one.author, "date": one.day, "html": one.markup}
                for name, one in told.comments.items()
            ],
        }
        for number, told in enumerate(articles())
    )
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert backfile("import", folder / "in.jsonl", "--content", folder / "content").returncode == 0
    built = pelican(folder / "content", folder / "site")
    assert built.returncode == 0, built.stderr
    return folder


def words_of(*texts: str) -> list[str]:
    return WORD.findall(" ".join(texts))


def shown(element: Tag) -> list[str]:
    return WORD.findall(element.get_text(" "))


def test_each_word_is_shown_once_in_its_place_and_under_its_name(archive):
    for number, told in enumerate(articles()):
        [page] = (archive / "site").glob(f"2009/*/*/story{number}-*.html")
        soup = BeautifulSoup(page.read_bytes(), "lxml")
        for extra in soup.find_all(["head", "script"]):
            extra.extract()
        for comment in soup.select("#comments article[id^=comment-]")[::-1]:  # replies before what they stand in
            one = told.comments[comment["id"].removeprefix("comment-")]
            above = comment.find_parent("article", id=lambda name: name and name.startswith("comment-"))
            assert (above["id"] if above else "") == (f"comment-{one.parent}" if one.parent else "")
            assert one.author in comment.get_text()
            assert shown(comment.extract()) == words_of(one.markup)
        assert shown(soup) == words_of(told.standfirst, told.body, told.note)


def test_each_word_is_in_feeds_downloads_and_what_is_searched(archive):
    site = archive / "site"
    items = {item["title"]: item for item in json.loads((site / "feeds/all.json").read_text("utf-8"))["items"]}
    feed = BeautifulSoup((site / "feeds/all.atom.xml").read_bytes(), "lxml-xml")
    entries = {entry.find("title").text: entry.find("content").text for entry in feed.find_all("entry")}
    lines = map(json.loads, (site / "downloads/jsonl/2009.jsonl").read_text("utf-8").splitlines())
    downloads = {line["title"]: line for line in lines}
    searched = {
        found.place.split("/")[-1][:6]: found.text for found in searched_texts(site) if found.kind == "document"
    }
    for number, told in enumerate(articles()):
        title, comments = f"Story{number}", [one.markup for one in told.comments.values()]
        for text in (items[title]["content_html"], entries[title], downloads[title]["text"]):
            assert words_of(text) == words_of(told.body)
        assert [words_of(one["text"]) for one in downloads[title]["comments"]] == [*map(words_of, comments)]
        assert words_of(searched[title.lower()]) == words_of(told.standfirst, told.body, *comments)


def test_what_is_downloaded_and_imported_again_is_the_same(archive):
    again = archive / "again"
    done = backfile("import", archive / "site/downloads/jsonl", "--keep-addresses", "--content", again)
    assert done.returncode == 0, done.stderr
    first, second = (
        {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*.md")}
        for folder in (archive / "content", again)
    )
    assert len(first) == 4 and first == second


def test_each_word_is_found(archive):
    told = list(articles())[1]
    for text in (told.body, next(iter(told.comments.values())).markup):
        word = words_of(text)[-1]
        found = json.loads(backfile("search", archive / "site", word, "--json").stdout)
        assert "Story1" in [hit["title"] for hit in found["hits"]]
