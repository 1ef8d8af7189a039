"""What is kept of sources: the bytes of each, under their own digest, whatever the files are called."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from backfile.importer.pipeline import import_files
from backfile.importer.record import Outcome
from backfile.importer.walking import find_files
from backfile.importer.writer import ContentFolder


def run(content: Path, *sources: Path) -> list[Outcome]:
    """What becomes of the sources."""
    folder = ContentFolder(content)
    outcomes = list(import_files(list(find_files(sources)), folder))
    folder.close()
    return outcomes


def kept(content: Path) -> list[bytes]:
    """The bytes of every source that is kept, each of which must stand under its own digest."""
    files = sorted([*content.glob("sources/*/*"), *content.glob("originals/*/*")])
    for file in files:
        assert file.stem == hashlib.sha256(file.read_bytes()).hexdigest()
    return sorted(file.read_bytes() for file in files)


def page(word: str) -> bytes:
    text = f"<p>The {word} ferry leaves the harbour at noon and comes back when it is dark.</p>"
    return f"<!doctype html><title>The {word}</title><article>{text * 3}</article>".encode()


def line(word: str) -> bytes:
    return json.dumps({"title": f"The {word}", "text": f"The {word} ferry has left."}).encode() + b"\n"


@pytest.mark.parametrize(("name", "made"), [("index.html", page), ("index.txt", lambda word: page(word)[15:])])
def test_two_pages_of_one_name_are_both_kept(name, made, tmp_path):
    sources = [tmp_path / "a" / name, tmp_path / "b" / name]
    for source in sources:
        source.parent.mkdir()
        source.write_bytes(made(source.parent.name))
    run(tmp_path / "c", *(source.parent for source in sources))
    assert kept(tmp_path / "c") == [made("a"), made("b")]


def test_two_exports_of_one_name_are_both_kept(tmp_path):
    sources = [tmp_path / "a" / "e.jsonl", tmp_path / "b" / "e.jsonl"]
    for source in sources:
        source.parent.mkdir()
        source.write_bytes(line(source.parent.name) + line(f"other {source.parent.name}"))
    run(tmp_path / "c", *sources)
    whole = {path.read_bytes() for path in (tmp_path / "c" / "originals").glob("*/*")}
    assert whole == {source.read_bytes() for source in sources}
    kept(tmp_path / "c")


def test_two_names_that_are_shown_alike_are_two_files(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "new\nline.html").write_bytes(page("first"))
    (tmp_path / "s" / "new%0Aline.html").write_bytes(page("second"))
    run(tmp_path / "c", tmp_path / "s")
    assert kept(tmp_path / "c") == [page("first"), page("second")]


def test_a_file_that_changes_meanwhile_is_told_and_not_kept_as_what_it_was(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(f"A text called {name}, of old.\n".encode())
    folder = ContentFolder(tmp_path / "c")
    steps = import_files(list(find_files([tmp_path / "a.txt", tmp_path / "b.txt"])), folder)
    assert not next(steps).notes
    (tmp_path / "b.txt").write_bytes(b"Another text.\n")  # both have been read
    [later] = steps
    folder.close()
    assert later.notes == ("b.txt is not kept: it has changed since it was read",)
    assert kept(tmp_path / "c") == [(tmp_path / "a.txt").read_bytes()]
