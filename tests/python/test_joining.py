"""Comments of a service and their article: joined whether they come together or one after the other, each once."""

from __future__ import annotations

import json

import pytest

from backfile.importer.discussions import Discussion, join
from backfile.importer.joining import Waiting
from backfile.model import Article, Comment, Source
from test_import import imported, tree, write
from test_pairing import prose

DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id>x</id><link>https://old.example/j</link><title>T</title></thread>
<thread dsq:id="2"><id>y</id><link>https://old.example/gone</link><title>T</title></thread>
<post dsq:id="10"><message><![CDATA[<p>From the service.</p>]]></message><createdAt>2011-05-06T10:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim</name></author><thread dsq:id="1"/></post>
<post dsq:id="11"><message><![CDATA[<p>Nobody's.</p>]]></message><createdAt>2011-05-06T10:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Lee</name></author><thread dsq:id="2"/></post>
</disqus>
"""


@pytest.mark.parametrize("together", [True, False])
def test_comments_of_a_service_join_their_article_now_or_later(tmp_path, together):
    folder = tmp_path / "s"
    line = {"title": "From JSON", "text": "\n\n".join(prose("j")), "url": "https://old.example/j"}
    write(folder, "b.jsonl", json.dumps(line))
    write(folder if together else tmp_path / "later", "comments.xml", DISQUS)
    articles, report = imported(folder, tmp_path / "content")
    if not together:
        articles, report = imported(tmp_path / "later", tmp_path / "content")
    [article] = articles
    assert [(comment.author, comment.body) for comment in article.comments] == [("Kim", "From the service.")]
    [orphan] = [outcome for outcome in report["outcomes"] if outcome["status"] == "skipped"]
    assert "https://old.example/gone" in orphan["reason"]
    before = tree(tmp_path / "content")
    imported(folder, tmp_path / "content")
    assert tree(tmp_path / "content") == before


def exported_threads(*threads: tuple[str, str]) -> str:
    """An export of Disqus with a thread for each address, of one comment by the name given."""
    beginning, end = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">', "</disqus>"
    made = "".join(
        f'<thread dsq:id="{number}"><id>{name}</id><link>{address}</link><title>T</title></thread>'
        f'<post dsq:id="1"><message>By {name}.</message><createdAt>2011-05-06T10:00:00Z</createdAt>'
        f'<author><name>{name}</name></author><thread dsq:id="{number}"/></post>'
        for number, (address, name) in enumerate(threads, 1)
    )
    return f"{beginning}{made}{end}"


FERRY = ("http://h.example/ferry/", "https://h.example/ferry/", "https://www.h.example/ferry")


@pytest.mark.parametrize("files", [1, 2])
@pytest.mark.parametrize("together", [True, False])
def test_all_threads_of_one_page_are_joined_to_it(tmp_path, together, files):
    folder = tmp_path / "s"
    line = {"title": "The ferry", "text": "It has left.", "url": "https://h.example/ferry/"}
    write(folder, "b.jsonl", json.dumps(line))
    services = folder if together else tmp_path / "later"
    threads = list(zip(FERRY, ("Ann", "Bob", "Cyd"), strict=True))
    write(services, "d1.xml", exported_threads(*threads[::files]))
    if files == 2:
        write(services, "d2.xml", exported_threads(*threads[1::2]))
    if not together:
        imported(folder, tmp_path / "content")
    [article], report = imported(services, tmp_path / "content")
    assert sorted(comment.author for comment in article.comments) == ["Ann", "Bob", "Cyd"]
    assert len({comment.id for comment in article.comments}) == 3
    assert report["skipped"] == 0
    assert report["merged"] == (3 if together else 2)
    before = tree(tmp_path / "content")
    _, report = imported(services, tmp_path / "content")
    assert tree(tmp_path / "content") == before
    assert report["skipped"] == 0


def test_an_identifier_is_the_id_of_an_article_in_its_folder(tmp_path):
    line = {"id": "art-9", "title": "The ferry", "text": "It has left.", "url": "https://h.example/moved/"}
    write(tmp_path / "s", "b.jsonl", json.dumps(line))
    service = exported_threads(("https://h.example/ferry/", "Ann")).replace("<id>Ann</id>", "<id>art-9</id>")
    write(tmp_path / "s", "d.xml", service)
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert [comment.author for comment in article.comments] == ["Ann"]


def test_an_article_with_joined_comments_that_changes_in_its_source_alone_is_told(tmp_path):
    line = {"title": "The ferry", "text": "It has left.", "url": FERRY[0]}
    write(tmp_path / "s", "b.jsonl", json.dumps(line))
    write(tmp_path / "s", "d.xml", exported_threads((FERRY[0], "Ann")))
    imported(tmp_path / "s", tmp_path / "content")
    alone = tmp_path / "s" / "b.jsonl"
    told = []
    for text in ("It has left.", "It has not left."):
        write(tmp_path / "s", "b.jsonl", json.dumps({**line, "text": text}))
        _, report = imported(alone, tmp_path / "content")
        told.append(report["outcomes"][0]["reason"])
    assert told[0] == "already here, made of d.xml too"
    assert told[1] == "already here, made of d.xml too; the source has changed since: import these sources together"


def discussion(identifier: str, url: str, *comments: Comment) -> Discussion:
    return Discussion("d:1", Source("d", "1" * 64), identifier, url, "T", comments)


@pytest.mark.parametrize(
    ("identifier", "url"),
    [("7 https://s.example/?p=7", ""), ("art-1", ""), ("", "http://www.s.example/a/"), ("https://s.example/a", "")],
)
def test_a_discussion_finds_its_article_by_identifier_or_address(identifier, url):
    waiting = Waiting([discussion(identifier, url)])
    article = Article("art-1", "T", "b", url="https://s.example/a", extra=(("Guid", "https://s.example/?p=7"),))
    assert len(waiting.join(article)[2]) == 1
    assert list(waiting.left()) == []


def test_a_discussion_of_another_page_stays_an_orphan():
    waiting = Waiting([discussion("8", "https://s.example/b")])
    assert waiting.join(Article("art-1", "T", "b", url="https://s.example/a"))[2] == ()
    assert len(list(waiting.left())) == 1


def test_joined_comments_stand_after_those_there_are_and_none_comes_twice():
    there = Comment("1", "Hi", author="A", date="2010-01-01T10:00:00Z")
    again = Comment("9", "Hi", author="A", date="2010-01-01T10:00:30Z")
    new = Comment("1", "New", author="B")
    reply = Comment("2", "Reply", author="C", parent="1")
    joined = join(Article("a", "T", "b", comments=(there,)), discussion("", "", again, new, reply))
    assert [(c.id, c.body, c.parent) for c in joined.comments] == [
        ("1", "Hi", ""),
        ("1-d", "New", ""),
        ("2", "Reply", "1-d"),
    ]


@pytest.mark.parametrize("date", ["2012-05-04T13:30:00+05:00", "2012-05-04T08:30:20Z", "2012-05-04T08:30:00"])
def test_a_comment_that_is_there_is_known_wherever_the_clock_stood_and_keeps_its_answers(date):
    there = Comment("10", "I was there", author="Zoe", date=date)
    again = Comment("7", "I was there", author="Zoe", date="2012-05-04T08:30:00Z")
    reply = Comment("8", "So was I", author="Yan", date="2012-06-01T00:00:00Z", parent="7")
    joined = join(Article("a", "T", "b", comments=(there,)), discussion("", "", again, reply))
    assert [(c.id, c.parent) for c in joined.comments] == [("10", ""), ("8", "10")]


def test_a_comment_of_the_same_words_at_another_moment_is_another():
    there = Comment("10", "I was there", author="Zoe", date="2012-05-04T13:30:00+05:00")
    later = Comment("7", "I was there", author="Zoe", date="2012-05-04T09:30:00Z")
    joined = join(Article("a", "T", "b", comments=(there,)), discussion("", "", later))
    assert [c.id for c in joined.comments] == ["10", "7"]
