"""Exports in BlogML: posts with their comments, and nothing of what was not approved."""

from __future__ import annotations

import base64
import io

import pytest

from backfile.importer.blogml import read_blogml
from backfile.importer.kinds import tell_kind
from backfile.importer.record import Problem, Record
from backfile.importer.walking import SourceFile
from backfile.model import Article, Source
from exports_world import Post
from growth import MOST, growth
from project import CASES
from test_export_words import said
from test_import import imported
from words_world import WORD

EXPORT = (CASES / "blogml-export" / "source.xml").read_text("utf-8")
HEAD = "<blog root-url='http://x.example/' xmlns='http://www.blogml.com/2006/09/BlogML'><posts>"


def read(text: str) -> list[Record | Problem]:
    return list(read_blogml(io.BytesIO(text.encode()), Source("b.xml", "0" * 64)))


def articles(text: str) -> list[Article]:
    return [item.article for item in read(text) if isinstance(item, Record)]


def post(inside: str, more: str = "") -> str:
    return f"{HEAD}<post id='1' {more}><title>A</title>{inside}</post></posts></blog>"


def test_no_address_of_a_reader_and_nothing_that_was_not_approved_is_published(tmp_path):
    (tmp_path / "from").mkdir()
    path = tmp_path / "from" / "export"
    path.write_text(EXPORT, "utf-8")
    assert tell_kind(SourceFile(path, path.name)).kind == "container"
    made, report = imported(tmp_path / "from", tmp_path / "content")
    assert len(made) == 2 and report["skipped"] == 1
    shown = [path for path in (tmp_path / "content").rglob("*") if path.is_file() and "originals" not in path.parts]
    text = "\n".join(path.read_text("utf-8") for path in shown)
    assert "It rained & rained." in text
    assert not any(secret in text for secret in ("private.example", "10.0.0.1", "Buy.", "Secret"))


@pytest.mark.parametrize("kind", ["text", "html", "xhtml", "base64"])
@pytest.mark.parametrize("seed", range(3))
def test_each_word_of_posts_and_comments_is_read_once_however_they_are_written(kind, seed):
    world = Post(seed, "p")

    def written(text: str) -> str:
        if kind == "base64":
            text = base64.b64encode(text.encode()).decode()
        inside = f"<div xmlns='http://www.w3.org/1999/xhtml'>{text}</div>" if kind == "xhtml" else f"<![CDATA[{text}]]>"
        return f"<content type='{kind}'>{inside}</content>"

    paragraphs = [f"<p>{world.some(3, 5)} <b>{world.some(2, 3)}</b></p>" for _ in range(6)]
    body, readers = "".join(paragraphs[:3]), paragraphs[3:]
    comments = "".join(f"<comment id='{at}'>{written(text)}</comment>" for at, text in enumerate(readers))
    [article] = articles(post(f"{written(body)}<comments>{comments}</comments>"))
    assert said(article.body) == WORD.findall(body)
    assert [said(comment.body) for comment in article.comments] == [*map(WORD.findall, readers)]


def test_a_post_without_anything_and_one_that_is_not_published_are_told_of():
    empty = read(post("").replace("<title>A</title>", ""))
    assert [item.reason for item in empty] == ["a post without title, text or comments"]
    hidden = read(post("<content>x</content>", "is-published='False'"))
    assert [item.reason for item in hidden] == ["not published: it says is-published = 'false'"]


def test_an_export_damaged_anywhere_gives_records_and_problems_and_no_exception():
    for at in range(len(HEAD), len(EXPORT), 61):
        read(EXPORT[:at])
        read(EXPORT[:at] + "<\0&" + EXPORT[at + 3 :])


@pytest.mark.parametrize(
    "piece", "<author id='1'>|<category |<post>|<comment/>|<content>|&lt;b|<tag ref='a'/>|<![CDATA[".split("|")
)
def test_any_number_of_anything_takes_the_time_of_its_size(piece):
    def work(text: str) -> None:
        for export in (
            HEAD.replace("<posts>", text) + "<posts><post/>",
            post(text),
            post(f"<comments>{text}</comments>"),
        ):
            read(export)

    assert growth(work, piece * 1_000, piece * 8_000) < MOST
