"""Comments in the markup of many systems, each with three of them below an article, or three posts of a forum."""

from __future__ import annotations

import json

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Source
from project import ROOT

STORY = (
    "The ferry went at eight in the morning, and everybody on the pier waved at it for a very long time.",
    "For ninety years it had carried sheep, letters and brides to the islands, and nobody remembers it being late.",
    "The council says that a bridge will be built, and that it will be cheaper; the islanders have heard this before.",
)
NAMES = ("Ann Miller", "Captain Bob", "cleo77")
TEXTS = (
    "I saw it leave the harbour this morning, and it was full of people who waved at us.",
    "My grandfather built its engine in the year of the great flood.",
    "They should paint it green again, as it was when I was a child. Anybody else remember that?",
)
SYSTEMS = json.loads((ROOT / "tests" / "cases" / "systems.json").read_text("utf-8"))
"""What stands round the comments, and one of them: {d} is the number of a day in May 2012, {n} a name, {t} a text."""


def read(system: tuple[str, str], above: str) -> Record:
    around, one = system
    said = "".join(
        one.format(n=name, t=text, d=day) for day, (name, text) in enumerate(zip(NAMES, TEXTS, strict=True), 1)
    )
    page = f"<!doctype html><title>The ferry</title><body><h1>The ferry</h1>{above}{around.format(said)}"
    found = read_html(page.encode(), Source("page.html", "0" * 64))
    assert isinstance(found, Record), found
    return found


def told(found: Record) -> list[tuple[str, str, str]]:
    return [(one.author, one.date, one.body) for one in found.article.comments]


EXPECTED = [
    (name, f"2012-05-{day:02}T10:20", text) for day, (name, text) in enumerate(zip(NAMES, TEXTS, strict=True), 1)
]


@pytest.mark.parametrize("name", SYSTEMS["comments"])
def test_each_comment_has_its_name_its_date_and_its_words_and_the_article_has_none(name):
    found = read(SYSTEMS["comments"][name], f"<article>{''.join(f'<p>{text}</p>' for text in STORY)}</article>")
    assert told(found) == EXPECTED
    assert found.article.body == "\n\n".join(STORY)


@pytest.mark.parametrize("name", SYSTEMS["posts"])
def test_so_has_each_post_of_a_forum(name):
    found = read(SYSTEMS["posts"][name], "")
    assert told(found) == EXPECTED
    assert found.article.body == ""
