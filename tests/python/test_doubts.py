"""Doubts of dates: each has a number, and what is sure has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.importer.doubts import doubts_of_dates
from backfile.model import Article, Comment, Split

DATES = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    st.dates(),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)
"""EDTF of each precision, with each qualifier."""


def article(published: str = "", *, guessed: bool = False, comments: tuple[str, ...] = (), method: str = "") -> Article:
    return Article(
        id="a",
        title="A",
        body="B",
        published=published,
        guessed=("published",) if guessed else (),
        split=Split(method),
        comments=tuple(Comment(id=str(number), body="C", date=date) for number, date in enumerate(comments)),
    )


@pytest.mark.parametrize(
    ("published", "guessed", "method", "sure"),
    [
        ("2012-03-04", True, "", 0.88),  # shown on a page, not declared
        ("2012-03-04", True, "text", 0.9),  # in the head of a text
        ("2012-03-04?", False, "", 0.6),  # day and month may be swapped
        ("2012-03-04?", True, "", 0.528),  # and guessed as well
        ("2012-03-13?", False, "", 0.5),  # they cannot be: its source doubts it
        ("2012?", False, "", 0.95),  # a year that was all that could be told
        ("2012-03~", False, "", 0.5),
        ("2012%", False, "", 0.5),
    ],
)
def test_each_way_to_doubt_a_date_has_a_confidence(published, guessed, method, sure):
    [doubt] = doubts_of_dates(article(published, guessed=guessed, method=method))
    assert (doubt.kind, doubt.date, doubt.comments, doubt.confidence) == ("date", published, (), sure)
    assert published in doubt.reason


def test_a_date_that_is_read_as_it_is_written_is_not_doubted():
    sure = ("2012", "2012-03", "2012-03-04", "2012-03-04T10:20Z", "")
    assert not list(doubts_of_dates(article("2012-03-04", comments=sure)))


def test_comments_doubted_alike_are_put_together_in_the_order_of_the_first():
    found = list(doubts_of_dates(article(comments=("2012-03-04?", "2012~", "2012-03-13", "2012-05-06?"))))
    assert [(doubt.date, doubt.comments) for doubt in found] == [("2012-03-04?", ("0", "3")), ("2012~", ("1",))]


@given(st.lists(DATES, max_size=8), DATES, st.booleans())
def test_every_uncertain_date_is_in_one_doubt_whose_confidence_is_a_probability(dates, published, guessed):
    found = list(doubts_of_dates(article(published, guessed=guessed, comments=tuple(dates))))
    assert all(0 < doubt.confidence < 1 for doubt in found)
    listed = [one for doubt in found for one in doubt.comments]
    assert sorted(listed) == sorted(str(number) for number, date in enumerate(dates) if date.endswith(("?", "%", "~")))
    own = [doubt for doubt in found if not doubt.comments]
    assert len(own) == (guessed or published.endswith(("?", "%", "~")))
