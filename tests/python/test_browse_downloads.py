"""What can be taken away: data that imports back to the same archive, and tables that run nothing."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.browse.downloads import ARTICLE_COLUMNS, COMMENT_COLUMNS, article_rows, comment_rows, json_line
from backfile.browse.facts import facts_of
from backfile.importer.jsonlines import read_json_lines
from backfile.importer.record import Record
from backfile.model import Article, Comment, Source
from project import ROOT, backfile
from strategies import NASTY, articles
from test_site import ARTICLE, build

FILE = Source("2009.jsonl", "ab" * 32)


def read_back(article: Article) -> Record:
    (record,) = read_json_lines(io.BytesIO(json_line(article, "2009/a.html").encode()), FILE)
    assert isinstance(record, Record), record
    return record


def rows(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table, newline="")))


def test_the_whole_archive_imports_back_to_the_same_content_files(tmp_path):
    built = build(tmp_path, {path.relative_to(ROOT / "content").as_posix(): path.read_bytes() for path in content()})
    done = backfile("import", built / "downloads" / "jsonl", "--content", tmp_path / "again", "--keep-addresses")
    assert done.returncode == 0, done.stderr
    again = {path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*.md")}
    assert again == {path.relative_to(ROOT / "content") for path in content()}
    for name in again:
        assert (tmp_path / "again" / name).read_bytes() == (ROOT / "content" / name).read_bytes()


def content():
    return [path for path in (ROOT / "content").rglob("*.md") if path.parent.name != "pages"]


def test_an_article_written_by_hand_keeps_its_id_address_and_text(tmp_path):
    built = build(tmp_path, {"a.md": ARTICLE.format(date="2009-03-12")})
    backfile("import", built / "downloads" / "jsonl", "--content", tmp_path / "again")
    (file,) = (tmp_path / "again").rglob("*.md")
    again = build(tmp_path / "second", {"a.md": file.read_bytes()})
    page = "2009/03/12/the-ferry-ferry00001.html"
    first, second = ((folder / page).read_text("utf-8") for folder in (built, again))
    assert first.partition('<section id="comments"')[2] == second.partition('<section id="comments"')[2]
    assert first.partition("<h1")[2].partition("<footer")[0] == second.partition("<h1")[2].partition("<footer")[0]


@settings(max_examples=200)
@given(articles())
def test_what_is_exported_reads_back_as_it_was(article):
    # A stranger's file may not say these; what is no address, and ids and slugs that no archive has, are left out.
    extra = tuple(pair for pair in article.extra if pair[0].lower() != "status")
    article = replace(article, url="", extra=extra, slug="", section=article.section.strip())
    comments = tuple(replace(c, author_url="", parent="", id=f"c{n}") for n, c in enumerate(article.comments))
    article = replace(article, comments=comments, split=article.split)
    record = read_back(article)
    again = record.article
    assert record.exported
    for name in ("body", "title", "published", "captured", "guessed", "split", "extra", "comments", "section"):
        assert getattr(again, name) == getattr(article, name), name
    assert again.sources == (article.sources or (FILE,))


@pytest.mark.parametrize(
    "claims",
    [
        {"slug": "../../etc/passwd", "extra": [["Status", "draft"], ["Save-As", "/x"], ["a b", "c"], 7, ["K"]]},
        {"slug": "a" * 500, "split": {"method": "magic", "confidence": 5}, "guessed": "title"},
        {
            "slug": 7,
            "sources": [{"name": "a.txt", "sha256": "zz"}, 7, {"name": "\n", "sha256": "ab" * 32}],
            "extra": {},
        },
        {"split": {"method": "text", "confidence": True}, "sources": {}, "guessed": [7, "nonsense"]},
    ],
)
def test_a_file_of_a_stranger_is_believed_only_what_an_export_would_say(claims):
    line = json.dumps({"id": "a", "title": "T", "commonmark": "x", **claims})
    (record,) = read_json_lines(io.BytesIO(line.encode()), FILE)
    assert isinstance(record, Record)
    found = record.article
    assert (found.slug, found.extra, found.sources, found.guessed) == ("", (), (FILE,), ())
    assert found.split.confidence is None


texts = st.one_of(st.sampled_from([*NASTY, "=1+1", "+1", "-1", "@x", "\t=1", " =1", "a\r\n=1", '"', "＝1"]), st.text())


@given(texts, texts, st.lists(texts, max_size=3).map(tuple))
def test_no_cell_of_a_table_is_a_formula_and_no_text_is_lost(title, section, names):
    article = Article(id="a", title=title, body="", section=section, authors=names, tags=names)
    head, row = rows(article_rows([(article, "2009/a.html", facts_of(article, []))]))
    assert head == ARTICLE_COLUMNS
    for cell, text in zip(row[3:6], (title, "", "; ".join(names)), strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.lstrip(" \xa0").startswith(tuple("=+-@\t\r\n＝＋－＠"))


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_a_table_of_comments_has_a_row_for_each(pairs):
    comments = tuple(Comment(id=f"c{n}", body=body, author=author) for n, (author, body) in enumerate(pairs))
    head, *found = rows(comment_rows([Article(id="a", title="T", body="", comments=comments)]))
    assert head == COMMENT_COLUMNS
    assert [row[1] for row in found] == [f"c{n}" for n in range(len(pairs))]
    assert all(len(row) == len(head) for row in found)
