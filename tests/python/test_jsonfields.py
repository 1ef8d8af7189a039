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
        ({"content": "One <em>more</em>.\n\nTwo\nlines."}, "One *more*.\n\nTwo\\\nlines."),
        ({"content": "One <em>more</em>.\n\nTwo\nlines.<br>"}, "One *more*. Two lines."),
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


@pytest.mark.parametrize(
    ("comment", "author", "date", "body"),
    [
        (
            {"author_name": "Ann", "created_at": "2012-05-04T10:20:00Z", "comment": "Hi"},
            "Ann",
            "2012-05-04T10:20:00Z",
            "Hi",
        ),
        ({"user": {"login": "ann"}, "createdAt": "4 May 2012", "body_html": "<p>Hi</p>"}, "ann", "2012-05-04", "Hi"),
        ({"display_name": "Ann", "created_utc": 1336126800.0, "message": "Hi"}, "Ann", "2012-05-04T10:20:00Z", "Hi"),
        ({"name": "Ann", "timestamp": 1336126800000, "text": "Hi"}, "Ann", "2012-05-04T10:20:00Z", "Hi"),
        ({"username": "Ann", "user": 17, "date": "1336126800", "text": "Hi"}, "Ann", "2012-05-04T10:20:00Z", "Hi"),
        ({"author": "Ann", "name": "", "date": "", "time": "2012-05", "text": "Hi"}, "Ann", "2012-05", "Hi"),
    ],
)
def test_who_wrote_a_comment_and_when_is_read_under_other_names(comment, author, date, body):
    [found] = read({"title": "X", "comments": [comment]}).article.comments
    assert (found.author, found.date, found.body) == (author, date, body)


@pytest.mark.parametrize("name", ["parent", "parent_id", "parentId", "parent_comment", "in_reply_to", "inReplyTo"])
@pytest.mark.parametrize("top", [0, "0", "root", None, ""])
def test_what_a_comment_answers_is_read_under_other_names_and_what_stands_for_nothing_is_nothing(name, top):
    comments = [{"id": 1, "author": "Ann", "text": "Hi", name: top}, {"id": 2, "author": "Bo", "text": "Ho", name: 1}]
    record = read({"title": "X", "comments": comments})
    assert [one.parent for one in record.article.comments] == ["", "1"]
    assert record.notes == ()


@pytest.mark.parametrize(
    "said",
    [
        {"deleted": True},
        {"is_deleted": 1},
        {"isSpam": "true"},
        {"approved": False},
        {"is_approved": "0"},
        {"status": "spam"},
        {"state": "deleted"},
        {"status": "PREMOD"},
        {"removed": True},
        {"deleted_at": "2012-05-05T10:20:00Z"},
        {"visible": False},
        {"published": False},
        {"comment_approved": "0"},
    ],
)
def test_a_comment_that_readers_did_not_see_is_left_out_and_counted_and_its_replies_are_not(said):
    hidden = {"id": 2, "author": "Eve", "text": "Pills", "replies": [{"id": 3, "author": "Bo", "text": "No"}], **said}
    record = read({"title": "X", "comments": [{"id": 1, "author": "Ann", "text": "Hi"}, hidden]})
    assert [(one.author, one.parent) for one in record.article.comments] == [("Ann", ""), ("Bo", "2")]
    assert "1 of the comments are deleted, spam or not approved, and were left out" in record.notes


@pytest.mark.parametrize(
    "said",
    [
        {"deleted": False},
        {"deleted_at": None},
        {"visible": 1},
        {"approved": 1},
        {"status": "approved"},
        {"deleted": None},
        {"approved": ""},
    ],
)
def test_a_comment_that_readers_saw_stays(said):
    record = read({"title": "X", "comments": [{"text": "Hi", **said}]})
    assert (len(record.article.comments), record.notes) == (1, ())


def test_dates_and_texts_that_cannot_be_read_are_told():
    record = read(
        {"title": "X", "published": "one day", "comments": [{"date": "gestern", "text": "Hi"}, {"author": "A"}]}
    )
    assert record.notes == (
        "1 of the comments have a date that cannot be read: gestern",
        "1 of the comments have no text that could be read",
        "a date that cannot be read: one day",
    )


COMMENTS = [{"id": 1, "author": "Ann", "text": "Hi"}, {"id": 2, "author": "Bo", "text": "Ho"}]


@pytest.mark.parametrize(
    "value",
    [
        {"children": COMMENTS},
        {"comments": 2, "replies": COMMENTS},
        {"comment_list": COMMENTS},
        {"comments": {"count": 2, "data": COMMENTS}},
        {"comments": {str(one["id"]): one for one in COMMENTS}},
    ],
)
def test_comments_are_read_under_other_names(value):
    record = read({"title": "X", **value})
    assert [(one.id, one.author, one.body) for one in record.article.comments] == [
        ("1", "Ann", "Hi"),
        ("2", "Bo", "Ho"),
    ]
    assert (record.notes, record.article.extra) == ((), ())


@pytest.mark.parametrize(
    "thread", [COMMENTS, {"posts": COMMENTS}, [{"deeper": {"posts": [{"username": "Ann", "cooked": "<p>Hi</p>"}]}}]]
)
def test_what_may_be_comments_is_told_of_and_is_no_metadata(thread):
    record = read({"text": "X", "thread": thread, "score": 3, "related": [{"title": "Y", "text": "Z", "author": "Bo"}]})
    assert record.notes == ("thread holds what may be comments, which was not read: call it comments",)
    assert [name for name, _ in record.article.extra] == ["score", "related"]


def test_what_may_be_articles_is_told_of_where_there_is_no_other_text():
    posts = [{"title": "One", "text": "Its text"}, {"title": "Two", "html": "<p>Its text</p>"}]
    assert read({"title": "The blog", "posts": posts}).notes == (
        "posts holds what may be articles, which was not read: import each as an object",
    )
    assert read({"title": "The blog", "posts": posts, "text": "A text"}).notes == ()


def test_what_answers_the_article_answers_no_comment():
    children = [{"id": 2, "parent_id": 1, "author": "Ann", "text": "Hi", "comments": [{"author": "Bo", "text": "Ho"}]}]
    record = read({"id": 1, "title": "X", "children": children})
    assert [(one.author, one.parent) for one in record.article.comments] == [("Ann", ""), ("Bo", "2")]
    assert record.notes == ()


@pytest.mark.parametrize(("count", "notes"), [(17, 1), ("17", 1), (0, 0), ("0", 0)])
def test_a_number_of_comments_is_no_comment(count, notes):
    record = read({"title": "X", "comments": count})
    assert record.article.comments == ()
    assert len(record.notes) == notes


@pytest.mark.parametrize(
    "comment",
    [
        {"id": "a", "body": "Hi", "author": "Ann", "parent_id": "t3_x"},
        {"id": 2, "parent": 1, "author": "Bo", "text": "reply"},
        {"id": "a", "title": "Of the article", "text": "<p>Hi</p>", "pid": "", "locator": {"url": "https://e.example"}},
        {"id": 1, "body": "Hi", "issue_url": "https://e.example", "user": {"login": "ann"}},
        {"type": "comment", "text": "Hi", "author": "ann"},
    ],
)
def test_a_comment_by_itself_is_no_article(comment):
    [problem] = read_json_lines(io.BytesIO(json.dumps(comment).encode()), Source("a.jsonl", "0" * 64))
    assert isinstance(problem, Problem)
    assert problem.reason == "a comment by itself: put it into the comments of its article"


@pytest.mark.parametrize(
    "said", [{"status": "draft"}, {"status": "Private"}, {"status": "future"}, {"draft": True}, {"published": False}]
)
def test_an_article_that_says_that_it_was_not_published_is_told_of(said):
    article = {"title": "Boats", "text": "Of boats."}
    assert "it says that it was not published" in " ".join(read(article | said).notes)
    for other in ({"status": "publish"}, {"draft": "3"}, {"published": "2009-03-12"}):
        assert not read(article | other).notes


def test_what_has_a_place_of_its_own_and_does_not_come_to_it_is_kept_as_metadata():
    value = {
        "title": "A",
        "text": "B",
        "excerpt": "Short",
        "description": "Longer",
        "license": "CC BY",
        "image": {"url": "x"},
    }
    article = read({**value, "categories": ["News", "Sea", "Boats"], "tags": ["Sea"]}).article
    assert (article.standfirst, article.section, article.tags) == ("Short", "News", ("Sea", "Boats"))
    assert dict(article.extra) == {"X-image": '{"url": "x"}', "X-license": "CC BY", "X-description": "Longer"}
    assert read({"title": "A", "text": "B", "description": "C"}).article.extra == ()


def test_a_byline_names_the_authors_where_nothing_else_does():
    article = read({"title": "A", "text": "B", "byline": "By Ann Lee and Bob Ray"}).article
    assert article.authors == ("Ann Lee", "Bob Ray")
    assert article.extra == (("byline", "By Ann Lee and Bob Ray"),)
    assert read({"title": "A", "text": "B", "byline": "By X", "author": "Y"}).article.authors == ("Y",)


def test_every_key_that_is_not_known_is_kept_whatever_it_is_called():
    given = {"Серия": "a", "Раздел": "b", "my key": "c", "my_key": "d", "my-key": "e", "slug": "f", "sources": ["g"]}
    others = {"page": 3, "tool": "h", "split": "i", "guessed": ["j"], "extra": {"k": "l"}}
    extra = read({"title": "X", "text": "B", **given, **others}).article.extra
    assert len({key.lower() for key, _ in extra}) == len(extra) == 12
    told = " ".join(f"{key}: {text}" for key, text in extra)
    assert all(
        json.dumps(value, ensure_ascii=False).strip('"') in told for value in (*given.values(), *others.values())
    )
    assert "Серия" in told
    assert "Раздел" in told


def test_what_stands_twice_in_an_object_is_told_and_the_record_is_not_shown():
    line = b'{"title": "X", "text": "B", "comments": [{"text": "One"}], "comments": [{"text": "Two", "text": "Three"}]}'
    [record] = read_json_lines(io.BytesIO(line), Source("a.jsonl", "0" * 64))
    assert isinstance(record, Record)
    assert record.notes == ("said more than once, of which the last was read: comments, text",)
    assert record.part is None
    assert [comment.body for comment in record.article.comments] == ["Three"]


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ({"title": ["A", "B"]}, "title"),
        ({"section": ["A"], "language": "English"}, "language, section"),
        ({"published": {"$date": "2009-03-12"}, "captured": "one day"}, "published"),
        ({"authors": [{"first": "Ann"}, "Bo", 5], "tags": {"a": 1}}, "authors, tags"),
        ({"text": {"a": "B"}, "title": "A"}, "text"),
        ({"url": "paper.example/a"}, "url"),
        ({"title": None, "section": "", "authors": [None, ""], "published": False, "tags": []}, ""),
    ],
)
def test_a_value_that_cannot_be_read_is_told(value, keys):
    notes = read({"html": "B", **value}).notes
    if "one day" in value.values():
        assert notes[-1:] == ("a date that cannot be read: one day",)
    assert [note for note in notes if "values" in note] == ([f"values that cannot be read: {keys}"] if keys else [])


def test_a_value_of_a_comment_that_cannot_be_read_is_told():
    record = read({"title": "X", "comments": [{"text": "B", "parent": {"id": 1}, "author": {"id": 5}, "date": [2009]}]})
    assert record.notes == ("keys of comments that were not read: author, date, parent",)


@pytest.mark.parametrize(
    ("tags", "read_as"),
    [
        ("boats, the harbour", ("boats", "the harbour")),
        ("boats; King, Jr.", ("boats", "King, Jr.")),
        (["a, b"], ("a, b",)),
    ],
)
def test_tags_in_one_line_are_parted_by_semicolons_or_else_by_commas(tags, read_as):
    assert read({"title": "A", "text": "b", "tags": tags}).article.tags == read_as


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ({"publishedAt": "2012-05-04T10:20:00Z", "created_at": "2011"}, "2012-05-04T10:20:00Z"),
        ({"created_utc": 1336126800.0, "created": 1336155600.0}, "2012-05-04T10:20:00Z"),
        ({"date": "2012-05-04T12:20:00", "date_gmt": "2012-05-04T10:20:00"}, "2012-05-04T12:20:00+02:00"),
        ({"date": "2012-05-04", "created_at": "2011"}, "2012-05-04"),
        ({"created_at": "one day", "time": "5 min"}, ""),
    ],
)
def test_when_an_article_was_published_is_read_under_other_names(value, published):
    assert read({"title": "X", **value}).article.published == published


def test_an_article_as_the_api_of_wordpress_gives_it():
    value = {
        "id": 7,
        "title": {"rendered": "A &amp; <em>B</em>"},
        "link": "https://h.example/a/",
        "author": 1,
        "content": {"rendered": "<p>One.</p>", "protected": False},
        "excerpt": {"rendered": "<p>Short.</p>"},
    }
    article = read(value).article
    assert (article.title, article.body, article.standfirst) == ("A & B", "One.", "Short.")
    assert (article.url, article.authors, article.extra) == ("https://h.example/a/", (), ())


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ({"content_html": "<p>One.</p>"}, "One."),
        ({"bodyHtml": "One <em>two</em>."}, "One *two*."),
        ({"content": "One.", "content_html": "<p>Two.</p>"}, "One."),
        ({"selftext": "One *two*.\n\nThree."}, "One \\*two\\*.\n\nThree."),
        ({"title": "X", "selftext": "[removed]"}, ""),
    ],
)
def test_further_names_of_the_text_of_an_article(value, body):
    assert read(value).article.body == body


def test_writers_of_articles_under_other_names():
    assert read({"title": "X", "by": "dora"}).article.authors == ("dora",)
    assert read({"title": "X", "author": "", "author_name": "Dora"}).article.authors == ("Dora",)
    assert read({"title": "X", "author": "[deleted]"}).article.authors == ()


def test_names_that_say_of_what_they_are_names_are_read_without():
    comment = {
        "comment_ID": "5",
        "comment_author": "Ann",
        "comment_date": "2012-05-04 12:20:00",
        "comment_content": "Hi",
        "comment_date_gmt": "2012-05-04 10:20:00",
        "comment_parent": "0",
        "comment_approved": "1",
        "comment_author_email": "a@b.example",
        "comment_author_IP": "192.0.2.1",
    }
    record = read({"title": "X", "comments": [comment, {**comment, "comment_approved": "spam"}]})
    assert [(one.id, one.author, one.date, one.body) for one in record.article.comments] == [
        ("5", "Ann", "2012-05-04T12:20:00+02:00", "Hi")
    ]
    assert record.notes == ("1 of the comments are deleted, spam or not approved, and were left out",)


def test_text_under_a_list_of_another_name_may_be_marked_up():
    children = [
        {"id": 1, "author": "Ann", "text": "One.<p>It&#x27;s two."},
        {"author": "B &amp; C", "text": "It&#x27;s."},
    ]
    found = read({"title": "X", "children": children}).article.comments
    assert [(one.author, one.body) for one in found] == [("Ann", "One.\n\nIt's two."), ("B & C", "It's.")]


def test_a_comment_that_was_typed_with_marks_and_line_ends_has_its_paragraphs():
    said = {"author": "Ann", "content": "I was <b>there</b>.\n\nTwice\nor so."}
    [comment] = read({"title": "X", "text": "Y", "comments": [said]}).article.comments
    assert comment.body == "I was **there**.\n\nTwice\\\nor so."


def test_the_same_comment_that_comes_again_is_taken_once():
    comment = {"id": 1, "author": "Ann", "date": "2012-05-04", "text": "Hi"}
    record = read(
        {"title": "X", "comments": [comment, comment, {**comment, "text": "Ho"}, {"text": "Hi"}, {"text": "Hi"}]}
    )
    assert [one.body for one in record.article.comments] == ["Hi", "Ho", "Hi", "Hi"]
    assert "1 of the comments came again, the same with the same id, and were taken once" in record.notes


def test_what_may_be_the_text_of_an_article_without_one_is_told():
    told = "no text was read: article_body may be one, and was kept as metadata; call it text, or html"
    assert told in read({"title": "X", "article_body": "It left. " * 30}).notes
    assert told not in read({"title": "X", "text": "It left.", "article_body": "It left. " * 30}).notes
    assert read({"title": "X", "description": "It left. " * 30}).notes == ()


def test_what_an_archive_exports_is_what_it_was_even_where_it_reads_as_taken_out():
    comment = {"id": "1", "author": "[deleted]", "commonmark": "[removed]", "text": "[removed]"}
    article = read({"title": "X", "commonmark": "B", "authors": ["[deleted]"], "comments": [comment]}).article
    assert article.authors == ("[deleted]",)
    assert [(one.author, one.body) for one in article.comments] == [("[deleted]", "[removed]")]
    assert read({"title": "X", "comments": [{"text": "B", "author": "0"}]}).article.comments[0].author == "0"
