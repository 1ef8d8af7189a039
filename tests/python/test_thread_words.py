"""Every word of readers comes through once, in its place and under its writer's name, whatever page it stands in."""

from __future__ import annotations

import pytest

from backfile.importer.html.reader import read_html
from backfile.markdown import plain_text
from backfile.model import Article, Source
from growth import MOST, growth
from threads_world import ARTICLE, LAYOUTS, Said, Thread, page_of
from words_world import WORD


def article_of(page: str) -> Article:
    return read_html(page.encode(), Source("x.html", "0" * 64)).article


@pytest.mark.parametrize("count", [1, 2, 3, 8])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(4))
def test_each_word_of_readers_is_read_once_in_its_place_and_under_its_name(layout, count, seed):
    page, written = page_of(layout, Thread(seed, "p"), count)
    article = article_of(page)
    assert [one.author for one in article.comments] == [one.author for one in written]
    assert [one.date[:10] for one in article.comments] == [one.day for one in written]
    for read, one in zip(article.comments, written, strict=True):
        assert WORD.findall(plain_text(read.body)) == WORD.findall(one.markup)
    numbers = {read.id: one.number for read, one in zip(article.comments, written, strict=True)}
    assert [numbers.get(read.parent, 0) for read in article.comments] == [one.parent for one in written]
    assert not WORD.search(article.body)
    assert article.body.startswith("The first") and "The second" in article.body


def blogger(*said: tuple[str, str, str]) -> str:
    """A page of Blogger with comments, each of a name, a day in March 2009 and a text."""
    comment = (
        "<dt class='comment-author' id='c70{1}'><a name='c70{1}'></a> {0} said...</dt>"
        "<dd class='comment-body'><p>{2}</p></dd><dd class='comment-footer'><span class='comment-timestamp'>"
        "<a href='#c70{1}' title='comment permalink'>March {1}, 2009 at 9:15 PM</a></span></dd>"
    )
    comments = "".join(comment.format(*one) for one in said)
    return f"<html><body><div class='post'>{ARTICLE}</div><dl id='comments-block'>{comments}</dl></body></html>"


def told(page: str) -> list[tuple[str, str, str]]:
    return [(one.author, one.date[:10], plain_text(one.body)) for one in article_of(page).comments]


def test_the_only_comment_of_a_page_of_blogger_is_read():
    assert told(blogger(("Ann", "12", "I was there."))) == [("Ann", "2009-03-12", "I was there.")]


@pytest.mark.parametrize(
    "texts",
    [
        ("It closed on 4 May 1999.", "So did the pub.", "And the shop."),
        ("Long ago.", "So did the pub.", "As <cite>Bob Ray</cite> says, and the shop."),
        ("It closed on 4 May 1999.", "It was 5 May 1999.", "As <a href='/user/7'>@Bob</a> says."),
    ],
)
def test_dates_and_names_in_texts_put_no_comment_under_the_name_of_another(texts):
    page = blogger(*zip(("Ann", "Bob Ray", "Cora"), ("12", "13", "14"), texts, strict=True))
    assert [one[:2] for one in told(page)] == [("Ann", "2009-03-12"), ("Bob Ray", "2009-03-13"), ("Cora", "2009-03-14")]


def comment_of(inside: str) -> Article:
    comments = "".join(
        f"<li class='comment' id='comment-{number}'><cite>Ann</cite> Says:"
        f" <small><a href='#comment-{number}'>March {number}, 2009 at 10:00</a></small>{inside}</li>"
        for number in (11, 12)
    )
    page = f"<html><body><div class='post'>{ARTICLE}</div><ol class='commentlist'>{comments}</ol></body></html>"
    return article_of(page).comments[1]


def test_whoever_is_addressed_is_not_the_writer():
    comment = comment_of("<p><a href='/user/bob'>@Bob</a> is right about the ferry and its bell.</p>")
    assert comment.author == "Ann"
    assert plain_text(comment.body) == "@Bob is right about the ferry and its bell."


@pytest.mark.parametrize("name", ["spoiler-content", "bbCodeSpoiler-content", "SpoilerText", "bbCodeBlock-content"])
def test_what_stands_beside_a_box_of_a_comment_is_kept(name):
    words = "The captain did it, and nobody else. " * 20
    text = (
        f"<div class='comment-text'><p>Do not read on.</p><div class='{name}'>{words}</div><p>I warned you.</p></div>"
    )
    body = comment_of(text).body
    assert body.startswith("Do not read on.") and body.endswith("I warned you.")


def test_who_is_quoted_is_kept():
    body = comment_of(
        "<blockquote><p>It rang.</p><footer>Bob Ray, of the bell</footer></blockquote><p>It did.</p>"
    ).body
    assert body == "> It rang.\n>\n> Bob Ray, of the bell\n\nIt did."


@pytest.mark.parametrize(
    "markup",
    [
        "<p><a href='/user/{0}'>@Bob</a> said on {0} May 1999 what I say.</p>",
        "<a href='/user/{0}'>@Bob</a> ",
        "<div class='spoiler'><div class='spoiler-content'>Text {0}</div></div>",
        "<div class='spoiler'><div class='text'>Text {0}",
    ],
)
def test_a_comment_costs_no_more_than_its_size(markup):
    def make(number: int) -> str:
        return blogger(("Ann", "12", "".join(map(markup.format, range(number)))), ("Bob", "13", "Yes."))

    assert growth(article_of, make(250), make(2000)) < MOST


def test_a_list_of_many_comments_costs_no_more_than_its_size():
    def make(number: int) -> str:
        return blogger(*(("Ann", "12", f"It closed on {place % 28 + 1} May 1999.") for place in range(number)))

    assert growth(article_of, make(100), make(800)) < MOST


def test_comments_whose_heads_alone_are_named_are_read_with_their_replies():
    def written(one: Said) -> str:
        replies = "".join(map(written, one.replies))
        return (
            f"<li class='post' id='post-{one.number}'><div class='post-body'><header class='comment__header'>"
            f"<span class='author'>{one.author}</span> <time datetime='{one.day}'>long ago</time></header>"
            f"<div class='post-message'>{one.markup}</div></div><ul class='children'>{replies}</ul></li>"
        )

    for seed, count in ((1, 1), (2, 2), (3, 9)):
        comments = Thread(seed, "p").comments(count)
        top = "".join(written(one) for one in comments if not one.parent)
        page = (
            f"<html><body><div class='entry'>{ARTICLE}</div><div id='conversation'><ul>{top}</ul></div></body></html>"
        )
        found = article_of(page).comments
        assert [int(one.parent or 0) for one in found] == [one.parent for one in comments]
        assert [WORD.findall(plain_text(one.body)) for one in found] == [WORD.findall(one.markup) for one in comments]
        assert "The second" in article_of(page).body


def test_bare_words_behind_the_head_of_a_comment_are_its_own():
    head = "<p class='comment-head'><b class='author'>{0}</b> <i class='date'>March {1}, 2009</i></p>"
    texts = ("I was <b>there</b>,<br>too.", "So was I.", "Who was not?")
    heads = [head.format(*one) for one in (("Ann", 12), ("Bob", 13), ("Cora", 14))]
    comments = "".join(f"{above}{text}" for above, text in zip(heads, texts, strict=True))
    page = f"<html><body><div class='entry'>{ARTICLE}</div><div id='comments'>{comments}</div></body></html>"
    said = [(one.author, plain_text(one.body).replace("\n", " ")) for one in article_of(page).comments]
    assert said == [("Ann", "I was there, too."), ("Bob", "So was I."), ("Cora", "Who was not?")]
    assert article_of(page).body.endswith("is long enough as well.")


@pytest.mark.parametrize("after", ["</div>", "", "<ul>", "</div>Bare words."])
def test_a_page_of_many_heads_costs_no_more_than_its_size(after):
    head = (
        "<div class='post'><p class='comment-head'><b class='author'>Ann</b> <i class='date'>March 3, 2009</i></p>Yes."
    )

    def make(number: int) -> str:
        return f"<html><body><div class='entry'>{ARTICLE}</div><div>{(head + after) * number}</div></body></html>"

    assert growth(article_of, make(100), make(800)) < MOST


def posts(head: str, *texts: str) -> list[tuple[str, str, str]]:
    post = "<div class='post' id='post_{0}'><div class='head'>{1}</div><div class='text'><p>{2}</p></div></div>"
    inside = "".join(post.format(day, head.format(day), text) for day, text in enumerate(texts, 12))
    return told(f"<html><head><meta name='generator' content='phpBB'></head><body><h1>Boats</h1>{inside}</body></html>")


def test_posts_that_are_short_and_have_a_date_in_them_are_read():
    head = "<b class='username'>Ann</b> <i class='date'>March {0}, 2009</i>"
    found = posts(head, "It closed on 4 May 1999.", "It was 5 May 1999.")
    assert found == [("Ann", "2009-03-12", "It closed on 4 May 1999."), ("Ann", "2009-03-13", "It was 5 May 1999.")]


@pytest.mark.parametrize("title", ["The last ferry", "Updated: a ferry", "No ferry since"])
def test_a_title_beside_a_date_does_not_say_of_what_it_is(title):
    head = f"<b class='username'>Ann</b> <h5>Re: {title}</h5> <div>on: March {{0}}, 2009</div>"
    assert [one[1] for one in posts(head, "I was there.", "So was I.")] == ["2009-03-12", "2009-03-13"]
