"""Plugins of others take part in an incremental build as they do in any other."""

from __future__ import annotations

import random

import pytest

from build_world import World, put, small_world, tree
from project import ROOT

SITEMAP = '''"""Expects to hear of every page, as sitemap plugins do."""
from pathlib import Path
from pelican import signals
seen = []

def note(path, context):
    seen.append(path)

def write(pelican):
    (Path(pelican.output_path) / "sitemap.txt").write_text("\\n".join(sorted(set(seen))))

def register():
    signals.content_written.connect(note)
    signals.finalized.connect(write)
'''
STAMPER = '''"""Changes pages after they were written, not always to the same."""
from pathlib import Path
from pelican import signals

def stamp(path, context):
    page = Path(path)
    page.write_text(page.read_text() + "<!-- stamped -->")

def register():
    signals.content_written.connect(stamp)
'''
CONTEXT = '''"""Has a hand in how articles are read."""
from pelican import signals

def shout(generator, metadata):
    metadata["title"] = metadata["title"].upper()

def register():
    signals.article_generator_context.connect(shout)
'''


@pytest.fixture
def world(tmp_path):
    return small_world(tmp_path)


def plugin(world, name, text):
    put(world.root / "plugins" / f"{name}.py", text)
    world.settings["PLUGINS"] = ["backfile.comments", "backfile.build", name]


def test_a_sitemap_plugin_hears_of_every_page_in_every_build(world):
    plugin(world, "sitemap_plugin", SITEMAP)
    world.build()
    first = (world.root / "output" / "sitemap.txt").read_text()
    assert len(first.splitlines()) > 20
    world.build()
    assert (world.root / "output" / "sitemap.txt").read_text() == first


def test_a_plugin_that_changes_written_pages_changes_each_once(world):
    plugin(world, "stamp_plugin", STAMPER)
    for _ in range(3):
        world.build()
        pages = list((world.root / "output").rglob("*.html"))
        assert all(page.read_text("utf-8").count("<!-- stamped -->") == 1 for page in pages)
    assert tree(world.root / "output") == world.clean()


def test_a_plugin_with_a_hand_in_reading_has_it_in_every_build(world):
    plugin(world, "shout_plugin", CONTEXT)
    world.build()
    world.edit()
    world.build()
    assert tree(world.root / "output") == world.clean()


def test_without_pages_of_lists_the_output_is_stock_pelicans(tmp_path):
    world = World(tmp_path, random.Random(5), theme=ROOT / "theme")
    world.settings |= {"DEFAULT_PAGINATION": 100, "TEMPLATE_PAGES": {}}
    for _ in range(8):
        world.add()
    world.about()
    for number in range(3):  # a link to an image that is not there stays as it is; Pelican makes it a dead link
        put(world.root / "content" / "images" / f"{number}.png", str(number))
    ours = world.clean()
    world.settings["PLUGINS"] = ["backfile.comments", "motto_plugin"]
    stock = world.clean()
    assert {name for name in stock if ours.get(name) != stock[name]} == set()
    assert set(ours) == set(stock)
