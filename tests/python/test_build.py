"""Incremental builds: whatever happened to a site, its output is what a build in an empty folder gives."""

from __future__ import annotations

import os
import random

import pytest

from build_world import World, tree

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
            found, wanted = tree(world.root / "output"), world.clean(workers=workers)
            assert found == wanted, (story, differences(found, wanted))


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_after_any_changes_the_output_is_a_clean_builds(tmp_path, seed):
    live(World(tmp_path, random.Random(seed)), steps=4)
