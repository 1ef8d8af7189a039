"""Whether pages stand is asked by several processes where there are very many: with the same result."""

from __future__ import annotations

import shutil

import pytest

from build_world import put, small_world, tree

ARTICLE = "{name}\n{line}\n\n:date: 2006-01-0{day}\n:slug: {name}\n{more}\n\n{text}\n"


def write(world, name, text, *, day, more=""):
    line = "#" * len(name)
    path = world.root / "content" / "news" / f"{name}.rst"
    put(path, ARTICLE.format(name=name, line=line, day=day, more=more, text=text))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_takes_the_place_of_an_article_is_looked_at_itself(tmp_path, workers):
    # Only articles of other readers have addresses that a draft may take: ours have one of their own each.
    world = small_world(tmp_path)
    shutil.rmtree(world.root / "content")
    world.settings.update(PLUGINS=["backfile.build"], THEME="simple", DIRECT_TEMPLATES=["index"])
    for day, name in enumerate(("ferry", "harbour", "island"), 1):
        write(world, name, "At sea.", day=day)
    write(world, "note", "Of no article.", day=4, more=":status: draft")
    world.build(workers=workers)
    for text in ("First.", "Second.", "Second."):
        write(world, "draft", text, day=5, more=":status: draft\n:save_as: ferry.html\n:url: ferry.html")
        assert world.build(workers=workers) == 0
        found = tree(world.root / "output")
        assert text.encode() in found["ferry.html"]
        assert found == world.clean(workers=workers)
