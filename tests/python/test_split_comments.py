"""Comments are told apart by the lines that name and date them, and only by these."""

from __future__ import annotations

import importlib
import json
import os
import sys
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.split import FoundComment, separate
from project import CASES, shared


def told(found: list[FoundComment]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(c.author, c.date, c.paragraphs) for c in found]


def test_names_that_lead_begin_a_comment() -> None:
    found = separate(
        [
            "Ann Smith says:",
            "March 12, 2009 at 10:41 am",
            "The ferry was late again.",
            "Nobody told us why.",
            "Reply",
            "Bob says:",
            "March 13, 2009 at 8:02 pm",
            "It was the fog.",
        ]
    )
    assert told(found) == [
        ("Ann Smith", "2009-03-12T10:41", ("The ferry was late again.", "Nobody told us why.")),
        ("Bob", "2009-03-13T20:02", ("It was the fog.",)),
    ]
    assert found[0].date_text == "March 12, 2009 at 10:41 am"


def test_names_that_sign_end_a_comment() -> None:
    found = separate(
        [
            "The ferry was late again.",
            "Posted by: Ann Smith | 12 March 2009 at 10:41",
            "It was the fog.",
            "Go home, all of you.",
            "Posted by: Bob | 13 March 2009 at 20:02",
        ]
    )
    assert told(found) == [
        ("Ann Smith", "2009-03-12T10:41", ("The ferry was late again.",)),
        ("Bob", "2009-03-13T20:02", ("It was the fog.", "Go home, all of you.")),
    ]


def test_a_date_may_sign_what_a_name_leads() -> None:
    found = separate(["Ann said...", "Late again.", "3 May 2009", "Bob said...", "The fog.", "4 May 2009"])
    assert told(found) == [("Ann", "2009-05-03", ("Late again.",)), ("Bob", "2009-05-04", ("The fog.",))]


def test_a_name_may_stand_in_the_line_of_its_comment() -> None:
    found = separate(["Ann says: The ferry was late again.", "It really was.", "Bob says: It was the fog."])
    assert told(found) == [
        ("Ann", "", ("The ferry was late again.", "It really was.")),
        ("Bob", "", ("It was the fog.",)),
    ]


@pytest.mark.parametrize(
    ("lines", "author", "date"),
    [
        (["Anna schrieb:", "12. März 2009 um 10:41 Uhr", "Das stimmt so nicht."], "Anna", "2009-03-12T10:41"),
        (["Anne a dit :", "12 mars 2009", "Ce n’est pas tout à fait vrai."], "Anne", "2009-03-12"),
        (["Ana dijo:", "12 de marzo de 2009", "No es del todo cierto."], "Ana", "2009-03-12"),
        (["Анна пишет:", "12 марта 2009", "Это не совсем так."], "Анна", "2009-03-12"),
        (["Ганна пише:", "12 березня 2009", "Це не зовсім так."], "Ганна", "2009-03-12"),
    ],
)
def test_names_and_dates_are_found_in_other_languages(lines: list[str], author: str, date: str) -> None:
    [found] = separate(lines)
    assert (found.author, found.date, found.known) == (author, date, True)


def test_where_nothing_tells_comments_apart_they_stay_one_block() -> None:
    texts = ("Seriously? Where do you get this stuff?", "Pretty solid reporting, I would say.")
    assert separate(texts) == [FoundComment(texts, known=False)]


def test_a_relative_date_is_kept_as_found_and_is_no_date() -> None:
    [found] = separate(["Ann", "3 hours ago", "Late again."])
    assert (found.author, found.date, found.date_text) == ("Ann", "", "3 hours ago")


def test_nothing_gives_nothing() -> None:
    assert separate([]) == []
    assert separate(["", "  "]) == []


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(["Ann says:", "Reply", "2", "12 May 2009", "Bob", "12 comments", "Ann: no", "— Ann"]),
        ),
        max_size=30,
    )
)
def test_every_line_ends_in_a_comment_or_its_marks(lines: list[str]) -> None:
    def letters(texts: list[str]) -> list[str]:
        return sorted(c for text in texts for c in text if not c.isspace() and c not in "-–—~")

    found = separate(lines)
    kept = [text for c in found for text in (*c.paragraphs, *c.marks)]
    assert letters(kept) == letters(lines)


def _thread(data: object, page: dict[str, object]) -> list[str]:
    paragraphs, cut = data.load_easy(page["id"])  # type: ignore[attr-defined]
    return list(paragraphs[cut : cut + page["lines"]])


# The scorer's loader, which is not ours, leaves its files to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_hand_labelled_threads_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """46 threads labelled by hand: at least .95 of the comments found and .95 of the found ones right."""
    source = shared("data/dragnet-dev")
    with tarfile.open(source / "corrected.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    monkeypatch.setitem(os.environ, "DRAGNET", str(tmp_path))
    monkeypatch.syspath_prepend(str(shared("tools")))
    sys.modules.pop("dragnet", None)
    data = importlib.import_module("dragnet")
    hits = found_total = gold_total = authors = named = 0
    for page in json.loads((CASES / "split" / "comment_labels.json").read_text()):
        lines = _thread(data, page)
        found = {c.start: c for c in separate(lines) if c.start >= 0}
        gold = {c["start"]: c for c in page["comments"]}
        both = found.keys() & gold.keys()
        hits, found_total, gold_total = hits + len(both), found_total + len(found), gold_total + len(gold)
        for start in both:
            if span := gold[start]["author"]:
                named += 1
                line, begin, end = span
                authors += found[start].author.strip(" .") == lines[line][begin:end].strip(" .")
    assert hits / found_total >= 0.95
    assert hits / gold_total >= 0.95
    assert authors / named >= 0.9
