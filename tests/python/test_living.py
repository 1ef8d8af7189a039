"""An archive that is imported into for years: sources that change, copies that come later, files that people move."""

import json
import shutil

from project import backfile
from test_import import imported, write


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
