"""What the archive says of the times of which it has nothing."""

from __future__ import annotations

from types import SimpleNamespace

from backfile.comments.archive import build_archive
from backfile.comments.views import ArticleView
from backfile.model import Article


def archive(*dates):
    articles = [
        SimpleNamespace(archive=ArticleView(Article(str(n), "T", "", published=date), ()), url=str(n), title="T")
        for n, date in enumerate(dates)
    ]
    return build_archive(articles)


def gaps(*dates):
    return [(gap.first, gap.last, gap.months) for gap in archive(*dates).gaps]


def test_a_year_without_anything_is_a_gap_and_eleven_months_are_none():
    assert gaps("2007-03-01", "2008-03-31") == []
    assert gaps("2007-03-01", "2008-04-01") == [((2007, 4), (2008, 3), 12)]


def test_an_article_known_by_its_year_leaves_no_gap_in_it():
    assert gaps("2007-03-01", "2008", "2010-01") == [((2009, 1), (2009, 12), 12)]


def test_the_undated_say_nothing_and_of_many_gaps_the_longest_are_told_in_their_order():
    years = [1900, 1902, 1905, 1909, 1914, 1920, 1927, 1935]
    found = gaps("", *map(str, years))
    assert [first[0] for first, _, _ in found] == [1906, 1910, 1915, 1921, 1928]
    assert gaps("") == []


def test_what_is_known_by_its_year_alone_is_in_no_month_of_it():
    year = archive("2008-03", "2008", "2008-03-31", "2009-01").years[0]
    assert [(month.month, month.count) for month in year.months] == [(3, 2)]
    assert [article.url for article in year.monthless] == ["1"]
    assert archive("2008-03", "2009-01").years[0].monthless == ()
