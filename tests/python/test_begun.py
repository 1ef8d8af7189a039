"""Whoever looks at a whole archive, or copies it, is told of a build or an import that is at work, or was stopped."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from backfile import disk
from backfile.begun import begun
from backfile.folders import IMPORTING
from build_world import put
from project import backfile, pelican
from test_walking import as_nobody

ENTRY = '[[takedown]]\narticle = "aaa"\naction = "remove"\nreason = "R"\ndate = 2024-05-01\n'
LOOKS = {
    "bag": ("bag", "output", "--to", "bag"),
    "verify": ("verify", "output"),
    "check": ("takedown", "check", "output"),
}


@pytest.fixture
def archive(tmp_path):
    """A site with a takedown."""
    put(tmp_path / "content" / "a.md", "Title: A\nId: aaa\nSlug: a\n\nThe ferry left.\n")
    put(tmp_path / "content" / "b.md", "Title: B\nId: bbb\nSlug: b\n\nThe bridge stayed.\n")
    put(tmp_path / "takedown.toml", ENTRY)
    done = pelican(tmp_path / "content", tmp_path / "output")
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.mark.parametrize("look", LOOKS)
def test_an_archive_that_is_being_built_is_not_looked_at(archive, look):
    lock = disk.Lock(archive / ".backfile" / "output" / "lock", "is building this archive")
    lock.take()
    done = backfile(*LOOKS[look], cwd=archive)
    lock.release()
    assert (done.returncode, done.stdout) == (1, "")
    assert "is building this archive. Wait until it is done." in done.stderr
    assert not (archive / "bag").exists()
    assert backfile(*LOOKS[look], cwd=archive).returncode == 0


@pytest.mark.parametrize("look", LOOKS)
def test_a_build_that_was_stopped_is_told_of(archive, look):
    (archive / ".backfile" / "output" / "journal").touch()
    done = backfile(*LOOKS[look], cwd=archive)
    assert done.returncode == 0
    assert "The last build of output was stopped before its end: build again" in done.stdout + done.stderr
    assert pelican(archive / "content", archive / "output").returncode == 0
    assert "stopped" not in backfile("verify", "output", cwd=archive).stdout


@pytest.mark.parametrize("look", ["bag", "check"])
def test_half_an_import_is_told_of_and_an_import_that_goes_on_is_waited_for(archive, look):
    lock = disk.Lock(archive / "content" / IMPORTING, "is importing into this folder")
    lock.take()
    held = backfile(*LOOKS[look], cwd=archive)
    assert (held.returncode, "is importing into this folder. Wait until it is done." in held.stderr) == (1, True)
    lock.abandon()
    done = backfile(*LOOKS[look], cwd=archive)
    assert done.returncode == 0
    assert "An import into content was stopped before its end" in done.stdout + done.stderr
    assert not (archive / "bag" / "data" / "content" / IMPORTING).exists()


def test_what_another_user_keeps_to_himself_stops_nobody(request):
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    request.addfinalizer(lambda: shutil.rmtree(folder))
    folder.chmod(0o755)
    put(folder / ".backfile" / "output" / "journal", "")
    (folder / ".backfile").chmod(0)

    def check() -> None:
        assert list(begun(folder / "output")) == []

    as_nobody(check)
