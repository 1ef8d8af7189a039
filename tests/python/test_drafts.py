"""What was never public is kept and told of, and stands on no page; what was published of the same text does."""

from __future__ import annotations

import json
import time

import pytest

from backfile.importer.frontmatter import read_front_matter
from backfile.importer.plaintext import read_plain_text
from backfile.model import Source
from project import pelican
from test_import import imported

PROSE = "The first paragraph tells of the ferry and of the people on it, and it is long enough to be one of a story."
MEDIUM = (
    "<!DOCTYPE html><html><head><title>The ferry</title></head><body><article class='h-entry'><h1>The ferry</h1>"
    f"<section><p>{PROSE}</p><p>{PROSE.replace('ferry', 'boat')}</p></section></article></body></html>"
)
YAML = """---
title: "The \\"last\\" ferry: a story"
date: 2012-05-04
draft: {draft}
author: 'Dora Lind'
tags: [ferry, "boats"]
categories:
  - News
layout: post
---

{prose}
"""
TOML = '+++\ntitle = "The ferry"\ndate = 2012-05-04T10:00:00Z\ndraft = true\n[params]\ntags = ["ferry"]\n+++\n'
TOML += PROSE


def notes_of(report: dict[str, object]) -> list[str]:
    return [note for outcome in report["outcomes"] for note in outcome.get("notes", ()) if "draft" in note]


def test_drafts_are_kept_told_of_and_built_by_no_page(tmp_path):
    sources = tmp_path / "sources"
    (sources / "_drafts").mkdir(parents=True)
    (sources / "2012-01-02_The-ferry-aa11.html").write_text(MEDIUM.replace("ferry", "Tern"))
    (sources / "draft_The-ferry-aa11.html").write_text(MEDIUM)
    (sources / "hugo.md").write_text(YAML.format(draft="true", prose=PROSE.replace("ferry", "dory")))
    (sources / "_drafts/jekyll.md").write_text(PROSE.replace("ferry", "punt"))
    articles, report = imported(sources, tmp_path / "content")
    assert sorted("Status" in dict(article.extra) for article in articles) == [False, True, True, True]
    assert sorted(note.partition(";")[0] for note in notes_of(report)) == [
        "a draft: it lies in a folder of drafts",
        "a draft: its front matter says 'draft: true'",
        "a draft: its name is that of a draft in an export of Medium",
    ]
    done = pelican(tmp_path / "content", tmp_path / "output")
    assert done.returncode == 0, done.stderr
    built = "\n".join(path.read_text("utf-8", "replace") for path in (tmp_path / "output").rglob("*") if path.is_file())
    assert "Tern" in built
    for word in ("the ferry and", "the dory", "the punt"):
        assert word not in built


@pytest.mark.parametrize("names", [("a.html", "draft_b.html"), ("z.html", "draft_b.html")])
def test_a_draft_does_not_hide_what_it_became(tmp_path, names):
    (tmp_path / "sources").mkdir()
    for name in names:
        (tmp_path / "sources" / name).write_text(MEDIUM)
    articles, report = imported(tmp_path / "sources", tmp_path / "content")
    assert sorted("Status" in dict(article.extra) for article in articles) == [False, True]
    again, _ = imported(tmp_path / "sources", tmp_path / "content")
    assert again == articles
    assert len(notes_of(report)) == 1


def test_front_matter_is_read_as_labels():
    matter = read_front_matter(YAML.format(draft="false", prose=PROSE))
    assert matter.draft == ""
    head = ['Title: The "last" ferry: a story', "Date: 2012-05-04", "Author: Dora Lind", "Tags: ferry; boats"]
    assert matter.text.split("\n\n") == [*head, "Category: News", "Layout: post", f"\n{PROSE}\n"]
    record = read_plain_text(TOML.encode(), Source("a.md", "0" * 64))
    assert record.paragraphs == ("Title: The ferry", "Date: 2012-05-04T10:00:00Z", "Tags: ferry", PROSE)
    assert json.dumps(record.article.extra) == '[["Status", "skip"]]'


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule above prose.\n\n---\n\nMore.",
        "---\nNo key here\n---\n",
        "Title: A\n\nText",
        "+++\n+++\n",
        "---\na: b",
    ],
)
def test_what_is_no_front_matter_is_left_as_it_is(text):
    assert read_front_matter(text) == (text, "")


def test_hostile_front_matter_is_read_at_once():
    start = time.monotonic()
    for text in (
        "---\n" + "a: \n" * 100_000,
        "---\n" + "- a\n" * 4000 + "---\n",
        "---\na: b\n" + " c\n" * 6000 + "---\n",
    ):
        read_front_matter(text)
    assert time.monotonic() - start < 2
