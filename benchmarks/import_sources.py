"""Sources that the import is measured with: seeded, so that every run and every machine has the same."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

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


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Made-up words, and sums of how often each comes: like those of a language, the first often, most hardly ever."""
    chance = random.Random(1)
    syllables = [a + b for a in "b d f g h k l m n p r s t v w st tr ch".split() for b in "a e i o u ea ou".split()]
    words = sorted({"".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(20_000)})
    chance.shuffle(words)
    return words, list(accumulate(1 / (rank + 10) for rank in range(len(words))))


def made_texts(folder: Path, files: int) -> None:
    """Plain-text extracts, two of every page: one with title, standfirst and comments, one of the body alone."""
    words, sums = _vocabulary()
    for number in range((files + 1) // 2):
        chance = random.Random(number)

        def line(low: int, high: int, chance: random.Random = chance) -> str:
            return " ".join(chance.choices(words, cum_weights=sums, k=chance.randint(low, high))).capitalize()

        body = [". ".join(line(8, 20) for _ in range(4)) + "." for _ in range(8)]
        said = [
            f"{line(1, 1)}\n{number % 28 + 1} May 2012 at 10:20\n{line(10, 30)}." for _ in range(chance.randint(1, 6))
        ]
        whole = [f"{line(4, 8)} {number}", f"{line(8, 14)}.", *body, *said]
        for place, paragraphs in ((2 * number, whole), (2 * number + 1, body)):
            if place < files:
                path = folder / f"{place // 1000:03}" / f"{place:06}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("\n\n".join(paragraphs) + "\n", "utf-8")
