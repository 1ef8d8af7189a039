"""An archive that is imported into for years: sources that change, copies that come later, files that people move."""

import hashlib
import json
import os
import re
import shutil

import pytest

from backfile.contentfile import read_content, write_content
from backfile.model import Article, Source, Split
from project import ROOT, backfile
from test_import import imported, tree, write
from test_pairing import prose


def line(*numbers: int, text: str = "Of boats and ferries.", **other: object) -> str:
    """An article as a line of JSON, with comments of these numbers."""
    said = [{"id": str(number), "author": "Ann", "text": f"Number {number}"} for number in numbers]
    boats = {"title": "Boats", "url": "https://boats.example/1", "text": text, "comments": said}
    return json.dumps(boats | other)


def summary(source, content) -> str:
    """What an import prints."""
    done = backfile("import", source, "--content", content)
    assert done.returncode == 0, done.stderr
    return done.stdout


def imported_in_time(folder) -> tuple[str, int]:
    """What an import says that must not wait for anybody to write into a pipe."""
    done = backfile("import", folder / "s", "--content", folder / "content", timeout=60)
    return done.stderr, done.returncode


def test_of_two_content_files_with_one_id_the_one_that_is_built_is_brought_up_to_date(tmp_path):
    write(tmp_path / "s", "boats.jsonl", line(0))
    imported(tmp_path / "s", tmp_path / "content")
    [file] = (tmp_path / "content").rglob("*.md")
    later, copy = file.with_name("z.md"), tmp_path / "content" / "z" / "a.md"
    copy.parent.mkdir()
    shutil.copy(file, later)
    shutil.copy(file, copy)
    before = later.read_bytes()
    write(tmp_path / "s", "boats.jsonl", line(0, 1))
    _, report = imported(tmp_path / "s", tmp_path / "content")
    [outcome] = report["outcomes"]
    first = min((file, later, copy), key=lambda path: path.relative_to(tmp_path / "content").as_posix())
    assert outcome["file"] == first.relative_to(tmp_path / "content").as_posix()
    assert "Number 1" in first.read_text("utf-8")
    assert later.read_bytes() == copy.read_bytes() == before


def test_what_a_changed_source_has_no_more_is_told_with_where_the_earlier_one_is_kept(tmp_path):
    long = " ".join(f"word{number}" for number in range(90))
    write(tmp_path / "s", "boats.jsonl", line(0, 1, 2, text=long))
    imported(tmp_path / "s", tmp_path / "content")
    earlier = next((tmp_path / "content").glob("*/*/*.txt"))
    write(tmp_path / "s", "boats.jsonl", line(1, text="Please subscribe to read on."))
    told = summary(tmp_path / "s", tmp_path / "content")
    assert "has no more: 2 comments that were here and most of its text (5 words, where it had 90)" in told
    assert earlier.is_file()
    assert any(path.relative_to(tmp_path / "content").as_posix() in told for path in earlier.parent.parent.glob("*/*"))


def test_a_changed_source_that_has_all_there_was_is_nothing_to_tell_of(tmp_path):
    write(tmp_path / "s", "boats.jsonl", line(0, 1))
    imported(tmp_path / "s", tmp_path / "content")
    write(tmp_path / "s", "boats.jsonl", line(0, 1, 2, text="Of boats and of ferries."))
    assert "note" not in summary(tmp_path / "s", tmp_path / "content")


def test_a_change_that_a_correction_keeps_out_is_told_without_a_report_too(tmp_path):
    write(tmp_path / "s", "boats.jsonl", line(0))
    imported(tmp_path / "s", tmp_path / "content")
    [file] = (tmp_path / "content").rglob("*.md")
    file.write_text(file.read_text("utf-8").replace("Of boats", "Of many boats"), "utf-8")
    assert "note" not in summary(tmp_path / "s", tmp_path / "content")
    write(tmp_path / "s", "boats.jsonl", line(0, 1))
    told = summary(tmp_path / "s", tmp_path / "content")
    assert "note      boats.jsonl:1: corrected by hand, so what its source says now was not taken" in told


def comments(content) -> list[list[str]]:
    """What the comments of each article say."""
    files = sorted(content.rglob("*.md"))
    return [[c.body for c in read_content(file.read_text("utf-8")).article.comments] for file in files]


@pytest.mark.parametrize("changed", ["a", "b", "c"])
def test_a_copy_that_changes_is_taken_in_when_all_are_imported_together(changed, tmp_path):
    copies = {"a": [0], "b": [0, 1], "c": [0, 2]}
    for name, numbers in copies.items():
        write(tmp_path / "s", f"{name}.jsonl", line(*numbers))
    imported(tmp_path / "s", tmp_path / "content")
    write(tmp_path / "s", f"{changed}.jsonl", line(*copies[changed], 3))
    told = summary(tmp_path / "s" / f"{changed}.jsonl", tmp_path / "content")
    assert "its source has changed: that is taken in where all sources of the article are imported together" in told
    assert comments(tmp_path / "content") == [["Number 0", "Number 1", "Number 2"]]
    imported(tmp_path / "s", tmp_path / "content")
    imported(tmp_path / "s", tmp_path / "clean")
    assert tree(tmp_path / "content") | tree(tmp_path / "clean") == tree(tmp_path / "content")
    [said] = comments(tmp_path / "content")
    assert sorted(said) == ["Number 0", "Number 1", "Number 2", "Number 3"]
    before = tree(tmp_path / "content")
    assert "note" not in summary(tmp_path / "s", tmp_path / "content")
    assert tree(tmp_path / "content") == before


@pytest.mark.parametrize("change", [False, True])
def test_an_article_of_two_copies_that_was_corrected_is_not_made_a_second_time(change, tmp_path):
    write(tmp_path / "s", "a.jsonl", line(0))
    write(tmp_path / "s", "b.jsonl", line(0, 1))
    imported(tmp_path / "s", tmp_path / "content")
    [file] = (tmp_path / "content").rglob("*.md")
    file.write_text(file.read_text("utf-8").replace("Of boats", "Of many boats"), "utf-8")
    before = file.read_bytes()
    if change:
        write(tmp_path / "s", "b.jsonl", line(0, 1, 2))
    _, report = imported(tmp_path / "s", tmp_path / "content")
    assert [outcome["status"] for outcome in report["outcomes"]] == ["unchanged", "merged"]
    reason = report["outcomes"][1]["reason"]
    assert reason.startswith("another copy of an article: corrected by hand, left as it is")
    assert ("the source has changed since" in reason) == change == bool(report["outcomes"][1].get("notes"))
    assert [path.read_bytes() for path in (tmp_path / "content").rglob("*.md")] == [before]


def test_a_record_that_changes_and_moves_in_its_export_is_the_same_article(tmp_path):
    other = line(9, url="https://boats.example/2", text="Of bridges.")
    write(tmp_path / "s", "boats.jsonl", line(0))
    imported(tmp_path / "s", tmp_path / "content")
    write(tmp_path / "s", "boats.jsonl", other, line(0, 1))
    _, report = imported(tmp_path / "s", tmp_path / "content")
    assert [outcome["status"] for outcome in report["outcomes"]] == ["imported", "imported"]
    assert sorted(comments(tmp_path / "content")) == [["Number 0", "Number 1"], ["Number 9"]]


def test_a_record_that_may_not_be_shown_any_more_is_the_same_article(tmp_path):
    write(tmp_path / "s", "boats.jsonl", line(0))
    imported(tmp_path / "s", tmp_path / "content")
    write(tmp_path / "s", "boats.jsonl", line(0, 1).replace("Number 1", "Number 1, ann@boats.example"))
    imported(tmp_path / "s", tmp_path / "content")
    assert [len(said) for said in comments(tmp_path / "content")] == [2]


def test_a_second_article_that_an_earlier_import_made_of_a_copy_is_told_of(tmp_path):
    write(tmp_path / "s", "a.jsonl", line(0))
    write(tmp_path / "s", "b.jsonl", line(0, 1, published="2009"), line(0, 2, published="2010"))
    _, report = imported(tmp_path / "s", tmp_path / "content")
    twin = report["outcomes"][2]["file"]
    write(tmp_path / "s", "b.jsonl", line(0, 1, published="2009"), line(0, 2))
    told = summary(tmp_path / "s", tmp_path / "content")
    assert len(list((tmp_path / "content").rglob("*.md"))) == 2
    assert f"an earlier import made a second article of this copy: remove {twin}" in told


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_article_that_an_earlier_import_made_of_one_extract_of_a_page_alone_is_told_of(order, tmp_path):
    extracts = sorted((ROOT / "sources").glob("00[01]_*.txt"))
    content = tmp_path / "content"
    for number in order:
        assert "second article" not in summary(extracts[number], content)
    (tmp_path / "s").mkdir()
    for extract in extracts:
        shutil.copy(extract, tmp_path / "s")
    told = summary(tmp_path / "s", content)
    [twin] = re.findall(rf"an earlier import made a second article of {extracts[1].name} alone: remove (.+)", told)
    assert len(list(content.rglob("*.md"))) == 2
    (content / twin).unlink()
    assert "second article" not in summary(tmp_path / "s", content)
    assert len(list(content.rglob("*.md"))) == 1
    assert "second article" not in summary(extracts[1], content)


def test_an_article_that_an_earlier_version_made_of_a_whole_export_is_told_of_once(tmp_path):
    write(tmp_path / "s", "boats.jsonl", line(0), line(1, url="https://boats.example/2", text="Of rafts."))
    data = (tmp_path / "s" / "boats.jsonl").read_bytes()
    source = Source("boats.jsonl", hashlib.sha256(data).hexdigest())
    misread = Article(id="misread001", title="{", body="Misread.", split=Split("text", 0.9), sources=(source,))
    write(tmp_path / "content", "undated/misread-misread001.md", write_content(misread))
    told = summary(tmp_path / "s", tmp_path / "content")
    assert (
        told.count("an earlier version took boats.jsonl for one text and made an article of it: remove undated/") == 1
    )
    assert len(list((tmp_path / "content").rglob("*.md"))) == 3
    (tmp_path / "content" / "undated" / "misread-misread001.md").unlink()
    assert "took boats" not in summary(tmp_path / "s", tmp_path / "content")


@pytest.mark.parametrize("apart", [False, True])
def test_a_text_that_comes_from_two_addresses_or_without_one_is_told_of_once(apart, tmp_path):
    paragraphs = prose("boats", 4)
    write(tmp_path / "s", "a.txt", "Boats", *paragraphs, between="\n\n")
    write(tmp_path / "s", "b.jsonl", line(0, text="\n\n".join(paragraphs)))
    write(tmp_path / "s", "c.jsonl", line(text="\n\n".join(paragraphs), url="https://boats.example/1/print"))
    for name in ("a.txt", "b.jsonl", "c.jsonl") if apart else ():
        told = summary(tmp_path / "s" / name, tmp_path / "content")
        assert ("one may be a copy" in told) == (name != "a.txt")
    if not apart:
        assert summary(tmp_path / "s", tmp_path / "content").count("another address or none: one may be a copy") == 2
    assert "may be a copy" not in summary(tmp_path / "s", tmp_path / "content")
    assert len(list((tmp_path / "content").rglob("*.md"))) == 3


def test_a_pipe_among_content_files_is_passed_over_and_a_link_to_nowhere_is_told(tmp_path):
    write(tmp_path / "s", "boats.jsonl", line(0))
    imported(tmp_path / "s", tmp_path / "content")
    os.mkfifo(tmp_path / "content" / "pipe.md")
    assert imported_in_time(tmp_path) == ("", 0)
    (tmp_path / "content" / "link.md").symlink_to("nowhere.md")
    told, status = imported_in_time(tmp_path)
    assert status == 1
    assert (
        "link.md: the content file cannot be read: No such file or directory. Put back what the link leads to" in told
    )


def test_a_page_that_changes_when_a_copy_of_it_comes_is_one_article_with_that(tmp_path):
    write(tmp_path / "s", "page.jsonl", line(0, 1))
    imported(tmp_path / "s", tmp_path / "content")
    write(tmp_path / "s", "copy.jsonl", line(0, 2))
    write(tmp_path / "s", "page.jsonl", line(1, 3))
    _, report = imported(tmp_path / "s", tmp_path / "content")
    assert [outcome["status"] for outcome in report["outcomes"]] == ["imported", "merged"]
    [said] = comments(tmp_path / "content")
    assert sorted(said) == ["Number 0", "Number 1", "Number 2", "Number 3"]
    before = tree(tmp_path / "content")
    imported(tmp_path / "s", tmp_path / "content")
    assert tree(tmp_path / "content") == before
