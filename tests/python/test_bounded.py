"""No input costs much more than its size: every reader, the Markdown round trip, the page, the query, the masks."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from dataclasses import replace
from functools import cache

import pytest

from backfile.comments.slips import slips
from backfile.contentfile import read_content, write_content
from backfile.errors import BackfileError, ContentError, SourceError
from backfile.importer import limits
from backfile.importer.alignment import align
from backfile.importer.changes import what_is_lost
from backfile.importer.completing import complete
from backfile.importer.disqus import read_disqus
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.html.reader import read_html
from backfile.importer.images.beside import Beside
from backfile.importer.images.rasters import without_metadata
from backfile.importer.jsonlines import read_json_lines
from backfile.importer.jsonremarks import read_remarks, remarks_in
from backfile.importer.jsonwraps import opened
from backfile.importer.openings import Openings
from backfile.importer.pairing import fingerprint, pair_up
from backfile.importer.plaintext import read_plain_text
from backfile.importer.record import Problem, Record
from backfile.importer.shortcodes import expand
from backfile.importer.threads import as_thread
from backfile.importer.warc import read_wacz, read_warc
from backfile.importer.wordpress import read_wordpress
from backfile.importer.writer import ContentFolder
from backfile.markdown import escape_text, plain_text, render
from backfile.model import Article, Comment, Source
from backfile.privacy import find_addresses, mask_addresses
from backfile.search.whoosh.archive import Archive
from backfile.search.whoosh.parser import MAX_QUERY
from backfile.split import separate
from backfile.text import clean_line, clean_text
from backfile.threads import build_threads, in_reading_order
from growth import MOST, TIMES, growth
from project import ROOT, VECTORS

SOURCE = Source("a.source", "0f" * 32)
WXR = (
    '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
)

REPEATED = [
    "<div>", "<b>", "<a href='", "<a href=\"x", "[", "![", "[a](", "](", "<", "&", "&amp;", "*", "_a", "**a ", "`", "``a", "<!--",
    "\n", " ", "> ", "- ", "1. ", "a\\\n", "\\", "{{", '"', "@", "a@", "a@b.", "1.", "ab:", "<p>", "<table><tr><td>", "<ul><li>",
    "<blockquote>", "<script>", "<style>x", "<![CDATA[", "]]>", "<item>", "http://a/b?c=d ", "# x\n", "|a|\n|-|\n", "\u0301",
    "\u0323\u0301", "\u202e", "😀", "Ã©", "word ", "By Ann on 3 May 2009\n", "@Ann: so\n\n", '"a";', "<!-- comment -->\n", "&#0;",
    "&#00000", "\0", "[caption]", "[caption", "[gallery ids='1']", "</", "<br>", "<img src='data:image/png;base64,", "<meta charset=",
    "<wp:author>", "<p a=1 ", "<span>3 May 2009</span>",
]  # fmt: skip
MADE = {
    "two kinds of marks on a letter": lambda n: "a" + "\u0301" * (n // 2) + "\u0323" * (n // 2),
    "quotations ever deeper": lambda n: "".join(">" * depth + " a\n" for depth in range(1, int((2 * n) ** 0.5))),
    "lists ever deeper": lambda n: "".join(" " * (2 * depth) + "- a\n" for depth in range(1, int(n**0.5))),
    "references": lambda n: "".join(f"[r{k}]: /u{k}\n" for k in range(n // 16)) + "[r1]" * (n // 8),
    "backticks ever longer": lambda n: "".join("e" + "`" * k for k in range(1, int((2 * n) ** 0.5))),
    "attributes": lambda n: "<p " + " ".join(f"a{k}=1" for k in range(n // 8)) + ">x",
    "attributes in quotes": lambda n: "<p " + " ".join(f"a{k}='>'" for k in range(n // 10)) + ">x",
    "classes": lambda n: "<div class='" + " ".join(f"c{k}" for k in range(n // 6)) + "'>x</div>",
    "short paragraphs": lambda n: "".join(f"<div class='c{k} comment'>3 May 2009 by Ann: x</div>" for k in range(n // 50)),
    "paragraphs": lambda n: "".join(f"<p>Paragraph {k} with words of prose in it, as news have.</p>\n" for k in range(n // 60)),
    "images": lambda n: "<p>x".join(f"<img src='/p{k}.jpg' alt='x{k}'>" for k in range(n // 30)),
    "authors": lambda n: "".join(f"<meta name='author' content='A{k}'>" for k in range(n // 40)) + "<p>x",
}  # fmt: skip


def comments_in_markup(n, nested=False):
    one = "<div class=comment id=comment-{0}><b class=author>A{0}</b><time>2009-03-02</time><p>@A{1}: text {0} is here</p>{2}"
    return "".join(one.format(k, k // 2, "" if nested else "</div>") for k in range(n // 110))


def comments_in_data(n):
    told = [{"@type": "Comment", "text": f"c {k}", "author": {"name": f"n{k}"}} for k in range(n // 60)]
    data = json.dumps({"@type": "NewsArticle", "comment": told})
    return f'<script type="application/ld+json">{data}</script><p>hello'


MADE |= {
    "comments": comments_in_markup,
    "comments in comments": lambda n: comments_in_markup(n, nested=True),
    "comments in data": comments_in_data,
}
ATTACKS = {**{repr(text): lambda n, text=text: text * (n // len(text)) for text in REPEATED}, **MADE}


def read(items):
    """All that a reader gives, put in order as an import does."""
    try:
        for item in items:
            if isinstance(item, Record):
                complete(item)
    except SourceError:
        pass  # said in words


def content_file(text):
    try:
        read_content(write_content(read_content(f"Title: x\n\n{text}").article))
        read_content(f"Title: x\n{text}")
    except ContentError:
        pass  # said in words


def lines(text):
    page = {"title": "x", "html": text, "comments": [{"text": text}]}
    flat = {"title": "x", "text": text, "comments": text}
    alone = {"id": 1, "parent": text, "post": text, "link": text, "author_name": text, "content": {"rendered": text}}
    for value in (
        json.dumps(page),
        json.dumps(alone),
        json.dumps(flat),
        f'{{"title":"x","a":{text}',
        f'{{"title":"x","a":{"[" * len(text)}',
    ):
        read(read_json_lines(io.BytesIO(value.encode()), SOURCE))
        raws = [("a", value.encode())]
        read(read_remarks(opened(iter(raws)), SOURCE, remarks_in(raws)))


def wordpress(text):
    inside = f"<item><title>t</title><content:encoded><![CDATA[{text}]]></content:encoded></item></channel></rss>"
    for export in (WXR + inside, WXR + text + "<item><title>x</title></item>", f"{WXR}<item>{text}</item>\n<item/>"):
        read(read_wordpress(io.BytesIO(export.encode()), SOURCE))


def archive(text):
    data = text.encode()
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: %d\r\n\r\n" % len(data)
    for whole in (head + data, b"WARC/1.0\r\n" + data):
        read(read_warc(io.BytesIO(whole), SOURCE))


def plain(text):
    found = read_plain_text(text.encode(), SOURCE)
    if not isinstance(found, Problem):
        separate(complete(found).paragraphs)


def round_trip(text):
    for paragraph in clean_text(text).split("\n\n"):
        if paragraph.strip():
            plain_text(escape_text(paragraph.strip("\n")))


WORK = {
    "a page": (1000, lambda text: read([read_html(f"<html><body>{text}".encode(), SOURCE)])),
    "a piece of markup": (2000, lambda text: html_to_commonmark(expand(text))),
    "JSON lines": (800, lines),
    "a WordPress export": (1200, wordpress),
    "a Disqus export": (8000, lambda text: read(read_disqus(io.BytesIO(f"<disqus>{text}".encode()), SOURCE))),
    "a web archive": (800, archive),
    "a plain text": (1500, plain),
    "a content file": (3000, content_file),
    "a rendered text": (5000, render),
    "plain text to CommonMark and back": (3000, round_trip),
    "cleaning": (10_000, lambda text: (clean_text(text), clean_line(text))),
    "addresses": (5000, lambda text: (mask_addresses(text), list(find_addresses(text)))),
}


@pytest.mark.parametrize("work", WORK)
def test_no_text_costs_much_more_than_its_size(work):
    size, function = WORK[work]
    found = {}
    for attack, make in ATTACKS.items():
        small, large = make(size), make(TIMES * size)
        if small and (times := growth(function, small, large)) > MOST:
            found[attack] = round(times)
    assert not found


def circles(n):
    """Comments in pairs that answer each other."""
    return [Comment(str(k), "", parent=str(k ^ 1)) for k in range(n)]


THREADS = {
    "circles of two": circles,
    "one circle": lambda n: [Comment(str(k), "", parent=str((k + 1) % n)) for k in range(n)],
    "one on the other": lambda n: [Comment(str(k), "", parent=str(k - 1)) for k in range(n)],
    "all on one": lambda n: [Comment(str(k), "", parent="0") for k in range(n)],
    "on themselves": lambda n: [Comment(str(k), "", parent=str(k)) for k in range(n)],
    "on none": lambda n: [Comment(str(k), "", parent="x") for k in range(n)],
    "of one id": lambda n: [Comment("1", "", parent="1") for _ in range(n)],
    "without ids": lambda n: [Comment("", "") for _ in range(n)],
    "with ids that others will want": lambda n: [Comment(f"a-{k}" if k % 2 else "a", "") for k in range(n)],
}


@pytest.mark.parametrize("shape", THREADS)
def test_no_thread_costs_much_more_than_its_comments(shape):
    make = THREADS[shape]
    assert (
        growth(lambda given: (as_thread(given), in_reading_order(build_threads(given))), make(1500), make(12_000))
        < MOST
    )


def test_records_that_repeat_or_have_no_end_cost_no_more_than_their_size():
    shapes = [
        lambda n: WXR + "<wp:author><wp:author_login>a</wp:author_login>" * (n // 50),
        lambda n: WXR + "<item><![CDATA[" + "\n<item>" * (n // 7),
        lambda n: WXR + "<item><title>" * (n // 13),
        lambda n: WXR + "\n<item><![CDATA[x" * (n // 17),
        lambda n: (
            WXR + "".join(f"<item><title>t{k}</title><wp:post_type>page</wp:post_type></item>" for k in range(n // 60))
        ),
    ]
    for make in shapes:
        assert growth(wordpress, make(20_000), make(160_000)) < MOST


def test_extracts_that_share_their_words_are_compared_in_time_that_grows_as_they_do():
    many = [f"{k} words of a short paragraph in a list" for k in range(8000)]
    assert growth(lambda n: align([" ".join(many[:n])], many[:n]), 1000, 8000) < MOST
    prints = [fingerprint(k, ["the same words in all of these extracts here", f"and {k} others"]) for k in range(8000)]
    assert growth(lambda n: pair_up(prints[:n]), 1000, 8000) < MOST


def test_an_address_with_many_parts_is_not_looked_for_at_each_of_them(tmp_path):
    finder = Beside(tmp_path / "page.html", "page.html")
    assert growth(lambda n: finder.find("", "http://a.example" + "/x" * n + ".jpg"), 400, 3200) < MOST


@cache
def index(name):
    return Archive(VECTORS / "search" / name)


def test_a_query_is_cut_where_it_is_long_and_costs_no_more_than_its_length():
    asked = [
        "(",
        "a AND ",
        "NOT ",
        '"a b"~',
        "a* ",
        "oil~ ",
        "[",
        "title:",
        "a^2 ",
        "date:2013 ",
        "((a) ",
        "\u0323\u0301",
        "? ",
    ]
    for text in asked:
        small, large = text * (MAX_QUERY // TIMES // len(text)), text * (MAX_QUERY // len(text))
        assert growth(lambda query: index("small").search(query, 3), small, large) < 3 * MOST, text
        longer = growth(lambda query: index("small").search(query, 3), large, large * 50)
        assert longer < 3, text


# Caps


def limited(monkeypatch, **caps):
    monkeypatch.setattr(limits, "current", replace(limits.current, **caps))


def test_limits_are_set_by_name_and_a_wrong_one_is_named(monkeypatch):
    monkeypatch.setattr(limits, "current", limits.Limits())
    limits.set_limits(["page=64M", "seconds=0", "ratio = 2k"])
    assert (limits.current.page, limits.current.seconds, limits.current.ratio) == (64 << 20, 0, 2048)
    for wrong in ("page", "page=", "page=-1", "pages=3", "page=1T"):
        with pytest.raises(BackfileError, match="names: file, page"):
            limits.set_limits([wrong])


def test_every_limit_is_documented():
    table = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    for name in limits.Limits.__slots__:
        assert f"| `{name}` |" in table


def problems(items):
    return [item.reason for item in items if isinstance(item, Problem)]


def test_what_is_over_a_limit_is_reported_and_the_rest_is_read(monkeypatch):
    limited(monkeypatch, page=3000, record=3000)
    page = f"<html><p>{'word ' * 800}</p>"
    found = read_html(page.encode(), SOURCE)
    assert isinstance(found, Problem)
    assert found.reason == "the page is larger than 3,000 bytes"
    line = json.dumps({"title": "a", "text": "b"}).encode() + b"\n"
    items = list(read_json_lines(io.BytesIO(json.dumps({"title": "x" * 4000}).encode() + b"\n" + line), SOURCE))
    assert [isinstance(item, Record) for item in items] == [False, True]
    assert problems(items) == ["the line is longer than 3,000 bytes"]


def test_markup_that_is_too_much_to_be_parsed_is_kept_as_text(monkeypatch):
    limited(monkeypatch, page=200)
    made = html_to_commonmark("<p>" + "word " * 60 + "<b>end</b>")
    assert "end" in made


def test_an_archive_that_unpacks_to_too_much_is_not_read_on(monkeypatch):
    limited(monkeypatch, ratio=20, archives=2)
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as whole:
        for number in range(4):
            whole.writestr(f"archive/{number}.warc", b"WARC/1.0\r\n" + bytes(200_000))
    found = problems(read_wacz(package, SOURCE))
    assert [reason for reason in found if "over 20 times" in reason]
    assert "not read: 2 more archives in the package" in found


def test_a_page_nested_beyond_the_limit_keeps_its_text(monkeypatch):
    limited(monkeypatch, depth=20)
    assert html_to_commonmark("<div>" * 100 + "deep" + "</div>" * 100).strip() == "deep"


def test_an_article_has_no_more_images_than_the_limit(monkeypatch, tmp_path):
    from images import png

    limited(monkeypatch, images=2)
    for number in range(4):
        (tmp_path / f"{number}.png").write_bytes(png(number))
    page = "".join(
        f"<p>{f'Paragraph {number} of prose with words. ' * 8}<img src={number}.png></p>" for number in range(4)
    )
    found = read_html(f"<html><article>{page}".encode(), SOURCE, finder=Beside(tmp_path / "a.html", "a.html"))
    assert len(found.images) == 2


def test_an_image_over_the_limit_is_left_where_it_was(monkeypatch, tmp_path):
    from backfile.importer.images.image import Origin, take
    from images import png

    limited(monkeypatch, image=100)
    (tmp_path / "a.png").write_bytes(png())
    with pytest.raises(ValueError, match="an image larger than 100 bytes"):
        take(Origin("a", tmp_path / "a.png"))


def test_the_parts_of_an_image_are_looked_at_once():
    def dots(n):
        return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I4sI", 0, b"tEXt", zlib.crc32(b"tEXt")) for _ in range(n))

    assert growth(lambda n: without_metadata(dots(n)), 5000, 40_000) < MOST
    assert growth(lambda n: without_metadata(b"\xff\xd8\xff\xda\0\2" + b"\xff" * n), 20_000, 160_000) < MOST


def test_an_articles_markup_is_read_back_in_time_that_grows_as_it_does():
    article = Article(id="a", title="x", body="", comments=())
    for make in (
        lambda n: replace(article, tags=tuple(f'"{k}; ' for k in range(n))),
        lambda n: replace(article, authors=tuple("\\" * (k % 7) + '"' for k in range(n))),
        lambda n: replace(article, comments=tuple(Comment(f"c{k}", "\\<!-- comment -->") for k in range(n))),
    ):
        assert growth(lambda given: read_content(write_content(given)), make(1000), make(8000)) < MOST


def test_dates_of_comments_that_are_none_are_looked_for_once():
    def made(n):
        comments = tuple(Comment(f"c{k}", "Yes.", date=f"day {k}") for k in range(n))
        return read_content(write_content(Article(id="a", title="x", body="Text.", comments=comments)))

    assert growth(lambda found: list(slips(found, "a.md")), made(500), made(4000)) < MOST
    told = list(slips(made(500), "a.md"))
    assert len(told) == 4
    assert told[-1] == "a.md: 497 more dates of comments are none."


def test_many_texts_that_begin_like_a_long_one_are_compared_with_it_and_it_is_read_once(tmp_path, monkeypatch):
    opening = (
        "\n\n".join(f"The ferry {word} the harbour, as it did {word} each morning of that year." for word in "abc") * 2
    )
    folder = ContentFolder(tmp_path)
    folder.put(Article(id="long", title="x", body=f"{opening}\n\n{'It went on. ' * 500}"))
    read: list[str] = []
    monkeypatch.setattr(folder, "read", lambda identity, real=folder.read: read.append(identity) or real(identity))
    openings = Openings(folder)
    openings.doubt_of(Article(id="long", title="x", body=opening))
    found = [openings.doubt_of(Article(id=f"a{k}", title="x", body=opening)) for k in range(9)]
    folder.close()
    assert all(found)
    assert read == ["long"]


@pytest.mark.parametrize("words", [2, 30])
def test_comments_that_a_source_has_no_more_are_looked_for_in_time_that_grows_as_they_do(words):
    def made(n, letter):
        bodies = (" ".join(f"{letter}{k}x{word}" for word in range(words)) for k in range(n))
        comments = tuple(Comment(f"{letter}{k}", body) for k, body in enumerate(bodies))
        return Article(id="a", title="x", body="", comments=comments)

    pairs = {n: (made(n, "a"), made(n, "b")) for n in (500, 4000)}
    assert growth(lambda n: what_is_lost(*pairs[n]), 500, 4000) < MOST
    known, other = pairs[500]
    assert what_is_lost(known, other) == "the source has no more: 500 comments that were here"
    block = replace(other, comments=(Comment("all", "\n\n".join(c.body for c in known.comments[1:])),))
    assert what_is_lost(known, block) == "the source has no more: 1 comment that was here"
