"""Backups and feeds of Blogger: posts with the comments that stand among them, and nothing of what was not public."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from backfile.importer.blogger import read_blogger
from backfile.importer.bloggercomments import read_comments_of_blogger
from backfile.importer.kinds import read_container, tell_kind
from backfile.importer.record import Problem, Record
from backfile.importer.sharing import Sharing
from backfile.importer.walking import SourceFile
from backfile.model import Article, Source
from exports_world import Post
from growth import MOST, growth
from project import CASES
from test_export_words import said
from test_import import imported
from words_world import WORD

SOURCE = Source("b.xml", "0" * 64)
BACKUP = (CASES / "blogger-backup" / "source.xml").read_text("utf-8")
TAKEOUT = (CASES / "blogger-takeout" / "source.atom").read_text("utf-8")
COMMENTS = (CASES / "blogger-comments-feed" / "source.xml").read_text("utf-8")
HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
    " xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-1</id>"
)


def read(text: str | bytes, sharing: Sharing = Sharing()) -> list[Record | Problem]:  # noqa: B008 - frozen
    data = text.encode() if isinstance(text, str) else text
    return list(read_blogger(io.BytesIO(data), SOURCE, lambda: io.BytesIO(data), sharing=sharing))


def articles(text: str | bytes) -> list[Article]:
    return [item.article for item in read(text) if isinstance(item, Record)]


def reasons(text: str | bytes) -> list[str]:
    return [item.reason for item in read(text) if isinstance(item, Problem)]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def post(number: int, text: str, more: str = "") -> str:
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><title>Post {number}</title>"
        f"<content type='html'>{escaped(text)}</content>{more}</entry>"
    )


def comment(number: int, on: int, text: str, more: str = "") -> str:
    ref = f"tag:blogger.com,1999:blog-1.post-{on}"
    return post(number, text, f"<author><name>Reader {number}</name></author><thr:in-reply-to ref='{ref}'/>{more}")


def test_what_was_not_public_is_told_and_no_address_of_anybody_is_published(tmp_path):
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "blog.xml").write_text(BACKUP, "utf-8")
    made, report = imported(tmp_path / "from", tmp_path / "content")
    assert len(made) == 2 and report["skipped"] == 4
    shown = [path for path in (tmp_path / "content").rglob("*") if path.is_file() and "originals" not in path.parts]
    text = "\n".join(path.read_text("utf-8") for path in shown)
    assert "The ferry left at eight." in text
    assert not any(secret in text for secret in ("private.example", "noreply@", "Not yet.", "face.jpg", "removed by"))


def test_comments_in_a_feed_of_their_own_join_the_posts_of_another_file_once(tmp_path):
    folder = tmp_path / "from"
    folder.mkdir()
    (folder / "a-comments.xml").write_text(COMMENTS, "utf-8")
    (folder / "posts.xml").write_text(BACKUP, "utf-8")
    assert tell_kind(SourceFile(folder / "a-comments.xml", "a-comments.xml")).kind == "discussions"
    made, report = imported(folder, tmp_path / "content")
    ferry = next(article for article in made if article.title.startswith("The last ferry"))
    assert [(c.id, c.author, c.parent) for c in ferry.comments] == [
        ("500", "Ben", ""), ("501", "Cleo", "500"), ("510", "Eve", ""),
    ]  # fmt: skip
    assert ferry.comments[2].body == "A later word & no more.\n\nIt is all."
    told = [outcome for outcome in report["outcomes"] if outcome["place"].startswith("a-comments.xml")]
    assert [outcome["reason"] for outcome in told] == [
        "a comment that does not say which post it is on",
        "comments of this article",
    ]
    notes = [note for outcome in report["outcomes"] for note in outcome.get("notes", ())]
    assert "1 comments joined from a-comments.xml:2#510" in notes


def test_comments_join_a_saved_page_of_the_post_by_its_address(tmp_path):
    folder = tmp_path / "from"
    folder.mkdir()
    (folder / "comments.atom").write_text(COMMENTS, "utf-8")
    text = "".join(f"<p>{'The ferry left the harbour at eight in the morning. ' * 3}{n}</p>" for n in range(4))
    link = "<link rel='canonical' href='https://ferry.blogspot.example/2012/05/last-ferry.html'>"
    page = f"<html><head><title>The last ferry</title>{link}</head><body><article><h1>The last ferry</h1>{text}"
    (folder / "page.html").write_text(page, "utf-8")
    made, _ = imported(folder, tmp_path / "content")
    [article] = made
    assert [c.author for c in article.comments] == ["Ben", "Eve"]


def test_a_feed_says_by_its_ids_what_its_entries_are_and_comments_stand_oldest_first():
    late, early = "<published>2012-05-05T10:00:00Z</published>", "<published>2012-05-05T10:00:00+02:00</published>"
    feed = HEAD + comment(3, 1, "Late.", late) + post(1, "A text.") + comment(2, 1, "Early.", early) + "</feed>"
    [article] = articles(feed)
    assert [(c.id, c.body) for c in article.comments] == [("2", "Early."), ("3", "Late.")]
    assert (article.title, article.body, article.split.method) == ("Post 1", "A text.", "source")


def test_a_feed_that_is_not_all_there_or_has_summaries_says_so():
    head = HEAD.replace("<id>", "<openSearch:totalResults xmlns:openSearch='x'>120</openSearch:totalResults><id>", 1)
    short = post(1, "The beginning of").replace("content", "summary")
    problem, record = read(f"{head}{short}</feed>")
    assert problem.reason == "the feed has 120 entries and this file 1 of them: import the others as well"
    assert record.notes == ("the feed has no more of the text than a summary",)
    assert record.article.body == "The beginning of"


def test_each_state_in_which_a_post_or_a_comment_was_not_public_is_left_out_with_its_reason():
    draft = "<app:control xmlns:app='x'><app:draft>yes</app:draft></app:control>"
    state = "<b:status xmlns:b='y'>{}</b:status>"
    trashed = "<b:trashed xmlns:b='y'>2020-01-01T00:00:00Z</b:trashed>"
    posts = post(1, "A draft.", draft), post(2, "Later.", state.format("SCHEDULED")), post(3, "Gone.", trashed)
    public = post(4, "Here.", state.format("LIVE")), comment(6, 4, "Public.")
    others = comment(5, 4, "Waiting.", state.format("PENDING")), comment(7, 2, "On what comes.")
    feed = HEAD + "".join((*posts, *public, *others)) + "</feed>"
    assert reasons(feed) == [
        "not published: its status is 'draft'",
        "not published: its status is 'scheduled', with 1 comment",
        "not published: its status is 'trash'",
    ]
    [record] = [item for item in read(feed) if isinstance(item, Record)]
    assert [c.body for c in record.article.comments] == ["Public."]
    assert record.notes == ("1 comment left out: pending",)


def test_text_that_is_no_markup_and_markup_that_is_not_escaped_are_read():
    plain = "<content type='text'>Less &lt; more.\nA line.\n\nThe end.</content>"
    tree = "<div xmlns='http://www.w3.org/1999/xhtml'><p>One <b>two</b><br/>three.</p></div>"
    entry = "<entry><id>tag:blogger.com,1999:blog-1.post-{}</id><title>t</title>{}</entry>"
    first, second = articles(
        HEAD + entry.format(1, plain) + entry.format(2, f"<content type='xhtml'>{tree}</content>") + "</feed>"
    )
    assert first.body == "Less < more.\\\nA line.\n\nThe end."
    assert second.body == "One **two**\\\nthree."


@pytest.mark.parametrize("seed", range(6))
def test_each_word_of_posts_and_comments_is_read_once_and_under_its_post_wherever_it_stands(seed):
    world, choice = Post(seed, "p"), random.Random(seed)
    entries, texts = [], {}
    for number in range(1, 9):
        texts[number] = [world.marked(2)]
        entries.append(post(number, texts[number][0]))
    for number in range(100, 130):
        on = choice.randint(1, 8)
        said_here = world.marked(1)
        texts[on].append(said_here)
        entries.append(comment(number, on, said_here, f"<published>2012-05-05T10:{number - 100:02}:00Z</published>"))
    choice.shuffle(entries)
    found = {article.title: article for article in articles(HEAD + "\n".join(entries) + "</feed>")}
    assert len(found) == 8
    for number, (text, *comments) in texts.items():
        article = found[f"Post {number}"]
        assert said(article.body) == WORD.findall(text)
        assert [said(one.body) for one in article.comments] == [*map(WORD.findall, comments)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_backups_are_read_in_the_encoding_that_they_declare(encoding):
    text = BACKUP.replace("UTF-8", "ISO-8859-1") if "8859" in encoding else BACKUP
    found = articles(text.replace("ferry left", "férry left").encode(encoding))
    assert found[0].body.startswith("The férry left") and len(found[0].comments) == 2


def test_several_processes_read_what_one_does(tmp_path):
    feed = HEAD + "".join(post(n, f"A text {n}.") + comment(1000 + n, n, f"On {n}.") for n in range(1, 120)) + "</feed>"
    assert read(feed, Sharing(2)) == read(feed)
    path = tmp_path / "blog.xml"
    path.write_text(feed, "utf-8")
    file = SourceFile(Path(path), path.name)
    assert tell_kind(file).kind == "container"
    assert sum(isinstance(item, Record) for item in read_container(file)) == 119


@pytest.mark.parametrize("text", [BACKUP, TAKEOUT])
def test_a_backup_damaged_anywhere_gives_records_and_problems_and_no_exception(text):
    for at in range(len(HEAD), len(text), 101):
        read(text[:at])
        read(text[:at] + "<\0&" + text[at + 3 :])
        list(read_comments_of_blogger(io.BytesIO(text[:at].encode()), SOURCE))


def test_a_damaged_comment_and_one_whose_post_is_not_there_are_told_of():
    damaged = comment(2, 1, "Damaged.").replace("</content>", "</contents>")
    feed = HEAD + post(1, "A text.") + "\n" + damaged + comment(3, 9, "Lost.") + comment(4, 9, "Lost.") + "</feed>"
    first, second = reasons(feed)
    assert first.startswith("a damaged record: line 2: ")
    assert second == "2 comments on post 9, which is not in the file"


@pytest.mark.parametrize(
    "piece", ["<id>", "<id> ", "<link ", "<entry>", "<entry/>", "in-reply-to> ", "<category/>", "&lt;b"]
)
def test_any_number_of_anything_takes_the_time_of_its_size(piece):
    def work(text: str) -> None:
        for feed in (
            HEAD + text + post(1, "x"),
            HEAD + post(1, "x", text),
            HEAD + post(1, text),
            HEAD + comment(1, 1, text),
        ):
            read(feed + "</feed>")
            list(read_comments_of_blogger(io.BytesIO(feed.encode()), SOURCE))

    assert growth(work, piece * 2_000, piece * 16_000) < MOST
