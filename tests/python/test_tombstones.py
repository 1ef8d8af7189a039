"""A comment that was taken out: its place stays, and nothing it said is anywhere."""

from __future__ import annotations

import io
import json

import pytest

from backfile.browse.downloads import comment_rows, json_line
from backfile.contentfile import read_content, write_content
from backfile.importer.jsonlines import read_json_lines
from backfile.importer.record import Record
from backfile.model import Article, Comment, Source
from project import backfile
from test_site import build, soup

DIGEST = "ab" * 32
TEXT = f"""Title: Swans
Id: swans00001
Date: 2009-03-12
Source: sha256:{DIGEST} swans.txt

The swans are back.

<!-- comments -->

<!-- comment first
Author: Ann
-->

Lovely.

<!-- comment gone
Author: Wretched Name
Author-Url: https://wretched.example/
Date: 2009-03-12T10:41
Parent: first
Removed: At the writer's request
-->

A secretword nobody may read.

<!-- comment reply
Author: Joe
Parent: gone
-->

I disagree.
"""
SECRETS = ("secretword", "wretched", "10:41")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    files = {"a.md": TEXT, f"sources/ab/{DIGEST}.txt": "Lovely. A secretword nobody may read."}
    return build(tmp_path_factory.mktemp("tombstones"), files, "-e", "BACKFILE_COMMENTERS=true")


def test_reading_keeps_the_place_and_the_reason_alone():
    comment = read_content(TEXT).article.comments[1]
    assert comment == Comment("gone", "", parent="first", removed="At the writer's request")


def test_writing_drops_what_a_program_left_in_it():
    comment = Comment("gone", "A secretword", author="Wretched", date="2009", removed="-")
    text = write_content(Article("a", "T", "", comments=(comment,)))
    assert "secretword" not in text
    assert "Wretched" not in text
    assert read_content(text).article.comments == (Comment("gone", "", removed="-"),)


def test_an_id_made_from_the_text_stays_when_the_comment_is_marked():
    before = TEXT.replace("<!-- comment gone", "<!-- comment").replace("Removed: At the writer's request\n", "")
    after = TEXT.replace("<!-- comment gone", "<!-- comment")
    assert read_content(before).article.comments[1].id == read_content(after).article.comments[1].id


def test_nothing_of_it_is_anywhere_in_the_site(site):
    for path in site.rglob("*"):
        if path.is_file() and "search" not in path.relative_to(site).parts[:1]:
            text = path.read_bytes().decode("utf-8", "replace").casefold()
            assert not [secret for secret in SECRETS if secret in text], path
    assert not (site / "sources").exists()
    for question in ("secretword", "commenter:wretched"):
        done = backfile("search", site, question, "--json")
        assert json.loads(done.stdout)["total"] == 0, question
    assert json.loads(backfile("search", site, "disagree", "--json").stdout)["total"] == 1


def test_its_place_in_the_thread_stays_and_says_why(site):
    page = soup(next(site.rglob("*swans00001.html")))
    gone = page.find(id="comment-gone")
    assert "removed" in gone["class"]
    assert "At the writer's request" in gone.get_text()
    assert gone in page.find(id="comment-first").find_all("article")
    assert page.find(id="comment-reply") in gone.find_all("article")
    assert gone.get("itemprop") is None
    assert page.find(id="comments-title").get_text(strip=True) == "2 comments"
    assert page.find("a", string="source text") is None


def test_it_is_not_counted(site):
    assert "2 comments" in soup(site / "index.html").find(class_="coverage").get_text()


def test_downloads_have_the_place_without_the_text(site):
    line = json.loads((site / "downloads/jsonl/2009.jsonl").read_text("utf-8"))
    assert line["comments"][1] == {"id": "gone", "parent": "first", "removed": "At the writer's request"}
    rows = (site / "downloads/csv/comments-2009.csv").read_text("utf-8").splitlines()
    assert rows[2] == "swans00001,gone,first,,,,removed,,"


def test_what_was_taken_out_comes_back_from_a_download_as_taken_out():
    article = read_content(TEXT).article
    source = Source("2009.jsonl", "cd" * 32)
    (record,) = list(read_json_lines(io.BytesIO(json_line(article, "x.html").encode()), source))
    assert isinstance(record, Record)
    assert record.article is not None
    assert record.article.comments == article.comments
    assert comment_rows([record.article]) == comment_rows([article])
