"""Texts that are called Markdown and have its marks, without front matter: told apart as plain texts are."""

from __future__ import annotations

import pytest

from backfile.importer.assembling import assemble
from backfile.importer.plaintext import read_plain_text
from backfile.importer.record import Record
from backfile.model import Article, Source
from exports_world import Post
from growth import MOST, growth
from images import png
from test_export_words import said
from test_import import imported
from words_world import WORD

FERRY = "The council says that the bridge will be built next year, and that it will be cheaper than any ferry could be."
GOATS = "Nobody asked the goats, which have lived on the islands for a thousand years and never wanted to leave."
MARKED = f"""Title: The bridge
Author: Dora Lind
URL: https://news.example/goats

# The bridge

{FERRY.replace("bridge", "**bridge**").replace("ferry", "[ferry](https://x.example/f)")}

## Of goats

{GOATS} ![A goat](goat.png)

- one
- two
"""
READERS = """
**Ben** on May 7, 2019 at 10:20 am

I don't think so. You are wrong about the bridge! ![Me](goat.png)

**Cleo** on May 8, 2019 at 11:20 am

@Ben I think you're right, lol.
"""


def made(text: str, name: str = "a.md") -> Article:
    record = read_plain_text(text.encode(), Source(name, "0" * 64))
    assert isinstance(record, Record)
    return assemble([record]).article


def test_labels_title_text_and_comments_are_told_apart_and_the_text_has_its_marks():
    article = made(MARKED + READERS)
    assert (article.title, article.authors, article.url) == ("The bridge", ("Dora Lind",), "https://news.example/goats")
    first, heading, goats, *rest = article.body.split("\n\n")
    assert "**bridge**" in first and "[ferry](https://x.example/f)" in first
    assert (heading, rest) == ("## Of goats", ["- one\n- two"])
    assert goats.startswith(GOATS)
    assert [(c.author, c.date) for c in article.comments] == [("Ben", "2019-05-07T10:20"), ("Cleo", "2019-05-08T11:20")]


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_of_a_file_that_is_not_called_markdown_nothing_is_a_mark(name):
    assert "\\*\\*bridge\\*\\*" in made(MARKED, name).body


def test_a_file_without_marks_is_read_as_any_text():
    text = f"{FERRY}\n\n  * * *\n\n1986. {GOATS}\n    <b> is a tag of HTML & more."
    assert made(text).body == made(text, "a.txt").body


def test_an_extract_with_marks_and_one_without_are_one_article(tmp_path):
    folder = tmp_path / "from"
    folder.mkdir()
    (folder / "a.md").write_text(f"# The bridge\n\n{FERRY.replace('bridge', '**bridge**')}\n\n{GOATS}\n")
    (folder / "b.txt").write_text(f"The bridge\n{FERRY}\n{GOATS}\n\nI don't think so. You are wrong!\n")
    [article], report = imported(folder, tmp_path / "content")
    assert report["merged"] == 1 and GOATS in article.body and FERRY[:20] in article.body


def test_images_beside_the_text_are_kept_with_it_and_none_that_only_a_comment_has(tmp_path):
    folder = tmp_path / "from"
    folder.mkdir()
    (folder / "goat.png").write_bytes(png())
    (folder / "a.md").write_text(MARKED + READERS)
    [article], _ = imported(folder, tmp_path / "content")
    assert "![A goat](" in article.body and "Image" in dict(article.extra)
    (folder / "a.md").write_text(MARKED.replace(" ![A goat](goat.png)", "") + READERS)
    [without], _ = imported(folder, tmp_path / "other")
    assert "Image" not in dict(without.extra) and "goat.png" not in without.body


@pytest.mark.parametrize("seed", range(6))
def test_each_word_is_read_once_and_in_its_place(seed):
    text = Post(seed, "p").markdown()
    article = made(f"# A title of words\n\n{text}")
    parts = (article.title, article.standfirst, article.body, *(c.body for c in article.comments), article.author_note)
    assert sorted(said("\n\n".join(parts))) == sorted(WORD.findall(text))


@pytest.mark.parametrize("piece", "> |* |[|![|](|**a |_a_ |`|<|[[|&|a: b\n|# |- a\n|**a".split("|"))
def test_any_text_takes_the_time_of_its_size(piece):
    def work(text: str) -> None:
        read_plain_text(f"# A\n\n{text}".encode(), Source("a.md", "0" * 64))

    assert growth(work, piece * (2_000 // len(piece)), piece * (16_000 // len(piece))) < MOST
