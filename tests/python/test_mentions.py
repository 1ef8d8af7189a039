"""Replies told by the name they begin with: only where it can be nobody else, and as a guess."""

from __future__ import annotations

import pytest

from backfile.contentfile import read_content, write_content
from backfile.importer.mentions import with_mentioned_parents
from backfile.model import Article, Comment
from test_import import imported, write
from test_pairing import prose


def comments(*told: tuple[str, str]) -> list[Comment]:
    return [Comment(f"c{number}", body, author=author) for number, (author, body) in enumerate(told, 1)]


@pytest.mark.parametrize(
    ("body", "parent"),
    [
        ("@Ann Lee: so do I", "c1"),
        ("@ann lee so do I", "c1"),
        ("@Ann, so do I", "c1"),
        ("@Captain\n\nSo do I", "c3"),  # his last before
        ("@Tom: which of the two?", ""),
        ("@Annabel: nobody of that name", ""),
        ("@Zoe: she writes later", ""),
        ("Mail me @Ann", ""),
        ("ann@lee.example is an address", ""),
        ("@", ""),
    ],
)
def test_a_comment_answers_the_earlier_one_whose_writer_it_names(body, parent):
    told = comments(("Ann Lee", "First"), ("Captain", "Second"), ("Captain", "Third"), ("Tom A", "x"), ("Tom B", "y"),
                    ("Bob", body), ("Zoe", "Last"))  # fmt: skip
    answered, any_guessed = with_mentioned_parents(told)
    assert (answered[5].parent, any_guessed) == (parent, bool(parent))
    assert [comment.parent for comment in answered if comment.id != "c6"] == [""] * 6


def test_nothing_is_guessed_where_the_source_knows_its_threads():
    told = [*comments(("Ann", "First"), ("Bob", "@Ann: yes")), Comment("c3", "No", author="Cy", parent="c1")]
    assert with_mentioned_parents(told) == (tuple(told), False)


def test_replies_in_plain_text_are_told_by_their_names_and_marked_as_guessed(tmp_path):
    body = prose("a", 6)
    readers = ["Ann Lee says:", "March 12, 2009 at 10:41 am", prose("r", 1)[0], "Bob Stone says:",
               "March 12, 2009 at 11:00 am", "@Ann: " + prose("q", 1)[0]]  # fmt: skip
    write(tmp_path / "s", "a.txt", *body, *readers)
    write(tmp_path / "s", "b.txt", "A title", "Date: 10 March 2009", *body, between="\n\n")
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    ann, bob = article.comments
    assert (ann.author, bob.author, bob.parent) == ("Ann Lee", "Bob Stone", ann.id)
    assert "parent" in article.guessed
    assert isinstance(article, Article)
    assert read_content(write_content(article)).article == article
