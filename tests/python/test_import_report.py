"""The report of an import: what was added comes back, and its pieces are one document."""

import json
from pathlib import Path

import pytest

from backfile.errors import WriteError
from backfile.importer.doubts import Doubt
from backfile.importer.record import Outcome
from backfile.importer.report import Report

OUTCOMES = [
    Outcome(
        "a.html:1",
        "doubtful",
        "two\nlines\u2028",
        "id",
        "a.md",
        0.5,
        (Doubt("date", 0.6, "swapped", "2010-03-04?", ("c1", "c2")), Doubt("split", 0.0, "no mark")),
        ("a note", "é"),
        images=2,
        missing_images=1,
    ),
    Outcome("b.html", "merged", "the same", "id", "a.md", 0.0),
    Outcome("c\udcff.html", "skipped", "empty"),
]


@pytest.mark.parametrize("outcomes", [OUTCOMES, OUTCOMES[:1], []])
def test_what_was_added_comes_back_and_the_report_is_one_document(tmp_path, outcomes):
    with Report() as report:
        report.add(outcomes)
        assert list(report.outcomes()) == list(report.outcomes()) == outcomes
        report.write(tmp_path / "report.json")
        whole = json.loads((tmp_path / "report.json").read_text("utf-8"))
        assert "".join(report.as_json()) == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
        assert [found["place"] for found in whole["outcomes"]] == [outcome.place for outcome in outcomes]
        assert whole["records"] == len(outcomes) == sum(report.counts.values())
        assert whole["articles"] == report.articles == min(1, len(outcomes))
        assert next(report.summary()).startswith(f"{len(outcomes)} record")


def test_a_report_that_was_interrupted_holds_what_was_done():
    def interrupted():
        yield OUTCOMES[0]
        raise KeyboardInterrupt

    with Report() as report:
        with pytest.raises(KeyboardInterrupt):
            report.add(interrupted())
        assert list(report.outcomes()) == OUTCOMES[:1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_no_room_for_what_became_of_records_is_told_with_what_to_do(monkeypatch):
    full = open("/dev/full", "wb", buffering=0)  # noqa: SIM115, PTH123 - the report closes it
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full)
    with Report() as report:
        with pytest.raises(WriteError, match="the report cannot be kept"):
            report.add(OUTCOMES)
        assert list(report.summary()) == ["0 records in, 0 articles out: nothing to import."]


def test_no_folder_for_temporary_files_is_told_before_anything_is_imported(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(WriteError, match="the report cannot be kept"):
        Report()
