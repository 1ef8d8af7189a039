"""Dates as pages write them, read no finer and no surer than they are written."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.dates import parse_edtf
from backfile.importer.moments import month_leads, read_epoch, read_moment
from backfile.months import _NUMBERS, MONTH, month_number
from backfile.written_dates import find_written_date


def odd(name: str) -> str:
    """Letters that are others without case."""
    return name.translate(str.maketrans("sikSIKςσμ", "ſıKſİKσςµ"))


WRITTEN = [
    ("4. Mai 2012 um 10:20", "2012-05-04T10:20"),
    ("2012-05-04T10:20:00+0200", "2012-05-04T10:20:00+02:00"),
    ("May 4th, 2012 at 10:20 pm", "2012-05-04T22:20"),
    ("12:05 AM, May 04, 2012", "2012-05-04T00:05"),
    ("Wed Mar 21, 2012 1:33 pm", "2012-03-21T13:33"),
    ("10-August-2011 20:18", "2011-08-10T20:18"),
    ("29/07/2004, 19h46", "2004-07-29T19:46"),
    ("2020.03.12 13:17", "2020-03-12T13:17"),
    ("13 avril 2020 à 10h24", "2020-04-13T10:24"),
    ("5 de mayo de 2020", "2020-05-05"),
    ("29.01.19", "2019-01-29"),
    ("September 2019", "2019-09"),
    ("Ann wrote on 13 March 2009:", "2009-03-13"),
    ("13 March 10:20", ""),
    ("2012", "2012"),
    ("25/12/99", "1999-12-25"),
    ("4/5/2012", "2012-04-05?"),
    ("31. Februar 2012", ""),
    ("25:61 o'clock", ""),
    ("10:20:30 Jun 01, 2012", "2012-06-01T10:20:30"),
    ("5:02:04 Feb 10, 2007", "2007-02-10T05:02:04"),
    ("10:20 May 04, 2012", "2012-05-04T10:20"),
    ("#3 March 10, 2012", "2012-03-10"),
    ("10.20 May 04 2012", "2012-05-04T10:20"),
    ("4 May 12, 10:20", "2012-05-04T10:20"),
    ("31. Dez 39", "2039-12-31"),
    ("12/31/69", ""),
    ("4.5.65 10:20", ""),
    ("4.5.70", "1970-05-04"),
    ("0001-01-01T00:00:00Z", ""),
    ("9999-12-31", ""),
    ("soon", ""),
    ("", ""),
    ("3 KASIM 2012", "2012-11-03"),
    ("3 Kasim 2012", "2012-11-03"),
    ("3 NİSAN 2012", "2012-04-03"),
    ("1 AOÛT 2012", "2012-08-01"),
    ("1 aout 2012", "2012-08-01"),
    ("12 мая 2012 в 10:20", "2012-05-12T10:20"),
    ("12 травня 2012 о 10:20", "2012-05-12T10:20"),
    ("12 май 2012 г.", "2012-05-12"),
    ("14 Μαΐου 2012, 10:20 μ.μ.", "2012-05-14T22:20"),
    ("15 ΜΑΡΤΙΟΥ 2012", "2012-03-15"),
    ("Σεπτέμβριος 2012", "2012-09"),
    ("٣ مايو ٢٠١٢", "2012-05-03"),
    ("15 أيار/مايو 2012، 10:20 م", "2012-05-15T22:20"),
    ("15 كانون الثاني 2012", "2012-01-15"),
    ("3 במאי 2012 בשעה 10:20", "2012-05-03T10:20"),
    ("2012. május 4. 10:20", "2012-05-04T10:20"),
    ("4 d’abril de 2012", "2012-04-04"),
    ("4 mai 2012", "2012-05-04"),
    ("4 octombrie 2012", "2012-10-04"),
]


@pytest.mark.parametrize(("text", "moment"), WRITTEN)
def test_a_written_date_is_known_as_far_as_it_is_written(text, moment):
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [("3 days ago", "2020-04-17~"), ("vor 2 Jahren", "2018~"), ("vor einem Monat", "2020-03~"), ("5 h", "2020-04-20~")],
)
def test_a_distance_counts_back_from_the_capture_and_is_approximate(text, moment):
    assert read_moment(text, now="2020-04-20T10:00:00Z") == moment
    assert read_moment(text) == ""


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("3 dayſ ago", "2020-04-17~"),
        ("3 дня назад", "2020-04-17~"),
        ("5 часов назад", "2020-04-20~"),
        ("2 тижні тому", "2020-04-06~"),
        ("3 dni temu", "2020-04-17~"),
        ("för 3 dagar sedan", "2020-04-17~"),
        ("for 3 måneder siden", "2020-01~"),
        ("před 3 dny", "2020-04-17~"),
        ("3 YIL ÖNCE", "2017~"),
        ("3 viikkoa sitten", "2020-03-30~"),
        ("πριν από 3 ημέρες", "2020-04-17~"),
        ("منذ ٣ أيام", "2020-04-17~"),
        ("לפני 3 ימים", "2020-04-17~"),
        ("3日前", "2020-04-17~"),
        ("2 个月前", "2020-02~"),
        ("3시간 전", "2020-04-20~"),
        ("3年生の前", ""),
        ("Yesterday, 10:20 PM", "2020-04-19~"),
        ("Today at 9:12 am", "2020-04-20~"),
        ("gestern um 10:20 Uhr", "2020-04-19~"),
        ("Вчера, 10:20", "2020-04-19~"),
        ("I dag kl. 10.20", "2020-04-20~"),
        ("昨天10:20", "2020-04-19~"),
        ("Yesterday I saw 10 boats", ""),
    ],
)
def test_a_distance_is_read_in_many_languages(text, moment):
    assert read_moment(text, now="2020-04-20T10:00:00Z") == moment


@given(
    st.sampled_from(sorted(_NUMBERS)), st.lists(st.sampled_from([str.upper, str.title, str.swapcase, odd]), max_size=3)
)
def test_a_month_is_one_in_whatever_letters_it_is_written(name, changes):
    number = _NUMBERS[name]
    for change in changes:
        name = change(name)
    if re.fullmatch(MONTH, name, re.IGNORECASE):
        assert month_number(name) == number
    assert read_moment(f"4 {name} 2012") in (f"2012-{number:02}-04", "")
    found = find_written_date(f"4 {name} 2012")
    assert not found or found[0].month == number


def test_another_date_of_the_page_tells_whether_the_month_leads():
    assert month_leads(["4/5/2012", "4/25/2012"]) is True
    assert month_leads(["4/5/2012", "25/4/2012"]) is False
    assert month_leads(["4/5/2012"]) is None
    assert month_leads(["4/5/2012"], "de") is False
    assert read_moment("4/5/2012", month_leads=False) == "2012-05-04"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 04 May 2012 10:00:00 +0200", "2012-05-04T10:00:00+02:00"),
        ("Fri, 4 May 2012 10:00:00 GMT", "2012-05-04T10:00:00Z"),
        ("04 May 2012 10:00 -0730", "2012-05-04T10:00-07:30"),
        ("Fri, 04 May 2012 10:00:00 -0000", "2012-05-04T10:00:00"),
        ("Fri, 04 May 2012 10:00:00 EST", "2012-05-04T10:00:00"),
        ("Posted 04 May 2012 10:00 +0200 times", "2012-05-04T10:00"),
    ],
)
def test_a_date_as_mail_and_feeds_write_it_keeps_its_zone(text, moment):
    assert read_moment(text) == moment


def test_seconds_since_1970_are_read_only_where_they_make_sense():
    assert read_epoch("1381172401460") == "2013-10-07T19:00:01Z"
    assert read_epoch("1381172401") == "2013-10-07T19:00:01Z"
    assert read_epoch("9999999999999") == read_epoch("12") == ""


@given(
    st.dates(date(1970, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y/%m/%d"])
)
def test_every_day_is_read_back_from_every_way_of_writing_it(day, form):
    assert read_moment(day.strftime(form)) == day.isoformat()


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_gives_a_date_of_the_calendar_or_nothing(text, now):
    moment = read_moment(text, now=now)
    assert moment == "" or str(parse_edtf(moment)) == moment
