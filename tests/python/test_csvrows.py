"""Tables of articles and of comments: each row is read as the same object of JSON would be."""

from __future__ import annotations

import csv
import io
import json

import pytest

from backfile.importer import limits
from backfile.importer.csvrows import csv_rows, is_table
from backfile.importer.kinds import tell_kind
from backfile.importer.record import Problem
from backfile.importer.walking import SourceFile
from backfile.model import Source
from growth import MOST, growth
from test_import import imported

SOURCE = Source("t.csv", "0" * 64)
PROSE = "The council says that the bridge will be built next year, and that it will be cheaper than any ferry could be."


def rows(data: str | bytes) -> list[dict[str, str] | str]:
    """What the rows say, and in the place of problems what is wrong and where."""
    found = csv_rows(io.BytesIO(data.encode() if isinstance(data, str) else data), SOURCE)
    return [f"{one.place} {one.reason}" if isinstance(one, Problem) else json.loads(one[1]) for one in found]


def table(columns: list[str], *values: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([columns, *values])
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_cell_is_read_whole_whatever_parts_them(delimiter, end):
    cells = ["a, b; c\td|e", 'He said "no".', "two\nlines", "ünïcödé", " blank ", "0012"]
    names = ["title", "text", "c", "d", "e", "f"]
    text = table(names, cells, delimiter=delimiter).replace("\n", end)
    [found] = rows(text)
    assert {name: value.replace("\r\n", "\n") for name, value in found.items()} == dict(zip(names, cells, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_are_read_in_the_encodings_of_office_programs(encoding):
    assert rows("title;text\nFähre;Café – “x”\n".encode(encoding)) == [{"title": "Fähre", "text": "Café – “x”"}]


def test_one_row_in_another_encoding_is_read_in_it():
    data = b"title,text\n" + "a,é\n".encode() * 400_000 + "b,é\n".encode("cp1252")
    assert rows(data)[-1] == {"title": "b", "text": "é"}


def test_columns_have_the_names_that_json_gives_them():
    [found] = rows("Unnamed: 0,Title,Published At,createdAt,BODY,,7\n1,A,2012,2013,B,x,y\n")
    assert found == {"title": "A", "published_at": "2012", "createdAt": "2013", "body": "B"}
    assert rows("title,text\nNULL,\\N\n") == [{}]


def test_numbers_that_pandas_made_fractions_of_are_whole_where_they_name_things():
    [found] = rows("articleID,id,parent_id,rating,title\n7.0,8.0,,4.0,2.0\n")
    assert found == {"articleID": "7", "id": "8", "parent_id": "", "rating": "4.0", "title": "2.0"}


def test_rows_of_another_length_are_told_of_with_their_lines_and_the_others_read():
    text = 'title,text\nA,"one\ntwo"\nB,x,y\n\nC\nD,z\n'
    assert rows(text) == [
        {"title": "A", "text": "one\ntwo"},
        "t.csv:4 the row has 3 values where the table has 2 columns",
        "t.csv:6 the row has 1 value where the table has 2 columns",
        {"title": "D", "text": "z"},
    ]


def test_a_cell_that_is_never_closed_or_too_long_is_told_of(monkeypatch):
    first, second = rows('title,text\nA,x\nB,"y\nC,z\n')
    assert first == {"title": "A", "text": "x"} and second.startswith("t.csv:3 the row cannot be read: unexpected end")
    monkeypatch.setattr(limits, "current", limits.Limits(record=1_000))
    found = rows("title,text\nA," + "x" * 3_000 + "\nB,y\n")
    assert "cannot be read" in str(found[0]) and found[-1] == {"title": "B", "text": "y"}


@pytest.mark.parametrize(
    ("name", "head", "is_one"),
    [
        ("a.csv", b"title,text\n", True),
        ("a.tsv", b"id\tcommentBody\n", True),
        ("a.CSV", b"\xef\xbb\xbfTitle;Body\r\n", True),
        ("a.csv", b"id,price\n", False),
        ("a.csv", b"id,title\n", False),
        ("a.csv", b"title\n", False),
        ("a.txt", b"title,text\n", False),
        ("a.csv", b"title,text,title\n", False),
        ("a.csv", b"title,text\0\n", False),
    ],
)
def test_a_table_is_told_by_its_name_and_its_columns(name, head, is_one, tmp_path):
    assert is_table(head, f".{name.rpartition('.')[2]}") is is_one
    (tmp_path / name).write_bytes(head + b"1,2\n")
    if name.lower().endswith("csv"):
        assert tell_kind(SourceFile(tmp_path / name, name)).kind == ("container" if is_one else "unreadable")


def test_articles_of_a_table_have_their_comments_from_another(tmp_path):
    folder = tmp_path / "from"
    folder.mkdir()
    articles = [
        ["7", "The bridge", PROSE, "2012-05-04", "Ann Lee; Bob Ray", "a, b", "https://n.example/7", "x@y.example"]
    ]
    articles += [["8", "The goats", PROSE.replace("bridge", "goat"), "2012-05-05", "Ann Lee", "", "", ""]]
    names = ["id", "Title", "Text", "Date", "Authors", "Tags", "url", "e-mail"]
    (folder / "articles.csv").write_text(table(names, *articles))
    said = [["1", "7", "", "Ben", "I was there.\n\nTwice.", "2012-05-05 10:00:00", "ben@private.example"]]
    said += [["2", "7", "1", "Cleo", "So was I.", "2012-05-06 10:00:00", "c@private.example"]]
    columns = ["commentID", "articleID", "parentID", "userDisplayName", "commentBody", "createDate", "email"]
    (folder / "comments.csv").write_text(table(columns, *said))
    made, report = imported(folder, tmp_path / "content")
    bridge = next(article for article in made if article.title == "The bridge")
    assert (bridge.authors, bridge.tags, bridge.published) == (("Ann Lee", "Bob Ray"), ("a", "b"), "2012-05-04")
    assert [(c.id, c.author, c.date, c.parent) for c in bridge.comments] == [
        ("1", "Ben", "2012-05-05T10:00:00", ""),
        ("2", "Cleo", "2012-05-06T10:00:00", "1"),
    ]
    assert len(made) == 2 and report["skipped"] == 0
    shown = [path for path in (tmp_path / "content").rglob("*") if path.is_file() and "originals" not in path.parts]
    assert not any("example" in path.read_text("utf-8").replace("n.example", "") for path in shown)


def test_an_article_of_which_there_is_no_more_than_a_headline_has_its_comments_under_any_id(tmp_path):
    folder = tmp_path / "from"
    folder.mkdir()
    article = [
        "n://a/1",
        "The bridge",
        "By Ann Lee and Bob Ray",
        "2020-01-01 10:00:00",
        "Of a bridge",
        "https://n.example/1",
    ]
    names = ["articleID", "headline", "byline", "pubDate", "abstract", "webURL"]
    (folder / "articles.csv").write_text(table(names, article))
    said = [["1.0", "n://a/1", "0.0", "Ben", "I was there.", "1577880000", "approved"]]
    said += [["2.0", "n://a/1", "1.0", "Cleo", "So was I.", "1577890000", "approved"]]
    said += [["3.0", "n://a/1", "1.0", "Dan", "Pills.", "1577890000", "deleted"]]
    columns = ["commentID", "articleID", "parentID", "userDisplayName", "commentBody", "createDate", "status"]
    (folder / "comments.csv").write_text(table(columns, *said))
    [made], _ = imported(folder, tmp_path / "content")
    assert (made.title, made.standfirst, made.authors) == ("The bridge", "Of a bridge", ("Ann Lee", "Bob Ray"))
    assert (made.published, made.url) == ("2020-01-01T10:00:00", "https://n.example/1")
    assert [(c.id, c.author, c.parent) for c in made.comments] == [("1", "Ben", ""), ("2", "Cleo", "1")]


@pytest.mark.parametrize("piece", ["a,b\n", '"', ",", "\n", '"a"', 'a,"b\n', "\0", "é,b\n"])
def test_any_table_takes_the_time_of_its_size(piece):
    def work(text: str) -> None:
        rows(f"title,text\n{text}")

    assert growth(work, piece * 20_000, piece * 160_000) < MOST
