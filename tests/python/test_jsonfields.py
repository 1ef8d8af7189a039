"""JSON as others write it: what can mean only one thing is read, and what is not read is told."""

from __future__ import annotations

import io
import json

import pytest

from backfile.importer.jsonlines import read_json_lines
from backfile.importer.record import Problem, Record
from backfile.model import Source


def read(value: object) -> Record:
    [record] = read_json_lines(io.BytesIO(json.dumps(value).encode()), Source("a.jsonl", "0" * 64))
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ({"body": "The body text"}, "The body text"),
        ({"content": "One & two.\n\nThree < four."}, "One & two.\n\nThree < four."),
        ({"content": "<p>One <em>more</em>.</p><p>Two.</p>"}, "One *more*.\n\nTwo."),
        ({"text": ["One.", "Two *plain*.", ""]}, "One.\n\nTwo \\*plain\\*."),
        ({"body": ["<p>One.</p>", "<p>Two.</p>"]}, "One.\n\nTwo."),
        ({"text": "<p>As it is</p>"}, "\\<p>As it is\\</p>"),
        ({"text": "The text", "content": "Else"}, "The text"),
    ],
)
def test_the_text_of_an_article_is_read_under_its_other_names(value, body):
    record = read({"title": "X", **value})
    assert record.article.body == body
    assert record.notes == ()
    assert record.article.extra == ((("content", "Else"),) if "text" in value and "content" in value else ())


def test_an_article_needs_no_more_than_a_body():
    assert read({"body": "The body text"}).article.body == "The body text"
    [problem] = read_json_lines(io.BytesIO(b'{"title": ["X"], "text": []}'), Source("a.jsonl", "0" * 64))
    assert isinstance(problem, Problem)


def test_a_second_text_that_is_not_read_is_told():
    assert read({"text": "Short", "body": "A longer one"}).notes == ("the body was not read: there is text",)


@pytest.mark.parametrize("authors", [[{"name": "Ann Lee"}, "Bo"], [{"name": "Ann Lee", "id": 3}, {"name": "Bo"}, {}]])
def test_authors_may_be_objects(authors):
    assert read({"title": "X", "authors": authors}).article.authors == ("Ann Lee", "Bo")
    assert read({"title": "X", "author": authors[0]}).article.authors == ("Ann Lee",)


@pytest.mark.parametrize("name", ["text", "body", "content", "message"])
def test_the_text_of_a_comment_is_read_under_its_other_names(name):
    record = read({"title": "X", "comments": [{"author": {"name": "Cyd"}, name: "Hello\nthere"}]})
    assert [(c.author, c.body) for c in record.article.comments] == [("Cyd", "Hello\\\nthere")]
    assert record.notes == ()
    marked = read({"title": "X", "comments": [{"author": "Cyd", name: "<p>Hello</p>"}]}).article.comments[0]
    assert marked.body == ("\\<p>Hello\\</p>" if name == "text" else "Hello")


def test_replies_that_stand_in_a_comment_answer_it():
    comments = [
        {"author": "Ann", "text": "1", "replies": [
            {"author": "Bo", "text": "2", "children": [{"id": "z", "author": "Cyd", "text": "3"}]},
            {"author": "Di", "text": "4"},
        ]},
        {"id": "r2", "author": "Ed", "text": "5", "replies": [{"author": "Flo", "text": "6"}]},
        {"id": "r2", "author": "Gus", "text": "7", "replies": [{"author": "Hal", "text": "8"}]},
    ]  # fmt: skip
    found = read({"title": "X", "comments": comments}).article.comments
    names = {comment.id: comment.body for comment in found}
    assert len(names) == 8
    assert [(c.body, names.get(c.parent, "")) for c in found] == [
        ("1", ""), ("2", "1"), ("3", "2"), ("4", "1"), ("5", ""), ("6", "5"), ("7", ""), ("8", "7"),
    ]  # fmt: skip


def test_deeply_nested_replies_are_read():
    comment: dict[str, object] = {"text": "0"}
    for depth in range(1, 300):
        comment = {"text": str(depth), "replies": [comment]}
    assert len(read({"title": "X", "comments": [comment]}).article.comments) == 300


def test_what_is_not_read_of_comments_is_told():
    comments = [
        {"text": "Hi", "score": 3, "email": "ann@reader.example", "ip": "192.0.2.1", "replies": 2, "spam": False},
        {"text": "Ho", "body": "Another", "Created At": "2009", "replies": []},
        {"html": "<p>Hu</p>", "text": "Plain"},
        "no object",
    ]
    assert read({"title": "X", "comments": comments}).notes == (
        "1 of the comments are not objects and were left out",
        "keys of comments that were not read: Created At, body, replies, score, text",
    )


def test_a_line_whose_comments_say_more_than_is_read_is_not_shown():
    for more in ({"score": 3}, {"author": {"name": "Ann", "phone": "1"}}, {"replies": [{"text": "Ho"}]}):
        assert read({"title": "X", "comments": [{"text": "Hi", **more}]}).part is None
    assert read({"title": "X", "comments": [{"text": "Hi", "author": "Ann"}]}).part
