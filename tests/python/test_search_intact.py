"""Shards that somebody changed on the disk: the next build sees it, even when an update would not read them."""

from __future__ import annotations

import os

import pytest

from backfile.search.check import check_index
from build_world import small_world


@pytest.fixture(params=[1, 2], ids=["one process", "two"])
def world(tmp_path, request):
    """A site with an index, built by so many processes."""
    world = small_world(tmp_path)
    world.settings["PLUGINS"] = ["backfile.comments", "backfile.build", "backfile.search"]
    world.workers = request.param
    build(world)
    return world


def build(world):
    world.build(workers=world.workers)


def shards(world):
    found = sorted((world.root / "output" / "search" / "x").rglob("*.js"))
    assert found
    return found


@pytest.mark.parametrize("change", ["a byte", "the end"])
def test_a_shard_that_was_damaged_is_made_whole_by_the_next_build(world, change):
    for place in (0, len(shards(world)) // 2, -1):
        path = shards(world)[place]
        data = path.read_bytes()
        path.write_bytes(data[:-5] if change == "the end" else data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])
        assert list(check_index(world.root / "output"))
        build(world)
        assert list(check_index(world.root / "output")) == []


def test_shards_that_were_copied_are_left_as_they_are(world):
    before = {path: path.read_bytes() for path in shards(world)}
    for path, data in before.items():
        path.unlink()
        path.write_bytes(data)
        os.utime(path, ns=(10**18, 10**18))
    for _again in range(2):
        world.add()
        build(world)
        kept = [path for path in before if path.exists()]
        assert len(kept) > len(before) // 2
        assert {path: path.read_bytes() for path in kept} == {path: before[path] for path in kept}
        assert {path.stat().st_mtime_ns for path in kept} == {10**18}
