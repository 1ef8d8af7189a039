"""An article that stayed as it was is not read for the index again, and nobody can tell from the index."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.build import scan
from backfile.comments.views import ArticleView
from backfile.model import Article, Comment
from backfile.search import index
from backfile.search.document import SearchDocument, UnreadDocument
from backfile.search.whoosh.archive import Archive
from build_world import World, put, tree

WATCH = '''"""Notes which articles are read for the index; changes one while a build goes on, when it is told to."""
from pathlib import Path
from pelican import signals
from backfile.search import plugin

document, root = plugin._document, Path(__file__).parents[1]

def noted(article):
    with (root / "read.txt").open("a") as file:
        file.write(f"{article.relative_source_path}\\n")
    return document(article)

def disturb(generators):
    if (root / "disturb").exists():
        (root / "content" / "a.md").write_text((root / "disturb").read_text())

def register():
    plugin._document = noted
    signals.all_generators_finalized.connect(disturb)
'''
MEMORY = Path(".backfile/output/search")


@pytest.fixture
def world(tmp_path, monkeypatch):
    # Files as young as those of a test would not be trusted; here nothing changes unseen.
    monkeypatch.setattr(scan, "_TICK_NS", 0)
    monkeypatch.setattr(scan, "_COARSE_NS", 0)
    return searched(World(tmp_path, random.Random(5)))


def searched(world: World) -> World:
    put(world.root / "plugins" / "watch_plugin.py", WATCH)
    plugins = ["backfile.comments", "backfile.build", "backfile.search", "motto_plugin", "watch_plugin"]
    world.settings["PLUGINS"] = plugins
    for at in range(9):
        put(world.root / "content" / f"s{at}.md", world.text(Status="published"))
    return world


def read_in_a_build(world: World) -> list[str]:
    log = world.root / "read.txt"
    log.unlink(missing_ok=True)
    world.build()
    return sorted(log.read_text("utf-8").split("\n")[:-1]) if log.exists() else []


def whole_comparison(world: World) -> dict[str, bytes | None]:
    """The index that the next build makes when nothing is remembered; leaves everything as it was."""
    aside = world.root / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    for name in ("output", ".backfile"):
        if (world.root / name).exists():
            shutil.copytree(world.root / name, aside / name)
    (world.root / MEMORY).unlink(missing_ok=True)
    world.build()
    made = tree(world.root / "output" / "search")
    for name in ("output", ".backfile"):
        shutil.rmtree(world.root / name)
        if (aside / name).exists():
            (aside / name).rename(world.root / name)
    return made


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_a_site_its_index_is_that_of_a_comparison_of_all_articles(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(scan, "_TICK_NS", 0)
    monkeypatch.setattr(scan, "_COARSE_NS", 0)
    world = searched(World(tmp_path, random.Random(seed)))
    happened = []
    for _ in range(6):
        expected = whole_comparison(world)
        world.build()
        assert tree(world.root / "output" / "search") == expected, happened
        happened.append([world.change() for _ in range(world.chance.randrange(1, 4))])


def test_nothing_is_read_when_nothing_changed(world):
    assert len(read_in_a_build(world)) > 8
    assert read_in_a_build(world) == []


def test_what_was_added_edited_or_renamed_is_read_and_nothing_else(world):
    world.build()
    content = world.root / "content"
    put(content / "new.md", world.text(Status="published"))
    put(content / "s3.md", (content / "s3.md").read_text("utf-8").replace("\n\n", "\n\nzebra ", 1))
    (content / "s4.md").rename(content / "moved.md")
    (content / "s5.md").unlink()
    assert read_in_a_build(world) == ["moved.md", "new.md", "s3.md"]
    assert len(Archive(world.root / "output" / "search").search("zebra").hits) == 1


@pytest.mark.parametrize("damage", [b"", b"{}", b"null\n{}", b"\xff\n", None])
def test_without_what_is_remembered_every_article_is_read(world, damage):
    everything = read_in_a_build(world)
    before = tree(world.root / "output" / "search")
    if damage is None:
        (world.root / MEMORY).unlink()
    else:
        (world.root / MEMORY).write_bytes(damage)
    assert read_in_a_build(world) == everything
    assert tree(world.root / "output" / "search") == before


def test_an_index_that_was_lost_is_made_again_from_articles_that_stayed(world):
    world.build()
    shutil.rmtree(world.root / "output" / "search")
    world.build()
    made = Archive(world.root / "output" / "search")
    assert sum(segment.docs for segment in made.manifest.segments) > 8


def test_other_settings_have_every_article_read(world):
    everything = read_in_a_build(world)
    world.settings["SITENAME"] = "Another name"
    assert read_in_a_build(world) == everything


def test_a_file_that_changed_while_a_build_went_on_is_not_taken_for_what_it_was(world):
    first = world.text(Status="published", Id="a", Title="zebra")
    second = first.replace("zebra", "giraffe")
    put(world.root / "content" / "a.md", first)
    put(world.root / "disturb", second)
    world.build()
    (world.root / "disturb").unlink()
    put(world.root / "content" / "a.md", first)
    world.build()
    made = Archive(world.root / "output" / "search")
    assert [len(made.search(word).hits) for word in ("zebra", "giraffe")] == [1, 0]


def test_a_document_that_the_index_has_is_not_loaded(tmp_path):
    documents = [SearchDocument(url=f"{at}.html", title=f"title {at}", body="") for at in range(3)]
    digests = index.update(tmp_path, documents).digests

    def load(at: int) -> SearchDocument:
        if at != 1:
            raise AssertionError("this document is known")
        return documents[1]

    unread = [UnreadDocument(d.url, digests[d.url], lambda at=at: load(at)) for at, d in enumerate(documents)]
    unread[1] = UnreadDocument("1.html", b"anything", unread[1].load)
    report = index.update(tmp_path, unread)
    assert (report.unchanged, report.changed, report.digests) == (3, 0, digests)


def test_a_second_document_of_a_url_is_told_of_though_the_first_was_not_read(tmp_path):
    document = SearchDocument(url="a.html", title="first", body="")
    digest = index.update(tmp_path, [document]).digests["a.html"]
    unread = UnreadDocument("a.html", digest, lambda: document)
    report = index.update(tmp_path, [unread, SearchDocument(url="a.html", title="second", body="")])
    assert (report.unchanged, report.changed) == (1, 0)
    assert "two documents" in report.warnings[0]


def test_a_document_that_is_cut_is_told_of_in_every_build(tmp_path):
    report = index.update(tmp_path, [SearchDocument(url="a.html", title="long " * 9_000, body="")])
    assert "too long" in report.warnings[0]
    assert report.digests == {}


COMMENTS = st.lists(
    st.tuples(st.sampled_from(["a", "a-2", "b", "c"]), st.sampled_from(["", "a", "b", "c", "gone"])), max_size=9
)


@given(COMMENTS)
def test_anchors_are_those_of_the_rendered_comments(made):
    comments = tuple(Comment(id=name, body=f"*{at}*", parent=parent) for at, (name, parent) in enumerate(made))
    view: ArticleView = ArticleView(Article(id="x", title="x", body="", comments=comments), ())
    assert sorted(view.anchors) == sorted(comment.anchor for comment in view.thread.flat)
    shown = {comment.anchor: (comment.id, comment.body) for comment in view.thread.flat}
    assert [shown[anchor] for anchor in view.anchors] == [(comment.id, comment.body) for comment in comments]
