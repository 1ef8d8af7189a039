"""Ids: two articles are never one because neither says much, and each stays what it was called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backfile.contentfile import read_content
from backfile.importer.identity import article_id
from project import backfile
from test_import import imported

PAIRS = {
    "headlines alone": (
        {"title": "First headline", "published": "2009-01-01"},
        {"title": "Second headline", "published": "2010-02-02"},
    ),
    "one headline on two days": (
        {"title": "Weather", "published": "2009-01-01"},
        {"title": "Weather", "published": "2010-02-02"},
    ),
    "one text under two headlines": (
        {"title": "First", "published": "2009-01-01", "authors": ["Ann"], "text": "The ferry has left."},
        {"title": "Second", "published": "2010-02-02", "authors": ["Bob"], "text": "The ferry has left."},
    ),
    "one text by two authors": (
        {"title": "First", "authors": ["Ann"], "text": "The ferry has left."},
        {"title": "First", "authors": ["Bob"], "text": "The ferry has left."},
    ),
    "comments alone": (
        {"title": "Ferry", "comments": [{"author": "Ann", "text": "I was there."}]},
        {"title": "Ferry", "comments": [{"author": "Bob", "text": "So was I."}]},
    ),
}


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
def test_two_articles_that_differ_in_what_is_said_of_them_are_two_in_either_order(pair, tmp_path):
    first, report = imported(lines(tmp_path / "a.jsonl", *pair, *pair), tmp_path / "a")
    assert sorted((a.title, a.published, a.authors) for a in first) == sorted(
        (one["title"], one.get("published", ""), tuple(one.get("authors", ()))) for one in pair
    )
    assert (report["imported"], report["merged"]) == (2, 2)
    again, report = imported(tmp_path / "a.jsonl", tmp_path / "a")
    assert (again, report["unchanged"]) == (first, 2)


def test_of_one_address_and_one_text_there_is_one_article_though_its_title_has_changed(tmp_path):
    record = {"url": "https://h.example/a", "title": "First", "text": "The ferry has left."}
    [article], report = imported(lines(tmp_path / "a.jsonl", record, {**record, "title": "Later"}), tmp_path / "a")
    assert (article.title, report["merged"]) == ("First", 1)


def thread(title: str, *posts: str) -> str:
    rows = "".join(
        f'<div class="post" id="post{number}"><span class="author">Reader {number}</span>'
        f'<span class="date">2009-03-1{number} 10:00</span><div class="text"><p>{text}</p></div></div>'
        for number, text in enumerate(posts, 1)
    )
    return f'<!doctype html><html><head><title>{title}</title></head><body class="forum">{rows}</body></html>'


def test_a_page_of_posts_alone_is_itself_whatever_else_is_imported_with_it(tmp_path):
    source = tmp_path / "s"
    source.mkdir()
    (source / "m.html").write_text(thread("Ferries", "The ferry is late.", "It always is.", "Not on Sundays."))
    [before], _ = imported(source, tmp_path / "c")
    assert (before.body, len(before.comments)) == ("", 3)
    (source / "a.html").write_text(thread("Bridges", "The bridge is open.", "It never is.", "But on Mondays."))
    after, report = imported(source, tmp_path / "c")
    assert sorted(article.title for article in after) == ["Bridges", "Ferries"]
    assert before in after
    assert (report["imported"], report["unchanged"]) == (1, 1)


def test_an_article_without_text_that_is_there_keeps_the_id_it_had(tmp_path):
    source = tmp_path / "s"
    source.mkdir()
    (source / "m.html").write_text(thread("Ferries", "The ferry is late.", "It always is.", "Not on Sundays."))
    imported(source, tmp_path / "c")
    [file] = (tmp_path / "c").rglob("*.md")
    was = read_content(file.read_text("utf-8")).article.id
    old = article_id("", ())  # as all of them were called once
    file.write_text(file.read_text("utf-8").replace(was, old))
    file.rename(file.with_name(file.name.replace(was, old)))
    (source / "a.html").write_text(thread("Bridges", "The bridge is open.", "It never is.", "But on Mondays."))
    assert backfile("import", source, "--content", tmp_path / "c").returncode == 0
    files = {read_content(file.read_text("utf-8")).article.title: file for file in (tmp_path / "c").rglob("*.md")}
    assert len(files) == 2
    assert old in files["Ferries"].name
    assert old not in files["Bridges"].name


def test_a_page_keeps_the_id_that_it_has_been_given(tmp_path):
    text = f"<article><h1>Ferry</h1><p>{'It has left the harbour. ' * 9}</p></article>"
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html><link rel=canonical href=https://h.example/a>{text}", "utf-8")
    [article], _ = imported(tmp_path / "a.html", tmp_path / "c")
    [file] = (tmp_path / "c").rglob("*.md")
    file.write_text(file.read_text("utf-8").replace(article.id, "aaaaaaaaaa"), "utf-8")
    [again], report = imported(tmp_path / "a.html", tmp_path / "c")
    assert (again.id, report["unchanged"]) == ("aaaaaaaaaa", 1)
