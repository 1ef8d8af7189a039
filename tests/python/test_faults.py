"""What may go wrong while an archive is made: each ends in words, loses nothing, and a run afterwards puts all right.

`docs/reliability.md` has a row for each; the tests' names stand there.
"""

from __future__ import annotations

import errno
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backfile import disk
from backfile.contentfile import read_content
from backfile.errors import BackfileError, WriteError
from backfile.importer.command import run_import
from images import png
from project import PACKAGE, ROOT, backfile
from striking import FAULTS, cut_power, refuse, restore, struck
from test_import import tree
from test_pairing import prose


@pytest.fixture
def sources(tmp_path):
    """Two texts, a page with an image beside it, and an export."""
    folder = tmp_path / "s"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text("\n\n".join([f"Title {name}", *prose(name)]), "utf-8")
    paragraphs = "".join(f"<p>{text}</p>" for text in prose("h", 8))
    page = f"<!doctype html><html><title>A page</title><article>{paragraphs}<p><img src=boat.png></p></article></html>"
    (folder / "c.html").write_text(page, "utf-8")
    (folder / "boat.png").write_bytes(png())
    line = {"title": "From JSON", "text": "\n\n".join(prose("j")), "comments": [{"id": "1", "text": "Hello."}]}
    (folder / "d.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    return folder


def imports(sources, content, **more):
    return run_import([sources], content, quiet=True, jobs=1, out=io.StringIO(), **more)


@pytest.fixture
def steps():
    """The steps of writing are put back afterwards."""
    yield
    restore()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("steps")
def test_an_import_that_cannot_write_says_so_and_the_next_makes_it_whole(sources, tmp_path, fault):
    imports(sources, tmp_path / "whole")
    wanted = tree(tmp_path / "whole")
    number, stopped = 0, True
    while stopped:
        number += 1
        content = tmp_path / f"content{number}"
        left = struck(number, refuse(FAULTS[fault]))
        try:
            imports(sources, content, report_file=tmp_path / "report.json")
            stopped = left[0] <= 0  # it was no step of an article's: an image that could not be kept is noted
        except WriteError as error:
            assert os.strerror(FAULTS[fault]) in str(error)
            assert "run it again" in str(error)
        restore()
        for file in content.rglob("*.md"):
            assert not read_content(file.read_text("utf-8")).edited
        imports(sources, content)
        assert tree(content) == wanted, f"step {number}"
    assert number > 15


@pytest.mark.parametrize("unsafe", ["empty", "half"])
def test_an_import_whose_power_is_cut_is_made_whole_by_the_next(sources, tmp_path, unsafe):
    imports(sources, tmp_path / "whole")
    wanted = tree(tmp_path / "whole")
    number, ended = 0, False
    while not ended:
        number += 1
        content = tmp_path / f"content{number}"
        child = os.fork()
        if child == 0:
            cut_power(number, unsafe)
            imports(sources, content)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        imports(sources, content)
        assert tree(content) == wanted, f"step {number}"
    assert number > 12


def start(*arguments, **more):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def many(folder, count):
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.txt").write_text("\n\n".join([f"Title {number}", *prose(number)]), "utf-8")
    return folder


def test_an_import_stopped_by_its_user_leaves_whole_files_and_the_next_goes_on(tmp_path):
    sources, content = many(tmp_path / "s", 60), tmp_path / "content"
    with start("backfile", "import", sources, "--content", content, "--jobs", 1) as process:
        while not list(content.rglob("*.md")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (
        130,
        "Stopped. What is written is whole; run the same command again to go on.\n",
    )
    assert 0 < len(list(content.rglob("*.md"))) < 60
    assert not (content / ".importing").exists()
    assert backfile("import", sources, "--content", content).returncode == 0
    assert len(list(content.rglob("*.md"))) == 60


def test_a_second_import_into_a_folder_is_told_of_the_first(sources, tmp_path):
    lock = disk.Lock(tmp_path / "content" / ".importing", "is importing into this folder")
    lock.take()
    done = backfile("import", sources, "--content", tmp_path / "content")
    lock.release(remove=True)
    assert done.returncode == 1
    assert f"process {os.getpid()} on " in done.stderr
    assert "is importing into this folder. Wait until it is done." in done.stderr
    assert "Traceback" not in done.stderr
    assert backfile("import", sources, "--content", tmp_path / "content").returncode == 0


def damaged(content, change):
    """An archive one of whose content files is not what it was, and that file."""
    path = next(path for path in sorted(content.rglob("*.md")) if b"Title a" in path.read_bytes())
    path.write_bytes(change(path.read_bytes()))
    return path


DAMAGE = {
    "empty": lambda _: b"",
    "nothing but zeros": lambda data: bytes(len(data)),
    "cut in its head": lambda data: data[:20],
    "not UTF-8": lambda data: data.replace(b"Title a", b"Title \xff\xfe"),
    "of other bytes": lambda data: random.Random(1).randbytes(len(data)),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_content_file_is_written_anew_and_what_was_there_kept(sources, tmp_path, what):
    content = tmp_path / "content"
    imports(sources, content)
    before = tree(content)
    path = damaged(content, DAMAGE[what])
    found = path.read_bytes()
    report = tmp_path / "report.json"
    imports(sources, content, report_file=report)
    after = tree(content)
    [told] = [
        o["reason"] for o in json.loads(report.read_text())["outcomes"] if "content file there" in o.get("reason", "")
    ]
    assert before.items() <= after.items()
    aside = sorted(after.keys() - before.keys())
    if what in ("not UTF-8", "of other bytes"):
        assert [Path(content, name).read_bytes() for name in aside] == [found]
        assert aside[0] in told
    else:
        assert (aside, "cut off" in told) == ([], True)
    imports(sources, content)
    assert tree(content) == after


def test_a_person_who_takes_away_the_end_of_a_file_is_not_taken_for_a_power_cut(sources, tmp_path):
    content = tmp_path / "content"
    imports(sources, content)
    path = damaged(content, lambda data: data[: data.index(b"<!-- comments")])
    imports(sources, content)
    assert b"<!-- comments" not in path.read_bytes()


def test_a_content_file_that_cannot_be_read_is_not_written_over(sources, tmp_path, monkeypatch):
    content = tmp_path / "content"
    imports(sources, content)
    before = tree(content)
    path = next(content.rglob("*.md"))
    opened = Path.open

    def refused(self, *arguments, **named):
        if self == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(self, *arguments, **named)

    with monkeypatch.context() as patched:  # as root, no file is out of reach
        patched.setattr(Path, "open", refused)
        with pytest.raises(BackfileError, match=rf"{path.name}: the content file cannot be read: Permission denied"):
            imports(sources, content)
    assert tree(content) == before
    imports(sources, content)
    assert tree(content) == before


def test_every_fault_in_the_table_names_tests_that_are_there():
    table = (ROOT / "docs" / "reliability.md").read_text("utf-8").partition("## Caps")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and "fault | what you see" not in line]
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "tests").rglob("*.test.mjs")]
    known = {path.name for path in files} | set(
        re.findall(r"^def (test_\w+)", "".join(map(Path.read_text, files)), re.MULTILINE)
    )
    for row in rows:
        named = re.findall(r"`(test_\w+(?:\.py)?|\w+\.test\.mjs)`", row) or ["the same"] * row.endswith("| the same |")
        assert named, row
        assert set(named) <= known | {"the same"}, row
    assert len(rows) > 15
