"""Readers of every kind: hostile, cut or mixed input costs a record at most, and memory stays flat."""

from __future__ import annotations

import gzip
import io
import json
import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.contentfile import read_content, write_content
from backfile.decoding import decode_page
from backfile.errors import SourceError
from backfile.importer.discussions import Discussion, join
from backfile.importer.disqus import read_disqus
from backfile.importer.html.reader import is_html, read_html
from backfile.importer.joining import Waiting
from backfile.importer.jsonlines import read_json_lines
from backfile.importer.kinds import read_page_file, tell_kind
from backfile.importer.record import Problem, Record
from backfile.importer.titles import with_title
from backfile.importer.walking import SourceFile
from backfile.importer.warc import is_wacz, read_wacz, read_warc
from backfile.importer.wordpress import read_wordpress
from backfile.model import Article, Comment, Source
from project import CASES, shared

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


# Web archives.


def archive(*pages: tuple[str, bytes, str, str]) -> bytes:
    """A gzipped WARC file, a member a record, as crawlers write them."""
    members = []
    for url, body, kind, status in pages:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{len(members)}>\r\n"
            f"WARC-Target-URI: {url}\r\n"
            f"WARC-Date: 2015-03-04T05:06:07Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0))
    return b"".join(members)


URL = "https://harbour.example/elsewhere"
ONE = archive((URL, PAGE, "text/html; charset=utf-8", "200 OK"), (URL + ".png", b"x", "image/png", "200 OK"),
              (URL + "/gone", PAGE, "text/html", "404 Not Found"))  # fmt: skip


def test_each_page_of_an_archive_has_its_address_and_the_moment_of_its_capture():
    page, rest = read_warc(io.BytesIO(ONE), SOURCE)
    assert isinstance(page, Record)
    assert (page.article.url, page.article.captured, len(page.article.comments)) == (URL, "2015-03-04T05:06:07Z", 2)
    assert isinstance(rest, Problem)
    assert rest.reason == "2 responses of the archive are no pages"


def without_page(kind: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {URL}\r\nContent-Type: text/plain\r\n"
    return gzip.compress(f"{head}Content-Length: 2\r\n\r\nhi\r\n\r\n".encode(), mtime=0)


def test_records_that_stand_for_a_page_and_do_not_hold_it_are_counted_and_requests_are_not():
    kinds = ["warcinfo", "revisit", "request", "revisit", "conversion", "metadata"]
    data = b"".join(map(without_page, kinds))
    told = [item.reason.partition(":")[0] for item in read_warc(io.BytesIO(data), SOURCE) if isinstance(item, Problem)]
    assert told == ["2 records of the type revisit", "1 record of the type conversion"]
    assert len(articles(read_warc(io.BytesIO(data + ONE), SOURCE))) == 1


def test_an_archive_without_any_response_says_so():
    [problem] = read_warc(io.BytesIO(without_page("warcinfo") + without_page("request")), SOURCE)
    assert isinstance(problem, Problem)
    assert problem.reason == "the archive has no responses"


def test_a_package_of_archives_is_read_and_told_from_other_zip_files():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("../../archive/data.warc.gz", ONE)
        package.writestr("pages/pages.jsonl", b"{}")
    assert is_wacz(out)
    assert len(articles(read_wacz(out, SOURCE))) == 1
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("a.txt", b"x")
    assert not is_wacz(other)


def test_an_archive_that_unpacks_to_a_thousand_times_its_size_is_not_read_on():
    bomb = archive((URL, b"<html>" + bytes(200_000_000), "text/html", "200 OK"))
    [problem] = read_warc(io.BytesIO(bomb), SOURCE)
    assert isinstance(problem, Problem)
    assert "1000 times" in problem.reason


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


RAW_DEFLATE = zlib.compressobj(wbits=-15)
ENCODED = {
    "gzip": gzip.compress(PAGE),
    "br": brotli.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "deflate ": RAW_DEFLATE.compress(PAGE) + RAW_DEFLATE.flush(),
    "gzip ": PAGE,  # as crawlers leave the header when they have unpacked the body
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_what_a_server_compressed_is_read_in_chunks_or_whole(encoding):
    body, name = ENCODED[encoding], encoding.strip()
    for more, data in (("", body), ("\r\nTransfer-Encoding: chunked", chunked(body))):
        [page] = read_warc(
            io.BytesIO(archive((URL, data, f"text/html\r\nContent-Encoding: {name}{more}", "200 OK"))), SOURCE
        )
        assert isinstance(page, Record)
        assert page.original == PAGE
        assert len(page.article.comments) == 2


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress])
def test_a_response_that_unpacks_to_more_than_a_page_may_have_is_left_out_in_little_memory(pack):
    encoding = "br" if pack is brotli.compress else "gzip"
    kind = f"text/html\r\nContent-Encoding: {encoding}\r\nTransfer-Encoding: chunked"
    data = archive((URL, chunked(pack(b"<html>" + bytes(80_000_000))), kind, "200 OK"))
    tracemalloc.start()
    [problem] = read_warc(io.BytesIO(data), SOURCE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(problem, Problem)
    assert "larger than 32 MiB" in problem.reason
    assert peak < 72_000_000


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(ONE)), st.binary(max_size=3))
def test_an_archive_damaged_anywhere_gives_records_and_problems_and_no_exception(at, junk):
    for data in (ONE[:at], ONE[:at] + junk + ONE[at:]):
        for item in read_warc(io.BytesIO(data), SOURCE):
            assert isinstance(item, Record | Problem)


# Discussions and their articles.


def discussion(identifier: str, url: str, *comments: Comment) -> Discussion:
    return Discussion("d:1", Source("d", "1" * 64), identifier, url, "T", comments)


@pytest.mark.parametrize(
    ("identifier", "url"),
    [("7 https://s.example/?p=7", ""), ("art-1", ""), ("", "http://www.s.example/a/"), ("https://s.example/a", "")],
)
def test_a_discussion_finds_its_article_by_identifier_or_address(identifier, url):
    waiting = Waiting([discussion(identifier, url)])
    article = Article("art-1", "T", "b", url="https://s.example/a", extra=(("Guid", "https://s.example/?p=7"),))
    assert len(waiting.join(article)[2]) == 1
    assert list(waiting.left()) == []


def test_a_discussion_of_another_page_stays_an_orphan():
    waiting = Waiting([discussion("8", "https://s.example/b")])
    assert waiting.join(Article("art-1", "T", "b", url="https://s.example/a"))[2] == ()
    assert len(list(waiting.left())) == 1


def test_joined_comments_stand_after_those_there_are_and_none_comes_twice():
    there = Comment("1", "Hi", author="A", date="2010-01-01T10:00:00Z")
    again = Comment("9", "Hi", author="A", date="2010-01-01T10:00:30Z")
    new = Comment("1", "New", author="B")
    reply = Comment("2", "Reply", author="C", parent="1")
    joined = join(Article("a", "T", "b", comments=(there,)), discussion("", "", again, new, reply))
    assert [(c.id, c.body, c.parent) for c in joined.comments] == [
        ("1", "Hi", ""),
        ("1-d", "New", ""),
        ("2", "Reply", "1-d"),
    ]


@pytest.mark.parametrize("date", ["2012-05-04T13:30:00+05:00", "2012-05-04T08:30:20Z", "2012-05-04T08:30:00"])
def test_a_comment_that_is_there_is_known_wherever_the_clock_stood_and_keeps_its_answers(date):
    there = Comment("10", "I was there", author="Zoe", date=date)
    again = Comment("7", "I was there", author="Zoe", date="2012-05-04T08:30:00Z")
    reply = Comment("8", "So was I", author="Yan", date="2012-06-01T00:00:00Z", parent="7")
    joined = join(Article("a", "T", "b", comments=(there,)), discussion("", "", again, reply))
    assert [(c.id, c.parent) for c in joined.comments] == [("10", ""), ("8", "10")]


def test_a_comment_of_the_same_words_at_another_moment_is_another():
    there = Comment("10", "I was there", author="Zoe", date="2012-05-04T13:30:00+05:00")
    later = Comment("7", "I was there", author="Zoe", date="2012-05-04T09:30:00Z")
    joined = join(Article("a", "T", "b", comments=(there,)), discussion("", "", later))
    assert [c.id for c in joined.comments] == ["10", "7"]


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


LONGER = PAGE.replace(b"</body>", b"<p>The last of it.</p>\n" * 40 + b"</body>")
PLAIN = gzip.decompress(archive((URL, LONGER, "text/html", "200 OK")))


def shorter(data: bytes, by: int) -> bytes:
    """The archive with a first record that says to be shorter than it is."""
    length = int(re.search(rb"Content-Length: (\d+)", data)[1])  # type: ignore[index]
    return data.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length - by), 1)


@pytest.mark.parametrize(
    ("data", "note", "problem"),
    [
        (
            PLAIN[:-700],
            f"the page is cut off: {len(LONGER) - 696} of {len(LONGER)} bytes",
            "cut off within this record",
        ),
        (gzip.compress(PLAIN)[:-40], "the page is cut off: ", "cut off within this record"),
        (shorter(PLAIN, 300), "and there are more", "the rest cannot be read"),
        (PLAIN.replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date", 1), "WARC-Truncated: length", ""),
    ],
)
def test_a_page_that_is_cut_off_in_an_archive_is_read_as_far_as_it_goes_and_says_so(data, note, problem, capfd):
    record, *rest = read_warc(io.BytesIO(data), SOURCE)
    assert isinstance(record, Record)
    assert [told for told in record.notes if "cut off" in told and note in told]
    assert [problem in one.reason for one in rest if isinstance(one, Problem)] == ([True] if problem else [])
    assert capfd.readouterr() == ("", "")


def test_a_page_that_a_server_compressed_and_that_does_not_end_says_so():
    body = gzip.compress(LONGER)[:-30]
    [record] = read_warc(io.BytesIO(archive((URL, body, "text/html\r\nContent-Encoding: gzip", "200 OK"))), SOURCE)
    assert isinstance(record, Record)
    assert "the page is cut off: what the server compressed does not end" in record.notes


def test_whole_pages_of_an_archive_have_no_such_note():
    for data in (ONE, PLAIN, PLAIN + PLAIN):
        assert not [
            note for one in read_warc(io.BytesIO(data), SOURCE) if isinstance(one, Record) for note in one.notes
        ]
