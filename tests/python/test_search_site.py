"""Search of a built site: what Pelican hands over is found, by the command and under its comments."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from backfile.search.check import check_index
from backfile.search.manifest import read
from backfile.search.whoosh.archive import Archive
from project import ROOT, backfile, pelican

FERRY = """Title: The ferry will stop
Id: ferry00001
Date: 2009-03-12T09:30
Authors: Ada Brook
Category: Harbour
Tags: ferry; council
Language: en
Summary: Sailings end in May.

The council has voted. *Nobody* asked the `islanders`.

<!-- comments -->

<!-- comment c1
Author: Marta Kell
Date: 2009-03-12T10:41
-->

Preposterous!

<!-- comment c2
Author: Joe
Parent: c1
-->

Quite **preposterous**, Marta.
"""
UNDATED = """Title: A walk
Id: walk000001

Along the quay, past the lighthouse.
"""
PASTED = "Title: Draft thoughts\nId: draft00001\nDate: 2010-01-01\nStatus: draft\n\nUnfinished lighthouse.\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    content = folder / "content"
    content.mkdir()
    for name, text in {"ferry.md": FERRY, "walk.md": UNDATED, "draft.md": PASTED}.items():
        (content / name).write_text(text, "utf-8")
    done = pelican(content, folder / "output")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def archive(site) -> Archive:
    return Archive(site / "output" / "search")


def urls(archive: Archive, text: str) -> list[str]:
    return [hit.url for hit in archive.search(text).hits]


@pytest.mark.parametrize(
    "question",
    [
        "council",
        "title:ferry",
        "sailings",
        "nobody",
        "islanders",
        "author:brook",
        'commenter:"marta kell"',
        "comments:preposterous",
        "section:harbour",
        "tag:council",
        "date:2009-03",
        "language:en ferry",
    ],
)
def test_every_part_of_an_article_is_found_at_its_page(archive, site, question):
    (url,) = urls(archive, question)
    assert (site / "output" / url).is_file()
    assert url.startswith("2009/03/12/")


def test_an_undated_article_is_found_and_matches_no_date(archive):
    assert len(urls(archive, "lighthouse")) == 1
    assert urls(archive, "lighthouse date:[0001 to 9999]") == []


def test_a_draft_is_not_found(archive):
    assert urls(archive, "unfinished") == []


def test_the_anchor_of_each_comment_is_on_the_page(archive, site):
    hit = archive.search("preposterous").hits[0]
    page = (site / "output" / hit.url).read_text("utf-8")
    comments = archive.document(hit.number).comments
    assert [comment.author for comment in comments] == ["Marta Kell", "Joe"]
    assert comments[1].text == "Quite preposterous, Marta."
    assert all(f'id="{comment.anchor}"' in page for comment in comments)


def test_the_command_prints_json_for_programs(site):
    done = backfile("search", site / "output", "preposterous ferry", "--limit", 5, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["total"] == 1
    assert set(found["hits"][0]) == {"url", "title", "score"}
    assert found["hits"][0]["title"] == "The ferry will stop"


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are Unicode there")
@pytest.mark.parametrize("words", [b"caf\xe9*", b"\xff?x", b"title:\xe9~", b"[\xff to \xfe]"])
def test_words_of_a_question_that_are_no_utf_8_are_no_traceback(site, words):
    done = backfile("search", site / "output", os.fsdecode(words))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "0 found\n")


def test_the_words_of_a_question_need_no_quotation_marks(site):
    one, several = (
        backfile("search", site / "output", *words, "--json") for words in (["marta ferry"], ["marta", "ferry"])
    )
    assert one.returncode == several.returncode == 0
    assert one.stdout == several.stdout


def test_the_command_says_what_to_do_where_no_index_is(tmp_path):
    done = backfile("search", tmp_path, "ferry")
    assert done.returncode == 1
    assert "pelican content" in done.stderr


def test_a_second_build_writes_only_what_changed(site):
    output = site / "output" / "search"
    before = read(output)
    (site / "content" / "walk.md").write_text(UNDATED.replace("quay", "pier"), "utf-8")
    assert pelican(site / "content", site / "output").returncode == 0
    after = read(output)
    assert before is not None and after is not None
    assert after.generation == before.generation + 1
    assert before.segments[0].id in after.ids() | set(after.previous)
    assert urls(Archive(output), "pier") and not urls(Archive(output), "quay")
    assert list(check_index(site / "output")) == []


def test_the_sample_archive_is_searched_by_the_project_settings():
    assert '"backfile.search"' in (ROOT / "pelicanconf.py").read_text("utf-8")
