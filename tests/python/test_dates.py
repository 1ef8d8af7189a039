"""Dates are known as far as their source says, and no further."""

from __future__ import annotations

import pytest

from backfile.dates import parse_edtf
from backfile.written_dates import find_written_date, parse_written_date


@pytest.mark.parametrize(
    ("text", "precision", "words"),
    [
        ("2009", "year", "2009"),
        ("2009-03", "month", "March 2009"),
        ("2009-03-12", "day", "12 March 2009"),
        ("2009-03-12T10:20:00+01:00", "minute", "12 March 2009, 10:20"),
        ("2009~", "year", "about 2009"),
        ("0044-03-15?", "day", "perhaps 15 March 44"),
    ],
)
def test_a_date_keeps_its_precision(text, precision, words):
    parsed = parse_edtf(text)
    assert parsed is not None
    assert (str(parsed), parsed.precision, parsed.text()) == (text, precision, words)


@pytest.mark.parametrize(
    "text", ["", "2009-13", "2009-02-30", "09-03-12", "2009-3", "today", "2009-03-12T25:00", "٢٠٠٩"]
)
def test_what_is_no_date_stays_unknown(text):
    assert parse_edtf(text) is None


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("12 March 2009", "2009-03-12"),
        ("Thursday, March 12th, 2009 at 10:41 am", "2009-03-12T10:41"),
        ("12.03.2009 22:41", "2009-03-12T22:41"),
        ("Mar 5, 2010, 9:05 pm", "2010-03-05T21:05"),
        ("le 3 août 2010 à 14h05", "2010-08-03T14:05"),
        ("1 de mayo de 2011", "2011-05-01"),
        ("12 марта 2009", "2009-03-12"),
        ("3 травня 2012, 10:15", "2012-05-03T10:15"),
        ("mars 2009", "2009-03"),
        ("13/04/2009", "2009-04-13"),
    ],
)
def test_written_dates_are_read(text, edtf):
    assert str(parse_written_date(text)) == edtf


def test_a_date_that_reads_two_ways_is_known_by_its_year_only():
    assert str(parse_written_date("03/04/2009")) == "2009?"


@pytest.mark.parametrize("text", ["2 days ago", "Marta 12 March 2009", "Mark 12 things 2009", "31 February"])
def test_a_text_that_is_no_date_is_none(text):
    assert parse_written_date(text) is None


def test_a_date_is_found_inside_a_line():
    text = "Marta K. on 12 March 2009 at 10:41 am"
    found = find_written_date(text)
    assert found is not None
    assert (str(found[0]), text[found[1] : found[2]]) == ("2009-03-12T10:41", "12 March 2009 at 10:41 am")
