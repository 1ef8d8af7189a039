"""Images of articles: copied from beside their source, freed of what they tell of people, or named where missing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backfile.contentfile import read_content, write_content
from backfile.importer.images.placeholder import count_placeholders, placeholder, without_placeholders
from backfile.importer.images.rasters import suffix_of, without_metadata
from backfile.importer.kinds import read_container, read_page_file, tell_kind
from backfile.importer.record import Record
from backfile.importer.walking import SourceFile
from backfile.markdown import paragraphs_of, render
from images import SECRET, gif, jpeg, png, webp
from project import CASES, pelican
from test_import import imported, tree
from test_pairing import prose

MADE = {".jpg": jpeg, ".png": png, ".webp": webp, ".gif": gif}
TEXT = "".join(f"<p>{text}</p>" for text in prose("h", 6))


def page(*images: str) -> str:
    """A saved page with images in its text."""
    head = "<!doctype html><html><head><title>The ferry</title></head><body><article><h1>The ferry</h1>"
    return f"{head}{TEXT}{''.join(f'<p>{image}</p>{TEXT}' for image in images)}</article></body></html>"


def put(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(path: Path, name: str = "") -> Record:
    file = SourceFile(path, name or path.name)
    [item] = [read_page_file(file)] if tell_kind(file).kind == "page" else read_container(file)
    assert isinstance(item, Record)
    return item


# What an image tells of people.


@pytest.mark.parametrize("suffix", MADE)
def test_an_image_loses_what_it_tells_of_people_and_nothing_else(suffix):
    noted, plain = MADE[suffix](), MADE[suffix](note=False)
    assert suffix_of(noted) == suffix
    assert SECRET in noted
    kept = without_metadata(noted)
    assert SECRET not in kept
    if suffix == ".jpg":  # all but how the camera was held, without which it would lie on its side
        assert kept[: kept.index(b"\xff\xe1")] + kept[kept.index(b"\xff\xe1") + 36 :] == without_metadata(plain)
        assert without_metadata(jpeg(turned=1)) == plain
    else:
        assert kept == plain
    assert without_metadata(kept) == kept


@settings(max_examples=200)
@given(st.sampled_from(sorted(MADE)), st.data())
def test_a_damaged_image_is_refused_or_freed_of_notes_all_the_same(suffix, data):
    image = bytearray(MADE[suffix](note=False))
    for _ in range(data.draw(st.integers(0, 3))):
        image[data.draw(st.integers(0, len(image) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = without_metadata(bytes(image[: data.draw(st.integers(0, len(image)))]))
    except ValueError:
        return
    assert len(kept) <= len(image) + 4


def test_what_could_run_a_script_is_no_image():
    for data in (
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        b"",
        b"%PDF-1.4",
    ):
        with pytest.raises(ValueError, match="no image"):
            without_metadata(data)


# Where images are found.


def test_images_beside_a_page_are_copied_under_their_digest_and_shown_with_their_words(tmp_path):
    sources = tmp_path / "sources"
    put(sources / "Ferry.html", page('<img src="./Ferry_files/a%20b.png?w=3" alt="A *b*">', '<img src="pics/c.jpg">'))
    first, second = put(sources / "Ferry_files/a b.png", png(1)), put(sources / "pics/c.jpg", jpeg())
    put(sources / "Ferry_files/looks.css", "p { color: red }")
    [article], report = imported(sources, tmp_path / "content")
    lines = [value.split(" ", 2) for key, value in article.extra if key == "Image"]
    assert [(line[0], line[2]) for line in lines] == [
        (f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}", name)
        for path, name in ((first, "Ferry_files/a b.png"), (second, "pics/c.jpg"))
    ]
    for _, place, _ in lines:
        kept = (tmp_path / "content" / place).read_bytes()
        assert place == f"images/{Path(place).name[:2]}/{hashlib.sha256(kept).hexdigest()[:16]}{Path(place).suffix}"
        assert SECRET not in kept
        assert f"({{static}}/{place})" in article.body
    assert f"![A \\*b\\*]({{static}}/{lines[0][1]})" in article.body
    assert (report["images"], report["missing_images"]) == (2, 0)


@pytest.mark.parametrize("place", ["", "site/", "site/static/", "site/de/", "other/"])
def test_an_image_from_the_top_of_a_site_is_found_wherever_the_site_lies_in_what_is_imported(place, tmp_path):
    put(tmp_path / "from/site/de/a/Ferry.html", page('<img src="/pics/c.png" alt="Shown">'))
    put(tmp_path / f"from/{place}pics/c.png", png(1))
    _, report = imported(tmp_path / "from", tmp_path / "content")
    assert report["missing_images"] == (place == "other/")


def test_every_file_is_accounted_for(tmp_path):
    sources = tmp_path / "sources"
    put(sources / "Ferry.html", page('<img src="pics/c.png" alt="Shown">'))
    put(sources / "Ferry_files/looks.css", "p { color: red }")
    put(sources / "pics/c.png", png(1))
    put(sources / "pics/d.png", png(2))
    put(sources / "script.js", "alert('no article')")
    _, report = imported(sources, tmp_path / "content")
    fates = {outcome["place"]: (outcome["status"], outcome.get("article")) for outcome in report["outcomes"]}
    article = fates["Ferry.html"][1]
    assert fates == {
        "Ferry.html": ("imported", article),
        "Ferry_files": ("merged", None),
        "pics/c.png": ("merged", article),
        "pics/d.png": ("skipped", None),
        "script.js": ("skipped", None),
    }


def test_importing_again_changes_no_byte_and_puts_back_what_is_lost(tmp_path):
    sources, content = tmp_path / "sources", tmp_path / "content"
    put(sources / "Ferry.html", page('<img src="c.png">', '<img src="gone.png" alt="Gone">'))
    put(sources / "c.png", png(1))
    imported(sources, content)
    before = tree(content)
    _, report = imported(sources, content)
    assert (tree(content), report["unchanged"]) == (before, 1)
    next((content / "images").rglob("*.png")).unlink()
    imported(sources, content)
    assert tree(content) == before


def test_an_image_that_is_not_there_leaves_its_words_and_where_it_was(tmp_path):
    record = read(put(tmp_path / "a.html", page(
        '<img src="https://harbour.example/ferry.jpg" alt="The ferry [1998]">',
        '<img data-src="https://harbour.example/lazy.jpg" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP=">',
        '<img src="nowhere.jpg" alt="Unknown">',
    )))  # fmt: skip
    lines = [line for line in record.article.body.split("\n\n") if "saved" in line]
    assert lines == [
        '[Image not saved: The ferry &#91;1998&#93;](https://harbour.example/ferry.jpg "Image not saved")',
        '[Image not saved: lazy.jpg](https://harbour.example/lazy.jpg "Image not saved")',
        "\\[Image not saved: Unknown\\]",
    ]
    assert count_placeholders(record.article.body) == 3
    assert paragraphs_of(lines[0]) == ["Image not saved: The ferry [1998]"]
    assert 'title="Image not saved"' in render(lines[0])


def test_an_article_is_the_same_whether_its_images_were_saved_or_not(tmp_path):
    for name in ("with", "without"):
        put(
            tmp_path / name / "a.html",
            page('<img src="c.png" alt="C">').replace(TEXT, '<p><img src="c.png" alt="C"></p>' + TEXT, 1),
        )
    put(tmp_path / "with" / "c.png", png(1))
    [one], _ = imported(tmp_path / "with", tmp_path / "one")
    [two], _ = imported(tmp_path / "without", tmp_path / "two")
    assert "![C](" in one.body
    assert "![C](" not in two.body
    assert one.id == two.id


@given(st.text(max_size=60), st.sampled_from(["", "https://harbour.example/a(b)[c].jpg"]))
@example("\\[", "")
@example("\\\\]", "")
def test_a_label_shows_its_words_and_is_known_again(words, url):
    words = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", words).split())
    text = f"Before {placeholder(words, url)} after"
    shown = " ".join(filter(None, ["Image not saved" + (f": {words}" if words else "")]))
    assert paragraphs_of(text) == [f"Before {shown if url else f'[{shown}]'} after"]
    assert (count_placeholders(text), without_placeholders(text)) == (1, "Before  after")


def test_no_file_outside_of_what_is_imported_is_ever_taken(tmp_path):
    secret = put(tmp_path / "secret.png", png(9))
    sources = tmp_path / "sources"
    (sources / "in").mkdir(parents=True)
    (sources / "link.png").symlink_to(secret)
    (sources / "linked").symlink_to(tmp_path)
    written = ["../secret.png", "../../secret.png", "..%2f..%2fsecret.png", "../link.png", "../linked/secret.png",
               str(secret), f"file://{secret}", "/../secret.png", "a\\..\\..\\secret.png", "x" * 5000, "\0.png",
               "https://harbour.example/../../secret.png", "https://[bad/secret.png"]  # fmt: skip
    path = put(sources / "in" / "a.html", page(*(f'<img src="{address}" alt="A">' for address in written)))
    assert read(path, "in/a.html").images == ()


def test_an_image_embedded_in_a_page_is_taken_and_its_page_not_published_with_the_notes_in_it(tmp_path):
    sources, content = tmp_path / "sources", tmp_path / "content"
    put(sources / "a.html", page(f'<img alt="In it" src="data:image/jpeg;base64,{base64.b64encode(jpeg()).decode()}">'))
    shared = f':root{{--sf-img-1: url("data:image/png;base64,{base64.b64encode(png(3, note=False)).decode()}")}}'
    svg = '<img src="data:image/svg+xml,<svg/>" style="background-image:var(--sf-img-1)" alt=S>'
    put(
        sources / "b.html",
        page(svg).replace("</head>", f"<style>{shared}</style></head>").replace(prose("h", 1)[0], "Else"),
    )
    articles, report = imported(sources, content)
    assert report["images"] == 2
    assert {"![In it](", "![S]("} <= {text for article in articles for text in re.findall(r"!\[[^]]*]\(", article.body)}
    assert sorted(path.suffix for path in (content / "images").rglob("*.*")) == [".jpg", ".png"]
    assert len(list((content / "sources").rglob("*.txt"))) == len(list((content / "originals").rglob("*.txt"))) == 1


WORDPRESS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://s.example</link>
<item><title>Post</title><link>https://s.example/post/</link><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[A word.

[caption id="1"]<a href="UPLOADS/2012/05/ferry.png"><img src="UPLOADS/2012/05/ferry-300x200.png" alt="Ferry" /></a>
 The ferry[/caption]

<a href="https://s.example/other/"><img srcset="UPLOADS/2012/06/a.png 300w,
 https://s.example/b/b.png 100w" src="https://s.example/c/c.png"></a>
]]></content:encoded></item></channel></rss>
""".replace("UPLOADS", "https://s.example/wp-content/uploads")


def test_an_exports_images_are_found_by_the_end_of_their_address(tmp_path):
    export = put(tmp_path / "export.xml", WORDPRESS)
    put(tmp_path / "uploads/2012/05/ferry.png", png(1))
    put(tmp_path / "s.example/wp-content/uploads/2012/06/a.png", png(2))
    put(tmp_path / "c.png", png(3))  # a name alone is not enough: every other site has one
    record = read(export)
    ferry, other = record.images
    assert record.article.body.split("\n\n") == [
        "A word.",
        f"![Ferry]({{static}}/{ferry.path})",
        "The ferry",
        f"[![]({{static}}/{other.path})](https://s.example/other/)",
    ]
    assert read_content(write_content(record.article)).article.body == record.article.body


def test_the_images_of_a_line_of_json_lie_beside_its_file(tmp_path):
    line = {"title": "T", "url": "https://s.example/t", "html": '<p>Text</p><img src="pics/a.png" alt="A">'}
    put(tmp_path / "pics/a.png", png(1))
    record = read(put(tmp_path / "a.jsonl", json.dumps(line) + "\n"))
    assert record.article.body == f"Text\n\n![A]({{static}}/{record.images[0].path})"


def archive(*responses: tuple[str, str, bytes]) -> bytes:
    members = []
    for url, kind, body in responses:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{len(members)}>\r\n"
            f"WARC-Target-URI: {url}\r\nWARC-Date: 2015-03-04T05:06:07Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0))
    return b"".join(members)


CRAWL = archive(
    ("https://s.example/ferry/", "text/html", page('<img src="/a.png" alt="A">', '<img src="b.png" alt="B">').encode()),
    ("https://s.example/a.png", "image/png", png(1)),
    ("https://s.example/style.css", "text/css", b"p {}"),
)


@pytest.mark.parametrize("packed", [None, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_images_of_a_crawled_page_are_those_of_its_archive(tmp_path, packed):
    path = tmp_path / "sources" / ("crawl.warc.gz" if packed is None else "crawl.wacz")
    put(path, CRAWL)
    if packed is not None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", packed) as package:
            package.writestr("pages/pages.jsonl", b"{}" * 500)
            package.writestr("archive/data.warc.gz", CRAWL)
        put(path, out.getvalue())
    [article], report = imported(path.parent, tmp_path / "content")
    assert "![A]({static}/images/" in article.body
    assert '[Image not saved: B](https://s.example/ferry/b.png "Image not saved")' in article.body
    assert (report["images"], report["missing_images"]) == (1, 1)


def test_the_untouched_page_of_a_crawl_stays_with_the_archive(tmp_path):
    put(tmp_path / "sources" / "crawl.warc.gz", CRAWL)
    [article], _ = imported(tmp_path / "sources", tmp_path / "content")
    [source] = article.sources
    [kept] = (tmp_path / "content" / "sources").rglob("*.txt")
    assert (kept.stem, source.name) == (source.sha256, "crawl.warc.gz#https://s.example/ferry/")
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == source.sha256


# On the site.


def test_a_built_page_shows_its_images_by_relative_links_and_they_are_published(tmp_path):
    shutil.copytree(CASES / "html-saved-with-images", tmp_path / "sources")
    (tmp_path / "sources" / "expected.json").unlink()
    [article], _ = imported(tmp_path / "sources", tmp_path / "content")
    done = pelican(tmp_path / "content", tmp_path / "output")
    assert done.returncode == 0, done.stderr
    [built] = (tmp_path / "output").glob(f"**/*-{article.id}.html")
    html = built.read_text("utf-8")
    [(address, words)] = re.findall(r'<img src="([^"]*)"[^>]* alt="([^"]*)"', html)
    assert words == "The ferry &amp; the *quay*"
    assert not address.startswith(("/", "http"))
    assert (built.parent / address).resolve().read_bytes() == next(
        (tmp_path / "content/images").rglob("*.png")
    ).read_bytes()
    assert 'title="Image not saved"' in html
