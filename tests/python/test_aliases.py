"""Authors who wrote under several names are one when a file says so."""

from __future__ import annotations

import json

import pytest

from backfile.errors import SourceError
from backfile.importer.aliases import read_aliases
from project import backfile
from test_import import imported, write

NAMES = "# who is who\n\nDora Lind = D. Lind; dlind\nSam Okoro = S.O.\n"


def test_articles_get_the_one_name_of_each_author(tmp_path):
    lines = [{"title": "T", "text": "Text.", "authors": ["D. LIND", "Sam Okoro", "dlind", "Else"]}]
    write(tmp_path / "s", "a.jsonl", *map(json.dumps, lines))
    names = write(tmp_path, "names.txt", NAMES)
    [article], _ = imported(tmp_path / "s", tmp_path / "content", "--authors", str(names))
    assert article.authors == ("Dora Lind", "Sam Okoro", "Else")


@pytest.mark.parametrize(("text", "told"), [("Dora Lind\n", "names.txt:1"), ("A = x\nB = X\n", "'X' is A already")])
def test_a_line_that_says_nothing_sure_is_refused_with_its_place(tmp_path, text, told):
    with pytest.raises(SourceError, match=told):
        read_aliases(write(tmp_path, "names.txt", text))


def test_a_file_of_names_that_is_not_there_is_named(tmp_path):
    write(tmp_path / "s", "a.txt", "Text")
    done = backfile("import", tmp_path / "s", "--content", tmp_path / "c", "--authors", tmp_path / "nowhere")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "nowhere: the names of authors cannot be read: No such file or directory. Check the path." in done.stderr


def test_a_file_of_names_in_another_encoding_says_what_to_do(tmp_path):
    (tmp_path / "names.txt").write_bytes("Zoë = zoe\n".encode("utf-16"))
    with pytest.raises(SourceError, match=r"names\.txt: not UTF-8 at byte 0\. Save it as UTF-8\."):
        read_aliases(tmp_path / "names.txt")
