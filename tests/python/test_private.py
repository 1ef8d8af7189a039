"""A build publishes nothing private: it ends before the first page, and names file and text."""

from __future__ import annotations

import pytest

from backfile.model import Article, Comment, Source
from backfile.privacy import readers_addresses
from backfile.whereabouts import tells_where
from images import gif, jpeg, jpeg_with_position, png, webp
from project import pelican

TEXT = """Title: The ferry
Id: ferry00001
Date: 2009-03-12
Shelf: {shelf}

Write to desk@example.org.

<!-- comments -->

<!-- comment c1
Author: {author}
-->

{comment}
"""


def text(comment: str = "First!", author: str = "Ann", shelf: str = "B 12") -> str:
    return TEXT.format(comment=comment, author=author, shelf=shelf)


def built(folder, files: dict[str, str | bytes], *more: str):
    """The build's exit status and all it said, and the pages there are."""
    for name, data in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    done = pelican(folder / "content", folder / "output", *more)
    said = " ".join((done.stdout + done.stderr).split())
    return done.returncode, said, sorted(path.name for path in (folder / "output").rglob("*-ferry00001.html"))


@pytest.mark.parametrize(
    ("hidden", "address"),
    [
        (text("Mine is joe@reader.example."), "joe@reader.example"),
        (text("Mine is joe\\\\@reader.example."), "joe@reader.example"),
        (text("Mine is joe&#64;reader.example."), "joe@reader.example"),
        (text("[write](mailto:joe%40reader.example)"), "joe@reader.example"),
        (text("I sit at 192.0.2.77"), "192.0.2.77"),
        (text("or at 2001:db8::8a2e:370:7334"), "2001:db8::8a2e:370:7334"),
        (text("![me](https://gravatar.com/avatar/" + "0a" * 16 + ")"), "gravatar.com/avatar/" + "0a" * 16),
        (text(author="joe@reader.example"), "joe@reader.example"),
        (text(shelf="from joe@reader.example"), "joe@reader.example"),
    ],
)
def test_an_address_of_a_reader_is_found_wherever_it_would_be_published(hidden, address):
    from backfile.comments.reading import read_article

    assert readers_addresses(read_article(hidden.replace("\\\\", "\\"), "a.md")) == (address,)


def test_what_an_article_prints_and_where_it_was_found_is_its_own():
    article = Article(
        id="a",
        title="Ask ann@example.org",
        body="or desk@example.org",
        authors=("bo@example.org",),
        url="https://x.example/?for=cy@example.org",
        sources=(Source("crawl#di@example.org", "0" * 64),),
        comments=(Comment("c", "ann@example.org, desk@example.org, bo@example.org, cy@example.org, di@example.org"),),
    )
    assert readers_addresses(article) == ()


def test_a_build_ends_with_page_and_text_and_writes_no_page(tmp_path):
    status, said, pages = built(tmp_path, {"a/b.md": text("Mine is joe@reader.example.")})
    assert (status != 0, pages) == (True, [])
    assert "a/b.md (2009/03/12/the-ferry-ferry00001.html): joe@reader.example" in said
    assert "BACKFILE_ALLOW_ADDRESSES" in said


def test_without_fatal_errors_it_ends_as_well(tmp_path):
    status, _, pages = built(tmp_path, {"a.md": text("joe@reader.example")}, "--fatal", "")
    assert (status != 0, pages) == (True, [])


def test_every_build_ends_until_it_is_taken_out_and_then_every_build_is_done(tmp_path):
    assert built(tmp_path, {"a.md": text()})[0] == 0
    for _ in range(2):
        status, said, _ = built(tmp_path, {"a.md": text("joe@reader.example")})
        assert status != 0
        assert "joe@reader.example" in said
    for _ in range(2):
        status, said, pages = built(tmp_path, {"a.md": text("taken out")})
        assert (status, pages) == (0, ["the-ferry-ferry00001.html"])


def test_what_is_allowed_is_published_until_it_is_not(tmp_path):
    allow = ("-e", 'BACKFILE_ALLOW_ADDRESSES=["joe@reader.example"]')
    assert built(tmp_path, {"a.md": text("joe@reader.example")}, *allow)[0] == 0
    assert built(tmp_path, {}, *allow)[0] == 0
    assert built(tmp_path, {})[0] != 0
    assert built(tmp_path, {}, "-e", 'BACKFILE_ALLOW_ADDRESSES=["*"]')[0] == 0


def test_without_the_plugin_that_remembers_builds_it_is_the_same(tmp_path):
    plugins = ("-e", 'PLUGINS=["backfile.comments"]')
    assert built(tmp_path, {"a.md": text("joe@reader.example")}, *plugins)[0] != 0
    assert built(tmp_path, {"a.md": text()}, *plugins)[0] == 0


def test_a_picture_put_there_by_hand_must_not_tell_where_it_was_taken(tmp_path):
    files = {"a.md": text(), "images/pier.JPG": jpeg_with_position(), "images/fine.jpg": jpeg()}
    status, said, pages = built(tmp_path, files)
    assert (status != 0, pages) == (True, [])
    assert "images/pier.JPG: the picture tells where it was taken" in said
    assert "fine.jpg" not in said
    assert built(tmp_path, {}, "-e", 'BACKFILE_ALLOW_ADDRESSES=["images/pier.JPG"]')[0] == 0


@pytest.mark.parametrize(
    "plain", [png(), jpeg(), webp(), gif(), b"", b"II*\0", b"MM\0*" * 5000, b"II*\0\xff\xff\xff\xff"]
)
def test_a_picture_without_a_position_tells_none(plain):
    assert not tells_where(plain)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_position_is_found_in_either_order_of_bytes_and_in_any_kind_of_picture(order):
    import struct

    mark = b"II*\0" if order == "<" else b"MM\0*"
    exif = mark + struct.pack(f"{order}IHHHII", 8, 1, 0x8825, 4, 1, 26)
    assert tells_where(b"RIFF....WEBPVP8X" + exif)
    assert tells_where(b"\0\0\0\x20ftypavif" + bytes(100) + exif)
    assert tells_where(b"<x:xmpmeta><exif:GPSLatitude>52,1N</exif:GPSLatitude>")
