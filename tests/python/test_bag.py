"""`backfile bag`: one folder that proves itself whole, as RFC 8493 asks."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys

import pytest

from backfile.errors import BackfileError, WriteError
from backfile.verify.bag import make_bag
from project import backfile, run
from striking import FAULTS, refuse, restore, struck

DAY = "2026-01-02"


@pytest.fixture
def parts(tmp_path):
    """An archive and what it was made from, with names that a manifest must escape."""
    for name, data in {
        "output/index.html": b"<!doctype html>",
        "output/a/b.html": b"x" * 3_000_000,
        "content/1.md": b"Title: A",
        "content/originals/00.txt": b"joe@reader.example",
        "sources/100%.txt": b"percent",
        "sources/line\nend.txt": b"line",
        "sources/\u00fcber \u2028.txt": b"letters",
        "sources/empty": b"",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "sources" / "link").symlink_to("/etc/passwd")
    return {name: tmp_path / name for name in ("output", "content", "sources")}


@pytest.fixture
def steps():
    """The steps of writing are put back afterwards."""
    yield
    restore()


def whole(bag) -> list[str]:
    """The payload's paths; fails unless the bag is complete and valid (RFC 8493, sections 2 and 3)."""
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    listed = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in (bag / manifest).read_bytes().decode("utf-8").removesuffix("\n").split("\n"):
            digest, name = re.fullmatch("([0-9a-f]{64})  (.+)", line).groups()
            assert not re.search("%(?!25|0A|0D)", name)
            path = bag / re.sub("%(25|0A|0D)", lambda found: chr(int(found[1], 16)), name)
            assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
            listed[path.relative_to(bag).as_posix()] = path.stat().st_size
    there = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()}
    assert there - set(listed) == {"tagmanifest-sha256.txt"}
    payload = [name for name in listed if name.startswith("data/")]
    octets = sum(listed[name] for name in payload)
    assert f"Payload-Oxum: {octets}.{len(payload)}\n" in (bag / "bag-info.txt").read_text("utf-8")
    return sorted(payload)


def test_a_bag_holds_everything_and_proves_it(parts, tmp_path):
    made = make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    payload = whole(tmp_path / "bag")
    assert made.files == len(payload) == 8
    assert "data/sources/100%.txt" in payload
    assert "data/sources/link" not in payload
    assert not (tmp_path / "bag.part").exists()


def test_the_library_of_congress_finds_it_valid(parts, tmp_path):
    bagit = pytest.importorskip("bagit")
    # That library does not decode `%25`, which the standard asks for, and ends lines at U+2028.
    for name in ("100%.txt", "\u00fcber \u2028.txt"):
        (parts["sources"] / name).unlink()
    make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    assert bagit.Bag(str(tmp_path / "bag")).validate()


def test_a_changed_file_in_it_is_noticed(parts, tmp_path):
    make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    (tmp_path / "bag/data/content/1.md").write_bytes(b"Title: B")
    with pytest.raises(AssertionError):
        whole(tmp_path / "bag")


def test_a_bag_that_was_stopped_goes_on_and_is_the_same(parts, tmp_path):
    class StoppedError(Exception):
        pass

    def stop(done, _all):
        if done == 4:
            raise StoppedError

    with pytest.raises(StoppedError):
        make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY, progress=stop)
    assert not (tmp_path / "bag").exists()
    kept = {path: path.stat().st_ctime_ns for path in (tmp_path / "bag.part").rglob("*") if path.is_file()}
    assert len(kept) == 4
    first = next(iter(kept))
    first.write_bytes(b"half")  # what a killed run leaves of the file it was at
    (parts["content"] / "1.md").unlink()
    make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    assert "data/content/1.md" not in whole(tmp_path / "bag")
    make_bag(parts, tmp_path / "other", agent="Backfile", day=DAY)
    for path in (tmp_path / "other").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "bag" / path.relative_to(tmp_path / "other")).read_bytes()


def test_a_damaged_copy_of_a_stopped_run_is_copied_again(parts, tmp_path):
    make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    (tmp_path / "bag").rename(tmp_path / "bag.part")
    copy = tmp_path / "bag.part/data/output/a/b.html"
    stamp = copy.stat()
    copy.write_bytes(b"\0" * stamp.st_size)  # a power cut left it so
    os.utime(copy, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    whole(tmp_path / "bag")
    assert (tmp_path / "bag/data/output/a/b.html").read_bytes() == (parts["output"] / "a/b.html").read_bytes()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("steps")
def test_a_bag_that_cannot_be_written_says_so_and_the_next_run_makes_it_whole(parts, tmp_path, fault):
    number, stopped = 0, True
    while stopped:
        number += 1
        bag = tmp_path / f"bag{number}"
        left = struck(number, refuse(FAULTS[fault]))
        try:
            make_bag(parts, bag, agent="Backfile", day=DAY)
            stopped = left[0] <= 0
            assert not stopped, f"step {number} failed and nothing was said"
        except WriteError as error:
            assert os.strerror(FAULTS[fault]) in str(error)
        restore()
        if not bag.exists():  # all was written but for its synchronisation, when it is
            make_bag(parts, bag, agent="Backfile", day=DAY)
        whole(bag)


def test_a_bag_never_replaces_anything_nor_swallows_itself(parts, tmp_path):
    (tmp_path / "bag").mkdir()
    with pytest.raises(BackfileError, match="something already"):
        make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    with pytest.raises(BackfileError, match="inside of what it holds"):
        make_bag(parts, parts["content"] / "bag", agent="Backfile", day=DAY)
    with pytest.raises(BackfileError, match="no folder for 'sources'"):
        make_bag({**parts, "sources": tmp_path / "gone"}, tmp_path / "new", agent="Backfile", day=DAY)


@pytest.mark.usefixtures("parts")
def test_the_command_says_what_is_in_it_and_warns_of_what_is_private(tmp_path):
    done = backfile("bag", "output", "--to", "bag", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "readers' addresses" in done.stdout
    assert "bag: 8 files" in done.stdout
    assert "Not in the bag, since links are not followed: sources/link." in done.stdout
    assert "takedown" not in done.stdout
    (tmp_path / "takedown.toml").touch()
    (tmp_path / "takedown.key").touch()
    more = backfile("bag", "output", "--to", "more", cwd=tmp_path).stdout
    assert f"Not in the bag: {tmp_path / 'takedown.toml'}, {tmp_path / 'takedown.key'}. Whoever builds" in more
    (tmp_path / "legal").mkdir()
    (tmp_path / "takedown.toml").rename(tmp_path / "legal" / "out.toml")
    (tmp_path / "pelicanconf.py").write_text('BACKFILE_TAKEDOWN = "legal/out.toml"\n', "utf-8")
    named = backfile("bag", "output", "--to", "named", cwd=tmp_path).stdout
    assert f"Not in the bag: {tmp_path / 'legal' / 'out.toml'}. Whoever builds" in named
    public = backfile("bag", "output", "--to", "public", "--output-only", cwd=tmp_path)
    assert "takedown" not in public.stdout
    assert "never published" not in public.stdout
    assert "Not in the bag" not in public.stdout
    assert [name for name in whole(tmp_path / "public") if not name.startswith("data/output/")] == []
    again = backfile("bag", "output", "--to", "bag", cwd=tmp_path)
    assert (again.returncode, "something already" in again.stderr, again.stdout) == (1, True, "")
    (tmp_path / "nowhere").symlink_to("gone")
    linked = backfile("bag", "output", "--to", "nowhere", cwd=tmp_path)
    assert (linked.returncode, "something already" in linked.stderr, linked.stdout) == (1, True, "")
    wrong = backfile("bag", "content", "--to", "b", cwd=tmp_path)
    assert (wrong.returncode, "no archive here" in wrong.stderr) == (1, True)


def test_who_verifies_a_bag_is_told_where_its_archive_is(parts, tmp_path):
    make_bag(parts, tmp_path / "bag", agent="Backfile 1", day=DAY)
    done = backfile("verify", tmp_path / "bag")
    assert done.returncode == 1
    assert f"In this bag it is {tmp_path / 'bag' / 'data' / 'output'}" in done.stderr


@pytest.mark.parametrize("change", ["written anew", "new"])
def test_what_changes_while_a_bag_is_made_is_in_none(parts, tmp_path, change):
    def build(done, _all):
        if done == 8:
            (parts["content"] / ("1.md" if change == "written anew" else "2.md")).write_bytes(b"Title: B")

    with pytest.raises(BackfileError, match="has changed what is put into the bag"):
        make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY, progress=build)
    assert not (tmp_path / "bag").exists()
    make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    assert (tmp_path / "bag/data/content/1.md").read_bytes() == (parts["content"] / "1.md").read_bytes()
    whole(tmp_path / "bag")


def test_a_file_system_that_takes_two_names_for_one_makes_no_bag(parts, tmp_path):
    (parts["sources"] / "EMPTY").write_bytes(b"other")

    def as_one(done, _all):
        if done == 9:
            (tmp_path / "bag.part/data/sources/EMPTY").rename(tmp_path / "bag.part/data/sources/empty")

    with pytest.raises(BackfileError, match="9 files were copied, 8 are there: its file system takes some names"):
        make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY, progress=as_one)
    assert not (tmp_path / "bag").exists()


def test_two_bags_of_one_name_at_once_are_kept_apart(parts, tmp_path):
    def begin_another(done, _all):
        if done == 1:
            with pytest.raises(BackfileError, match=rf"process {os.getpid()} on .* is making this bag\. Wait"):
                make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)

    make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY, progress=begin_another)
    whole(tmp_path / "bag")
    assert {path.name for path in tmp_path.iterdir()} == {*parts, "bag"}


def test_links_to_folders_and_what_is_no_file_are_told_of(parts, tmp_path):
    (parts["content"] / "2009").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(parts["output"] / "pipe")
    made = make_bag(parts, tmp_path / "bag", agent="Backfile", day=DAY)
    told = {path.removeprefix(f"{tmp_path}/") for path in made.left_out}
    assert (made.files, told) == (8, {"content/2009", "output/pipe", "sources/link"})


@pytest.mark.skipif(not shutil.which("setpriv") or os.getuid() != 0, reason="only root becomes another user")
def test_a_folder_that_cannot_be_looked_into_is_no_bag_without_it(parts, tmp_path):
    (parts["content"] / "originals").chmod(0)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == 0 and folder.is_relative_to("/tmp/pytest-of-root"):  # noqa: S108
            folder.chmod(0o755)
    tmp_path.chmod(0o777)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable]
    if run([*nobody, "-c", "import backfile.cli"]).returncode:
        pytest.skip("other users cannot run this Python")
    done = run([*nobody, "-m", "backfile", "bag", "output", "--to", "bag"], cwd=tmp_path)
    assert (done.returncode, "originals: the bag cannot be made: Permission denied" in done.stderr) == (1, True)
