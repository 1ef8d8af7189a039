"""Comments in JSON that stand by themselves: each joins the article that it names, or the report says it did not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backfile.importer.discussions import Discussion
from backfile.importer.jsonremarks import read_remarks, remarks_in
from backfile.importer.record import Problem
from backfile.model import Article, Source
from project import backfile
from test_import import imported, tree, write

PAGE = """<!DOCTYPE html><html lang="en"><head><title>The ferry</title>
<link rel="canonical" href="https://h.example/ferry/"></head><body><article><h1>The ferry</h1>
<p>The ferry left on Monday for the last time, after a hundred years of service to the island.</p>
<p>More of the ferry, which was old and slow, and which all had loved for it.</p></article></body></html>"""
BRIDGE = "---\ntitle: The bridge\ndate: 2012-05-04\nurl: https://h.example/bridge/\n---\nThe bridge is open.\n"


def rendered(text: str) -> dict[str, Any]:
    return {"rendered": f"<p>{text}</p>\n", "protected": False}


def wp_post(number: int, name: str, site: str = "h.example") -> dict[str, Any]:
    return {
        "id": number,
        "date": "2012-05-03T09:00:00",
        "date_gmt": "2012-05-03T07:00:00",
        "slug": name,
        "status": "publish",
        "type": "post",
        "link": f"https://{site}/{name}/",
        "author": 1,
        "categories": [3],
        "title": {"rendered": f"The &#8220;{name}&#8221;"},
        "content": rendered(f"Of the {name}."),
    }


def wp_comment(number: int, post: int, name: str, author: str, parent: int = 0, site: str = "h.example") -> Any:
    return {
        "id": number,
        "post": post,
        "parent": parent,
        "author": 3,
        "author_name": author,
        "status": "approved",
        "date": "2012-05-04T12:20:00",
        "date_gmt": "2012-05-04T10:20:00",
        "content": rendered(f"By {author}."),
        "type": "comment",
        "link": f"https://{site}/{name}/#comment-{number}",
        "author_avatar_urls": {"24": "https://g.example/x"},
        "author_email": "ann@reader.example",
    }


def lines(values: list[Any]) -> str:
    return "\n".join(map(json.dumps, values))


def threads(articles: list[Article]) -> dict[str, list[tuple[str, str, str]]]:
    """Of each article who wrote what, and whom it answers."""
    return {
        article.title: [(one.author, one.body, one.parent) for one in article.comments]
        for article in sorted(articles, key=lambda one: one.title)
    }


def reasons(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["place"], one["reason"]) for one in report["outcomes"] if one["status"] == "skipped"]


def test_posts_and_comments_as_the_api_of_wordpress_gives_them(tmp_path):
    write(tmp_path / "s", "posts.json", json.dumps([wp_post(7, "ferry"), wp_post(8, "bridge")]))
    comments = [
        wp_comment(11, 7, "ferry", "Ann"),
        wp_comment(12, 7, "ferry", "Bo &amp; Co", 11),
        wp_comment(13, 8, "bridge", "Cyd"),
        wp_comment(14, 99, "gone", "Dee"),
    ]
    write(tmp_path / "s", "comments.json", json.dumps(comments))
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert threads(articles) == {
        "The “bridge”": [("Cyd", "By Cyd.", "")],
        "The “ferry”": [("Ann", "By Ann.", ""), ("Bo & Co", "By Bo & Co.", "11")],
    }
    assert {one.published for one in articles} == {"2012-05-03T09:00:00+02:00"}
    assert {comment.date for one in articles for comment in one.comments} == {"2012-05-04T12:20:00+02:00"}
    [(place, reason)] = reasons(report)
    assert place == "comments.json:1.4"
    assert "of this comment: https://h.example/gone/#comment-14; import it" in reason
    assert "reader.example" not in "".join(path.read_text("utf-8") for path in (tmp_path / "content").rglob("*.md"))
    before = tree(tmp_path / "content")
    imported(tmp_path / "s", tmp_path / "content")
    assert tree(tmp_path / "content") == before


def test_a_thread_as_the_api_of_hacker_news_gives_it_item_by_item(tmp_path):
    items = [
        {
            "by": "dora",
            "id": 100,
            "kids": [101],
            "time": 1336126800,
            "title": "The ferry?",
            "type": "story",
            "text": "X",
        },
        {"by": "bo", "id": 102, "parent": 101, "text": "Sad &#x27;tis.", "time": 1336127000, "type": "comment"},
        {"by": "ann", "id": 101, "kids": [102], "parent": 100, "text": "Yes.<p>It has.", "time": 1, "type": "comment"},
        {"deleted": True, "id": 103, "parent": 101, "time": 1336127100, "type": "comment"},
        {"by": "x", "dead": True, "id": 104, "parent": 103, "text": "Spam", "time": 1336127100, "type": "comment"},
        {"by": "cyd", "id": 105, "parent": 103, "text": "Why?", "time": 1336127200, "type": "comment"},
    ]
    articles, report = imported(write(tmp_path, "items.jsonl", lines(items)), tmp_path / "content")
    assert threads(articles) == {
        "The ferry?": [("bo", "Sad 'tis.", "101"), ("ann", "Yes.\n\nIt has.", ""), ("cyd", "Why?", "103")]
    }
    [one, _] = report["outcomes"]
    assert "2 of the comments are deleted, spam or not approved, and were left out" in one["notes"]


def test_a_dump_of_submissions_and_one_of_their_comments(tmp_path):
    posts = [
        {"id": "abc", "name": "t3_abc", "title": "The ferry", "selftext": "It left.", "author": "dora"},
        {"id": "abd", "title": "The bridge", "selftext": "[removed]", "author": "[deleted]"},
    ]
    comments = [
        {"id": "c1", "link_id": "t3_abc", "parent_id": "t3_abc", "author": "ann", "body": "I took it.\n\n&gt; why"},
        {"id": "c2", "link_id": "t3_abc", "parent_id": "t1_c1", "author": "bo", "body": "[removed]"},
        {"id": "c3", "link_id": "t3_abc", "parent_id": "t1_c1", "author": "[deleted]", "body": "So did I."},
        {"id": "c4", "link_id": "t3_abd", "parent_id": "t3_abd", "author": "[deleted]", "body": "[deleted]"},
        {"id": "c5", "link_id": "t3_zzz", "parent_id": "t3_zzz", "author": "di", "body": "On none."},
    ]
    write(tmp_path / "s", "RS.ndjson", lines([{**post, "created_utc": 1336126800} for post in posts]))
    write(tmp_path / "s", "RC.ndjson", lines([{**comment, "created_utc": 1336126800} for comment in comments]))
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert threads(articles) == {
        "The bridge": [],
        "The ferry": [("ann", "I took it.\n\n\\> why", ""), ("", "So did I.", "c1")],
    }
    assert [place for place, _ in reasons(report)] == ["RC.ndjson:5"]


REMARK = {"pid": "", "locator": {"site": "s", "url": "https://h.example/ferry"}, "title": "Of the page", "orig": "x"}
USER = {"name": "Ann", "id": "u1", "ip": "192.0.2.7"}


@pytest.mark.parametrize(
    "comments",
    [
        [
            {"id": 1, "url": "https://h.example/ferry/", "author": "Ann", "text": "Hi"},
            {"id": 2, "url": "http://www.h.example/ferry", "author": "Bo", "text": "Ho", "parent": 1},
            {"id": 3, "url": "https://h.example/bridge/", "author": "Cyd", "text": "Hu", "email": "c@r.example"},
        ],
        [
            {"comment_id": 1, "article_url": "https://h.example/ferry/", "user_name": "Ann", "comment_text": "Hi"},
            {"comment_id": 2, "article_url": "https://h.example/ferry/", "name": "Bo", "comment_text": "Ho", "pid": 1},
            {"comment_id": 3, "article_url": "https://h.example/bridge/", "name": "Cyd", "comment_text": "Hu"},
        ],
        [
            {**REMARK, "id": "1", "user": USER, "text": "<p>Hi</p>\n"},
            {**REMARK, "id": "2", "user": {"name": "Bo"}, "text": "<p>Ho</p>", "pid": "1"},
            {
                **REMARK,
                "id": "3",
                "user": {"name": "Cyd"},
                "text": "Hu",
                "locator": {"url": "https://h.example/bridge/"},
            },
            {**REMARK, "id": "4", "user": {"name": "x"}, "text": "", "delete": True},
        ],
        [
            {
                "id": 1,
                "thread": {"id": "7", "link": "https://h.example/ferry/"},
                "author": {"name": "Ann"},
                "message": "Hi",
            },
            {"id": 2, "parent": 1, "author": {"name": "Bo"}, "message": "<p>Ho</p>"},
            {
                "id": 3,
                "thread": {"id": "8", "link": "https://h.example/bridge/"},
                "author": {"name": "Cyd"},
                "message": "Hu",
            },
        ],
    ],
)
@pytest.mark.parametrize(("as_lines", "together"), [(True, True), (False, False)])
def test_comments_that_name_their_page_join_a_saved_page_and_a_markdown_file(tmp_path, comments, as_lines, together):
    write(tmp_path / "s", "ferry.html", PAGE)
    write(tmp_path / "s", "bridge.md", BRIDGE)
    written = lines(comments) if as_lines else json.dumps(comments)
    if not together:
        imported(tmp_path / "s", tmp_path / "content")
    folder = tmp_path / "s" / "more" if together else tmp_path / "later"
    write(folder, "comments.jsonl" if as_lines else "c.json", written)
    articles, report = imported(tmp_path / "s" if together else folder, tmp_path / "content")
    assert threads(articles) == {"The bridge": [("Cyd", "Hu", "")], "The ferry": [("Ann", "Hi", ""), ("Bo", "Ho", "1")]}
    assert report["skipped"] == 0
    for path in (tmp_path / "content").rglob("*.md"):
        assert "r.example" not in path.read_text("utf-8")
        assert "192.0.2.7" not in path.read_text("utf-8")


def test_an_id_means_an_article_of_its_own_folder(tmp_path):
    for site in ("a.example", "b.example"):
        write(tmp_path / "s" / site, "posts.json", json.dumps([wp_post(7, "ferry", site)]))
        comments = [{"id": 1, "post": 7, "author_name": f"Of {site}", "content": rendered("Hi")}]
        write(tmp_path / "s" / site, "comments.json", json.dumps(comments))
    articles, _ = imported(tmp_path / "s", tmp_path / "content")
    assert sorted((one.url, [comment.author for comment in one.comments]) for one in articles) == [
        ("https://a.example/ferry/", ["Of a.example"]),
        ("https://b.example/ferry/", ["Of b.example"]),
    ]
    elsewhere = tmp_path / "s" / "c.example"
    write(elsewhere, "comments.json", json.dumps([wp_comment(1, 7, "ferry", "Eve", site="c.example")]))
    write(elsewhere, "posts.json", json.dumps([wp_post(7, "ferry", "d.example")]))
    articles, report = imported(elsewhere, tmp_path / "other")
    assert threads(articles) == {"The “ferry”": []}
    assert [place for place, _ in reasons(report)] == ["comments.json:1"]


def test_comments_with_a_page_for_each_of_them_are_on_what_they_answer():
    values = [
        {"id": n, "parent": n - 1, "url": f"https://h.example/c/{n}", "by": "Ann", "text": "Hi"} for n in (5, 6, 7)
    ]
    [found] = read(values)
    assert isinstance(found, Discussion)
    assert (found.url, found.local, len(found.comments)) == ("", "4", 3)
    values = [{"id": n, "parent": 99, "url": "https://h.example/a", "by": "Ann", "text": f"Hi {n}"} for n in (5, 6)]
    [found] = read(values)
    assert isinstance(found, Discussion)
    assert (found.url, found.local, len(found.comments)) == ("https://h.example/a", "", 2)


def test_an_id_that_two_articles_of_a_folder_have_is_told(tmp_path):
    write(tmp_path / "s", "a.jsonl", lines([{"id": 7, "title": "One", "text": "Of one."}]))
    write(tmp_path / "s", "b.jsonl", lines([{"id": 7, "title": "Two", "text": "Of two."}]))
    comments = [{"id": 1, "article_id": 7, "author": "Ann", "text": "Hi"}]
    write(tmp_path / "s", "comments.jsonl", lines(comments))
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert sorted(len(one.comments) for one in articles) == [0, 1]
    notes = [note for one in report["outcomes"] for note in one.get("notes", ())]
    assert "the comments from comments.jsonl:1 may be of this article: another with its id has them" in notes


def test_articles_and_what_is_damaged_in_a_file_of_comments_are_read_and_told_once(tmp_path):
    comment = {"id": 1, "article_id": "a", "author": "Ann", "text": "Hi"}
    told = [json.dumps(comment), "{broken", json.dumps({"id": "a", "title": "The ferry", "text": "It left."})]
    articles, report = imported(write(tmp_path, "a.jsonl", *told), tmp_path / "content")
    assert threads(articles) == {"The ferry": [("Ann", "Hi", "")]}
    assert [place for place, _ in reasons(report)] == ["a.jsonl:2"]
    assert report["records"] == 3


def test_a_comment_of_which_nothing_says_what_it_is_about_is_told(tmp_path):
    comments = [
        {"id": 1, "parent": 2, "author": "Ann", "text": "Hi"},
        {"id": 2, "parent": 1, "author": "Bo", "text": "Ho"},
    ]
    write(tmp_path / "s", "comments.json", json.dumps(comments))
    write(tmp_path / "s", "ferry.html", PAGE)
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert threads(articles) == {"The ferry": []}
    why = "a comment by itself, which names its article by no whole address or id: put it into the comments of that"
    assert reasons(report) == [("comments.json:1", why), ("comments.json:1.2", why)]


SOURCE = Source("c.json", "0" * 64)
ARTICLES: list[list[dict[str, Any]]] = [
    [
        {"id": n, "url": f"https://h.example/{n}", "author": "Ann", "date": "2012", "text": f"Text {n}"}
        for n in range(3)
    ],
    [{"url": "https://h.example/a", "author": "Ann", "text": text, "hostname": "h.example"} for text in "abc"],
    [{"article_id": n, "title": "T", "post": n, "parent": 0, "text": "X"} for n in range(3)],
    [{"id": n, "type": "page", "parent": 0, "title": {"rendered": ""}, "content": rendered("X")} for n in range(3)],
    [{"id": "a", "author": "Ann", "text": "X", "comments": [{"id": 1, "parent": 0, "author": "Bo", "text": "Hi"}]}],
]


def raws(values: list[Any]) -> Iterator[tuple[str, bytes]]:
    return (("c.json", json.dumps(value).encode()) for value in values)


def test_values_of_any_kind_end_no_import(tmp_path):
    names = ("id", "type", "parent", "post", "url", "thread", "content", "date", "date_gmt", "comments", "replies")
    for number, odd in enumerate([[1], {"a": 1}, 10**400, "\ud800", "http://[x", True, [[{}]]]):
        values = [{"id": 1, "parent": 0, "text": "Hi", name: odd} for name in names]
        write(tmp_path / "s", f"c{number}.json", json.dumps(values))
    write(tmp_path / "s", "ferry.html", PAGE)
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert "The ferry" in threads(articles)
    assert len({one["place"].partition(":")[0] for one in report["outcomes"]}) == 8


@pytest.mark.parametrize("articles", ARTICLES)
def test_articles_are_no_comments(articles):
    assert remarks_in(raws(articles)) == "none"


def read(values: list[Any]) -> Iterator[Discussion | Problem]:
    return read_remarks(raws(values), SOURCE, remarks_in(raws(values)))


def test_a_long_chain_of_answers_is_climbed_to_its_article_from_either_end():
    chain = [
        {"id": f"c{n}", "parent_id": f"c{n - 1}" if n else "story", "by": "Ann", "text": "Hi"} for n in range(3000)
    ]
    for values in (chain, chain[::-1]):
        [found] = read(values)
        assert isinstance(found, Discussion)
        assert (found.local, len(found.comments)) == ("story", 3000)
        assert sum(not one.parent for one in found.comments) == 1


def test_the_address_of_a_readers_site_is_that_of_no_article():
    [found] = read([{"id": 1, "post": "ferry", "name": "Ann", "url": "https://ann.example/", "message": "Hi"}])
    assert isinstance(found, Discussion)
    assert (found.url, found.local) == ("", "ferry")


def test_what_was_taken_out_is_not_published_and_its_answers_stay(tmp_path):
    replies = [{"id": 2, "author": "[deleted]", "body": "So did I."}]
    comments = [
        {"id": 1, "author": "[deleted]", "body": "[removed]", "replies": replies},
        {"id": 3, "author": "Ann", "body": "[ Removed by Moderator ]"},
    ]
    line = {"title": "The ferry", "text": "It left.", "author": "[deleted]", "comments": comments}
    articles, _ = imported(write(tmp_path, "a.jsonl", json.dumps(line)), tmp_path / "content")
    assert threads(articles) == {"The ferry": [("", "So did I.", "1")]}
    assert articles[0].authors == ()


def test_the_number_of_a_writer_is_no_name_where_there_is_one(tmp_path: Path):
    comments = [{"author": 3, "author_name": "Dora", "text": "Hi"}, {"author": 0, "author_name": "", "text": "Ho"}]
    line = {"title": "The ferry", "text": "It left.", "comments": comments}
    articles, _ = imported(write(tmp_path, "a.jsonl", json.dumps(line)), tmp_path / "content")
    assert [one.author for one in articles[0].comments] == ["Dora", ""]


def listing(*things: Any) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"after": None, "modhash": "", "children": list(things), "before": None}}


def thing(kind: str, **data: Any) -> dict[str, Any]:
    return {"kind": kind, "data": {"created_utc": 1336126800.0, **data}}


def test_a_thread_as_an_api_wraps_it(tmp_path):
    post = thing("t3", id="abc", title="The ferry", selftext="It left.", author="dora")
    about = {"link_id": "t3_abc", "created": 1336155600.0}
    reply = thing("t1", id="c2", parent_id="t1_c1", author="bo", body="So did I.", replies="", **about)
    more = {"kind": "more", "data": {"count": 3, "id": "c9", "name": "t1_c9", "children": ["c9", "d0"]}}
    comment = thing("t1", id="c1", parent_id="t3_abc", author="ann", body="Hi", replies=listing(reply, more), **about)
    write(
        tmp_path,
        "t.json",
        json.dumps([listing(post), listing(comment, {**more, "data": {**more["data"], "parent_id": "t3_abc"}})]),
    )
    articles, report = imported(tmp_path / "t.json", tmp_path / "content")
    assert threads(articles) == {"The ferry": [("ann", "Hi", ""), ("bo", "So did I.", "c1")]}
    assert report["outcomes"][0]["place"] == "t.json:1#1"
    assert "4 further comments are only named, and not in the file" in report["outcomes"][0]["notes"]
    assert report["skipped"] == 0


ARTICLE = {"title": "The ferry", "author": "Dora", "content": "It left."}


@pytest.mark.parametrize(
    "wrapping",
    [
        {"status": "ok", "totalResults": 2, "articles": [ARTICLE, {**ARTICLE, "title": "The bridge"}]},
        {"response": {"total": 2, "results": [ARTICLE, {**ARTICLE, "title": "The bridge"}]}},
        {"data": {"posts": {"edges": [{"node": ARTICLE}, {"node": {**ARTICLE, "title": "The bridge"}}]}}},
        {"title": "A feed", "items": [ARTICLE, {**ARTICLE, "title": "The bridge"}]},
    ],
)
def test_articles_that_an_answer_wraps_are_articles_each(tmp_path, wrapping):
    articles, report = imported(write(tmp_path, "a.json", json.dumps(wrapping, indent=1)), tmp_path / "content")
    assert threads(articles) == {"The bridge": [], "The ferry": []}
    assert [one["place"] for one in report["outcomes"]] == ["a.json:1#1", "a.json:1#2"]


def test_what_holds_several_lists_is_no_wrapping_and_the_report_says_what_is_in_it(tmp_path):
    dump = {"db": [{"meta": {}, "data": {"posts": [ARTICLE], "users": [{"name": "Dora"}, {"name": "Ed"}]}}]}
    report = tmp_path / "report.json"
    write(tmp_path, "dump.json", json.dumps(dump))
    write(tmp_path, "a.jsonl", lines([ARTICLE]))
    articles, report = imported(tmp_path, tmp_path / "content")
    assert len(articles) == 1
    [(place, reason)] = reasons(report)
    assert place == "dump.json:1"
    assert "lists in it: posts (1), users (2): import what is an article or a comment as a list by itself" in reason


@pytest.mark.parametrize(
    "value",
    [
        {"language": "en", "segments": [{"id": 1, "text": "One."}, {"id": 2, "text": "Two."}]},
        {"messages": [{"role": "user", "author": "Ann", "content": "Hi", "timestamp": 1336126800}]},
        {"headline": "X", "authors": [{"name": "Ann", "url": "https://h.example/ann"}]},
    ],
)
def test_parts_of_something_are_no_articles(tmp_path, value):
    done = backfile("import", write(tmp_path, "a.json", json.dumps(value)), "--content", tmp_path / "content")
    assert done.returncode == 1
    assert "as a list by itself" in done.stdout


def test_a_topic_of_a_forum_whose_further_posts_are_only_named(tmp_path):
    def post(number: int, name: str, answers: int | None = None) -> dict[str, Any]:
        told = {"id": number + 50, "post_number": number, "reply_to_post_number": answers, "username": name}
        return {**told, "cooked": f"<p>By {name}.</p>", "created_at": "2012-05-04T10:20:00.000Z", "hidden": False}

    posts = [post(1, "dora"), post(2, "ann"), post(3, "bo", 2)]
    topic = {"id": 5, "title": "The ferry", "post_stream": {"posts": posts, "stream": [51, 52, 53, 54, 55]}}
    articles, report = imported(write(tmp_path, "5.json", json.dumps(topic)), tmp_path / "content")
    told = [("dora", "By dora.", ""), ("ann", "By ann.", ""), ("bo", "By bo.", "2")]
    assert threads(articles) == {"The ferry": told}
    assert "2 further comments are only named, and not in the file" in report["outcomes"][0]["notes"]


COMMENTS = [{"id": 1, "author": "Ann", "body": "Hi", "replies": {"nodes": [{"author": "Bo", "body": "Ho"}]}}]


@pytest.mark.parametrize(
    "value",
    [
        {"title": "The ferry", "url": "https://h.example/ferry", "comments": COMMENTS, "scraped": "2020"},
        {"url": "https://h.example/ferry", "comments": COMMENTS},
        {"https://h.example/ferry": COMMENTS},
        {"data": {"story": {"id": "s1", "url": "https://h.example/ferry", "comments": {"nodes": COMMENTS}}}},
    ],
)
def test_comments_of_a_page_without_its_text_join_that_page(tmp_path, value):
    alone = write(tmp_path / "alone", "c.json", json.dumps(value))
    write(tmp_path / "s", "c.json", json.dumps(value))
    write(tmp_path / "s", "ferry.html", PAGE)
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert threads(articles) == {"The ferry": [("Ann", "Hi", ""), ("Bo", "Ho", "1")]}
    assert (report["imported"], report["merged"], report["records"]) == (1, 1, 2)
    if "scraped" in value:
        assert "not what it says of their article: scraped" in report["outcomes"][-1]["notes"][-1]
    before = tree(tmp_path / "content")
    imported(tmp_path / "s", tmp_path / "content")
    assert tree(tmp_path / "content") == before
    done = backfile("import", alone, "--content", tmp_path / "other")
    assert done.returncode == (0 if "title" in value else 1)
    assert ("import it together with them" in done.stdout) == ("title" not in value)


def test_a_post_of_an_export_that_has_comments_alone_is_an_article(tmp_path):
    spaces = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ann</wp:comment_author>"
    comment += "<wp:comment_content>Hi</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>"
    item = f"<item><title></title><link>https://h.example/7/</link><wp:status>publish</wp:status>{comment}</item>"
    export = f'<rss version="2.0" {spaces}><channel><wp:wxr_version>1.2</wp:wxr_version>{item}</channel></rss>'
    articles, report = imported(write(tmp_path, "export.xml", export), tmp_path / "content")
    assert [[one.author for one in article.comments] for article in articles] == [["Ann"]]
    assert report["skipped"] == 0
