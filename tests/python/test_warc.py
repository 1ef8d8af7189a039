"""Web archives: each page with its address and moment; what is cut, packed or damaged costs no more than itself."""

from __future__ import annotations

import gzip
import io
import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.importer.record import Problem, Record
from backfile.importer.warc import is_wacz, read_wacz, read_warc
from backfile.model import Article, Source
from project import CASES

SOURCE = Source("source", "0" * 64)
PAGE = (CASES / "html-blogger" / "source.html").read_bytes()


def articles(items: Iterator[object]) -> list[Article]:
    return [item.article for item in items if isinstance(item, Record)]


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
