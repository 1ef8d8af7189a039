"""Headline, standfirst, byline, date and author note are recognised in plain text, and nothing of the text
is lost.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.split import parse_furniture

BODY = [
    "The council met on Tuesday evening and, after four hours of talk, put the bridge off for a year.",
    "Its chair said that the money was there but the will was not, and that May would see it again.",
    "Engineers had warned in the spring that the eastern pier would not carry another heavy winter.",
]


def test_a_whole_head_and_tail_are_read() -> None:
    found = parse_furniture(
        [
            "Council Puts Off the Bridge",
            "Four hours of talk end where they began",
            "By Ann Smith and Bob Jones",
            "Published: 12 March 2009, 10:41",
            *BODY,
            "Ann Smith is a reporter for the Harbour Gazette. Follow her on Twitter @annsmith.",
        ]
    )
    assert found.title == "Council Puts Off the Bridge"
    assert found.standfirst == "Four hours of talk end where they began"
    assert found.authors == ("Ann Smith", "Bob Jones")
    assert found.date == "2009-03-12T10:41"
    assert found.author_note.startswith("Ann Smith is a reporter")
    assert (found.body_start, found.body_end) == (4, 7)
    assert found.guessed == ("title", "standfirst", "authors", "published", "author-note")


@pytest.mark.parametrize(
    ("byline", "dateline", "author", "date"),
    [
        ("Von Anna Schmidt", "Veröffentlicht am 12. März 2009", "Anna Schmidt", "2009-03-12"),
        ("Par Anne Dupont", "Publié le 12 mars 2009", "Anne Dupont", "2009-03-12"),
        ("Por Ana García", "12 de marzo de 2009", "Ana García", "2009-03-12"),
        ("Автор: Анна Иванова", "12 марта 2009", "Анна Иванова", "2009-03-12"),
        ("Автор: Ганна Шевченко", "12 березня 2009", "Ганна Шевченко", "2009-03-12"),
    ],
)
def test_bylines_and_datelines_of_other_languages_are_read(byline: str, dateline: str, author: str, date: str) -> None:
    found = parse_furniture(["Die Brücke muss warten", byline, dateline, *BODY])
    assert (found.authors, found.date, found.body_start) == ((author,), date, 3)


def test_prose_alone_has_no_furniture() -> None:
    found = parse_furniture(BODY)
    assert (found.title, found.authors, found.author_note, found.guessed) == ("", (), "", ())
    assert (found.body_start, found.body_end) == (0, len(BODY))


def test_a_sentence_about_somebody_is_no_author_note() -> None:
    found = parse_furniture([*BODY, "Mr Brown is a patient man. He has waited. He will wait. It is what he does best."])
    assert found.body_end == len(BODY) + 1


def test_an_author_line_above_the_note_belongs_to_it() -> None:
    found = parse_furniture([*BODY, "Author: Ann Smith", "Ann Smith is the editor of the Gazette."])
    assert (found.authors, found.body_end) == (("Ann Smith",), len(BODY))


def test_nothing_is_no_article() -> None:
    assert parse_furniture([]).body_end == 0


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=80), st.sampled_from([*BODY, "By Ann Smith", "12 March 2009"])),
        max_size=12,
    )
)
def test_the_body_is_a_span_of_the_paragraphs(paragraphs: list[str]) -> None:
    found = parse_furniture(paragraphs)
    assert 0 <= found.body_start <= found.body_end <= len(paragraphs)
    assert all(part in ("title", "standfirst", "authors", "published", "author-note") for part in found.guessed)
