"""Pages as the programs that save them leave them: what they note, and where what frames and roots held stands."""

from __future__ import annotations

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Source

SOURCE = Source("page.html", "0" * 64)
TEXT = "".join(
    f"<p>{text}</p>"
    for text in (
        "The swing bridge over the northern basin was opened again on Friday after two years of work.",
        "Engineers replaced the bearings, the rams and the control cabin, and painted the whole of it.",
    )
)


def comment(number: int, author: str, when: str, text: str) -> str:
    """A comment as many systems write it."""
    return (
        f'<div class="comment" id="comment-{number}"><b class="author">{author}</b> <span class="date">{when}</span>'
        f"<p>{text}</p></div>"
    )


TWO = comment(11, "Ann", "4 May 2012 10:20", "I crossed it on the first day.") + comment(
    12, "Bob", "5 May 2012 11:30", "So did I, in the rain."
)


def read(body: str, *, before: str = "", after: str = "", head: str = "") -> Record:
    """A page with an article, and what stands round it."""
    page = f"<!DOCTYPE html>{before}<html><head><title>The bridge</title>{head}</head><body>{body}</body></html>{after}"
    record = read_html(page.encode(), SOURCE)
    assert isinstance(record, Record)
    return record


def told(record: Record) -> list[tuple[str, str, str]]:
    """Author, date and text of each comment."""
    return [(one.author, one.date, one.body) for one in record.article.comments]


BOTH = [
    ("Ann", "2012-05-04T10:20", "I crossed it on the first day."),
    ("Bob", "2012-05-05T11:30", "So did I, in the rain."),
]


def test_the_moment_that_the_wayback_machine_notes_is_the_capture_from_which_distances_count():
    note = "<!--\n     FILE ARCHIVED ON 05:02:04 Feb 10, 2012 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON"
    comments = comment(1, "Ann", "3 days ago", "Some words here.") + comment(2, "Bob", "2 days ago", "Other words.")
    record = read(f"<article>{TEXT}</article>{comments}", after=f"{note} 11:22:33 Jul 07, 2021.\n-->")
    assert record.article.captured == "2012-02-10T05:02:04"
    assert [one.date for one in record.article.comments] == ["2012-02-07~", "2012-02-08~"]
