"""On this day: every day of the year has its page, and no article is put on a day that nobody knows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backfile.browse.anniversaries import anniversaries


def page(month: int | None, day: int | None) -> Any:
    return SimpleNamespace(archive=SimpleNamespace(published=SimpleNamespace(month=month, day=day)))


dates = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 28)), min_size=1, max_size=30)


@given(dates)
def test_every_article_is_on_its_day_and_there_are_366_days(pairs: list[tuple[int, int]]) -> None:
    days = anniversaries([page(*pair) for pair in pairs])
    assert len(days) == 366
    assert sum(len(day.articles) for day in days) == len(pairs)
    assert {(day.month, day.day) for day in days if day.articles} == set(pairs)


@given(dates)
def test_the_neighbours_of_a_day_are_the_nearest_with_articles_round_the_year(
    pairs: list[tuple[int, int]],
) -> None:
    filled = sorted(set(pairs))
    for found in anniversaries([page(*pair) for pair in pairs]):
        here = (found.month, found.day)
        others = [pair for pair in filled if pair != here]
        expected_next = next((pair for pair in others if pair > here), others[0] if others else None)
        expected_before = next((pair for pair in reversed(others) if pair < here), others[-1] if others else None)
        assert (found.previous, found.next) == (expected_before, expected_next)


def test_a_date_known_to_the_month_is_on_no_day() -> None:
    days = anniversaries([page(3, None), page(None, None), page(2, 29)])
    assert [(day.month, day.day) for day in days if day.articles] == [(2, 29)]


def test_an_archive_without_days_has_no_such_pages() -> None:
    assert anniversaries([page(3, None)]) == ()
