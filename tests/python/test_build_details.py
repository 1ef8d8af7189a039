"""What incremental builds promise beside exactness: few files touched, the ordinary Pelican world, clear words."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backfile.build.listing import Listing
from backfile.search.check import check_index
from build_world import World, put, small_world, stamps, tree
from project import PACKAGE, ROOT, pelican


@pytest.fixture
def world(tmp_path):
    return small_world(tmp_path)


def test_nothing_is_written_when_nothing_changed(world):
    world.build()
    before = stamps(world)
    world.build()
    assert stamps(world) == before


def standing(world):
    """Builds a site that our plugins alone build, and of which nothing has to be said twice."""
    for path in world.articles():
        path.unlink()
    for number in range(5):
        put(
            world.root / "content" / f"s{number}.md",
            f"Title: Ferry {number}\nId: s{number}\nDate: 2006-01-0{number + 1}\n\nx\n",
        )
    world.settings["PLUGINS"] = ["backfile.comments", "backfile.browse", "backfile.build", "backfile.search"]
    time.sleep(0.2)  # files that were written just now could change again unseen
    world.build()
    assert (world.root / ".backfile" / "output" / "standing").is_file()


STEPS = {
    "an article": lambda world: world.edit(),
    "a new article": lambda world: world.add(),
    "an article less": lambda world: world.delete(),
    "a template": lambda world: world.template(),
    "a style sheet": lambda world: world.css(),
    "a setting": lambda world: world.settings.update(SITENAME="Another"),
    "a page that vanished": lambda world: (world.root / "output" / "index.html").unlink(),
    "a page that was changed": lambda world: (world.root / "output" / "index.html").write_bytes(b"x"),
    "a search file that vanished": lambda world: next((world.root / "output" / "search").rglob("*.js")).unlink(),
    "a damaged note": lambda world: (world.root / ".backfile" / "output" / "standing").write_bytes(
        b"backfile-build/6 "
    ),
}


@pytest.mark.parametrize("change", STEPS.values(), ids=STEPS)
def test_a_build_that_would_do_nothing_sees_every_change(world, change):
    standing(world)
    change(world)
    world.build()
    found, wanted = tree(world.root / "output"), world.clean()
    for one in (found, wanted):
        for name in [name for name in one if name.startswith("search/")]:
            del one[name]
    assert found == wanted


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("change", ["add", "delete", "section", "foreign"])
def test_after_any_change_the_next_build_has_nothing_to_do(world, change, workers):
    standing(world)
    note = world.root / ".backfile" / "output" / "standing"
    if change == "section":
        article = "Title: One\nId: one\nDate: 2009-08-07\nCategory: Brand new\n\nx\n"
        put(world.root / "content" / "one.md", article)
        world.build(workers=workers)
        (world.root / "content" / "one.md").unlink()  # with it goes the last page of a folder
    elif change == "foreign":
        put(world.root / "output" / "mine" / "CNAME", "example.org")
    else:
        put(world.root / "content" / "two.md", "Title: Two\nId: two\nDate: 2007-08-07\n\nx\n")
        if change == "delete":
            world.articles()[0].unlink()
    time.sleep(0.2)
    world.build(workers=workers)
    left = note.stat().st_mtime_ns
    world.build(workers=workers)
    assert note.stat().st_mtime_ns == left


def test_when_the_process_that_looks_at_the_output_is_ended_the_build_looks_itself(world, monkeypatch):
    world.build()
    monkeypatch.setattr(Listing, "plain", lambda _listing: os._exit(3))
    world.edit()
    assert world.build(workers=2) == 0
    monkeypatch.undo()
    assert tree(world.root / "output") == world.clean()


def test_a_change_to_files_outside_of_the_content_folder_is_noticed(world):
    put(world.root / "ext" / "a.txt", "one")
    world.settings["STATIC_PATHS"] = ["images", "../ext"]
    world.settings["EXTRA_PATH_METADATA"] = {f"../ext/{name}.txt": {"path": f"{name}.txt"} for name in "ab"}
    standing(world)
    assert (world.root / "output" / "a.txt").read_text() == "one"
    put(world.root / "ext" / "a.txt", "two")
    put(world.root / "ext" / "b.txt", "three")
    time.sleep(0.2)
    world.build()
    assert (world.root / "output" / "a.txt").read_text() == "two"
    assert (world.root / "output" / "b.txt").read_text() == "three"
    assert (world.root / ".backfile" / "output" / "standing").is_file()
    (world.root / "ext" / "b.txt").unlink()
    world.build()
    assert not (world.root / "output" / "b.txt").exists()


def test_a_file_that_would_be_copied_to_itself_stays_as_it_is(world):
    put(world.root / "ext" / "a.txt", "one")
    world.settings["STATIC_PATHS"] = ["images", "../ext"]
    before = (world.root / "ext" / "a.txt").stat()
    for linked in (False, True):
        world.settings["STATIC_CREATE_LINKS"] = linked
        world.build()
        assert (world.root / "ext" / "a.txt").stat().st_ctime_ns == before.st_ctime_ns


def test_an_output_inside_of_the_content_is_no_content(world):
    state = world.root / "content" / "state"
    more = {"BACKFILE_STATE": str(state), "ARTICLE_PATHS": [""], "STATIC_PATHS": [""]}
    world.build("content/site", more=more)
    pages = tree(world.root / "content" / "site")
    for _ in range(2):
        world.build("content/site", more=more)
        assert tree(world.root / "content" / "site") == pages
    assert not any(name.startswith(("site", "state")) for name in pages)


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 here")
def test_a_folder_whose_name_is_no_utf8_holds_a_site_as_any_other_does(tmp_path):
    world = World(tmp_path / os.fsdecode(b"Stra\xdfe"), random.Random(3))
    world.build()
    pages = tree(world.root / "output")
    assert "index.html" in pages
    world.build()
    assert tree(world.root / "output") == pages


def test_a_theme_behind_a_link_is_looked_at_in_every_build(world):
    templates = world.root / "theme" / "templates"
    templates.rename(world.root / "elsewhere")
    templates.symlink_to(world.root / "elsewhere", target_is_directory=True)
    with pytest.raises(AssertionError):
        standing(world)
    assert not (world.root / ".backfile" / "output" / "standing").exists()


def test_what_was_wrong_is_said_again_by_a_build_that_has_nothing_to_do(world):
    world.settings["PLUGINS"] = ["backfile.comments", "backfile.build"]
    put(world.root / "content" / "broken.md", "no title\n")
    world.build()
    assert not (world.root / ".backfile" / "output" / "standing").exists()


@pytest.mark.parametrize("more", [(), ("backfile.build",)])
def test_hidden_files_are_no_articles(tmp_path, more):
    for name in ("a.md", ".trash/b.md", ".c.md", "pages/.trash/d.md"):
        put(
            tmp_path / "content" / name, f"Title: Ferry\nId: {Path(name).stem.strip('.')}1\nDate: 2010-01-01\n\nText.\n"
        )
    put(tmp_path / "content" / "._a.md", "\0\5\x16\7")  # as a Mac leaves on other file systems
    plugins = json.dumps(["backfile.comments", *more])
    for _ in range(2):
        done = pelican(tmp_path / "content", tmp_path / "output", "-e", f"PLUGINS={plugins}", "--fatal", "warnings")
        assert done.returncode == 0, done.stdout
        articles = sorted(name for name in tree(tmp_path / "output") if name.startswith("2010/01/01/ferry"))
        assert articles == ["2010/01/01/ferry-a1.html"]
    assert not list((tmp_path / "output").glob("pages/*"))


def test_a_touched_file_changes_nothing(world):
    world.build()
    before = stamps(world)
    for path in world.articles():
        os.utime(path)
    world.build()
    assert stamps(world) == before


def test_a_new_article_leaves_the_older_pages_of_a_list_alone(world):
    world.settings["DEFAULT_PAGINATION"] = 2
    world.build()
    before = stamps(world)
    put(world.root / "content" / "new.md", world.text(Date="2030-01-01", Category="Town", Status="published"))
    world.build()
    after = stamps(world)
    changed = {path.as_posix() for path in before if after.get(path) != before[path]}
    lists = {path.as_posix() for path in after if "category/town" in path.as_posix()}
    assert len(lists) > 4
    assert any(path.endswith("category/town.html") for path in changed)
    assert len(changed & lists) <= 2  # the first, and its neighbour when the list has got a page more


def test_links_in_the_place_of_copies_are_kept_and_given_up_again(world):
    put(world.root / "content" / "images" / "9.png", "picture")
    image, copy = world.root / "content" / "images" / "9.png", world.root / "output" / "images" / "9.png"
    for linked in (False, True, True, False):
        world.settings["STATIC_CREATE_LINKS"] = linked
        world.build()
        assert copy.samefile(image) == linked
        assert tree(world.root / "output") == world.clean()
    world.settings["STATIC_CREATE_LINKS"] = True
    world.build()
    image.write_text("another")
    world.build()
    image.unlink()
    world.build()
    assert not copy.exists()


def test_a_style_sheet_is_copied_and_no_page_rendered(world):
    world.build()
    before = stamps(world)
    put(world.root / "theme" / "static" / "css" / "a.css", "body { color: red }")
    world.build()
    after = stamps(world)
    assert [path.name for path in before if after[path] != before[path]] == ["a.css"]


def test_files_of_others_in_the_output_folder_stay(world):
    world.build()
    put(world.root / "output" / "CNAME", "example.org")
    world.delete()
    world.build()
    assert (world.root / "output" / "CNAME").read_text() == "example.org"


def test_an_index_is_taken_away_by_the_first_build_without_search(world):
    standing(world)
    shard = next((world.root / "output" / "search" / "x").rglob("*.js"))
    put(world.root / "output" / "search" / "mine.txt", "of somebody else")
    put(shard.with_name("notes.txt"), "of somebody else")
    plugins = world.settings["PLUGINS"]
    for _ in range(2):
        world.settings["PLUGINS"] = [name for name in plugins if name != "backfile.search"]
        world.build()
        search = world.root / "output" / "search"
        there = {path.relative_to(search).as_posix() for path in search.rglob("*") if path.is_file()}
        assert there == {"mine.txt", shard.with_name("notes.txt").relative_to(search).as_posix()}
        shutil.rmtree(search)
        assert tree(world.root / "output") == world.clean()
        put(world.root / "output" / "search" / "mine.txt", "of somebody else")
        put(shard.with_name("notes.txt"), "of somebody else")
    world.settings["PLUGINS"] = plugins
    world.build()
    assert list(check_index(world.root / "output")) == []
    put(world.root / "content" / "z.md", "Title: Zebra\nId: z1\nDate: 2006-01-01\n\nx\n")
    world.build()
    world.settings["PLUGINS"] = [name for name in plugins if name != "backfile.search"]
    world.build()
    assert not (world.root / "output" / "search" / "manifest.js").exists()
    assert not list((world.root / "output" / "search").rglob("*.js"))


def test_the_projects_own_theme_is_watched_without_giving_up(tmp_path):
    world = World(tmp_path, random.Random(6), theme=ROOT / "theme")
    for _ in range(6):
        world.add()
    world.build()
    before = stamps(world)
    world.settings["A_TEST"] = 1  # all is rendered anew, and comes out the same
    world.build()
    assert stamps(world) == before
    world.retitle()
    world.build()
    assert tree(world.root / "output") == world.clean()


def test_an_output_that_pelican_empties_first_is_made_whole_each_time(world):
    world.settings["DELETE_OUTPUT_DIRECTORY"] = True
    world.build()
    wanted = tree(world.root / "output")
    for workers in (1, 2):
        world.build(workers=workers)
        assert tree(world.root / "output") == wanted


@pytest.mark.parametrize("environment", [{"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "7"}])
def test_the_same_site_is_built_whatever_the_machine(tmp_path, environment):
    world = World(tmp_path, random.Random(9))
    content, output = tmp_path / "content", tmp_path / "output"
    results = []
    for more in ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}, environment):
        variables = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "SOURCE_DATE_EPOCH": "1000000000", **more}
        done = pelican(content, output, env=variables)
        assert done.returncode == 0, done.stderr
        results.append(tree(output))
        for folder in (output, tmp_path / ".backfile"):
            shutil.rmtree(folder)
    assert results[0] == results[1]
    assert world.number


def test_a_closing_line_says_what_was_done_and_quiet_says_nothing(tmp_path):
    put(tmp_path / "content" / "a.md", "Title: A\nId: a1\nDate: 2010-01-01\n\nText.\n\n<!-- comments -->\n")
    said = pelican(tmp_path / "content", tmp_path / "output").stdout
    assert "Built: read 1 of 1 files, rendered" in said
    again = pelican(tmp_path / "content", tmp_path / "output").stdout
    assert "read 0 of 1 files, rendered 0 of" in again
    assert "Built" not in pelican(tmp_path / "content", tmp_path / "output", "--quiet").stdout


def test_the_number_of_processes_is_no_reason_to_make_a_page_anew(tmp_path):
    text = "Title: A\nId: a{0}\nDate: {0}-01-01\n\n{1}\n\n<!-- comments -->\n"
    for year in range(2010, 2013):
        put(tmp_path / f"content/{year}.md", text.format(year, "Text."))
    pelican(tmp_path / "content", tmp_path / "output")
    rendered = []
    for how in ([], ["-e", "BACKFILE_WORKERS=1", "BACKFILE_PAGE_SECONDS=60"]):
        put(tmp_path / "content/2012.md", text.format(2012, f"Other text: {how}."))
        said = pelican(tmp_path / "content", tmp_path / "output", *how).stdout
        rendered += re.findall(r"rendered (\d+) of", said)
    assert rendered[0] == rendered[1]


def test_a_first_article_of_a_year_leaves_the_pages_of_other_years_alone(tmp_path):
    text = "Title: A\nId: a{0}\nDate: {0}-01-01\n\nText.\n\n<!-- comments -->\n"
    rendered = []
    for years in (4, 9):
        root = tmp_path / str(years)
        for year in range(2000, 2000 + years):
            put(root / f"content/{year}.md", text.format(year))
        pelican(root / "content", root / "output")
        put(root / "content/2010.md", text.format(2010))
        said = pelican(root / "content", root / "output").stdout
        rendered += re.findall(r"rendered (\d+) of", said)
    assert len(rendered) == 2 and rendered[0] == rendered[1]


REBUILDS = """
import gc, sys
from pathlib import Path
from pelican import Pelican
from pelican.settings import read_settings
root = Path(sys.argv[1])
changed = {"PATH": str(root / "content"), "OUTPUT_PATH": str(root / "output"), "BACKFILE_WORKERS": 1}
changed["PLUGINS"] = ["backfile.comments", "backfile.browse", "backfile.build"]
pelican = Pelican(read_settings(sys.argv[2], override=changed))
page = root / "content" / "a.md"
counts = []
for number in range(int(sys.argv[3])):
    page.write_text(f"Title: A {number}\\nId: a1\\nDate: 2010-01-01\\n\\nText.\\n\\n<!-- comments -->\\n")
    pelican.run()
    gc.unfreeze()
    gc.collect()
    kinds = (type(thing).__module__ for thing in gc.get_objects())
    counts.append(sum(kind.startswith(("pelican.contents", "backfile")) for kind in kinds))
print("counts", counts[3], counts[-1])
"""


def test_rebuilding_in_one_process_keeps_nothing_of_earlier_builds(tmp_path):
    put(tmp_path / "content" / "pages" / "p.md", "Title: P\nId: p\n\nText.\n")
    put(tmp_path / "content" / "a.md", "x")
    command = [sys.executable, "-c", REBUILDS, str(tmp_path), str(ROOT / "pelicanconf.py"), "12"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )
    assert done.returncode == 0, done.stderr
    _, early, late = done.stdout.strip().splitlines()[-1].split()
    assert int(late) <= int(early), done.stdout
