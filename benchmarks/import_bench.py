"""Measures reading saved pages beside trafilatura alone, and a large WordPress export.

    python benchmarks/import_bench.py [PAGES_FOLDER] [--pages N] [--megabytes M]

Without a folder, pages are made: articles with threads of comments, seeded. One core. trafilatura runs as
its users run it (`extract`, JSON with metadata), and without metadata; ours gives more: comments with
author, date and thread.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import trafilatura

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.importer.wordpress import read_wordpress
from backfile.model import Source

SOURCE = Source("page.html", "0" * 64)
WORDS = (
    "river ferry council bridge harbour captain morning passenger engine winter money school paper letter reader"
    " museum street garden music market winter season number station".split()
)


def sentence(chance: random.Random) -> str:
    """A sentence of random words."""
    return " ".join(chance.choices(WORDS, k=chance.randint(6, 18))).capitalize() + "."


def made_page(number: int) -> bytes:
    """A page with an article of about 600 words and up to 40 comments, some of them replies."""
    chance = random.Random(number)
    body = "".join(f"<p>{' '.join(sentence(chance) for _ in range(4))}</p>\n" for _ in range(14))
    comments = "".join(
        f'<li class="comment depth-1" id="comment-{number}{place}"><article class="comment-body"><footer>'
        f'<b class="fn">Reader {chance.randint(1, 500)}</b> <time datetime="2012-05-{place % 28 + 1:02}T10:20:00Z">'
        f'{place % 28 + 1} May 2012</time></footer><div class="comment-content"><p>{sentence(chance)}</p></div>'
        "</article></li>\n"
        for place in range(chance.randint(0, 40))
    )
    menu = "".join(f'<li class="menu-item"><a href="/{word}">{word}</a></li>' for word in WORDS * 4)
    head = (
        f'<meta charset="utf-8"><title>Page {number}</title><meta property="og:title" content="Page {number}">'
        '<meta property="article:published_time" content="2012-05-01T08:00:00Z">'
    )
    article = f'<article class="post"><h1>Page {number}</h1>{body}</article>'
    thread = f'<ol class="comment-list">{comments}</ol>'
    nav = f"<nav><ul>{menu}</ul></nav>"
    return (f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{nav}{article}{thread}</body></html>').encode()


def made_export(megabytes: int) -> Iterator[bytes]:
    """A WordPress export of about that size, in pieces."""
    yield (
        b'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        b' xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">'
        b"<channel><link>https://s.example</link>\n"
    )
    size = number = 0
    chance = random.Random(7)
    while size < megabytes << 20:
        number += 1
        body = "\n\n".join(" ".join(sentence(chance) for _ in range(5)) for _ in range(8))
        comments = "".join(
            f"<wp:comment><wp:comment_id>{number}{place}</wp:comment_id><wp:comment_author>R</wp:comment_author>"
            "<wp:comment_date_gmt>2012-05-01 08:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved>"
            f"<wp:comment_content><![CDATA[{sentence(chance)}]]></wp:comment_content></wp:comment>"
            for place in range(6)
        )
        item = (
            f"<item><title>Post {number}</title><link>https://s.example/{number}/</link><wp:status>publish</wp:status>"
            f"<wp:post_type>post</wp:post_type><content:encoded><![CDATA[{body}]]></content:encoded>{comments}</item>\n"
        ).encode()
        size += len(item)
        yield item
    yield b"</channel></rss>"


class Pieces(io.RawIOBase):
    """A stream of pieces made on the way."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = bytearray()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        taken = bytes(self._rest[:size])
        del self._rest[:size]
        return taken


def clock(name: str, work: Callable[[bytes], object], pages: list[bytes]) -> float:
    """Prints and gives the milliseconds a page takes; the fastest of three rounds."""
    work(pages[0])
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for page in pages:
            work(page)
        rounds.append((time.process_time() - start) / len(pages) * 1000)
    print(f"{name:<36} {min(rounds):8.2f} ms a page {1000 / min(rounds):8.1f} pages a second")
    return min(rounds)


def peak() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Runs both measurements and prints them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--megabytes", type=int, default=200)
    options = parser.parse_args()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if options.folder:
        pages = [path.read_bytes() for path in sorted(options.folder.glob("*.html"))[: options.pages]]
    else:
        pages = [made_page(number) for number in range(options.pages)]
    print(f"{len(pages)} pages, {sum(map(len, pages)) / len(pages) / 1024:.0f} KiB each")
    ours = clock("backfile", lambda page: read_html(page, SOURCE), pages)
    full = clock(
        "trafilatura, JSON with metadata",
        lambda page: trafilatura.extract(page, output_format="json", with_metadata=True),
        pages,
    )
    bare = clock("trafilatura, text alone", lambda page: trafilatura.extract(page), pages)
    print(f"backfile takes {ours / full:.2f} times trafilatura with metadata, {ours / bare:.2f} times text alone")
    before, start, count = peak(), time.process_time(), 0
    for item in read_wordpress(Pieces(made_export(options.megabytes)), SOURCE):
        count += isinstance(item, Record)
    seconds = time.process_time() - start
    print(
        f"WordPress export of {options.megabytes} MB: {count} articles, {count / seconds:.0f} a second,"
        f" peak memory {peak():.0f} MiB ({peak() - before:.0f} more than before)"
    )


if __name__ == "__main__":
    main()
