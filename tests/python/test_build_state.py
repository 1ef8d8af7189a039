"""What a build leaves to the next, beside the output: little of it, checked, and worth nothing when in doubt."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from backfile.build import store
from build_world import small_world, stamps, tree


@pytest.fixture
def world(tmp_path):
    return small_world(tmp_path)


def test_the_state_stands_beside_the_output_and_holds_no_code(world):
    world.build()
    assert not list((world.root / "output").rglob(".*"))
    folder = world.root / ".backfile" / "output"
    assert {path.name for path in folder.iterdir()} == {"state", "files", "lock", "templates"}


def test_a_small_change_is_remembered_apart_from_the_rest(world):
    world.build()
    folder = world.root / ".backfile" / "output"
    whole = (folder / "state").read_bytes()
    for step in (world.add, world.delete, world.retitle, world.redate):
        step()
        world.build()
        assert (folder / "state").read_bytes() == whole
        assert tree(world.root / "output") == world.clean()
    before = stamps(world)
    world.touch()
    world.build()
    assert stamps(world) == before


@pytest.mark.parametrize("what", ["lost", "damaged", "of an earlier state"])
def test_without_what_was_remembered_apart_the_output_is_a_clean_builds(world, what):
    world.build()
    since = world.root / ".backfile" / "output" / "state-since"
    world.add()
    world.build()
    kept = since.read_bytes()
    for path in world.articles()[:2]:
        path.unlink()
    world.add()
    world.build()
    if what == "lost":
        since.unlink()
    else:
        since.write_bytes(kept[:-1] if what == "damaged" else kept)
    world.edit()
    world.build()
    assert tree(world.root / "output") == world.clean()


def test_a_large_change_is_remembered_with_the_rest(world, monkeypatch):
    monkeypatch.setattr(store, "_FEW", 2)
    world.build()
    folder = world.root / ".backfile" / "output"
    whole = (folder / "state").read_bytes()
    for _ in range(3):
        world.add()
    world.build()
    assert (folder / "state").read_bytes() != whole
    assert not (folder / "state-since").exists()
    assert tree(world.root / "output") == world.clean()


def test_an_emptied_output_on_another_disk_than_the_state_is_made_whole(world):
    world.build()
    wanted = tree(world.root / "output")
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    if not memory.is_dir() or memory.stat().st_dev == world.root.stat().st_dev:
        pytest.skip("no second file system")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        output = Path(folder) / "output"
        more = {"OUTPUT_PATH": str(output), "BACKFILE_STATE": str(world.root / "state")}
        for emptied in (False, True, True):
            world.build(more={**more, "DELETE_OUTPUT_DIRECTORY": emptied})
            assert tree(output) == wanted


def test_a_state_folder_inside_of_the_output_is_refused(world):
    world.build()
    before = tree(world.root / "output")
    with pytest.raises(AssertionError, match=r"BACKFILE_STATE is .* inside of the output folder"):
        world.build(more={"BACKFILE_STATE": str(world.root / "output" / "x" / "state")})
    assert tree(world.root / "output") == before


def test_a_killed_cold_build_is_made_good(world):
    for number in (1, 2, 5, 9):
        world.build(kill_at=number, workers=2)
    world.build()
    assert tree(world.root / "output") == world.clean()
