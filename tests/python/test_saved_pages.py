"""Pages as the programs that save them leave them: what they note, and where what frames and roots held stands."""

from __future__ import annotations

import html
import time

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Source
from test_import import imported

SOURCE = Source("page.html", "0" * 64)
TEXT = "".join(
    f"<p>{text}</p>"
    for text in (
        "The swing bridge over the northern basin was opened again on Friday after two years of work.",
        "Engineers replaced the bearings, the rams and the control cabin, and painted the whole of it.",
    )
)


def comment(number: int, author: str, when: str, text: str) -> str:
    """A comment as many systems write it."""
    return (
        f'<div class="comment" id="comment-{number}"><b class="author">{author}</b> <span class="date">{when}</span>'
        f"<p>{text}</p></div>"
    )


TWO = comment(11, "Ann", "4 May 2012 10:20", "I crossed it on the first day.") + comment(
    12, "Bob", "5 May 2012 11:30", "So did I, in the rain."
)


def read(body: str, *, before: str = "", after: str = "", head: str = "") -> Record:
    """A page with an article, and what stands round it."""
    page = f"<!DOCTYPE html>{before}<html><head><title>The bridge</title>{head}</head><body>{body}</body></html>{after}"
    record = read_html(page.encode(), SOURCE)
    assert isinstance(record, Record)
    return record


def told(record: Record) -> list[tuple[str, str, str]]:
    """Author, date and text of each comment."""
    return [(one.author, one.date, one.body) for one in record.article.comments]


BOTH = [
    ("Ann", "2012-05-04T10:20", "I crossed it on the first day."),
    ("Bob", "2012-05-05T11:30", "So did I, in the rain."),
]


def test_the_moment_that_the_wayback_machine_notes_is_the_capture_from_which_distances_count():
    note = "<!--\n     FILE ARCHIVED ON 05:02:04 Feb 10, 2012 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON"
    comments = comment(1, "Ann", "3 days ago", "Some words here.") + comment(2, "Bob", "2 days ago", "Other words.")
    record = read(f"<article>{TEXT}</article>{comments}", after=f"{note} 11:22:33 Jul 07, 2021.\n-->")
    assert record.article.captured == "2012-02-10T05:02:04"
    assert [one.date for one in record.article.comments] == ["2012-02-07~", "2012-02-08~"]


def framed(document: str) -> str:
    """A frame with its document in it, as SingleFile and HTML have it."""
    return f'<iframe srcdoc="{html.escape(document)}"></iframe>'


@pytest.mark.parametrize(
    "place",
    [
        f'<x-comments><template shadowrootmode="open">{TWO}</template></x-comments>',
        f'<x-a><template shadowroot="open"><x-b><template shadowroot="open">{TWO}</template></x-b></template></x-a>',
        f'<x-comments><template shadowmode="open">{TWO}</template></x-comments>',
        f'<div id="disqus_thread">{framed(f"<html><body>{TWO}</body></html>")}</div>',
        framed(f"<p>An advertisement</p>{framed(TWO)}"),
        f'<x-c><template shadowrootmode="open">{framed(TWO)}</template></x-c>',
    ],
)
def test_comments_in_shadow_roots_and_in_frames_that_were_saved_with_the_page_are_read(place):
    record = read(f"<article><h1>The bridge</h1>{TEXT}</article>{place}")
    assert told(record) == BOTH
    assert "first day" not in record.article.body
    assert record.notes == ()


@pytest.mark.parametrize(
    "place", [framed("<p>Words of an advertisement.</p>" * 9), framed(""), "<template></template>"]
)
def test_frames_without_comments_change_nothing(place):
    with_frame, without = (read(f"<article><h1>The bridge</h1>{TEXT}</article>{part}") for part in (place, ""))
    assert with_frame.article == without.article


def test_comments_of_the_page_itself_come_before_those_in_frames():
    other = comment(91, "Eve", "1 May 2012 10:20", "A comment of another page.") * 3
    assert told(read(f"<article>{TEXT}</article>{TWO}{framed(other)}")) == BOTH


def test_frames_in_frames_and_many_of_them_end():
    place = TWO
    for _ in range(12):
        place = framed(place)
    assert told(read(f"<article>{TEXT}</article>{place}{framed('<p>x</p>') * 1000}")) == []


def test_comments_in_a_frame_that_a_browser_saved_beside_the_page_are_read_and_the_frame_is_a_source(tmp_path):
    folder = tmp_path / "saved" / "The bridge_files"
    folder.mkdir(parents=True)
    frame = '<iframe src="./The%20bridge_files/saved_resource.html"></iframe><iframe src="../other.html"></iframe>'
    page = f"<!doctype html><title>The bridge</title><article><h1>The bridge</h1>{TEXT}</article>{frame}"
    (tmp_path / "saved" / "The bridge.html").write_text(page)
    (folder / "saved_resource.html").write_text(f"<!doctype html><html><body>{TWO}</body></html>")
    (folder / "ad.html").write_text(comment(91, "Eve", "1 May 2012 10:20", "An advertisement.") * 3)
    content = tmp_path / "content"
    [article], report = imported(tmp_path / "saved", content)
    assert [(one.author, one.date, one.body) for one in article.comments] == BOTH
    assert [(source.name, source.parts) for source in article.sources] == [
        ("The bridge.html", ()),
        ("The bridge_files/saved_resource.html", ("comments",)),
    ]
    kept = {path.read_bytes() for path in (content / "sources").rglob("*.txt")}
    assert kept == {page.encode(), (folder / "saved_resource.html").read_bytes()}
    assert report["outcomes"][-1]["notes"] == ["the comments stood in a frame, The bridge_files/saved_resource.html"]
    assert imported(tmp_path / "saved", content)[1]["unchanged"] == 1


@pytest.mark.parametrize(
    ("place", "note"),
    [
        ('<section id="isso-thread"></section>', "comments not in the page: it loads them from Isso"),
        ('<div id="remark42"></div>', "comments not in the page: it loads them from Remark42"),
        ('<script>var disqus_shortname = "x";</script>', "comments not in the page: it loads them from Disqus"),
        (
            '<script id="__NEXT_DATA__" type="application/json">{"comments":[{"id":1,"body":"Hi"}]}</script>',
            "what may be its comments stands in a script, as data, and was not read",
        ),
        (
            r'<script>self.__next_f.push([1,"{\"comments\":[{\"id\":1,\"text\":\"Hi\"}]}"])</script>',
            "what may be its comments stands in a script, as data, and was not read",
        ),
        (
            '<section id="comments"><h2>12 Comments</h2><p>Loading</p></section>',
            "the page says that it has 12 comments, and none was found in it",
        ),
        (
            '<a href="#comments">Show all 3 comments</a>',
            "the page says that it has 3 comments, and none was found in it",
        ),
        (
            '<div class="kommentare"><h3>Kommentare (1)</h3></div>',
            "the page says that it has 1 comment, and none was found in it",
        ),
    ],
)
def test_why_a_page_that_had_comments_has_none_is_told(place, note):
    assert read(f"<article><h1>The bridge</h1>{TEXT}</article>{place}").notes == (note,)


def test_comments_of_which_only_some_were_saved_are_told_of():
    page = f'<article><h1>The bridge</h1>{TEXT}</article><div id="comments"><h2>{{}} comments</h2>{TWO}</div>'
    assert read(page.format(250)).notes == ("the page says that it has 250 comments, and 2 were found in it",)
    assert read(page.format(3)).notes == ()


def test_what_is_called_comments_and_could_not_be_read_is_told_of():
    rows = "".join(
        f"<tr class=cell><td>Words of reader {n}<br><br><b>Reader</b> | 05.04.0{n} - 10:20 pm</td></tr>"
        for n in (4, 5, 6)
    )
    story = f"<article><h1>The bridge</h1>{TEXT}</article>"
    note = "what the page calls its comments has 3 dates in it, and no comments could be told apart there"
    assert read(f'{story}<div id="comments"><table>{rows}</table></div>').notes == (note,)
    assert read(f'{story}<div class="recent-comments"><table>{rows}</table></div>').notes == ()
    assert read(f'{story}<div id="comments"><form>Your name</form><p>Closed on 1 May 2012.</p></div>').notes == ()


@pytest.mark.parametrize(
    "place",
    [
        "",
        '<section id="comments"><h2>0 Comments</h2></section>',
        '<section id="comments"><h2>Leave a comment</h2></section>',
        '<a href="/other/#comments">12 comments</a>',
        '<p class="comment-policy">Of 12 comments one is read</p>',
        '<script>{"comments":[]}</script>',
        '<script>{"comments":[{"enabled":true}]}</script>',
    ],
)
def test_a_page_that_had_no_comments_is_not_said_to_have_had_some(place):
    assert read(f"<article><h1>The bridge</h1>{TEXT}</article>{place}").notes == ()


def test_no_page_makes_the_reason_hard_to_find():
    counts = '<h2 class="comment">1 comment' + " aaaaaaaaaaaaaaa" * 4 + " !</h2>"
    nested = '<button class="comment">' * 200 + "x" * 10_000
    data = '<script>"comments":[{' * 20_000 + "</script>"
    begin = time.process_time()
    read(f"<article><h1>The bridge</h1>{TEXT}</article>{counts * 2000}{nested}{data}")
    assert time.process_time() - begin < 5


def test_httrack_and_archive_today_note_where_a_page_stood_and_when_it_was_saved():
    note = "by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 04 May 2018 08:20:30 GMT -->"
    mirrored = read(
        f"<article>{TEXT}</article>{TWO}", before=f"<!-- Mirrored from a.example/bridge.html {note}"
    ).article
    assert (mirrored.url, mirrored.captured) == ("http://a.example/bridge.html", "2018-05-04T08:20:30Z")
    link = '<link rel="canonical" href="https://archive.today/2018.05.04-102030/https://a.example/bridge">'
    kept = read(
        f'<article>{TEXT}<p>See <a href="https://archive.ph/o/AbCdE/http://b.example/">there</a>.</p></article>',
        head=link,
    ).article
    assert (kept.url, kept.captured) == ("https://a.example/bridge", "2018-05-04T10:20:30Z")
    assert "[there](http://b.example/)" in kept.body


def test_what_medium_exports_names_its_author_and_its_address():
    foot = (
        '<footer><p>By <a href="https://medium.com/@dora" class="p-author h-card">Dora Lind</a> on <a href="https://'
        'medium.com/p/a1"><time class="dt-published" datetime="2018-05-04T10:20:30.000Z">May 4, 2018</time></a>.</p>'
        '<p><a href="https://medium.com/@dora/bridge-a1" class="p-canonical">Canonical link</a></p></footer>'
    )
    body = f'<section data-field="body" class="e-content">{TEXT}</section>'
    post = f'<article class="h-entry"><header><h1 class="p-name">The bridge</h1></header>{body}{foot}</article>'
    article = read(post).article
    assert (article.authors, article.url) == (("Dora Lind",), "https://medium.com/@dora/bridge-a1")
    assert article.published == "2018-05-04T10:20:30Z"
