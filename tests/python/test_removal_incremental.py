"""Whatever is taken down, and given back, in whatever order: it is nowhere, and the output is a clean build's."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from takedown_world import Taken, everything_readable
from test_build import differences, result

EXAMPLES = int(os.environ.get("BACKFILE_REMOVAL_EXAMPLES", "8"))
STEPS = st.lists(st.sampled_from(["takedown"] * 5 + ["forget", "retitle", "edit", "delete"]), min_size=1, max_size=4)


# Shrinking would build hundreds of sites; what fails is told step by step as it is.
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@example(
    seed=316574,  # an article is taken down, and deleted, between two builds
    steps=[["delete", "takedown", "takedown", "takedown"], ["takedown", "takedown", "delete", "edit"]],
)
@example(
    seed=326,  # a title is changed, and what it said taken down everywhere: a source text still says it
    steps=[["forget", "forget", "retitle", "takedown"], ["takedown", "takedown"]],
)
@example(
    seed=2373,  # two entries remove an article, and the first alone keeps its title
    steps=[["takedown", "edit", "takedown", "takedown"], ["takedown"]],
)
@example(
    seed=1043,  # an article is deleted while nothing is taken down, and named by the next takedown
    steps=[["takedown", "forget"], ["forget", "takedown", "delete", "forget"], ["forget", "takedown"]],
)
@example(
    seed=10578,  # a title is changed, what it said taken down everywhere, and the file of its old record used no more
    steps=[["retitle", "retitle", "edit", "takedown"], ["retitle", "retitle", "edit", "takedown"]],
)
@given(seed=st.integers(0, 1 << 32), steps=st.lists(STEPS, min_size=2, max_size=3))
def test_what_is_taken_down_is_nowhere_and_the_output_is_a_clean_builds(seed, steps):
    with tempfile.TemporaryDirectory() as folder:
        world = Taken(Path(folder), random.Random(seed))
        world.build()
        for step in [["takedown"], *steps]:
            for change in step:
                getattr(world, change)()
            assert world.build() == 0
            gone = world.gone()
            leaks = {
                (word, file, gone[word])
                for file, text in everything_readable(world.root / "output").items()
                for word in gone
                if word in text
            }
            assert not leaks, (steps, leaks)
        found, wanted = result(world.root), world.clean(look=result)
        assert found == wanted, (steps, differences(found, wanted))
