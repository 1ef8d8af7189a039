"""Names of files, from whatever disk: one line of clean text, no two alike, and no file lost for its name."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.text import clean_line, clean_name
from project import backfile
from test_import import imported
from test_pairing import prose


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("ferry.txt", "ferry.txt"),
        ("a  b \u00fc \u202e.txt", "a  b \u00fc \u202e.txt"),
        ("caf\udce9.txt", "caf%E9.txt"),
        ("a\nb", "a%0Ab"),
        ("a\u2028b\x1b[31m", "a%E2%80%A8b%1B[31m"),
        ("half \ud800", "half %ED%A0%80"),
        ("100%", "100%"),
    ],
)
def test_what_cannot_stand_in_a_line_is_written_as_in_an_address(name, clean):
    assert clean_name(name) == clean


@given(st.text(st.characters(codec=None), max_size=20))
def test_a_clean_name_is_one_line_that_can_be_written(name):
    clean = clean_name(name)
    clean.encode("utf-8")
    assert len(clean.splitlines()) <= 1
    assert clean_name(clean) == clean
    assert clean_line(clean).replace(" ", "") == clean_line(clean_line(clean)).replace(" ", "")


def test_a_file_of_any_name_is_imported_and_its_article_can_be_read_again(tmp_path):
    (tmp_path / "s").mkdir()
    for number, name in enumerate((b"caf\xe9.txt", b"a\nb.txt", b"c\x1b[31m.txt", "e\u2028f\x85.txt".encode())):
        text = "\n".join([f"A title {number}", *prose(f"n{number}")])
        (tmp_path / "s" / os.fsdecode(name)).write_text(text, "utf-8")
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert (len(articles), report["articles"]) == (4, 4)
    assert {article.sources[0].name for article in articles} == {
        *("caf%E9.txt", "a%0Ab.txt", "c%1B[31m.txt", "e%E2%80%A8f%C2%85.txt")
    }
    before = {path: path.read_bytes() for path in (tmp_path / "content").rglob("*.md")}
    again = backfile("import", tmp_path / "s", "--content", tmp_path / "content")
    assert (again.returncode, again.stderr) == (0, "")
    assert before == {path: path.read_bytes() for path in (tmp_path / "content").rglob("*.md")}
