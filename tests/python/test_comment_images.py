"""Images of readers' comments: kept like an article's, shown on the page of the comment, gone with it."""

from __future__ import annotations

import json

import pytest

from backfile.comments.pictures import with_kept_images
from backfile.importer.images.furniture import is_furniture
from backfile.importer.images.rasters import without_metadata
from backfile.markdown import render
from images import SECRET, png
from project import pelican
from test_images import TEXT, put
from test_import import imported
from test_site import soup

HEAD = f"<!doctype html><html lang=en><title>The ferry</title><article><h1>The ferry</h1>{TEXT}</article><ol>"
KEPT = "{static}/images/ab/abcdef0123456789.png"


def page(*texts: str) -> str:
    """A saved page with one comment for each text."""
    comments = "".join(
        f'<li class="comment" id="comment-{number}"><img class="avatar" src="ferry_files/face.png" alt="Face">'
        f'<cite class="fn">Ann{number}</cite> <time datetime="2009-03-13T10:0{number}Z"></time>'
        f'<div class="comment-content"><p>{text}</p></div></li>'
        for number, text in enumerate(texts)
    )
    return f"{HEAD}{comments}</ol>"


@pytest.fixture
def ferry(tmp_path):
    """A folder with a page, pictures beside it, and one picture that is somebody's own."""
    sources = tmp_path / "sources"
    put(sources / "ferry_files/pier.png", png(1))
    put(sources / "ferry_files/face.png", png(2))
    put(
        sources / "ferry.html",
        page(
            'My view: <img src="ferry_files/pier.png" alt="The [pier]"> There.',
            'Lost <img src="ferry_files/lost.png" alt="a boat"> and'
            ' <img src="https://else.example/far.jpg" alt="far away">.',
            'Ha <img src="/smilies/grin.gif" alt=":-)"> ha <img src="x.gif" width="16" height="16" alt="wink">',
        ),
    )
    return sources


def test_an_image_beside_the_source_is_copied_without_what_it_tells_of_people(ferry, tmp_path):
    assert SECRET in png(1)
    [article], report = imported(ferry, tmp_path / "content")
    [kept] = (tmp_path / "content/images").rglob("*.png")
    assert kept.read_bytes() == without_metadata(png(1))
    assert (
        article.comments[0].body
        == f"My view: ![The \\[pier\\]]({{static}}/{kept.relative_to(tmp_path / 'content')}) There."
    )
    assert report["images"] == 1
    assert report["missing_images"] == 2


def test_one_that_is_not_there_leaves_its_words_and_where_it_was(ferry, tmp_path):
    [article], _ = imported(ferry, tmp_path / "content")
    assert article.comments[1].body == (
        r"Lost \[Image not saved: a boat\] and"
        ' [Image not saved: far away](https://else.example/far.jpg "Image not saved").'
    )


def test_smileys_and_ornaments_are_their_words_and_readers_own_pictures_are_not_kept(ferry, tmp_path):
    [article], _ = imported(ferry, tmp_path / "content")
    assert article.comments[2].body == "Ha :-) ha wink"
    [line] = [value for key, value in article.extra if key == "Image"]
    assert line.endswith("ferry_files/pier.png")


def test_importing_twice_changes_no_byte(ferry, tmp_path):
    imported(ferry, tmp_path / "content")
    before = {path: path.read_bytes() for path in (tmp_path / "content").rglob("*") if path.is_file()}
    _, report = imported(ferry, tmp_path / "content")
    assert report["unchanged"] == 1
    assert {path: path.read_bytes() for path in (tmp_path / "content").rglob("*") if path.is_file()} == before


def test_an_address_in_what_an_image_is_called_is_masked(tmp_path):
    put(
        tmp_path / "sources/a.html",
        page('See <img src="https://x.example/p.jpg?to=ann@mail.example" alt="ann@mail.example">'),
    )
    [article], _ = imported(tmp_path / "sources", tmp_path / "content")
    assert "Image not saved" in article.comments[0].body
    assert "ann@" not in article.comments[0].body


def test_exports_keep_the_images_of_their_comments_too(tmp_path):
    put(tmp_path / "sources/uploads/2012/pier.png", png(1))
    comment = '<p>See <img src="https://s.example/uploads/2012/pier.png" alt="pier"></p>'
    line = {"title": "A", "text": "Some text.", "comments": [{"id": "1", "author": "Ann", "html": comment}]}
    put(tmp_path / "sources/a.jsonl", json.dumps(line) + "\n")
    put(
        tmp_path / "sources/site.xml",
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>B</title>'
        "<wp:status>publish</wp:status><content:encoded><![CDATA[Other text.]]></content:encoded><wp:comment>"
        "<wp:comment_id>7</wp:comment_id><wp:comment_approved>1</wp:comment_approved><wp:comment_content>"
        f"<![CDATA[{comment}]]></wp:comment_content></wp:comment></item></channel></rss>",
    )
    articles, report = imported(tmp_path / "sources", tmp_path / "content")
    assert report["images"] == 2
    assert [article.comments[0].body.startswith("See ![pier]({static}/images/") for article in articles] == [True] * 2


def test_images_of_a_comment_service_are_named_with_where_they_are(tmp_path):
    put(tmp_path / "sources/a.jsonl", json.dumps({"title": "A", "text": "Some text.", "url": "https://s.example/a"}))
    put(
        tmp_path / "sources/d.xml",
        '<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
        '<thread dsq:id="1"><link>https://s.example/a</link></thread><post dsq:id="2"><message><![CDATA[<p>See'
        ' <img src="https://uploads.example/x.jpg" alt="pier"></p>]]></message><thread dsq:id="1"/></post></disqus>',
    )
    [article], report = imported(tmp_path / "sources", tmp_path / "content")
    label = '[Image not saved: pier](https://uploads.example/x.jpg "Image not saved")'
    assert article.comments[0].body == f"See {label}"
    assert report["missing_images"] == 1


@pytest.mark.parametrize(
    ("attributes", "around", "is_one"),
    [
        ({"src": "a.jpg", "width": "600"}, (), False),
        ({"src": "a.jpg", "alt": "Wow"}, (), False),
        ({"src": "a.jpg", "width": "32"}, (), True),
        ({"src": "a.jpg", "height": "20px"}, (), True),
        ({"src": "a.jpg"}, ("comment-author vcard avatar",), True),
        ({"src": "https://secure.gravatar.com/avatar/0"}, (), True),
        ({"src": "styles/images/icon_post.gif"}, (), True),
        ({"src": "images/iconic-building.jpg"}, (), False),
        ({"src": "a.gif", "alt": ":-)"}, (), True),
        ({"alt": "nothing to show"}, (), True),
        ({"data-src": "a.jpg"}, (), False),
    ],
)
def test_what_adorns_a_comment_is_told_from_what_it_shows(attributes, around, is_one):
    assert is_furniture(attributes, around) == is_one


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"![a]({KEPT})", '<img src="../images/ab/abcdef0123456789.png" loading="lazy" decoding="async" alt="a">'),
        ("![a]({static}/images/ab/ffcdef0123456789.png)", "a"),
        ("![a]({static}/sources/ab/abcdef0123456789.png)", "a"),
        ("![a]({static}/images/ab/../../x.png)", "a"),
        ("![a](../private.png)", "a"),
        ("![a](/private.png)", "a"),
        ("![a](//other.example/x.png)", None),
        ("![a](https://other.example/x.png)", None),
        ("![a](data:image/png;base64,AAAA)", None),
    ],
)
def test_a_comment_shows_the_images_that_an_import_kept_and_no_others(text, shown):
    made = with_kept_images(render(text), "2009/ferry.html")
    assert made.strip() == f"<p>{shown}</p>" if shown else "<img" not in made


CONTENT = f"""Title: The ferry
Id: ferry
Slug: ferry
Date: 2009-03-13
Image: sha256:{"0" * 64} images/ab/abcdef0123456789.png pier.png
Image: sha256:{"1" * 64} images/cd/cdcdef0123456789.png boat.png

It sails.

<!-- comments -->

<!-- comment c1
Author: Ann
-->

See ![the pier]({KEPT})

<!-- comment c2
Author: Tom
-->

SAID
"""
BOAT = "And ![the boat]({static}/images/cd/cdcdef0123456789.png) too."


def site(folder, content: str, takedown: str = ""):
    put(folder / "content/ferry.md", content)
    put(folder / "content/images/ab/abcdef0123456789.png", png(1, note=False))
    put(folder / "content/images/cd/cdcdef0123456789.png", png(2, note=False))
    if takedown:
        put(folder / "takedown.toml", takedown)
    done = pelican(folder / "content", folder / "output")
    assert done.returncode == 0, done.stdout + done.stderr
    found = soup(folder / "output/2009/03/13/ferry.html").select("#comments img")
    images = {path.name for path in (folder / "output/images").rglob("*.png")}
    return [(folder / "output/2009/03/13" / image["src"]).resolve().name for image in found], images


def test_a_page_shows_it_until_the_comment_is_taken_down_and_then_it_is_not_published(tmp_path):
    pier, boat = "abcdef0123456789.png", "cdcdef0123456789.png"
    assert site(tmp_path, CONTENT.replace("SAID", BOAT)) == ([pier, boat], {pier, boat})
    takedown = '[[takedown]]\nreason = "r"\ndate = 2024-05-01\narticle = "ferry"\ncomment = "c1"\naction = "remove"\n'
    assert site(tmp_path, CONTENT.replace("SAID", BOAT), takedown) == ([boat], {boat})


def test_nor_is_one_of_a_comment_that_was_taken_out_by_hand(tmp_path):
    pier, boat = "abcdef0123456789.png", "cdcdef0123456789.png"
    removed = CONTENT.replace("SAID", BOAT).replace("Author: Tom\n", "Removed: At the writer's request\n")
    assert site(tmp_path, removed) == ([pier], {pier})
    assert boat not in (tmp_path / "output/2009/03/13/ferry.html").read_text("utf-8")
