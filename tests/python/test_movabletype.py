"""Exports of Movable Type: what was public is read, with its comments, and nothing of what was not."""

from __future__ import annotations

import io

import pytest

from backfile.importer import limits
from backfile.importer.kinds import tell_kind
from backfile.importer.movabletype import read_movable_type
from backfile.importer.record import Problem, Record
from backfile.importer.walking import SourceFile
from backfile.model import Article, Source
from test_import import imported

SOURCE = Source("mt.txt", "0" * 64)
EXPORT = """AUTHOR: Ann Lee
TITLE: The <b>ferry</b> &amp; the boat
BASENAME: the_ferry
STATUS: Publish
ALLOW COMMENTS: 1
CONVERT BREAKS: __default__
PRIMARY CATEGORY: Harbour
CATEGORY: Harbour
CATEGORY: News
TAGS: boats,"one, two",ferry
DATE: 08/09/2002 03:45:00 PM
-----
BODY:
It left at noon.
Nobody <em>saw</em> it.

-----
A rule of dashes stands above, and one as long as the end of an entry below.
--------
NOTE: that was it.
-----
EXTENDED BODY:
It came back.
-----
EXCERPT:
Of a ferry
-----
KEYWORDS:

-----
COMMENT:
AUTHOR: Ben
EMAIL: ben@reader.example
IP: 10.1.2.3
URL: http://ben.example/
DATE: 08/10/2002 12:23:00 AM
I was there.
URL: of no use

It rained.
-----
COMMENT:
AUTHOR: Cleo
EMAIL:
IP: 10.1.2.4
URL:
DATE: 08/11/2002 13:00:05
So was I.
-----
PING:
TITLE: On ferries
URL: http://other.example/ferries
IP: 10.1.2.5
BLOG NAME: Other
DATE: 08/12/2002 05:12:00 PM
They are ships.
-----
--------
AUTHOR: Ann Lee
TITLE: A secret
STATUS: Draft
DATE: 08/12/2002 03:45:00 PM
-----
BODY:
Never to be seen.
-----
--------
AUTHOR: Ann Lee
TITLE: Marked up
STATUS: publish
CONVERT BREAKS: 0
DATE: 31/12/2002 03:45:00
-----
BODY:
<p>One
line.</p>
-----
--------
AUTHOR: Ann Lee
TITLE: Written otherwise
CONVERT BREAKS: textile_2
DATE: 2003-01-02 10:00:00
-----
BODY:
h2. A _text_
-----
--------
"""


def read(text: str, encoding: str = "utf-8") -> list[Record | Problem]:
    return list(read_movable_type(io.BytesIO(text.encode(encoding)), SOURCE))


def articles(text: str, encoding: str = "utf-8") -> list[Article]:
    return [item.article for item in read(text, encoding) if isinstance(item, Record)]


def test_an_entry_is_an_article_with_what_it_says_of_itself():
    ferry, marked_up, otherwise = articles(EXPORT)
    assert (ferry.title, ferry.slug, ferry.standfirst) == ("The ferry & the boat", "the-ferry", "Of a ferry")
    assert (ferry.authors, ferry.published) == (("Ann Lee",), "2002-08-09T15:45:00")
    assert (ferry.section, ferry.tags) == ("Harbour", ("News", "boats", "one, two", "ferry"))
    assert ferry.body.startswith("It left at noon.\\\nNobody *saw* it.\n\n")
    assert "A rule of dashes stands above" in ferry.body and "NOTE: that was it." in ferry.body
    assert ferry.body.endswith("\n\nIt came back.")
    assert (marked_up.body, marked_up.published) == ("One line.", "")
    assert otherwise.published == "2003-01-02T10:00:00" and "h2. A" in otherwise.body


def test_comments_and_what_other_sites_said_are_told_apart():
    comments = articles(EXPORT)[0].comments
    assert [(c.id, c.kind, c.author, c.author_url, c.date) for c in comments] == [
        ("n1", "comment", "Ben", "http://ben.example/", "2002-08-10T00:23:00"),
        ("n2", "comment", "Cleo", "", "2002-08-11T13:00:05"),
        ("t1", "trackback", "Other", "http://other.example/ferries", "2002-08-12T17:12:00"),
    ]
    assert [c.body for c in comments] == [
        "I was there.\\\nURL: of no use\n\nIt rained.",
        "So was I.",
        "On ferries\n\nThey are ships.",
    ]


def test_a_value_of_an_unknown_name_hides_no_address_and_takes_no_text():
    export = EXPORT.replace("AUTHOR: Ben\n", "AUTHOR: Ben\nUSER: 7\n").replace("I was there.\n", "NOTE: I was there.\n")
    first = articles(export)[0].comments[0]
    assert (first.author, first.date) == ("Ben", "2002-08-10T00:23:00")
    assert first.body.startswith("NOTE: I was there.")


def test_what_was_not_published_is_left_out_and_told_with_its_line():
    [draft] = [item for item in read(EXPORT) if isinstance(item, Problem)]
    line = EXPORT.split("\n").index("TITLE: A secret")
    assert (draft.place, draft.reason) == (f"mt.txt:{line}", "not published: its status is 'Draft'")


def test_no_address_of_a_reader_and_no_draft_is_in_what_is_published(tmp_path):
    (tmp_path / "export").write_text(EXPORT, "utf-8")
    made, report = imported(tmp_path / "export", tmp_path / "content")
    assert len(made) == 3 and report["skipped"] == 1
    shown = [path for path in (tmp_path / "content").rglob("*") if path.is_file() and "originals" not in path.parts]
    text = "\n".join(path.read_text("utf-8") for path in shown)
    assert "Nobody <em>saw</em> it." in text  # the source text of the entry
    assert not any(secret in text for secret in ("reader.example", "10.1.2.", "Never to be seen"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_exports_are_known_and_read_whatever_ends_their_lines(end, encoding, tmp_path):
    text = EXPORT.replace("noon", "nôon")
    path = tmp_path / "a.txt"
    path.write_bytes(text.replace("\n", end).encode(encoding))
    assert tell_kind(SourceFile(path, path.name)).kind == "container"
    found = articles(text.replace("\n", end), encoding)
    assert len(found) == 3
    assert "nôon" in found[0].body and len(found[0].comments) == 3


def test_an_entry_that_is_too_large_costs_itself_only(monkeypatch):
    monkeypatch.setattr(limits, "current", limits.Limits(record=2_000))
    large = EXPORT.replace("It came back.", "It came back. " * 1_000)
    problem, *rest = read(large)
    assert isinstance(problem, Problem)
    assert (problem.place, problem.reason) == ("mt.txt:1", "the entry is larger than 2,000 bytes")
    assert len(rest) == 3


def test_an_export_damaged_anywhere_gives_records_and_problems_and_no_exception():
    for at in range(0, len(EXPORT), 41):
        assert read(EXPORT[:at])[:1] or at < 2
        assert read(EXPORT[:at] + "\0\ud7ff-----\n" + EXPORT[at + 5 :])


@pytest.mark.parametrize(
    "piece", ["-----\n", "--------\n", "--------\nAUTHOR: a\n", "-----\nCOMMENT:\n", "A B:\n", "-----\n\n\n"]
)
def test_any_number_of_rules_takes_no_time(piece):
    read(EXPORT[:-20] + piece * 20_000)


def test_keywords_of_an_entry_are_tags_too():
    ferry, *_ = articles(EXPORT.replace("KEYWORDS:\n\n", "KEYWORDS:\nharbour life, News,\npier\n\n", 1))
    assert ferry.tags == ("News", "boats", "one, two", "ferry", "harbour life", "pier")
