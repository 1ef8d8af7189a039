"""Readers of every kind: hostile, cut or mixed input costs a record at most, and memory stays flat."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.contentfile import read_content, write_content
from backfile.decoding import decode_page
from backfile.errors import SourceError
from backfile.importer.discussions import Discussion
from backfile.importer.disqus import read_disqus
from backfile.importer.html.reader import is_html, read_html
from backfile.importer.jsonlines import read_json_lines
from backfile.importer.kinds import read_page_file, tell_kind
from backfile.importer.record import Problem, Record
from backfile.importer.titles import with_title
from backfile.importer.walking import SourceFile
from backfile.importer.wordpress import read_wordpress
from backfile.model import Article, Source
from project import CASES, shared
from test_warc import ONE

SOURCE = Source("source", "0" * 64)
WORDPRESS = (CASES / "wordpress-export" / "source.xml").read_bytes()
DISQUS = (CASES / "disqus-export" / "source.xml").read_bytes()
LINES = (CASES / "jsonl-own" / "source.jsonl").read_bytes()
PAGE = (CASES / "html-blogger" / "source.html").read_bytes()
PAGES = [path.read_bytes() for path in sorted(CASES.glob("html-*/source.html"))]


def articles(items: Iterator[object]) -> list[Article]:
    return [item.article for item in items if isinstance(item, Record)]


def stored(article: Article) -> Article:
    """The article as it is stored: with an id and a title."""
    return with_title(replace(article, id=article.id or "a"))


# Cut and damaged input.


@pytest.mark.parametrize("encoding", [b".UTF-8", b"hex", b"undefined", b"x" * 60])
def test_an_export_whose_declaration_names_no_encoding_is_read_as_utf_8(encoding):
    data = WORDPRESS.replace(b"UTF-8", encoding, 1)
    assert data != WORDPRESS
    found = [item for item in read_wordpress(io.BytesIO(data), SOURCE) if isinstance(item, Record)]
    whole = [item for item in read_wordpress(io.BytesIO(WORDPRESS), SOURCE) if isinstance(item, Record)]
    assert [record.article.title for record in found] == [record.article.title for record in whole]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WORDPRESS)), st.binary(max_size=3))
def test_a_wordpress_export_damaged_anywhere_gives_records_and_problems_and_no_exception(at, junk):
    for data in (WORDPRESS[:at], WORDPRESS[:at] + junk + WORDPRESS[at:]):
        for item in read_wordpress(io.BytesIO(data), SOURCE):
            assert isinstance(item, Record | Problem)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(DISQUS)), st.binary(max_size=3))
def test_a_disqus_export_damaged_anywhere_gives_threads_and_problems_and_no_exception(at, junk):
    for data in (DISQUS[:at], DISQUS[:at] + junk + DISQUS[at:]):
        for item in read_disqus(io.BytesIO(data), SOURCE):
            assert isinstance(item, Discussion | Problem)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(LINES)), st.binary(max_size=3))
def test_json_lines_damaged_anywhere_cost_one_line_each(at, junk):
    items = list(read_json_lines(io.BytesIO(LINES[:at] + junk + LINES[at:]), SOURCE))
    assert len(items) <= LINES.count(b"\n") + 1 + junk.count(b"\n")


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(PAGES), st.data())
def test_a_page_cut_anywhere_is_a_record_that_can_be_stored_or_a_problem(page, data):
    cut = page[: data.draw(st.integers(0, len(page)))]
    read = read_html(cut, SOURCE)
    if isinstance(read, Record):
        article = stored(read.article)
        assert read_content(write_content(article)).article == article


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_line_holds_can_be_stored_and_read_back(text, name):
    line = {"title": text, "text": name, name: text, "id": text, "url": text, "authors": [text], "published": text,
            "comments": [{"id": name, "author": text, "text": text, "date": text, "parent": name}]}  # fmt: skip
    for item in read_json_lines(io.BytesIO(json.dumps(line).encode()), SOURCE):
        if isinstance(item, Record):
            article = stored(item.article)
            assert read_content(write_content(article)).article == article


def test_the_records_after_a_damaged_one_are_read():
    titles = [article.title for article in articles(read_wordpress(io.BytesIO(WORDPRESS), SOURCE))]
    assert titles == ["Hello & more", "Next"]


def test_a_document_type_is_refused_wherever_it_stands():
    for data in (
        b"<!DOCTYPE rss [<!ENTITY a 'x'>]>" + WORDPRESS,
        WORDPRESS.replace(b"<channel>", b"<!DOCTYPE a><channel>"),
    ):
        with pytest.raises(SourceError, match="document type"):
            list(read_wordpress(io.BytesIO(data), SOURCE))


def test_known_attacks_by_xml_are_refused_or_harmless():
    for path in sorted(shared("data/vectors/xml").glob("*.xml")):
        try:
            items = list(read_wordpress(io.BytesIO(path.read_bytes()), SOURCE))
        except SourceError:
            continue
        assert not articles(iter(items))


def test_a_document_type_inside_a_text_is_text():
    data = WORDPRESS.replace(b"Short", b"Write <!DOCTYPE html> first")
    assert articles(read_wordpress(io.BytesIO(data), SOURCE))[0].standfirst == "Write first"


def test_characters_that_xml_cannot_hold_are_removed_and_it_is_said():
    data = WORDPRESS.replace(b"Short", b"Sh\x08ort\xff&#8;" + "é".encode())
    first = next(iter(read_wordpress(io.BytesIO(data), SOURCE)))
    assert isinstance(first, Record)
    assert first.notes[0] == "characters that XML cannot hold were removed"


def test_addresses_of_readers_are_never_read():
    told = repr(list(read_wordpress(io.BytesIO(WORDPRESS), SOURCE))) + repr(
        list(read_disqus(io.BytesIO(DISQUS), SOURCE))
    )
    told += repr(list(read_json_lines(io.BytesIO(LINES), SOURCE)))
    for secret in ("b@x.org", "1.2.3.4", "a@example.org", "bo@reader.example", "192.0.2", "x@reader.example"):
        assert secret not in told


class Repeated(io.RawIOBase):
    """A file made of a head, many times the same record with its number, and a tail; never whole in memory."""

    def __init__(self, head: bytes, record: bytes, times: int) -> None:
        self._parts = self._all(head, record, times)
        self._rest = b""

    @staticmethod
    def _all(head: bytes, record: bytes, times: int) -> Iterator[bytes]:
        yield head
        for number in range(times):
            yield record.replace(b"NUMBER", str(number).encode())

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def test_memory_does_not_grow_with_the_export():
    head, _, rest = WORDPRESS.partition(b"\t<item>")
    record = (
        b"\t<item><title>NUMBER</title><content:encoded><![CDATA["
        + b"words " * 2_000
        + b"]]></content:encoded></item>\n"
    )
    peaks = []
    for times in (50, 1_000):
        tracemalloc.start()
        count = sum(isinstance(item, Record) for item in read_wordpress(Repeated(head, record, times), SOURCE))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == times
    assert rest
    assert peaks[1] < 2 * peaks[0] + 4_000_000


# Kinds and encodings.


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (WORDPRESS, "container"),
        (DISQUS, "discussions"),
        (LINES, "container"),
        (PAGE, "page"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "container"),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n"), "container"),
        (gzip.compress(b"anything"), "unreadable"),
        (b"{curly} words\n", "page"),
        ("Ein Text".encode("utf-16"), "page"),
        (b"", "unreadable"),
    ],
)
def test_a_file_is_told_by_its_content(content, kind, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert tell_kind(SourceFile(path, path.name)).kind == kind


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jsonl", b"{not json", "container"),
        ("a.ndjson", b"<!DOCTYPE html><html><body><p>A page</p></body></html>", "page"),
        ("a.jsonl", gzip.compress(b"anything"), "unreadable"),
        ("a.png", b"hello world", "unreadable"),
        ("a.jpg", b"404 Not Found\n", "unreadable"),
        ("a.zip", b"", "unreadable"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj <<>> endobj", "unreadable"),
        ("a.txt", b"%PDF-1.4\n1 0 obj <<>> endobj", "unreadable"),
        ("a.dat", b"Words that somebody wrote.", "page"),
        ("a", b"Words that somebody wrote.", "page"),
        ("a.jpg", PAGE, "page"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "image"),
    ],
)
def test_a_file_with_the_name_of_what_holds_no_text_is_no_article_unless_it_is_a_page(name, content, kind, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert tell_kind(SourceFile(tmp_path / name, name)).kind == kind


TAGS = b"<p>The ferry leaves the harbour at noon, and comes back when it is dark again.</p>"
STARTS = {
    "blank lines": (b"\r\n" * 9000 + b"<!doctype html><html><body>" + TAGS, "a.txt"),
    "a heading": (b"<h1>The ferry</h1>" + TAGS, "a.html"),
    "a table": (b"<table><tr><td>" + TAGS + b"</td></tr></table>", "a.htm"),
    "a link": (b'<link rel="stylesheet" href="a.css">' + TAGS, "a.HTML"),
    "a warning": (b"Warning: include() failed in /srv/a.php on line 3\n<html><body>" + TAGS + b"</body>", "a.xhtml"),
    "a header": (b"HTTP/1.1 200 OK\r\nServer: Apache\r\nContent-Type: text/html\r\n\r\n<html>" + TAGS, "a.html"),
}


@pytest.mark.parametrize(("data", "name"), STARTS.values(), ids=STARTS.keys())
def test_a_file_that_is_called_a_page_is_one_whatever_stands_first(data, name, tmp_path):
    file = SourceFile(tmp_path / name, name)
    file.path.write_bytes(data)
    assert tell_kind(file).kind == "page"
    record = read_page_file(file)
    assert isinstance(record, Record)
    assert "The ferry leaves the harbour" in record.article.body
    assert not any(found in record.article.body for found in ("<", "Apache", "HTTP/"))
    assert record.paragraphs == ()


def test_a_text_that_is_called_a_page_stays_a_text_and_blank_files_are_empty(tmp_path):
    (tmp_path / "b.html").write_bytes(b"Once upon a time.\n")
    (tmp_path / "c.html").write_bytes(b" \n" * 9000)
    text = read_page_file(SourceFile(tmp_path / "b.html", "b.html"))
    assert isinstance(text, Record)
    assert text.paragraphs == ("Once upon a time.",)
    assert tell_kind(SourceFile(tmp_path / "c.html", "c.html")).reason == "the file is empty"


@pytest.mark.parametrize(
    ("head", "page"),
    [
        (PAGE, True),
        (b"\xef\xbb\xbf<!-- saved --><html>", True),
        (b"<br /><b>Warning</b>: a server complains<br />\n<!DOCTYPE html><html>", True),
        ("<html><body>\u00e4</body></html>".encode("utf-16"), True),
        (b"The <html> element begins a page.\nIt is old.", False),
        (b"<3 you all", False),
        (b"", False),
    ],
)
def test_a_page_is_told_from_a_text_about_pages(head, page):
    assert is_html(head) is page


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        ("<p>ä".encode(), "", "<p>ä", "utf-8"),
        ("<meta charset=iso-8859-1><p>ä“".encode("cp1252"), "", "<meta charset=iso-8859-1><p>ä“", "cp1252"),
        ("<p>Привет".encode("koi8-r"), "koi8-r", "<p>Привет", "koi8-r"),
        ("<p>朱镕基".encode("gbk"), "GB2312", "<p>朱镕基", "gb18030"),
        ("<p>髙橋さん".encode("cp932"), "Shift_JIS", "<p>髙橋さん", "cp932"),
        ("<p>쭈꾸미".encode("cp949"), "euc-kr", "<p>쭈꾸미", "cp949"),
        ("<p>“Şimdi” – …".encode("cp1254"), "ISO-8859-9", "<p>“Şimdi” – …", "cp1254"),
        ("<p>“ไทย” …".encode("cp874"), "tis-620", "<p>“ไทย” …", "cp874"),
        (f"<meta charset=utf-16><p>{'An ä in words. ' * 9}".encode("cp1252"), "", None, "cp1250"),
        ("<p>ä".encode("utf-16"), "", "<p>ä", "utf-16"),
        ("<p>ä".encode("utf-8-sig"), "", "<p>ä", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_told(data, declared, text, encoding):
    assert decode_page(data, declared) == (text or data.decode(encoding), encoding)


@given(st.binary(max_size=300))
def test_any_bytes_can_be_told_from_a_page(data):
    assert is_html(data) in (True, False)


# The way through the house.


def test_a_folder_of_every_kind_reconciles_and_importing_twice_changes_nothing(tmp_path):
    from test_import import imported, tree

    sources = tmp_path / "sources"
    sources.mkdir()
    for case in CASES.iterdir():
        for source in case.glob("source.*"):
            (sources / f"{case.name}{source.suffix}").write_bytes(source.read_bytes())
    (sources / "one.warc.gz").write_bytes(ONE)
    (sources / "plain.txt").write_text("A title\n\nA paragraph of plain text that stands alone here.\n", "utf-8")
    content = tmp_path / "content"
    made, report = imported(sources, content)
    fates = [report[key] for key in ("imported", "merged", "unchanged", "doubtful", "skipped")]
    assert sum(fates) == report["records"] == len(report["outcomes"])
    assert len(made) == report["articles"] > 5
    before = tree(content)
    again, second = imported(sources, content)
    assert (tree(content), second["imported"]) == (before, 0)
    assert again == made
    assert any(comment.author == "Zed" for article in made for comment in article.comments)
    assert not list(Path(content, "sources").rglob("*.part"))


# Hostile pages. What they cost was measured to grow with their size; here they must only do no harm.

THREAD = "<li class=comment id=comment-{0}><b class=fn>A</b> <time datetime=2012-01-01>x</time><p class=text>hi {0}</p>"
HOSTILE = {
    "a thousand comments": "<ol>" + "".join(THREAD.format(n) + "</li>" for n in range(1_000)),
    "a thousand nested comments": "".join("<ol>" + THREAD.format(n) for n in range(1_000)),
    "five thousand nested elements": "<div>" * 5_000 + "deep",
    "bold without an end": "<b>" * 50_000,
    "a link without an end": "<a href='" * 50_000,
    "containers of replies": "<div class=replies>" * 400 + THREAD.format(1) * 300,
    "one comment of many texts": "<div class=comment id=c1>" + "<p class='author text'>2012-01-01" * 3_000,
    "a long line": "<p class=comment>" + "1 " * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_without_harm(name):
    head = "<html><body><p>" + "Some text of the article. " * 40 + "</p>"
    read = read_html((head + HOSTILE[name]).encode(), SOURCE)
    assert isinstance(read, Record)
    article = stored(read.article)
    assert read_content(write_content(article)).article == article


def test_a_page_nested_too_deeply_says_so():
    read = read_html(b"<html><body><p>" + b"Some text. " * 40 + b"</p>" + b"<div>" * 5_000 + b"deep", SOURCE)
    assert isinstance(read, Record)
    assert read.notes == ("elements are nested too deeply; the page was read up to there",)
