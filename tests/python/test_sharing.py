"""Exports and web archives, read by several processes: the same records in the same order, whatever ends a reader."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
import zipfile

import pytest

from backfile.errors import SourceError
from backfile.importer import workers
from backfile.importer.kinds import read_container
from backfile.importer.record import Record
from backfile.importer.sharing import Sharing
from backfile.importer.walking import SourceFile
from backfile.importer.wordpress import read_wordpress
from backfile.model import Source
from images import png
from project import PACKAGE, backfile
from test_pairing import prose

COUNT = 70
"""More than are read in the process itself."""


def wordpress(count: int = COUNT) -> bytes:
    items = "".join(
        f"<item><title>Post {number}</title><wp:status>publish</wp:status><wp:post_id>{number}</wp:post_id>"
        f"<content:encoded><![CDATA[{' '.join(prose(number))} <img src='pier.png' alt='pier'>]]></content:encoded>"
        "</item>\n"
        for number in range(count)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:wp="http://wordpress.org/export/1.2/"><channel>\n{items}</channel></rss>'
    ).encode()


def lines() -> bytes:
    rows = [json.dumps({"title": f"Line {number}", "text": " ".join(prose(number))}) for number in range(COUNT)]
    rows[40] = rows[40][:-5]
    return "\n".join(rows).encode()


def web_archive() -> bytes:
    def record(address: str, kind: str, body: bytes) -> bytes:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        return gzip.compress(head.encode() + http + b"\r\n\r\n")

    pages = [
        record(
            f"https://s.example/{number}",
            "text/html",
            f"<html><title>Page {number}</title><article><h1>Page {number}</h1>"
            f"{''.join(f'<p>{text}</p>' for text in prose(number))}<p><img src='/pier.png'></p></article>".encode(),
        )
        for number in range(COUNT)
    ]
    return b"".join([*pages, record("https://s.example/pier.png", "image/png", png(1))])


def package() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("archive/data.warc.gz", web_archive())
    return packed.getvalue()


MADE = {"a.xml": wordpress, "a.jsonl": lines, "a.warc.gz": web_archive, "a.wacz": package}


@pytest.mark.parametrize("name", MADE)
def test_several_processes_read_what_one_reads_in_the_same_order(name, tmp_path):
    (tmp_path / name).write_bytes(MADE[name]())
    (tmp_path / "pier.png").write_bytes(png(1))
    file = SourceFile(tmp_path / name, name)
    alone = list(read_container(file))
    assert sum(isinstance(item, Record) for item in alone) >= COUNT - 1
    assert list(read_container(file, sharing=Sharing(2))) == alone


def test_what_stood_before_the_place_for_which_a_file_is_refused_is_read():
    refused = io.BytesIO(wordpress().replace(b"</channel>", b"<!DOCTYPE x></channel>"))
    items: list[object] = []
    with pytest.raises(SourceError, match="document type"):
        for item in read_wordpress(refused, Source("a.xml", "0" * 64), sharing=Sharing(2)):
            items.append(item)  # noqa: PERF402 - what came before the error is looked at
    assert [isinstance(item, Record) for item in items] == [True] * COUNT


def test_a_record_of_an_export_that_ends_its_reader_is_reported_and_the_others_go_in(tmp_path):
    (tmp_path / "a.xml").write_bytes(wordpress())
    # Python runs `sitecustomize` in every process: in workers too, a reader meets its end there.
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import os, signal\nimport backfile.importer.wordpress as wordpress\nparse = wordpress.parse_record\n"
        "def parses(raw, frame):\n"
        "    if b'<title>Post 30<' in raw.data: os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    return parse(raw, frame)\n"
        "wordpress.parse_record = parses\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'site'}:{PACKAGE.parent}"}
    report, content = tmp_path / "report.json", tmp_path / "content"
    source = tmp_path / "a.xml"
    done = backfile("import", source, "--content", content, "--report", report, "--jobs", 2, env=environment)
    assert done.returncode == 0, done.stderr
    outcomes = json.loads(report.read_text("utf-8"))["outcomes"]
    [skipped] = [outcome for outcome in outcomes if outcome["status"] == "skipped"]
    assert skipped["place"] == "a.xml:32"
    assert "ended by SIGSEGV" in skipped["reason"]
    assert len(list(content.rglob("*.md"))) == COUNT - 1


def test_heavy_items_are_under_way_few_at_a_time():
    taken = 0

    def heavy():
        nonlocal taken
        for _ in range(60):
            taken += 1
            yield bytes(4 << 20)

    results = workers.ordered_map(len, heavy(), 2, lambda _item, why: why, len)
    tracemalloc.start()
    assert next(results) == 4 << 20
    assert taken <= 18  # 64 MiB, and one to see that it is too much
    assert list(results) == [4 << 20] * 59
    assert tracemalloc.get_traced_memory()[1] < 160 << 20
    tracemalloc.stop()
