"""What is found in a source: every file is read or told of, and nothing hangs."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import traceback
from pathlib import Path

import pytest

from backfile.errors import SourceError
from backfile.folders import walk
from backfile.importer.kinds import tell_kind
from backfile.importer.walking import find_files
from project import backfile
from test_import import imported, write

PAGE = "<!doctype html><title>The ferry</title><article><p>The ferry leaves the harbour at noon.</p></article>"


def told(*sources: Path, own: tuple[Path, ...] = ()) -> dict[str, str]:
    """What is found, by name, with the reason why it is not read."""
    known = map(tell_kind, find_files(sources, own))
    return {item.file.name: item.reason if item.kind == "unreadable" else "" for item in known}


@pytest.fixture
def source(tmp_path) -> Path:
    folder = tmp_path / "s"
    (folder / "2009").mkdir(parents=True)
    (folder / "a.html").write_text(PAGE)
    (folder / "2009" / "b.html").write_text(PAGE)
    return folder


def as_nobody(check) -> None:
    """Runs a check in a child that has no rights of its own where this process has them all."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresuid(65534, 65534, 65534)
            check()
            status = 0
        except BaseException:  # noqa: BLE001 - it is another process, whose end is all that is seen
            traceback.print_exc()
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize(("mode", "closed"), [(0o000, "2009"), (0o444, "2009/b.html")])
def test_what_may_not_be_read_is_told(source, mode, closed, request):
    shown = tempfile.mkdtemp()  # pytest's own folders are closed to others
    request.addfinalizer(lambda: shutil.rmtree(shown))
    Path(shown).chmod(0o755)
    source = source.rename(Path(shown, "s"))
    (source / "2009").chmod(mode)

    def check() -> None:
        found = told(source)
        assert list(found) == ["a.html", closed]
        assert found["a.html"] == ""
        assert "cannot be read: Permission denied" in found[closed]
        named = told(source / "2009" / "b.html")
        assert "Permission denied" in named["b.html"]

    try:
        as_nobody(check)
    finally:
        (source / "2009").chmod(0o755)


def test_links_are_told_and_not_followed(source, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (source / "link.html").symlink_to("a.html")
    (source / "folder").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (source / "gone").symlink_to("nowhere")
    found = told(source)
    assert list(found) == ["folder", "a.html", "gone", "link.html", "2009/b.html"]
    assert [name for name, reason in found.items() if reason.startswith("a link")] == ["folder", "gone", "link.html"]


def test_a_link_that_is_named_is_followed(source, tmp_path):
    (tmp_path / "link").symlink_to(source, target_is_directory=True)
    (tmp_path / "link.html").symlink_to(source / "a.html")
    assert told(tmp_path / "link", tmp_path / "link.html") == {"a.html": "", "2009/b.html": "", "link.html": ""}
    with pytest.raises(SourceError, match="no such file"):
        told(tmp_path / "nowhere")


def test_a_file_that_several_sources_hold_is_read_once(source, tmp_path):
    (tmp_path / "link").symlink_to(source, target_is_directory=True)
    (source / "2009" / "c.html").symlink_to(source / "a.html")
    several = (source / "2009", source, source / "a.html", tmp_path / "link", source / "2009" / "c.html")
    names = [file.name for file in find_files(several) if not file.barred]
    assert names == ["b.html", "a.html", "c.html"]


def test_pipes_and_sockets_are_never_opened(source):
    os.mkfifo(source / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(source)  # a socket's path is short
        try:
            listening.bind("socket")
        finally:
            os.chdir(before)
        found = told(source, source / "pipe")
    assert "a pipe" in found["pipe"]
    assert "a socket" in found["socket"]
    assert "a device" in told(Path("/dev/null"))["null"]


def test_a_folder_is_imported_again_without_what_became_of_it(source):
    (source / "2009" / "b.html").unlink()
    for _ in range(3):
        done = backfile("import", ".", "--report", "report.json", cwd=source)
        assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("3 records in, 1 article out: 1 unchanged, 2 skipped.")
    assert "skipped   content: what this import writes, which is no source" in done.stdout
    assert "skipped   report.json: what this import writes, which is no source" in done.stdout
    assert len(list((source / "content").rglob("*.md"))) == 1


def test_a_source_that_goes_by_another_name_is_not_said_to_have_changed(tmp_path):
    folder = tmp_path / "above" / "saved"
    write(folder, "a.html", PAGE)
    content = tmp_path / "content"
    imported(folder, content)
    for source, reason in (
        (folder, None),
        (folder.parent, "the source goes by another name"),
        (folder.parent, None),
    ):
        [outcome] = imported(source, content)[1]["outcomes"]
        assert outcome.get("reason") == reason
    write(folder, "a.html", PAGE, "<!-- more -->")
    [outcome] = imported(folder.parent, content)[1]["outcomes"]
    assert outcome["reason"] == "the source has changed"


def test_folders_behind_links_are_walked_once_each_way_and_never_round(tmp_path, monkeypatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "c").mkdir()
    for folder in ("a", "a/b", "c"):
        (tmp_path / folder / "x.md").write_text(folder)
    (tmp_path / "a" / "to-c").symlink_to(tmp_path / "c", target_is_directory=True)
    (tmp_path / "c" / "to-a").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "c" / "gone").symlink_to("nowhere")
    monkeypatch.chdir(tmp_path)
    there = [(folder / name).as_posix() for folder, names in walk(Path()) for name in names if name == "x.md"]
    assert there == ["a/x.md", "a/b/x.md", "a/to-c/x.md", "c/x.md", "c/to-a/x.md", "c/to-a/b/x.md"]
    assert [folder for folder, _ in walk(tmp_path / "nowhere")] == []


def test_an_archive_that_was_built_beside_the_sources_is_no_source(tmp_path):
    write(tmp_path / "here" / "saved", "a.html", PAGE)
    write(tmp_path / "here" / "output", "index.html", PAGE)
    write(tmp_path / "here" / "output" / "search", "manifest.js", "backfileSearch.manifest({});")
    articles, report = imported(tmp_path / "here", tmp_path / "content")
    assert len(articles) == 1
    [built] = [outcome for outcome in report["outcomes"] if outcome["status"] == "skipped"]
    assert built["place"] == "output" and "was built already" in built["reason"]
