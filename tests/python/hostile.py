"""Hostile sources: every vector in every field of every kind of source that can be imported.

Run with a folder it writes the sources there, for the tests in the browser.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "vectors" / "hostile"
SITE = "https://packet.example"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS = (
    "harbour ferry bridge council market winter summer river boat captain engine ticket pier crossing lamp door"
    " kettle garden wall street school teacher morning evening letter paper window tower bell fog tide rope mast"
).split()


def own_vectors() -> list[str]:
    """The project's own, by class of attack; each once."""
    files = sorted(FOLDER.glob("*.json"))
    return list(dict.fromkeys(v for path in files for v in json.loads(path.read_text("utf-8")).get("vectors", ())))


def public_vectors(folder: Path) -> list[str]:
    """Those of sets that others publish, as they lie in a folder; what holds a whole set is a vector, too."""
    lists = [
        json.loads((folder / name).read_text("utf-8")) for name in ("owasp-filter-evasion.json", "naughty-strings.json")
    ]
    marked = (folder / "h5sc-vectors.txt").read_text("utf-8")
    parts = [part.partition("//[")[0] for part in re.split(r'<div id="\d+">', marked)]
    xml = [path.read_text("utf-8")[:2000] for path in sorted((folder / "xml").iterdir())]
    return list(dict.fromkeys(v for v in (*lists[0], *lists[1], *parts, *xml) if v.strip()))


def write_sources(folder: Path, vectors: Sequence[str], kinds: Iterable[str] = ()) -> dict[str, int]:
    """Writes sources of some kinds, or of all, an article a vector; returns how many articles each kind has."""
    chosen = list(kinds) or list(KINDS)
    for kind in chosen:
        KINDS[kind](folder, vectors)
    return dict.fromkeys((kind for kind in chosen if kind != "disqus"), len(vectors))


def prose(kind: str, number: int, paragraphs: int = 3) -> list[str]:
    """Paragraphs of words that no other article has in the same order."""
    dice = random.Random(f"{kind} {number}")
    return [" ".join(dice.choices(_WORDS, k=40)).capitalize() + "." for _ in range(paragraphs)]


def json_lines(folder: Path, vectors: Sequence[str]) -> None:
    """Our own JSON Lines, and trafilatura's: texts plain, as HTML, and under names that nobody knows."""
    with (folder / "own.jsonl").open("w", encoding="utf-8") as file:
        for number, vector in enumerate(vectors):
            print(json.dumps(_line(number, vector, vectors)), file=file)


def _line(number: int, vector: str, vectors: Sequence[str]) -> dict[str, object]:
    markup = {"html": f"<p>{prose('j', number)[0]}</p>{vector}<p>{vector}</p>"}
    plain = {"text": "\n\n".join([vector, *prose("j", number), vector])}
    return {
        "id": vector,
        "url": f"{SITE}/j/{number}" if number % 4 else vector,
        "title": vector,
        "standfirst": vector,
        "authors": [vector, *([f"{vector}; {vector}"] if number % 9 == 0 else [])],
        "author_note": vector,
        "published": vector if number % 3 else f"{2000 + number % 20}-0{1 + number % 9}-1{number % 9}",
        "modified": vector,
        "captured": vector,
        "section": vector,
        "tags": [vector, *([f'"{vector}"', f"<b>{vector}"] if number % 9 == 0 else [])],
        "language": vector,
        vector: vector,
        "shelf": vector,
        **(markup if number % 2 else plain),
        "comments": [
            {"id": vector, "author": vector, "author_url": vector, "date": vector, "kind": vector, "text": vector},
            {
                "id": "b",
                "parent": vector,
                "author": vector,
                "author_url": f"https://x.example/{vector}",
                "html": vector,
            },
            {"id": "c", "removed": vector, "text": "gone"},
            {"author": "Ann", "text": vectors[number - 1], "language": vector},
        ],
    }


def exported(folder: Path, vectors: Sequence[str]) -> None:
    """What the archive itself offers to take away, changed by a stranger: its CommonMark is taken as it is."""
    with (folder / "export.jsonl").open("w", encoding="utf-8") as file:
        for number, vector in enumerate(vectors):
            line = {
                "id": f"e{number:06}",
                "slug": vector,
                "page": vector,
                "title": vector,
                "text": "",
                "commonmark": f"{prose('e', number)[0]}\n\n{vector}\n\n- {vector}\n\n> {vector}",
                "guessed": [vector],
                "split": {"method": vector, "confidence": vector},
                "sources": [{"name": vector, "sha256": "0" * 64, "parts": [vector]}],
                "tool": vector,
                "extra": [["Status", vector], ["Template", vector], ["Save-As", vector], [vector, vector]],
                "comments": [{"id": "a", "author": vector, "author_url": vector, "commonmark": vector, "text": ""}],
            }
            print(json.dumps(line), file=file)


def wordpress(folder: Path, vectors: Sequence[str]) -> None:
    """A WordPress export."""
    items = "".join(_item(number, vector) for number, vector in enumerate(vectors))
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>T</title>'
        f"<link>{SITE}</link><wp:wxr_version>1.2</wp:wxr_version>"
    )
    (folder / "export.xml").write_text(f"{head}{items}</channel></rss>", "utf-8")


def _item(number: int, vector: str) -> str:
    v = _cdata(vector)
    author_url = _cdata(vector if number % 2 else f"https://x.example/{vector}")
    return (
        f"<item><title>{v}</title><link>{SITE}/w/{number}</link><dc:creator>{v}</dc:creator>"
        f"<content:encoded>{_cdata(prose('w', number)[0] + chr(10) * 2 + vector)}</content:encoded>"
        f"<excerpt:encoded>{v}</excerpt:encoded><wp:post_id>{number + 1}</wp:post_id><wp:post_name>{v}</wp:post_name>"
        f"<wp:post_date>{_cdata(vector if number % 2 else '2011-02-03 04:05:06')}</wp:post_date>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f'<category domain="post_tag" nicename="x">{v}</category><category domain="category">{v}</category>'
        f"<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>{v}</wp:comment_author>"
        f"<wp:comment_author_url>{author_url}</wp:comment_author_url><wp:comment_date>{v}</wp:comment_date>"
        f"<wp:comment_content>{v}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_parent>0</wp:comment_parent></wp:comment></item>"
    )


def disqus(folder: Path, vectors: Sequence[str]) -> None:
    """A Disqus export: discussions of the articles that the JSON Lines hold."""
    parts = []
    for number, vector in enumerate(vectors):
        v = _cdata(vector)
        parts.append(
            f'<thread dsq:id="{number}"><id>{v}</id><link>{SITE}/j/{number}</link><title>{v}</title><message>{v}'
            f"</message><createdAt>2010-01-02T03:04:05Z</createdAt></thread>"
        )
        parts += [
            f'<post dsq:id="{post}"><message>{v}</message><createdAt>{date}</createdAt><author><name>{v}</name>'
            f'<username>{v}</username></author><thread dsq:id="{number}"/></post>'
            for post, date in ((f"{number}1", "2010-01-02T03:04:05Z"), (f"{number}2", v))
        ]
    head = '<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
    (folder / "disqus.xml").write_text(f"{head}{''.join(parts)}</disqus>", "utf-8")


def pages(folder: Path, vectors: Sequence[str]) -> None:
    """Saved pages, named by their vector."""
    (folder / "pages").mkdir()
    for number, vector in enumerate(vectors):
        (folder / "pages" / f"{number:04} {file_name(vector)}.html").write_text(page("h", number, vector), "utf-8")


def page(kind: str, number: int, vector: str) -> str:
    """A page with the vector in all it says of itself, as text and as markup."""
    v = escape(vector)
    comments = "".join(
        f'<li class="comment" id="comment-{n}"><div class="comment-body"><cite class="fn"><a class="url" href="{v}">'
        f'{v}</a></cite> <time datetime="{v if n % 2 else "2015-01-01T10:00:00Z"}">{v}</time>'
        f'<div class="comment-content"><p>{text}</p><p>{prose(kind, number * 9 + n, 1)[0]}</p></div></div></li>'
        for n, text in enumerate((v, vector, f'<a href="{v}" title="{v}">x</a><img src="{v}" alt="{v}">'))
    )
    body = "".join(f"<p>{text}</p>" for text in prose(kind, number))
    facts = json.dumps({"@type": "NewsArticle", "headline": vector, "author": {"name": vector}, "keywords": vector})
    return (
        f'<!DOCTYPE html><html lang="{v}"><head><meta charset="utf-8"><title>{v} - {v}</title>'
        f'<meta property="og:title" content="{v}"><meta name="author" content="{v}">'
        f'<meta name="description" content="{v}"><meta name="keywords" content="{v}">'
        f'<meta property="article:section" content="{v}"><meta property="article:tag" content="{v}">'
        f'<meta property="article:published_time" content="{v if number % 2 else "2012-03-04"}">'
        f'<link rel="canonical" href="{SITE}/{kind}/{number}">'
        f'<script type="application/ld+json">{facts.replace("</", "<" + chr(92) + "/")}</script></head>'
        f'<body class="single"><main><article class="post hentry"><h1 class="entry-title">{v}</h1>'
        f'<p class="byline"><a rel="author" href="{v}">{v}</a></p>{body}<p>{v}</p>'
        f'<p>{prose(kind, -number - 1, 1)[0]} <a href="{v}">{v}</a> <img src="{v}" alt="{v}" title="{v}"></p>'
        f"<p>{prose(kind, -number - 2, 1)[0]}</p>{vector}</article></main>"
        f'<ol class="commentlist">{comments}</ol></body></html>'
    )


def warc(folder: Path, vectors: Sequence[str]) -> None:
    """A web archive whose addresses and dates are vectors, and the same packed as WACZ under names that are."""
    half = len(vectors) // 2
    (folder / "crawl.warc.gz").write_bytes(_archive(0, vectors[:half]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for number, vector in enumerate(vectors[:50]):
            package.writestr(zipfile.ZipInfo(f"{number}/{vector}".replace("\0", "")[:200]), vector)
        package.writestr("pages/pages.jsonl", "{}")
        package.writestr("../../archive/data.warc.gz", _archive(half, vectors[half:]))
    (folder / "crawl.wacz").write_bytes(packed.getvalue())


def _archive(first: int, vectors: Sequence[str]) -> bytes:
    members = []
    for number, vector in enumerate(vectors, first):
        line = " ".join(vector.split()) or "x"
        body = page("c", number, vector).encode("utf-8")
        kind = "text/html" if number % 2 else "text/html; charset=utf-8"
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nX-Vector: {line}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: {SITE}/c/{number}?{line}\r\n"
            f"WARC-Date: {line if number % 3 == 0 else '2015-03-04T05:06:07Z'}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0))
    return b"".join(members)


def texts(folder: Path, vectors: Sequence[str]) -> None:
    """Plain extracts, two of a page for every third, named by their vector."""
    (folder / "texts").mkdir()
    for number, vector in enumerate(vectors):
        name = f"{number:04} {file_name(vector)}"
        line = vector.replace("\n", " ")
        body = [*prose("t", number), line, *prose("t", -number - 1)]
        said = f"{line} says:\nMarch 12, 2009 at 10:41 am\n{line}\nI think that this is so.\n"
        (folder / "texts" / f"{name}.txt").write_text("\n".join([*body, said]), "utf-8", newline="")
        if number % 3 == 0:
            labels = [line, line, f"Author: {line}", f"Section: {line}", f"Tags: {line}", f"Source: {line}"]
            (folder / "texts" / f"{name} b.txt").write_text("\n\n".join([*labels, *body]), "utf-8", newline="")


def file_name(vector: str) -> str:
    """The vector as far as a file can be called so."""
    return vector.replace("/", "\u2215").replace("\0", "")[:60] or "x"


def _cdata(text: str) -> str:
    return f"<![CDATA[{_NO_XML.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


KINDS = {
    "jsonl": json_lines,
    "export": exported,
    "wordpress": wordpress,
    "disqus": disqus,
    "html": pages,
    "warc": warc,
    "text": texts,
}

if __name__ == "__main__":
    # For the tests in the browser: each vector once, the kinds of source by turns.
    target, every = Path(sys.argv[1]), own_vectors()
    target.mkdir(parents=True, exist_ok=True)
    for turn, name in enumerate(KINDS):
        KINDS[name](target, every[turn :: len(KINDS)])
