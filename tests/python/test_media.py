"""Sound, film and frames of a text leave a link to them, and their captions; advertising and buttons leave nothing."""

from __future__ import annotations

import time

import pytest

from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.html.reader import read_html
from backfile.model import Source

PROSE = (
    "<p>The {} paragraph tells of the ferry and of the people on it, and it is long enough to be one of a story.</p>"
)
PARAGRAPHS = [PROSE.format(word) for word in ("first", "second", "third", "fourth")]
TALK = "[Audio: https://harbour.example/talk.mp3](https://harbour.example/talk.mp3)"
FILM = "[Video: https://www.youtube.com/watch?v=abcdef1](https://www.youtube.com/watch?v=abcdef1)"
SHOWN = [
    ("<audio controls src='/talk.mp3'>Your browser cannot.</audio>", TALK),
    ("<p><audio controls><source src='/talk.mp3' type='audio/mpeg'></audio></p>", TALK),
    ("<audio><a href='/talk.mp3'>talk.mp3</a></audio>", TALK),
    ("<video poster='p.jpg'><source src='https://e.org/a.mp4'></video>", "[Video: https://e.org/a.mp4](https://e.org/a.mp4)"),
    ("<iframe src='https://www.youtube.com/embed/abcdef1' title='YouTube video player'></iframe>", FILM),
    ("<div class='lazy'><iframe data-src='//www.youtube-nocookie.com/embed/abcdef1?rel=0'></iframe></div>", FILM),
    ("<div class='wp-block-embed'><p class=embed><iframe src=//youtube.com/embed/abcdef1></iframe></p></div>", FILM),
    ("<object><param name='movie' value='//youtube.com/v/abcdef1&hl=en'><embed src='//e.org/x'></object>", FILM),
    ("<embed src='http://www.youtube.com/v/abcdef1'>", FILM),
    ("<lite-youtube videoid='abcdef1'></lite-youtube>", FILM),
    ("<iframe src='https://player.vimeo.com/video/77' title='Crossing'></iframe>", "[Video: Crossing](https://vimeo.com/77)"),
    ("<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>",
     "[Map: https://www.google.com/maps/embed?pb=1](https://www.google.com/maps/embed?pb=1)"),
    ("<iframe src='https://charts.example/7' allowfullscreen></iframe>",
     "[Embedded: https://charts.example/7](https://charts.example/7)"),
    ("<iframe class='wp-embedded-content' title='Boat' src='https://e.org/boat/embed/#?secret=x'></iframe>",
     "[Embedded: Boat](https://e.org/boat/)"),
]  # fmt: skip
NOT_SHOWN = [
    "<iframe src='https://ad.doubleclick.net/embed/1' width='300'></iframe>",
    "<iframe src='https://www.googletagmanager.com/ns.html?id=GTM-1' style='display:none'></iframe>",
    "<iframe src='https://www.facebook.com/plugins/like.php?href=video'></iframe>",
    "<iframe src='https://www.youtube.com/embed/abcdef1' width='0' height='0'></iframe>",
    "<iframe src='https://disqus.com/embed/comments/' allowfullscreen></iframe>",
    "<iframe src='about:blank'></iframe>",
    "<iframe src='javascript:alert(1)' allowfullscreen></iframe>",
    "<video></video>",
]


def body_of(*blocks: str) -> str:
    page = "<html><head><title>A ferry</title></head><body><h1>A ferry</h1><div class='entry'>{}</div></body></html>"
    source = Source("x.html", "0" * 64)
    return read_html(page.format("\n".join(blocks)).encode(), source, url="https://harbour.example/").article.body


@pytest.mark.parametrize(("markup", "link"), SHOWN)
def test_a_page_keeps_a_link_to_what_it_plays(markup, link):
    first, second, third, fourth = PARAGRAPHS
    found = body_of(first, second, markup, third, fourth).split("\n\n")
    assert found[2] == link
    assert len(found) == 5


@pytest.mark.parametrize(("markup", "link"), SHOWN)
def test_a_piece_of_html_keeps_it_as_well(markup, link):
    assert (
        html_to_commonmark(f"<p>One.</p>{markup}<p>Two.</p>", "https://harbour.example/") == f"One.\n\n{link}\n\nTwo."
    )


@pytest.mark.parametrize("markup", NOT_SHOWN)
def test_what_is_no_part_of_the_text_leaves_nothing(markup):
    first, second, third, fourth = PARAGRAPHS
    assert len(body_of(first, second, markup, third, fourth).split("\n\n")) == 4
    assert html_to_commonmark(f"<p>One.</p>{markup}<p>Two.</p>") == "One.\n\nTwo."


def test_the_caption_of_a_film_stays_below_it():
    first, second, third, fourth = PARAGRAPHS
    frame = "<iframe src='https://www.youtube.com/embed/abcdef1'></iframe>"
    figure = (
        f"<figure class='wp-block-embed'><div class='embed'>{frame}</div><figcaption>The crossing</figcaption></figure>"
    )
    assert body_of(first, second, figure, third, fourth).split("\n\n")[2:4] == [FILM, "The crossing"]


def test_words_and_addresses_of_a_frame_are_text_whatever_they_look_like():
    title = "](javascript:x) <b> ![x](y)"
    found = html_to_commonmark(f"<iframe src='https://vimeo.com/video/1' title='{title}'></iframe>")
    assert found == "[Video: \\](javascript:x) \\<b> !\\[x\\](y)](https://vimeo.com/video/1)"


def test_frames_without_end_are_read_at_once():
    start = time.monotonic()
    html_to_commonmark("<object><p>" * 20_000 + f"<iframe allowfullscreen title='{'- ' * 5_000}' src='https://e.org/'>")
    assert time.monotonic() - start < 5
