"""Comments by names that articles have, too: read where nothing surer is there, and never in place of articles."""

from __future__ import annotations

import pytest

from backfile.importer.html.reader import read_html
from backfile.model import Comment, Source

PROSE = (
    "<p>The {} paragraph tells of the ferry and of the people on it, and it is long enough to be one of a story.</p>"
)
ARTICLE = f"<h1>The ferry</h1>{''.join(PROSE.format(word) for word in ('first', 'second', 'third'))}"
NAMES = "posting Beitrag meinung opinion avis zuschrift отзыв reactie comentario kommentar".split()


def comments(markup: str, article: str = ARTICLE) -> tuple[Comment, ...]:
    page = f"<html lang='de'><title>Ferry</title><body><main>{article}</main><div>{markup}</div></body></html>"
    return read_html(page.encode(), Source("x.html", "0" * 64)).article.comments


def listed(
    name: str, *, head: str = "", text: str = "The ferry is late too often, {}.", date: str = "1{}.05.2012"
) -> str:
    said = f"<div class='{name}'>{head}<b class='autor'>{{}}</b> <i class='datum'>{date}</i><p>{text}</p></div>"
    return "".join(said.format(name, number, name) for number, name in enumerate(["Ann Lee", "Bob Ray", "Cyd Moe"]))


@pytest.mark.parametrize("name", NAMES)
def test_comments_are_found_by_what_they_are_called_elsewhere(name):
    found = comments(listed(name))
    assert [comment.author for comment in found] == ["Ann Lee", "Bob Ray", "Cyd Moe"]
    assert [comment.date for comment in found] == ["2012-05-10", "2012-05-11", "2012-05-12"]


@pytest.mark.parametrize(
    "markup",
    [
        listed("beitrag", head="<h3><a href='/other'>Another article</a></h3>"),
        listed("opinion", head="<a href='/other'><h3>Another article</h3></a>"),
        listed("beitrag", text="A long article about {}." + " The ferry is late." * 100),
        listed("meinung", date=""),
        f"<aside class='sidebar'>{listed('beitrag')}</aside>",
        listed("posting").partition("</div>")[0] + "</div>",
    ],
)
def test_articles_of_such_names_are_no_comments(markup):
    assert comments(markup) == ()


def test_a_list_of_articles_alone_is_none_of_comments():
    assert comments(listed("beitrag"), "<h1>News</h1>") == ()


def test_comments_of_a_surer_name_are_read_instead():
    found = comments(listed("beitrag", text="Another article of {}.") + listed("comment"))
    assert {comment.body[:9] for comment in found} == {"The ferry"}
