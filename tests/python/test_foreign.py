"""Data of none of our kinds is told by its content and makes no article; MHTML is read as the page that it is."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zlib

import pytest

from backfile.importer.foreign import foreign_kind
from backfile.importer.kinds import read_page_file, tell_kind
from backfile.importer.mhtml import is_mhtml
from backfile.importer.record import Problem, Record
from backfile.importer.walking import SourceFile
from test_import import imported

FEED = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><title>y</title></entry></feed>"
DATA = {
    "Movable Type in UTF-16": (
        "AUTHOR: Ann\nTITLE: x\n-----\nBODY:\n".encode("utf-16"),
        "a Movable Type export in UTF-16",
    ),
    "MySQL": (b"-- MySQL dump 10.13  Distrib 8\n--\n-- Host: localhost\n\nCREATE TABLE `p` (id int);\n", "an SQL dump"),
    "MariaDB": (b"/*M!999999\\- enable the sandbox mode */\n-- MariaDB dump 10.19\n\nDROP TABLE `p`;\n", "an SQL dump"),
    "PostgreSQL": (b"--\n-- PostgreSQL database dump\n--\n\nSET lock_timeout = 0;\n", "an SQL dump"),
    "SQLite": (b"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a(id INT);\n", "an SQL dump"),
    "rows alone": (b"INSERT INTO posts VALUES (1, 'Ferry');\n", "an SQL dump"),
    "Atom": (b"<?xml version='1.0'?><?xml-stylesheet href='a'?>" + FEED, "a feed"),
    "Atom without declaration": (b"\n" + FEED, "a feed"),
    "RSS with a page in it": (b"<rss version='2.0'><channel><![CDATA[<html>]]></channel></rss>", "a feed"),
    "other XML": (b'<?xml version="1.0"?><livejournal><entry>x</entry></livejournal>', "XML of a kind"),
    "XML of UTF-16": ('<?xml version="1.0"?><journal>x</journal>'.encode("utf-16"), "XML of a kind"),
    "RSS of Blogger": (
        b"<rss version='2.0'><channel><item><guid>tag:blogger.com,1999:blog-1.post-2</guid></item></channel></rss>",
        "a feed of Blogger that is no Atom",
    ),
    "a content file": (
        b"Title: The ferry\nId: abc\nDate: 2009\nImported-As: 0123456789abcdef\n\nIt left.\n\n<!-- comments -->\n",
        "a content file of an archive",
    ),
    "a content file of two sources": (
        b"Title: The ferry\nSource: sha256:" + b"0" * 64 + b" (body) a.txt\n\nIt left.\n",
        "a content file of an archive",
    ),
    "cookies": (b"# Netscape HTTP Cookie File\n.a.example\tTRUE\t/\tFALSE\t1\tsession\tx\n", "the cookies"),
    "cookies of HTTrack": (b"# HTTrack Website Copier Cookie File\na.example\tTRUE\n", "the cookies"),
    "a log of wget": (
        b"--2012-05-04 10:20:00--  https://a.example/\nResolving a.example... 192.0.2.1\n",
        "what a program",
    ),
    "a log of HTTrack": (
        b"HTTrack3.48-21 launched on Fri, 04 May 2018 10:20:30 at https://a.example/\n",
        "what a program",
    ),
    "rules for robots": (b"# ours\n\nUser-agent: *\nDisallow: /wp-admin/\n", "what a program"),
    "a page of HTTrack": (
        b"<HTML>\n<!-- Created by HTTrack Website Copier/3.48-21 -->\n<HEAD><TITLE>Page has moved</TITLE></HEAD>",
        "a page that HTTrack made",
    ),
    "a list of HTTrack": (
        b"<html><head><title>Local index - HTTrack Website Copier</title></head><body></body></html>",
        "a page that HTTrack made",
    ),
    "e-mail": (b"Return-Path: <a@b.example>\nReceived: from x\n by y\nFrom: Ann\n\nWords.\n", "an e-mail"),
    "a mailbox": (b"From a@b.example Thu May  3 10:00:00 2012\nFrom: Ann\nMessage-ID: <1>\n\nWords.\n", "an e-mail"),
    "an e-mail with an image": (
        b"To: Ben\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\n",
        "an e-mail",
    ),
}


@pytest.mark.parametrize("name", ["export", "export.txt"])
@pytest.mark.parametrize(("data", "told"), DATA.values(), ids=DATA.keys())
def test_data_of_no_known_kind_is_told_by_its_content(data, told, name, tmp_path):
    (tmp_path / name).write_bytes(data)
    known = tell_kind(SourceFile(tmp_path / name, name))
    assert (known.kind, known.reason[: len(told)]) == ("unreadable", told)


@pytest.mark.parametrize(
    "text",
    [
        "Title: The ferry\nAuthor: Ann\nDate: 2002-08-09\nURL: https://a.example/\n\nIt left at noon.",
        "AUTHOR: Ann\nTITLE: The ferry\n\nBODY: what a word.",
        "From: Ann\nTo: Ben\nSubject: The ferry\n\nIt left at noon.",
        "# MySQL dump of my heart\n\nINSERT INTO my life some joy; it was empty.",
        "-- Anonymous, 1920 --\n\nCREATE TABLE settings for two; nothing is as nice.",
        "CREATE TABLE makes a table.\n\nINSERT INTO adds a row to it.",
        "<?xml is how a declaration begins, of which few know.",
        "USE THE STAIRS;\nSET YOUR WATCH;\nDROP IN.",
    ],
)
def test_a_text_with_labels_or_about_data_stays_a_text(text, tmp_path):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert tell_kind(SourceFile(tmp_path / "a.txt", "a.txt")).kind == "page"


PACKED = {
    "a.zip": b"PK\3\4\x14\0",
    "a.docx": b"PK\3\4\x14\0",
    "a.html.gz": gzip.compress(b"<html>"),
    "a.html": gzip.compress(b"<html>"),
    "a.tar": b"a.html".ljust(257, b"\0") + b"ustar\x0000",
    "a.pdf": b"%PDF-1.4\n1 0 obj",
    "a.rtf": b"{\\rtf1\\ansi Hello}",
    "a.webarchive": b"bplist00\xd1",
}


@pytest.mark.parametrize(("name", "data"), PACKED.items())
def test_of_what_is_packed_it_is_said_what_to_do_with_it(name, data, tmp_path):
    (tmp_path / name).write_bytes(data)
    known = tell_kind(SourceFile(tmp_path / name, name))
    assert known.kind == "unreadable"
    assert known.reason.partition(":")[2].split()[0] in ("unpack", "save", "open")


@pytest.mark.parametrize("name", ["mail.eml", "all.mbox"])
def test_what_is_called_a_letter_is_none_of_ours(name, tmp_path):
    (tmp_path / name).write_bytes(b"From: Ann\nTo: Ben\n\nBetween us.")
    assert tell_kind(SourceFile(tmp_path / name, name)).kind == "unreadable"


@pytest.mark.parametrize(
    "piece",
    [b"A: b\n", b"-- x\n", b"/* ", b"<!-- x", b"\n \n", b"INSERT INTO a ", b"AUTHOR: a\n", b"Title: a\n", b"#\n"],
)
def test_the_beginning_of_any_file_is_looked_at_in_no_time(piece):
    foreign_kind(piece * (8192 // len(piece)))


# MHTML.


def picture() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes(range(90)) for _ in range(30))
    header = struct.pack(">IIBBBBB", 30, 30, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PAGE = (
    "<!DOCTYPE html><html><head><meta charset=3Dutf-8><title>The ferry</title></head><body><article>"
    "<h1>The ferry</h1><p>It left at eight o=E2=80=99clock and everybody waved at it from the pi=\n"
    "er for a long time, as they had done each morning.</p>"
    '<p><img src=3D"https://blog.example/boat.png" alt=3D"A boat" width=3D"300" height=3D"300"></p>'
    "<p>Write to the harbour master=40blog.example, he said, and nobody did that in all the years.</p>"
    "</article></body></html>"
)
SAVED = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://blog.example/ferry
Subject: The ferry
Date: Thu, 3 May 2012 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----MultipartBoundary--abc----"


------MultipartBoundary--abc----
Content-Type: text/css
Content-Location: https://blog.example/a.css

p {{ color: red }}
------MultipartBoundary--abc----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://blog.example/ferry

{PAGE}
------MultipartBoundary--abc----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://blog.example/boat.png

{base64.encodebytes(picture()).decode()}
------MultipartBoundary--abc------
"""


def read(data: bytes, tmp_path, name: str = "ferry.mhtml") -> Record | Problem:
    file = SourceFile(tmp_path / name, name)
    file.path.write_bytes(data)
    assert tell_kind(file).kind == "page"
    return read_page_file(file)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_page_saved_as_mhtml_is_read_with_its_address_its_moment_and_its_images(end, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ferry.mhtml").write_bytes(SAVED.replace("\n", end).encode())
    [article], report = imported(tmp_path / "in", tmp_path / "content")
    assert (article.title, article.url, article.captured) == (
        "The ferry",
        "https://blog.example/ferry",
        "2012-05-03T10:00:00Z",
    )
    assert article.body.startswith("It left at eight o\u2019clock and everybody waved at it from the pier for")
    assert report["images"] == 1 and len(list(tmp_path.glob("content/images/*/*.png"))) == 1
    [source] = article.sources
    assert source.name == "ferry.mhtml#https://blog.example/ferry"
    [kept] = tmp_path.glob("content/*/*/*.txt")
    assert kept.read_bytes().startswith(b"<!DOCTYPE html>") and b"=3D" not in kept.read_bytes()


def test_a_page_that_is_cut_off_or_alone_is_read_as_far_as_it_goes(tmp_path):
    cut = SAVED.partition("he said")[0].encode()
    alone = (
        "From: <Saved by Microsoft Internet Explorer 5>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: quoted-printable\nContent-Location: https://blog.example/ferry\n\n{PAGE}"
    ).encode()
    for data in (cut, alone):
        found = read(data, tmp_path)
        assert isinstance(found, Record)
        assert "as they had done each morning" in found.article.body
        assert found.article.url == "https://blog.example/ferry"


HEAD = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"


@pytest.mark.parametrize(
    "rest",
    [
        b"",
        b"--x\nContent-Type: text/plain\n\nwords\n--x--\n",
        b"--x\n" * 300_000,
        b"--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!\n",
        b"--x\nContent-Type: multipart/related; boundary=x\n\n" * 10_000,
        b"--x\n" + b"A: b\n" * 100_000,
    ],
)
def test_mhtml_without_a_page_is_a_problem(rest, tmp_path):
    found = read(HEAD + rest, tmp_path)
    assert isinstance(found, Problem)
    assert "MHTML" in found.reason or "no text" in found.reason or "no HTML" in found.reason


def test_mhtml_damaged_anywhere_is_a_page_or_a_problem(tmp_path):
    data = SAVED.encode()
    for at in range(0, len(data), 61):
        broken = data[:at] + b"\0\xff\n" + data[at + 3 :]
        stream = io.BytesIO(broken)
        if is_mhtml(stream.read(8192)):
            file = SourceFile(tmp_path / "a.mht", "a.mht")
            file.path.write_bytes(broken)
            assert isinstance(read_page_file(file), Record | Problem)


@pytest.mark.parametrize("part", [b"<!---->", b"<?a?>", b"/* a */", b"--\n", b"A: b\n \n"])
def test_what_looks_like_the_beginning_of_data_a_thousand_times_is_soon_looked_at(part):
    assert foreign_kind(part * 1000 + b"x") == ""  # each could be parted in two to the power of a thousand ways
