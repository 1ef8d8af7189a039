"""A thread too long for one page: whole, in order, each comment on one page, and on the same one ever after."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.browse.commenters import commenter_url
from backfile.comments.paging import finding_aid, page_numbers, page_url
from backfile.comments.threadview import thread_view
from backfile.model import Comment
from backfile.threads import build_threads, in_reading_order
from project import ROOT, pelican
from test_browse_site import digests
from test_site import build, soup


@st.composite
def threads(draw: st.DrawFn) -> list[Comment]:
    count = draw(st.integers(1, 60))
    parents = [draw(st.integers(-1, max(number - 1, -1))) for number in range(count)]
    dated = draw(st.booleans())
    return [
        Comment(
            id=f"c{number}",
            body="x",
            parent=f"c{parent}" if parent >= 0 else "",
            date=f"2009-03-{1 + number // 3:02}" if dated else "",
        )
        for number, parent in enumerate(parents)
    ]


def pages_by_id(comments: list[Comment], size: int) -> dict[str, int]:
    roots = build_threads(comments)
    numbers = page_numbers(roots, comments, size)
    return {node.comment.id: numbers.get(id(node), 1) for node in in_reading_order(roots)}


@given(threads(), st.integers(1, 8), st.data())
def test_a_comment_stays_on_its_page_when_others_are_added(comments, size, data):
    some = data.draw(st.integers(1, len(comments)))
    before, after = pages_by_id(comments[:some], size), pages_by_id(comments, size)
    assert {name: after[name] for name in before} == before


@given(threads(), st.integers(1, 8))
def test_pages_hold_every_comment_once_in_reading_order_and_none_is_too_long(comments, size):
    thread = thread_view(tuple(comments), "a.html", size)
    assert sorted(c.id for page in thread.pages for c in page.flat) == sorted(c.id for c in comments)
    for page in thread.pages:
        assert 0 < len(page.flat) <= 2 * size
        assert [c.position for c in page.flat] == sorted(c.position for c in page.flat)
        assert all(c.indent == 0 for c in page.roots)
        assert all(c.parent.page == page.number for c in page.flat if c.indent)


def test_a_thread_stays_together_while_it_fits():
    comments = [Comment(f"r{n}", "x") for n in range(4)] + [Comment(f"a{n}", "x", parent="r0") for n in range(3)]
    assert pages_by_id(comments, 4) == dict.fromkeys(("r0", "a0", "a1", "a2", "r1", "r2", "r3"), 1)


def test_comments_that_came_later_among_older_ones_move_none_of_them():
    days = [Comment(f"c{n}", "x", date=f"2009-03-{n + 1:02}") for n in range(9)]
    before = pages_by_id(days, 3)
    late = Comment("late", "x", date="2009-04-01", parent="c0")
    after = pages_by_id([days[0], late, *days[1:]], 3)
    assert {name: after[name] for name in before} == before


@given(st.lists(st.lists(st.text(max_size=4), max_size=20), max_size=4))
def test_the_finding_aid_has_four_digits_for_each_comment(pages):
    salt, *parts = finding_aid(pages).split(" ")
    assert salt.isdigit()
    assert [0 if part == "-" else len(part) for part in parts] == [4 * len(page) for page in pages]


def test_pages_stand_beside_the_article():
    assert page_url("2009/03/a-b.html", 1) == "2009/03/a-b.html"
    assert page_url("2009/03/a-b.html", 2) == "2009/03/a-b.comments-2.html"


HEAD = "Title: A long one\nId: long000001\nDate: 2009-03-12\n\nText.\n\n<!-- comments -->\n"
COMMENT = "\n<!-- comment c{n}\nAuthor: Reader {n}\nDate: 2009-03-{day:02}T10:00\n{more}-->\n\nSaid {n}.\n"
PER_PAGE = ("-e", "BACKFILE_COMMENTS_PER_PAGE=10", "BACKFILE_COMMENTERS=true")


def long_text(count: int) -> str:
    return HEAD + "".join(
        COMMENT.format(n=n, day=1 + n // 2, more=f"Parent: c{n - 1}\n" if n % 3 == 2 else "") for n in range(count)
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(tmp_path_factory.mktemp("long"), {"a.md": long_text(35)}, *PER_PAGE)


def pages(site: Path) -> list[Path]:
    return sorted((site / "2009/03/12").glob("*long000001*.html"))


def test_every_comment_is_on_one_page_of_the_site(site):
    there = [tag["id"] for path in pages(site) for tag in soup(path).select("#comments article[itemprop=comment]")]
    assert len(pages(site)) > 2
    assert sorted(there) == sorted(f"comment-c{n}" for n in range(35))
    assert all(soup(path).find(id="comments-title").get_text(strip=True) == "35 comments" for path in pages(site))


def test_pages_lead_to_one_another_and_to_their_article(site):
    for path in pages(site):
        there = {(path.parent / a["href"].split("#")[0]).resolve() for a in soup(path).select("#comments nav a")}
        assert there == set(pages(site)) - {path}
    assert soup(pages(site)[0]).select_one("h1 a")["href"].endswith("a-long-one-long000001.html")


def test_only_the_article_of_a_long_thread_has_the_script_that_finds_its_comments(site):
    with_script = [path for path in site.rglob("*.html") if "theme/thread.js" in path.read_text("utf-8")]
    assert [path.name for path in with_script] == ["a-long-one-long000001.html"]


def test_lists_of_a_readers_comments_lead_to_the_right_page(site):
    (link,) = [a["href"] for a in soup(site / commenter_url("Reader 34")).select("ol.entries a")]
    path, _, anchor = link.partition("#")
    assert soup(site / "commenter" / path).find(id=anchor)
    assert re.search(r"\.comments-\d+\.html$", path)


def test_the_map_names_the_pages(site):
    named = (site / "sitemap.xml").read_text("utf-8")
    assert all(path.name in named for path in pages(site))


def test_a_theme_without_such_pages_has_all_comments_on_the_articles(tmp_path):
    (tmp_path / "theme").mkdir()
    simple = tmp_path / "theme" / "templates"
    simple.mkdir()
    (simple / "article.html").write_text("{% include 'comments.html' %}", "utf-8")
    for name in ("comments.html", "words.html"):
        (simple / name).write_text((ROOT / "theme" / "templates" / name).read_text("utf-8"), "utf-8")
    more = ("-t", "simple", "-e", f'THEME_TEMPLATES_OVERRIDES=["{simple}"]', 'DIRECT_TEMPLATES=["index"]')
    output = build(tmp_path, {"a.md": long_text(35)}, *more, "BACKFILE_COMMENTS_PER_PAGE=10")
    (page,) = pages(output)
    assert len(soup(page).select("#comments article[itemprop=comment]")) == 35


def test_a_build_after_a_change_gives_what_a_clean_one_gives(tmp_path):
    output = build(tmp_path / "old", {"a.md": long_text(35)}, *PER_PAGE)
    third = pages(output)[2].read_bytes()
    (tmp_path / "old" / "content" / "a.md").write_text(long_text(61), "utf-8")
    assert pelican(tmp_path / "old" / "content", output, *PER_PAGE).returncode == 0
    clean = build(tmp_path / "new", {"a.md": long_text(61)}, *PER_PAGE)
    assert digests(output) == digests(clean)
    assert third != pages(output)[2].read_bytes()  # it names the pages that came after it
    (tmp_path / "old" / "content" / "a.md").write_text(long_text(5), "utf-8")
    assert pelican(tmp_path / "old" / "content", output, *PER_PAGE).returncode == 0
    assert len(pages(output)) == 1
