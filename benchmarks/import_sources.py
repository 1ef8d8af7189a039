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


def made_page(number: int, crowded: bool = False) -> bytes:
    """A page like those of news sites and blogs; if `crowded`, with 1 to 40 comments.

    What it has follows 185 real pages, a quarter of which have comments, 9 on average. Their medians and means,
    beside what is made here: bytes 82,000 and 139,000 (85,000), elements 641 and 775 (645), links 107 and 136 (145),
    images 13 and 24 (24), scripts 23 and 25 (24), paragraphs 26 and 35 (37), characters of the article 3,700 and
    6,500 (5,300).
    """
    chance = random.Random(number)
    body = "".join(made_paragraph(chance, place) for place in range(14))
    thread = chance.randint(1, 40) if crowded else 0 if number % 4 else chance.randint(1, 17)
    comments = "".join(made_comment(chance, number, place) for place in range(thread))
    menu = "".join(f'<li class="menu-item"><a href="/{word}"><span>{word}</span></a></li>' for word in WORDS * 2)
    scripts = "".join(f'<script src="/js/{place}.js"></script>' for place in range(12))
    inline = "".join(f"<script>{'var tracked = [1, 2, 3]; ' * 180}</script>" for _ in range(12))
    head = (
        f'<meta charset="utf-8"><title>Page {number}</title><meta property="og:title" content="Page {number}">'
        f'<meta property="article:published_time" content="2012-05-01T08:00:00Z">{"".join(map(made_link, range(6)))}'
        f"<style>{'.widget { margin: 0 } ' * 300}</style>{scripts}{inline}"
    )
    share = "".join(
        f'<li class="share"><span class="icon icon-{name}"></span><a class="share-link" href="#{name}">{name}</a></li>'
        for name in ("mail", "print", "send", "save")
    )
    tags = "".join(f'<li class="tag"><span>{word}</span></li>' for word in chance.sample(WORDS, 20))
    article = (
        f'<article class="post" id="post-{number}"><header class="entry-header"><h1>Page {number}</h1><p class="meta">'
        f'<span class="date">1 May 2012</span></p></header><div class="entry-content">{body}</div>'
        f'<ul class="tags">{tags}</ul><ul class="sharing">{share}</ul></article>'
    )
    discussion = f'<div id="comments"><ol class="comment-list">{comments}</ol></div>' if comments else ""
    teasers = "".join(made_teaser(chance, place) for place in range(20))
    around = (
        f'<div class="page"><div class="top"><nav><ul>{menu}</ul></nav></div><div class="main"><div class="columns">'
        f'{article}{discussion}</div><aside class="sidebar">{teasers}</aside></div>'
        f"<footer><ul>{menu}</ul></footer></div>"
    )
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{around}</body></html>'.encode()


def made_link(place: int) -> str:
    """An element of a page's head that names another file."""
    return f'<link rel="stylesheet" href="/css/{place}.css" media="screen">'


def made_paragraph(chance: random.Random, place: int) -> str:
    """A paragraph of four sentences; some with a link, emphasis, or a picture before them."""
    said = [sentence(chance) for _ in range(4)]
    if place % 3 == 1:
        said[1] = f'<a href="/more/{place}">{said[1][:-1]}</a>.'
    if place % 4 == 2:
        said[2] = f"<em>{said[2]}</em>"
    picture = (
        f'<figure class="picture"><img src="/p{place}.jpg" width="600" height="400" alt="{chance.choice(WORDS)}">'
        f"<figcaption>{sentence(chance)}</figcaption></figure>\n"
    )
    return f"{picture if place % 4 == 0 else ''}<p>{' '.join(said)}</p>\n"


def made_teaser(chance: random.Random, place: int) -> str:
    """What leads to another article from the side of a page."""
    title, day = sentence(chance)[:60], place % 28 + 1
    return (
        f'<div class="teaser"><div class="inner"><div class="thumb"><a href="/{place}"><img class="thumbnail"'
        f' src="/t{place}.jpg" width="90" alt=""></a></div><div class="summary"><h3 class="title"><a href="/{place}">'
        f'{title}</a></h3><span class="date">{day} May 2012</span><p class="lead">{sentence(chance)}</p></div></div>'
        "</div>\n"
    )


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
