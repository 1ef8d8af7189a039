"""What may go wrong while a site is built: each ends in words, loses nothing, and a build afterwards puts all right.

`docs/reliability.md` has a row for each; the tests' names stand there.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backfile import disk
from backfile.folders import IMPORTING
from build_world import World, tree
from project import PACKAGE, ROOT, hear_ctrl_c, pelican
from striking import FAULTS, cut_power, refuse, struck
from test_build import result

EVERY = 5
"""Of the steps of a build, one in so many is struck here, another one for each fault."""


class Site(World):
    """A site of which a build can be struck; where it stood before, and what is wanted of it afterwards, is kept."""

    def __init__(self, root):
        super().__init__(root, random.Random(5), plugins=("backfile.comments", "backfile.build", "backfile.search"))
        self.strike = None
        (root / "log.txt").touch()  # a build that is struck at its first step writes none
        self.add()
        self.build()
        for name in ("output", ".backfile"):
            shutil.copytree(root / name, root / "before" / name)
        self.edit()
        self.add()
        self.wanted = self.clean(look=result)

    def go_back(self):
        for name in ("output", ".backfile"):
            shutil.rmtree(self.root / name)
            shutil.copytree(self.root / "before" / name, self.root / name)

    def struck(self, strike):
        """Builds, and is struck; what was said, or nothing when the build came to its end before that step."""
        self.strike = strike
        try:
            self.build()
        except AssertionError as error:
            return str(error) or "ended"
        finally:
            self.strike = None
        return ""

    def _build(self, output, kill_at, workers, more):
        if self.strike:
            self.strike()
        super()._build(output, kill_at, workers, more)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return Site(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_build_that_cannot_write_says_so_and_the_next_makes_it_whole(site, fault):
    first = 1 + list(FAULTS).index(fault)
    number, said = first, "something"
    while said:
        site.go_back()
        said = site.struck(lambda number=number: struck(number, refuse(FAULTS[fault])))
        if said:
            assert "WriteError" in said
            assert os.strerror(FAULTS[fault]) in said
            there = tree(site.root / "output")
            for name, data in tree(site.root / "before" / "output").items():
                assert name in there, f"step {number}: {name} is gone"
                assert data is None or len(there[name]) > 0
        site.build()
        assert result(site.root) == site.wanted, f"step {number}"
        number += EVERY
    assert number > 12


@pytest.mark.parametrize("unsafe", ["empty", "half"])
def test_a_build_whose_power_is_cut_is_made_whole_by_the_next(site, unsafe):
    number, said = 1 + (unsafe == "half"), "something"
    while said:
        site.go_back()
        said = site.struck(lambda number=number: cut_power(number, unsafe))
        site.build()
        assert result(site.root) == site.wanted, f"step {number}"
        number += EVERY
    assert number > 12


def test_a_second_build_is_told_of_the_first(tmp_path):
    lock = disk.Lock(tmp_path / ".backfile" / "output" / "lock", "is building this archive")
    lock.take()
    wide = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "COLUMNS": "1000"}
    done = pelican(ROOT / "content", tmp_path / "output", env=wide)
    lock.release()
    assert done.returncode == 1
    assert f"process {os.getpid()} on " in (said := " ".join((done.stdout + done.stderr).split()))
    assert "is building this archive. Wait until it is done." in said


def test_a_build_stopped_by_its_user_is_made_whole_by_the_next(tmp_path):
    command = [
        sys.executable,
        "-m",
        "pelican",
        ROOT / "content",
        "-o",
        tmp_path / "output",
        "-s",
        ROOT / "pelicanconf.py",
    ]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(
        [*map(str, command)], cwd=ROOT, env=environment, preexec_fn=hear_ctrl_c, **streams
    ) as process:
        while not list(tmp_path.glob("output/**/*.html")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate()
    assert "interrupt" in said.lower()
    assert pelican(ROOT / "content", tmp_path / "output").returncode == 0
    whole = tmp_path / "whole"
    assert pelican(ROOT / "content", whole / "output").returncode == 0
    assert result(tmp_path) == result(whole)


def test_what_the_system_refuses_ends_a_build_in_words(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("Title: A\nId: a\n\nText.\n", "utf-8")
    assert pelican(tmp_path / "content", tmp_path / "output").returncode == 0
    (tmp_path / ".backfile" / "output" / "unfinished").write_text("no folder", "utf-8")
    (tmp_path / "content" / "a.md").write_text("Title: B\nId: a\n\nText.\n", "utf-8")
    done = pelican(tmp_path / "content", tmp_path / "output")
    told = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert "Nothing that was there is lost." in told and "unfinished: File exists" in told
    assert "Traceback" not in told


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no such file here")
@pytest.mark.parametrize("count", [1, 100])
def test_a_content_file_that_the_system_refuses_ends_a_build_in_words(tmp_path, count):
    """Whoever reads it, this process or one of several."""
    content = tmp_path / "content"
    content.mkdir()
    for number in range(count):
        (content / f"a{number}.md").write_text(f"Title: A\nId: a{number}\n\nText.\n", "utf-8")
    # What looks like a file, and cannot be read by anybody.
    (content / "b.md").symlink_to("/proc/self/mem")
    done = pelican(content, tmp_path / "output")
    told = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert "content/b.md: " in told and "Nothing that was there is lost." in told
    assert "Traceback" not in told


def test_a_build_of_half_an_import_says_so(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("Title: A\nId: a\n\nText.\n", "utf-8")
    held = disk.Lock(tmp_path / "content" / IMPORTING, "is importing into this folder")
    held.take()
    for end in (held.abandon, lambda: None):  # the import goes on; it was killed
        done = pelican(tmp_path / "content", tmp_path / "output")
        assert "or was stopped before its end: articles may be missing" in " ".join((done.stdout + done.stderr).split())
        end()
    (tmp_path / "content" / IMPORTING).unlink()
    assert "An import" not in pelican(tmp_path / "content", tmp_path / "output").stderr
