"""What an import merges, or leaves apart, it tells of: with how sure it is, and what else is not sure."""

from __future__ import annotations

import json

import pytest

from project import backfile
from test_import import imported, write
from test_pairing import prose


@pytest.mark.parametrize(("own", "sure", "noted"), [(0, 0.95, False), (4, 0.7, True)])
def test_a_merge_tells_how_sure_it_is(own, sure, noted, tmp_path):
    body = prose("m", 16)
    write(tmp_path / "s", "a.txt", "A title of it", *body)
    write(tmp_path / "s", "b.txt", *body[: 16 - own], *prose("other", own))
    [_], report = imported(tmp_path / "s", tmp_path / "content")
    [merged] = [outcome for outcome in report["outcomes"] if outcome["status"] == "merged"]
    assert sure <= merged["confidence"] <= sure + 0.1
    doubts = [(doubt["kind"], doubt["confidence"]) for doubt in merged.get("doubts", ())]
    assert doubts == ([("merge", merged["confidence"])] if noted else [])


def test_texts_that_share_too_little_to_be_merged_are_told_of_each_other_and_how_much(tmp_path):
    body = prose("m", 16)
    write(tmp_path / "s", "a.txt", *body)
    write(tmp_path / "s", "b.txt", *prose("other", 7), *body[7:])
    _, report = imported(tmp_path / "s", tmp_path / "content")
    found = [[doubt for doubt in outcome["doubts"] if doubt["kind"] == "merge"] for outcome in report["outcomes"]]
    assert [len(doubts) for doubts in found] == [1, 1]
    assert "b.txt" in found[0][0]["reason"] and "a.txt" in found[1][0]["reason"]
    assert 0.5 <= found[0][0]["confidence"] == found[1][0]["confidence"] < 0.7


def test_two_texts_of_one_address_are_both_kept_and_told_how_alike_they_are(tmp_path):
    body = prose("m", 16)
    lines = [
        json.dumps({"title": "Boats", "url": "https://boats.example/1", "text": "\n\n".join(text)})
        for text in (body, [*body[:8], *prose("other", 8)])
    ]
    write(tmp_path / "s", "two.jsonl", *lines)
    for _ in range(2):  # the second finds both there
        articles, report = imported(tmp_path / "s", tmp_path / "content")
        assert len(articles) == 2
        [doubt] = [doubt for outcome in report["outcomes"] for doubt in outcome.get("doubts", ())]
        assert doubt["kind"] == "merge" and "different text" in doubt["reason"]
        assert 0.4 < doubt["confidence"] < 0.6


def test_doubtful_dates_are_listed_with_their_confidence(tmp_path):
    said = "".join(
        f'<li class="comment" id="comment-{number}"><cite class="fn">Ann</cite><span class="date">{date}</span>'
        f'<div class="comment-content"><p>A word about boats, said by reader number {number}.</p></div></li>'
        for number, date in ((1, "04/05/2012"), (2, "06/07/2012"), (3, "5 March 2012"), (4, "7 days ago"))
    )
    story = "".join(f"<p>{text}</p>" for text in prose("m", 8))
    page = (
        f"<!DOCTYPE html><!-- saved date: Thu May 10 2012 10:00:00 GMT+0000 --><html><title>Boats</title><article>"
        f'<h1>Boats</h1><time datetime="2012-03-04">4 March 2012</time>{story}</article><ol>{said}</ol></html>'
    )
    write(tmp_path / "s", "page.html", page)
    done = backfile("import", tmp_path / "s", "--content", tmp_path / "c", "--report", tmp_path / "r.json")
    [outcome] = json.loads((tmp_path / "r.json").read_text("utf-8"))["outcomes"]
    listed = [(doubt["kind"], doubt["date"], doubt.get("comments"), doubt["confidence"]) for doubt in outcome["doubts"]]
    assert listed == [
        ("date", "2012-03-04", None, 0.88),
        ("date", "2012-04-05?", ["1", "2"], 0.6),
        ("date", "2012-05-03~", ["4"], 0.5),
    ]
    summary = done.stdout + done.stderr
    assert "the date is guessed: 2012-03-04 (88% sure)" in summary
    assert (
        "the dates of 2 comments are not sure: day and month may be swapped, or its source says so (60% sure)"
        in summary
    )
