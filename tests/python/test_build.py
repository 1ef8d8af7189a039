"""Incremental builds: whatever happened to a site, its output is what a build in an empty folder gives."""

from __future__ import annotations

import os
import random
import re
import shutil

import pytest

from backfile.search.index import combine
from backfile.search.manifest import read
from build_world import World, tree

SITES = (
    ("backfile.comments", "backfile.build", "motto_plugin"),
    ("backfile.comments", "backfile.build"),
    ("backfile.comments", "backfile.build", "backfile.search"),
)
SEQUENCES = int(os.environ.get("BACKFILE_BUILD_SEQUENCES", "24"))


def differences(found, wanted):
    return {
        "missing": sorted(wanted.keys() - found.keys()),
        "too many": sorted(found.keys() - wanted.keys()),
        "other": sorted(name for name in wanted.keys() & found.keys() if wanted[name] != found[name]),
    }


def live(world, steps):
    """Changes a site at random, builds it after each step, and compares at every second and at the end."""
    chance, story = world.chance, []
    for step in range(steps):
        story.append([world.change() for _ in range(chance.choice([0, 1, 1, 1, 2, 4]))])
        workers = chance.choice([1, 1, 2])
        if chance.random() < 0.3:
            story.append(f"killed {world.build(kill_at=chance.randrange(1, 25), workers=workers)}")
            if chance.random() < 0.5:
                story.append([world.change()])
        assert world.build(workers=workers) == 0
        if step % 2 or step == steps - 1:
            found, wanted = result(world.root), world.clean(workers=workers, look=result)
            assert found == wanted, (story, differences(found, wanted))


def result(root):
    """The output; in the place of the search files, which may be cut into other segments, what they are when merged."""
    found = {name: data for name, data in tree(root / "output").items() if not re.match(r"search/(x\b|manifest)", name)}
    if (root / "output" / "search" / "manifest.js").exists():
        merged = root / "merged"
        combine(merged, [root / "output" / "search"], merge_all=True)
        found["search"] = [segment.id for segment in read(merged).segments]
        shutil.rmtree(merged)
    return found


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_after_any_changes_the_output_is_a_clean_builds(tmp_path, seed):
    live(World(tmp_path, random.Random(seed), plugins=SITES[seed % len(SITES)]), steps=4)
