"""Posts of forums whose pages do not say where they are from, as browsers save them."""

from __future__ import annotations

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Article, Source

TEXTS = (
    "I saw the ferry leave the harbour this morning, and it was full of people who waved at us.",
    "My grandfather built its engine in the year of the great flood, and never sailed on it.",
    "They should paint it green again, as it was when I was a child. Anybody else remember that?",
)
NAMES = ("Ann", "Captain Bob", "Cleo")
PHPBB = """<div id="p{n}" class="post bg2"><div class="inner"><div class="postbody">
<h3><a href="#p{n}">Re: The ferry</a></h3>
<p class="author"><a href="./viewtopic.php?p={n}#p{n}"><img src="x.gif" alt="Post"></a>by
<strong><a href="./memberlist.php?mode=viewprofile&amp;u={n}">{name}</a></strong> » {date} </p>
<div class="content">{text}</div></div></div></div>"""
VBULLETIN = """<li class="postbitlegacy postbitim postcontainer old" id="post_{n}">
<div class="posthead"><span class="date">{date}</span>
<a name="post{n}" href="#post{n}" class="postcounter">#{n}</a></div><div class="postdetails"><div class="userinfo">
<a class="username" href="member.php?{n}"><strong>{name}</strong></a><dl><dt>Join Date</dt><dd>May 2009</dd></dl></div>
<div class="postbody"><div class="content"><blockquote class="postcontent">{text}</blockquote></div></div></div></li>"""
DATES = ("Fri May 04, 2012 10:20 pm", "Yesterday, 10:20 PM", "Today, 9:12 AM")
MOMENTS = ["2012-05-04T22:20", "2012-05-07~", "2012-05-08~"]


def article_of(body: str) -> Article:
    page = f"<!doctype html><html lang=en><head><title>The ferry</title></head><body>{body}</body></html>"
    read = read_html(page.encode(), Source("page.html", "0" * 64), captured="2012-05-08T10:00:00Z")
    assert isinstance(read, Record), read
    return read.article


@pytest.mark.parametrize(
    "dates", [DATES, ("3 days ago", *DATES[1:]), ("vor 4 Tagen", "Gestern, 22:20", "heute um 9:12 Uhr")]
)
@pytest.mark.parametrize("post", [PHPBB, VBULLETIN])
def test_all_posts_are_read_though_some_are_of_today_or_yesterday(post, dates):
    posts = "".join(
        post.format(n=number, name=name, text=text, date=date)
        for number, (name, text, date) in enumerate(zip(NAMES, TEXTS, dates, strict=True), 1)
    )
    article = article_of(f"<h2>The ferry</h2><ol id=posts>{posts}</ol>")
    assert article.body == ""
    assert [(post.author, post.body) for post in article.comments] == list(zip(NAMES, TEXTS, strict=True))
    moments = [post.date for post in article.comments]
    assert moments[1:] == MOMENTS[1:]
    assert moments[0] in (MOMENTS[0], "2012-05-05~", "2012-05-04~")


def test_an_article_beside_which_are_links_to_a_forum_is_none_of_its_posts():
    links = "".join(f"<li><a href='/forum/viewtopic.php?p={n}#p{n}'>A thread on boats</a></li>" for n in range(3))
    article = article_of(
        f"<article><h1>The ferry</h1>{''.join(f'<p>{text}</p>' for text in TEXTS)}</article><ul>{links}</ul>"
    )
    assert article.body.split("\n\n")[-3:] == list(TEXTS)
    assert not article.comments
