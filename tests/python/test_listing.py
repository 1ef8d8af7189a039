"""What stands in a folder: a second look, by what is known of it, finds what a first would."""

import os
import random
import signal
import time
import types

import pytest

from backfile.build import listing
from backfile.build.listing import Listing
from backfile.build.scan import UNSURE, face_of, is_young, size_of, stamp_at, stamp_of
from backfile.build.sight import Sight


@pytest.fixture(autouse=True)
def _old_enough(monkeypatch):
    """As if all that is in the folder had been there for a while."""
    monkeypatch.setattr(listing, "is_young", lambda _stamp, _at: False)


def put(root, name, text="x"):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = root.parent / "beside"
    beside.write_text(text)
    beside.rename(path)


def files(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_a_table_holds_every_file_with_its_stamp(tmp_path):
    for name in ("a.html", "x/b.html", "x/y/c.html"):
        put(tmp_path / "o", name)
    (tmp_path / "o" / "empty").mkdir()
    found = Listing(str(tmp_path / "o"))
    names = {"": ["a.html"], "x": ["b.html"], "x/y": ["c.html"]}
    assert {folder: list(inside) for folder, inside in found.table().items()} == names
    assert found.stamp("x/y/c.html") == stamp_at(tmp_path / "o" / "x/y/c.html")
    assert found.stamp("x/none.html") is None
    assert found.stamp("none/c.html") is None
    assert found.face()


def test_what_a_link_leads_to_is_no_page_and_a_folder_behind_one_is_never_certain(tmp_path):
    put(tmp_path / "o", "a.html")
    (tmp_path / "o" / "link.html").symlink_to("a.html")
    found = Listing(str(tmp_path / "o"))
    assert found.stamp("link.html") is None
    assert "link.html" in found.table()[""]
    assert found.face()
    (tmp_path / "o" / "folder").symlink_to(tmp_path, target_is_directory=True)
    assert not Listing(str(tmp_path / "o")).face()


def test_a_folder_that_is_not_there_is_never_certain(tmp_path):
    found = Listing(str(tmp_path / "none"))
    assert found.table() == {"": {"": UNSURE}}
    assert not found.face()


def test_it_is_the_same_after_it_was_sent_to_another_process(tmp_path):
    put(tmp_path / "o", "x/a.html")
    found = Listing(str(tmp_path / "o"))
    again = Listing.of_plain(found.plain())
    assert (again.table(), again.face()) == (found.table(), found.face())


def test_a_face_stands_for_names_and_stamps_in_whatever_order():
    files = {f"{at}.html": _stamp(at, 2**60 + at, at, 7) for at in range(20)}
    other = dict(sorted(files.items(), reverse=True))
    assert face_of(files) == face_of({name: bytes(bytearray(stamp)) for name, stamp in other.items()})
    for changed in (
        {**files, "1.html": _stamp(1, 2**60 + 1, 1, 8)},
        {**files, "x": _stamp(0, 0, 0, 0)},
        dict([*files.items()][1:]),
    ):
        assert face_of(changed) not in ("", face_of(files))
    assert face_of({**files, "x": UNSURE}) == ""
    assert face_of({"x": _stamp(1, 2, 3, 2**64 - 1)}) not in ("", face_of({"x": _stamp(1, 2, 3, 2**64 - 2)}))


def test_times_and_inodes_of_any_size_have_a_stamp_that_is_never_taken_for_old():
    now = time.time_ns()
    future = _stamp(2**63, now, 5, 2**70 + 3)
    assert size_of(future) == 5
    assert is_young(future, now)
    assert is_young(_stamp(-(2**70), now, 5, 3), now)
    assert future != _stamp(2**63, now + 1, 5, 2**70 + 3)
    assert future != _stamp(2**63, now, 5, 2**70 + 4)


def _stamp(modified, changed, size, inode):
    return stamp_of(types.SimpleNamespace(st_mtime_ns=modified, st_ctime_ns=changed, st_size=size, st_ino=inode))


def test_the_face_of_a_folder_tells_where_a_file_is(tmp_path):
    put(tmp_path / "o", "x/a.html")
    before = Listing(str(tmp_path / "o")).face()
    (tmp_path / "o" / "x").rename(tmp_path / "o" / "y")
    assert Listing(str(tmp_path / "o")).face() not in ("", before)


@pytest.mark.parametrize("ended", ["never", "at once", "after the face"])
def test_what_another_process_sees_is_what_this_one_would(tmp_path, ended):
    for name in ("a.html", "x/b.html"):
        put(tmp_path / "o", name)
    here, seen = Listing(str(tmp_path / "o")), Sight(str(tmp_path / "o"), beside=True)
    process = seen._process._worker.process
    if ended == "at once":
        os.kill(process, signal.SIGKILL)
    assert seen.face() == here.face()
    if ended == "after the face":
        os.kill(process, signal.SIGKILL)
    assert seen().table() == here.table()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_process_of_which_no_more_is_wanted_ends(tmp_path):
    put(tmp_path / "o", "a.html")
    seen = Sight(str(tmp_path / "o"), beside=True)
    process = seen._process._worker.process
    assert seen.face()
    seen.end()
    seen.end()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("seed", range(30))
def test_a_second_look_finds_what_a_first_would(tmp_path, seed):
    chance, root = random.Random(seed), tmp_path / "o"
    names = [f"{folder}{n}" for folder in ("", "a/", "a/b/", "c/d/", "search/x/") for n in range(3)]
    ours = {name for name in names if not name.startswith("search/")}
    for name in names:
        if chance.random() < 0.6:
            put(root, name)
    root.mkdir(exist_ok=True)
    before, here = Listing(str(root)), files(root)
    for name in chance.sample(names, 5):
        if chance.random() < 0.6:
            put(root, name, str(chance.random()))
        elif (root / name).exists():
            (root / name).unlink()
            for folder in (root / name).parents:
                if folder == root or any(folder.iterdir()):
                    break
                folder.rmdir()
    now = files(root)
    changed = {
        name: stamp_at(root / name) for name in ours & (here | now) if before.stamp(name) != stamp_at(root / name)
    }
    again, anew = before.again(ours & now, changed), Listing(str(root))
    assert (again.table(), again.face()) == (anew.table(), anew.face())


def test_a_folder_in_which_nothing_changed_is_not_read_again(tmp_path, monkeypatch):
    for name in ("index.html", "a/1.html", "b/2.html", "search/x/t.js"):
        put(tmp_path / "o", name)
    before = Listing(str(tmp_path / "o"))
    read, real = [], listing._read
    monkeypatch.setattr(listing, "_read", lambda top, folder, known: read.append(folder) or real(top, folder, known))
    put(tmp_path / "o", "b/2.html", "other")
    changed = {"b/2.html": stamp_at(tmp_path / "o" / "b/2.html")}
    before.again(["index.html", "a/1.html", "b/2.html"], changed)
    assert read == ["b"]


def test_a_folder_so_young_that_a_change_could_hide_is_read_again(tmp_path, monkeypatch):
    put(tmp_path / "o", "search/t.js")
    before = Listing(str(tmp_path / "o"))
    read, real = [], listing._read
    monkeypatch.setattr(listing, "_read", lambda top, folder, known: read.append(folder) or real(top, folder, known))
    before.again([], {})
    assert read == []
    monkeypatch.setattr(listing, "is_young", lambda _stamp, _at: True)
    before.again([], {})
    assert read == ["", "search"]
