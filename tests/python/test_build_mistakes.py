"""What cannot be read or made is named, with what to do; the rest is built, and what stood there stays."""

from __future__ import annotations

import json
import os
import re

import pytest

from build_world import put, small_world, tree
from project import pelican


@pytest.fixture
def world(tmp_path):
    return small_world(tmp_path)


def test_an_article_that_a_reader_fails_at_is_named_with_the_reason(tmp_path):
    reader = """from pelican import signals
from pelican.readers import BaseReader

class Reader(BaseReader):
    file_extensions = ["odd"]
    enabled = True

    def read(self, path):
        raise KeyError("no such key")

def register():
    signals.readers_init.connect(lambda readers: readers.reader_classes.update(odd=Reader), weak=False)
"""
    put(tmp_path / "more" / "odd_reader.py", reader)
    put(tmp_path / "content" / "a.odd", "Title: A\n")
    plugins = ["odd_reader", "backfile.comments", "backfile.build"]
    more = ("-e", f"PLUGINS={json.dumps(plugins)}", f"PLUGIN_PATHS={json.dumps([str(tmp_path / 'more')])}")
    done = pelican(tmp_path / "content", tmp_path / "output", *more)
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode != 0
    assert "Could not process a.odd: KeyError: 'no such key'" in said


def test_an_article_whose_template_is_not_there_is_named_and_left_out(tmp_path):
    for name, more in (("a", ""), ("b", "Template: nosuch\n")):
        text = f"Title: Ferry\nId: {name}1\nDate: 2010-01-01\n{more}\nText.\n"
        put(tmp_path / "content" / f"{name}.md", text)
    for _ in range(2):
        done = pelican(tmp_path / "content", tmp_path / "output", env={**os.environ, "COLUMNS": "400"})
        assert done.returncode == 0, done.stderr
        said = " ".join((done.stdout + done.stderr).split())
        assert "b.md is left out: the theme has no template 'nosuch'" in said
        pages = tree(tmp_path / "output")
        assert "2010/01/01/ferry-a1.html" in pages
        assert not any(b"ferry-b1" in (data or b"") or "ferry-b1" in name for name, data in pages.items())
    put(tmp_path / "content" / "b.md", "Title: Ferry\nId: b1\nDate: 2010-01-01\n\nText.\n")
    assert pelican(tmp_path / "content", tmp_path / "output").returncode == 0
    assert "2010/01/01/ferry-b1.html" in tree(tmp_path / "output")


def test_a_page_whose_template_is_not_there_is_named_and_left_out(tmp_path):
    put(tmp_path / "content" / "a.md", "Title: Ferry\nId: a1\nDate: 2010-01-01\n\nText.\n")
    odd = tmp_path / "content" / "pages" / "odd.md"
    put(odd, "Title: Odd\nSlug: odd\nTemplate: nosuch\n\nOf the house.\n")
    put(tmp_path / "content" / "pages" / "even.md", "Title: Even\nSlug: even\n\n[Odd]({filename}/pages/odd.md)\n")
    for _ in range(2):
        done = pelican(tmp_path / "content", tmp_path / "output", env={**os.environ, "COLUMNS": "400"})
        assert done.returncode == 0, done.stderr
        assert "pages/odd.md is left out: the theme has no template 'nosuch'" in " ".join(
            (done.stdout + done.stderr).split()
        )
        pages = tree(tmp_path / "output")
        assert "pages/even.html" in pages
        assert "pages/odd.html" not in pages
        assert not any(b"pages/odd.html" in (data or b"") for data in pages.values())
    put(odd, "Title: Odd\nSlug: odd\n\nOf the house.\n")
    assert pelican(tmp_path / "content", tmp_path / "output").returncode == 0
    assert b"pages/odd.html" in tree(tmp_path / "output")["pages/even.html"]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_whose_page_cannot_be_made_is_named_and_the_rest_is_built(world, workers):
    page = world.root / "theme" / "templates" / "article.html"
    failing = "{% if article.title == 'Odd' %}{{ nothing.at.all }}{% endif %}"
    put(page, page.read_text("utf-8").replace("{{ article.category }}", failing))
    odd = "Title: {}\nId: odd1\nDate: 2010-01-01\n\nText.\n"
    put(world.root / "content" / "odd.md", odd.format("Odd"))
    world.build(workers=workers)
    pages = tree(world.root / "output")
    assert "2010/01/01/odd-odd1.html" not in pages
    assert sum(name.startswith("2006/") for name in pages) > 1
    world.edit()
    world.build(workers=workers)
    assert tree(world.root / "output") == world.clean(workers=workers)
    put(world.root / "content" / "odd.md", odd.format("Even"))
    world.build(workers=workers)
    assert "2010/01/01/even-odd1.html" in tree(world.root / "output")


def test_what_is_said_of_such_an_article_names_file_template_and_line(tmp_path):
    put(tmp_path / "content" / "a.md", "Title: A\nId: a1\nDate: 2010-01-01\nTemplate: page\n\nText.\n")
    done = pelican(tmp_path / "content", tmp_path / "output", env={**os.environ, "COLUMNS": "400"})
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1  # with `--fatal errors`
    wanted = r"a\.md: its page 2010/01/01/a-a1\.html, of the template page\.html, .*'page' is undefined \(.*, line \d"
    assert re.search(wanted, said)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_mistake_in_the_theme_ends_the_build_and_what_was_there_stays(world, workers):
    world.build(workers=workers)
    before = tree(world.root / "output")
    page = world.root / "theme" / "templates" / "article.html"
    whole = page.read_text("utf-8")
    put(page, whole.replace("{{ article.category }}", "{{ article.archive.gone.at.all }}"))
    with pytest.raises(AssertionError, match=r"So did 10 others: the mistake is the theme's"):
        world.build(workers=workers)
    assert tree(world.root / "output").keys() == before.keys()
    put(page, whole)
    world.build(workers=workers)
    assert tree(world.root / "output") == before


def test_a_list_that_cannot_be_made_ends_the_build_by_its_name(world):
    put(world.root / "theme" / "templates" / "tags.html", "{{ nothing.at.all }}")
    with pytest.raises(AssertionError, match=r"tags\.html, of the template tags\.html, cannot be made: UndefinedError"):
        world.build()


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_links_that_lead_nowhere_are_told_of_by_every_build(tmp_path):
    content, output = tmp_path / "content", tmp_path / "output"
    put(tmp_path / "elsewhere" / "b.md", "Title: Lift\nId: b1\nDate: 2010-01-01\n\nText.\n")
    put(content / "a.md", "Title: Ferry\nId: a1\nDate: 2010-01-01\n\nText.\n")
    (content / "2010").symlink_to(tmp_path / "elsewhere")
    (content / ".#a.md").symlink_to("somebody@host.1")
    plain = {**os.environ, "COLUMNS": "400"}
    said = [pelican(content, output, env=plain).stdout]
    (tmp_path / "elsewhere").rename(tmp_path / "away")
    said += [pelican(content, output, env=plain).stdout for _ in range(3)]
    (tmp_path / "away").rename(tmp_path / "elsewhere")
    said += [pelican(content, output, env=plain).stdout]
    assert [f"Links in {content} that lead nowhere: 2010." in " ".join(each.split()) for each in said] == [
        *(False, True, True, True, False)
    ]
    assert "2010/01/01/lift-b1.html" in tree(output)
