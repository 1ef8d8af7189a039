"""Where an article comes from: shown on its page, and as data a line each."""

from __future__ import annotations

import json

from project import backfile
from test_site import build, soup

DIGEST = "ab" * 32
TEXT = f"""Title: The ferry
Id: ferry00001
{{date}}Captured: 2015-03-04
Original-Url: https://packet.example/ferry
Split: alignment 0.97
Source: sha256:{DIGEST} (body, comments) 014.txt
Source: sha256:{"cd" * 32} (title) 015.txt
Guessed: title
Imported-By: Backfile 0.1.0
Image: sha256:{"ef" * 32} images/ab/ab12.jpg the pier.jpg

Text. ![The pier]({{{{static}}}}/images/ab/ab12.jpg)

<!-- comments -->

<!-- comment c1 -->

One.

<!-- comment c2
Removed: At the writer's request
-->
"""
PICTURE = {"images/ab/ab12.jpg": "a picture"}
PAGE = "2009/03/12/the-ferry-ferry00001.html"


def test_the_provenance_of_an_article_is_shown_and_given_as_data(tmp_path):
    files = {"a.md": TEXT.format(date="Date: 2009-03-12\n"), f"sources/ab/{DIGEST}.txt": "untouched", **PICTURE}
    output = build(tmp_path, files)
    [line] = (output / "downloads/provenance/2009.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "id": "ferry00001",
        "page": PAGE,
        "url": "https://packet.example/ferry",
        "published": "2009-03-12",
        "captured": "2015-03-04",
        "tool": "Backfile 0.1.0",
        "sources": [
            {"name": "014.txt", "sha256": DIGEST, "parts": ["body", "comments"]},
            {"name": "015.txt", "sha256": "cd" * 32, "parts": ["title"]},
        ],
        "images": [{"name": "the pier.jpg", "sha256": "ef" * 32, "file": "images/ab/ab12.jpg"}],
        "split": {"method": "alignment", "confidence": 0.97},
        "guessed": ["title"],
        "comments": 1,
        "removed": 1,
    }
    page = soup(output / PAGE)
    told = page.find(class_="about-copy").get_text(" ", strip=True)
    for part in ("014.txt", DIGEST, "Backfile 0.1.0", "97 % sure", "packet.example/ferry", "Provenance"):
        assert part in told
    media = json.loads(page.find("script", type="application/ld+json").string)["associatedMedia"]
    assert [(one["name"], one["sha256"]) for one in media] == [("014.txt", DIGEST), ("015.txt", "cd" * 32)]
    assert backfile("verify", output).returncode == 0  # its links lead to that line's file


def test_what_is_in_no_download_links_to_none_and_the_undated_have_a_file_of_their_own(tmp_path):
    draft = TEXT.format(date="Date: 2010-03-12\nStatus: draft\n").replace("ferry00001", "draft00001")
    output = build(tmp_path / "a", {"a.md": TEXT.format(date=""), "b.md": draft, **PICTURE})
    assert (output / "downloads/provenance/undated.jsonl").is_file()
    assert backfile("verify", output).returncode == 0
    off = build(tmp_path / "b", {"a.md": TEXT.format(date=""), **PICTURE}, "-e", "BACKFILE_DOWNLOADS=false")
    assert backfile("verify", off).returncode == 0


def test_an_article_written_by_hand_says_that_it_has_no_sources(tmp_path):
    output = build(tmp_path, {"a.md": "Title: A\nId: hand000001\nDate: 2009-01-02\n\nText.\n\n<!-- comments -->\n"})
    line = json.loads((output / "downloads/provenance/2009.jsonl").read_text("utf-8"))
    assert (line["sources"], line["comments"], line["removed"]) == ([], 0, 0)
