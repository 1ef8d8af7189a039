"""Measures reading saved pages beside trafilatura alone, and a large WordPress export.

    python -m benchmarks.import_bench [PAGES_FOLDER] [--pages N] [--megabytes M]

Without a folder, pages are made: seeded, shaped like those of news sites, with menus, teasers and scripts, and
a thread of comments on every third, as on the real pages that the reader was written with. One core, each
contender in a process of its own: CPU time, and the most memory it held. trafilatura runs as its users run it
(`extract`, JSON with metadata), and for the text alone; ours gives more: comments with author, date and thread.
"""

from __future__ import annotations

import argparse
import io
import logging
import multiprocessing
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
    """A page of about 60 KB with an article of some 600 words; every third with up to 40 comments."""
    chance = random.Random(number)
    body = "".join(f"<p>{' '.join(sentence(chance) for _ in range(4))}</p>\n" for _ in range(14))
    comments = "".join(
        made_comment(chance, number, place) for place in range(0 if number % 3 else chance.randint(1, 40))
    )
    menu = "".join(f'<li class="menu-item"><a href="/{word}">{word}</a></li>' for word in WORDS * 3)
    head = (
        f'<meta charset="utf-8"><title>Page {number}</title><meta property="og:title" content="Page {number}">'
        '<meta property="article:published_time" content="2012-05-01T08:00:00Z"><link rel="stylesheet" href="/a.css">'
        f"<style>{'.widget { margin: 0 } ' * 300}</style><script>{'var tracked = [1, 2, 3]; ' * 500}</script>"
    )
    article = f'<article class="post" id="post-{number}"><h1>Page {number}</h1>{body}</article>'
    thread = f'<div id="comments"><ol class="comment-list">{comments}</ol></div>' if comments else ""
    teasers = "".join(
        f'<div class="teaser"><a href="/{place}"><img src="/t{place}.jpg" width="90" alt=""></a><h3>'
        f'<a href="/{place}">{sentence(chance)[:60]}</a></h3><span class="date">{place % 28 + 1} May 2012</span>'
        f"<p>{sentence(chance)}</p></div>\n"
        for place in range(40)
    )
    around = (
        f'<nav><ul>{menu}</ul></nav>{article}{thread}<aside class="sidebar">{teasers}</aside><footer>{menu}</footer>'
    )
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{around}</body></html>'.encode()


def made_comment(chance: random.Random, number: int, place: int) -> str:
    """A comment as WordPress themes write it."""
    day = place % 28 + 1
    return (
        f'<li class="comment depth-1" id="comment-{number}{place}"><article class="comment-body"><footer>'
        f'<b class="fn">Reader {chance.randint(1, 500)}</b> <time datetime="2012-05-{day:02}T10:20:00Z">'
        f"{day} May 2012</time>"
        f'</footer><div class="comment-content"><p>{sentence(chance)} {sentence(chance)}</p></div></article></li>\n'
    )


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


CONTENDERS: dict[str, Callable[[bytes], object]] = {
    "backfile": lambda page: read_html(page, SOURCE),
    "trafilatura, JSON with metadata": lambda page: trafilatura.extract(page, output_format="json", with_metadata=True),
    "trafilatura, text alone": trafilatura.extract,
}


def pages_of(folder: Path | None, count: int) -> Iterator[bytes]:
    """The pages one by one, so that memory is that of whoever reads them."""
    if folder:
        yield from (path.read_bytes() for path in sorted(folder.glob("*.html"))[:count])
    else:
        yield from map(made_page, range(count))


def read_all(name: str, folder: Path | None, count: int) -> tuple[int, float, float, float]:
    """Pages, CPU seconds, and MiB held after the first fifty pages and at most."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    work = CONTENDERS[name]
    seconds, done, early = 0.0, 0, 0.0
    for page in pages_of(folder, count):
        start = time.process_time()
        work(page)
        seconds += time.process_time() - start
        done += 1
        if done == 50:
            early = peak()
    return done, seconds, early or peak(), peak()


def read_export(megabytes: int) -> tuple[int, float, float, float]:
    """Articles, CPU seconds, and MiB held before and at most."""
    before, start, count = peak(), time.process_time(), 0
    for item in read_wordpress(Pieces(made_export(megabytes)), SOURCE):
        count += isinstance(item, Record)
    return count, time.process_time() - start, before, peak()


def peak() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Runs all measurements, each in a process of its own, and prints them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--megabytes", type=int, default=200)
    options = parser.parse_args()
    spent = {}
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as alone:
        for name in CONTENDERS:
            count, seconds, early, most = alone.apply(read_all, (name, options.folder, options.pages))
            spent[name] = seconds
            print(f"{name:<32} {count:6} pages {count / seconds:7.1f} a second {1000 * seconds / count:7.1f} ms each"
                  f"  peak {most:.0f} MiB ({early:.0f} after 50 pages)", flush=True)  # fmt: skip
        ours, full, bare = spent.values()
        print(f"backfile takes {ours / full:.2f} times trafilatura with metadata, {ours / bare:.2f} times text alone")
        if options.megabytes:
            count, seconds, before, most = alone.apply(read_export, (options.megabytes,))
            print(f"WordPress export of {options.megabytes} MB: {count} articles, {count / seconds:.0f} a second,"
                  f" peak {most:.0f} MiB ({most - before:.0f} more than before)")  # fmt: skip


if __name__ == "__main__":
    main()
