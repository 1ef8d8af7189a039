"""`pelican content`: the pages, their hooks, and input that must not stop the build."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from project import backfile, pelican

ARTICLE = """Title: The <b>ferry</b> & the {{{{7*7}}}}
Id: ferry00001
Slug: the-ferry
Date: {date}
Authors: Ada Brook; Tom <i>Lind</i>
Category: Harbour
Tags: !!!; ???; ferry
Summary: A "standfirst" with </script><script>alert(1)</script>
Author-Note: Ada Brook covers the harbour.

The *first* paragraph. <script>alert(2)</script>

[bad](javascript:alert(3)) [good](https://example.org/a) {{static}}/x

<!-- comments -->

<!-- comment c1
Author: Marta <K>
Date: 2009-03-12T10:41
-->

First!

<!-- comment c2
Author: Joe
Parent: c1
-->

Reply.

<!-- comment c3
Kind: block
-->

One paragraph.

Another.
"""


def build(folder: Path, files: dict[str, str | bytes], *more: object) -> Path:
    """A site of content files; fails when the build does."""
    content = folder / "content"
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = pelican(content, folder / "output", *more)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "log.txt").write_text(done.stdout + done.stderr, "utf-8")
    return folder / "output"


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "lxml")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    undated = "Title: Nobody knows when\nId: nodate0001\nAuthors: Ada Brook\n\nText.\n\n<!-- comments -->\n"
    partial = "Title: Sometime in March\nId: partial001\nPublished: 2009-03\n\nText.\n\n<!-- comments -->\n"
    files = {"a.md": ARTICLE.format(date="2009-03-12"), "b.md": undated, "c.md": partial}
    return build(tmp_path_factory.mktemp("site"), files)


def test_an_article_stands_at_its_date_slug_and_id(site):
    assert (site / "2009/03/12/the-ferry-ferry00001.html").is_file()


def test_a_partly_known_date_is_not_completed_in_the_address(site):
    assert (site / "2009/03/sometime-in-march-partial001.html").is_file()
    assert "March 2009" in soup(site / "2009/03/sometime-in-march-partial001.html").get_text()


def test_an_undated_article_has_a_page_and_a_shelf_and_no_date(site):
    page = soup(site / "undated/nobody-knows-when-nodate0001.html")
    assert page.find("time") is None
    assert "date unknown" in page.get_text().lower()
    assert page.find("meta", property="article:published_time") is None
    shelf = [link["href"].removeprefix("./") for link in soup(site / "undated.html").find("main").find_all("a")]
    assert "undated/nobody-knows-when-nodate0001.html" in shelf
    assert "nobody-knows-when" in (site / "author/ada-brook.html").read_text("utf-8")
    for name in ("feeds/all.atom.xml", "archives.html", "2009/index.html"):
        assert "nobody-knows-when" not in (site / name).read_text("utf-8")


def test_comments_stand_in_their_section_nested_and_marked_up(site):
    section = soup(site / "2009/03/12/the-ferry-ferry00001.html").find("section", id="comments")
    comments = section.find_all("article", itemprop="comment")
    assert [comment["id"] for comment in comments] == ["comment-c1", "comment-c2", "comment-c3"]
    assert all(comment["itemtype"] == "https://schema.org/Comment" for comment in comments)
    first, reply, block = comments
    assert reply in first.find_all("article")
    assert first.find(itemprop="author").get_text(strip=True) == "Marta <K>"
    assert first.find(itemprop="dateCreated")["datetime"] == "2009-03-12T10:41"
    assert first.find(itemprop="text").get_text(strip=True) == "First!"
    assert len(block.find(itemprop="text").find_all("p")) == 2
    assert block.find(itemprop="author") is None


def test_a_block_of_comments_is_not_passed_off_as_one_persons(site):
    section = soup(site / "2009/03/12/the-ferry-ferry00001.html").find("section", id="comments")
    assert "not told apart" in section.get_text() or "does not say" in section.get_text()


def test_an_article_says_what_it_is_to_machines(site):
    page = soup(site / "2009/03/12/the-ferry-ferry00001.html")
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert (data["@type"], data["datePublished"]) == ("NewsArticle", "2009-03-12")
    assert data["headline"] == "The <b>ferry</b> & the {{7*7}}"
    assert [author["name"] for author in data["author"]] == ["Ada Brook", "Tom <i>Lind</i>"]


def test_strangers_text_shows_as_it_was_written_and_does_nothing(site):
    page = soup(site / "2009/03/12/the-ferry-ferry00001.html")
    assert page.find("h1").get_text(strip=True) == "The <b>ferry</b> & the {{7*7}}"
    body = page.find(itemprop="articleBody")
    assert "<script>alert(2)</script>" in body.get_text()
    assert "{static}/x" in body.get_text()
    assert [link.get("href") for link in body.find_all("a") if link.get("href")] == ["https://example.org/a"]
    for path in site.rglob("*.html"):
        scripts = [script for script in soup(path).find_all("script") if not script.get("src")]
        assert all(script.get("type") == "application/ld+json" for script in scripts), path
        assert "alert(" not in "".join(script.get("src", "") for script in soup(path).find_all("script"))


def test_tags_whose_letters_vanish_have_pages_of_their_own(site):
    names = {soup(path).find("h1").get_text(strip=True) for path in (site / "tag").glob("*.html")}
    assert {"!!!", "???", "ferry"} <= {name.split(" ")[-1].strip("“”") for name in names}


def test_every_page_carries_the_policy_and_no_script_or_style_of_its_own(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        page = soup(path)
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert not page.find_all("style")
        assert not [tag for tag in page.find_all(True) if any(n == "style" or n.startswith("on") for n in tag.attrs)]


def test_every_link_inside_the_site_is_relative_and_leads_somewhere(site):
    for path in site.rglob("*.html"):
        for tag in soup(path).find_all(["a", "link", "script", "img", "form"]):
            target = tag.get("href") or tag.get("src") or tag.get("action") or ""
            if not target or target.startswith(
                ("https://example.org", "https://marrowick", "#", "mailto:", "data:application/")
            ):
                continue
            assert not target.startswith(("/", "http")), (path, target)
            file = (path.parent / target.split("#")[0].split("?")[0]).resolve()
            assert file.is_file() or "search/manifest.js" in target, (path, target)


def test_the_feed_is_well_formed_and_holds_the_dated_articles(site):
    feed = ElementTree.parse(site / "feeds/all.atom.xml").getroot()  # noqa: S314 - written by this test
    titles = [entry.findtext("{*}title") for entry in feed.findall("{*}entry")]
    assert titles == ["The <b>ferry</b> & the {{7*7}}", "Sometime in March"]
    # What is known by its month has no day of publication.
    assert [entry.findtext("{*}published") is None for entry in feed.findall("{*}entry")] == [False, True]
    links = [entry.find("{*}link").get("href") for entry in feed.findall("{*}entry")]
    assert links[0].startswith("https://marrowick-packet.example/2009/03/12/")


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("bad.md", "Title: Bad\nno colon\n\nText", "bad.md:2"),
        ("untitled.md", "Date: 2010-01-01\n\nText", "no title"),
        ("latin.md", "Title: Caf\xe9\n\nText".encode("latin-1"), "not UTF-8"),
        ("twin.md", ARTICLE.format(date="2009-03-12"), "same address"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_the_rest_is_built(tmp_path, name, text, complaint):
    output = build(tmp_path, {"a.md": ARTICLE.format(date="2009-03-12"), name: text})
    assert (output / "2009/03/12/the-ferry-ferry00001.html").is_file()
    log = " ".join((tmp_path / "log.txt").read_text("utf-8").split())
    assert complaint in log
    assert name in log


HEAD = "Title: The ferry\nId: ferry00001\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"{HEAD}Date: 12.03.2009\n\nText.\n", "a.md:3: '12.03.2009' is no date, and counts as unknown"),
        (f"{HEAD}Published: 2009-02-31\n\nText.\n", "a.md:3: '2009-02-31' is no date"),
        (
            f"{HEAD}\nText.\n\n<!-- comments -->\n\n<!-- comment c1\nDate: yesterday\n-->\n\nYes.\n",
            "a.md:9: 'yesterday' is no date",
        ),
        (f"{HEAD}\nDate: 2009-03-12\nTags: ferry\n\nText.\n", "a.md:4: 'Date: 2009-03-12' is read as text"),
        (f"{HEAD}\nText.\n\n<!-- comment c1\nAuthor: Ann\n-->\n\nYes.\n", "a.md:6: '<!-- comment c1' is read as text"),
        (
            f"{HEAD}\nText.\n\n<!-- comments -->\n\n<!-- comment c2\nDate: 2009\nRemvoed: At her wish\n-->\n\nNo.\n",
            "a.md:10: 'Remvoed' means nothing above a comment, and is passed over. Known are Author",
        ),
        (f"{HEAD}\nText.\n\n<!--comments-->\n\nYes.\n", "a.md:6: '<!--comments-->' is read as text"),
    ],
)
def test_a_file_that_says_something_else_than_was_meant_is_named_with_its_line(tmp_path, text, complaint):
    build(tmp_path, {"a.md": text})
    assert complaint in " ".join((tmp_path / "log.txt").read_text("utf-8").split())


def test_a_text_that_looks_like_metadata_or_comments_is_no_slip(tmp_path):
    quoted = "Date: never.\n\n\\<!-- comment c1\n\n<!-- comments -->\n\n<!-- comment c1\nDate: 2009-03~\nAuthor-URL: https://a.example\n-->\n\nYes.\n"
    build(tmp_path, {"a.md": f"{HEAD}Published: 2009?\nCaptured: 2020-04-20T08:00:00Z\n\n{quoted}"})
    assert "a.md" not in (tmp_path / "log.txt").read_text("utf-8")


def test_an_archive_without_any_article_is_no_success_in_silence(tmp_path):
    for _ in range(2):
        build(tmp_path, {"pages/about.md": "Title: About us\n\nA page.\n"})
        log = " ".join((tmp_path / "log.txt").read_text("utf-8").split())
        assert "No article was found in" in log
        assert "backfile import --help" in log
    build(tmp_path, {"d.md": "Title: Draft\nId: draft00001\nDate: 2010-01-02\nStatus: draft\n\nText.\n"})
    assert "No article was found" not in (tmp_path / "log.txt").read_text("utf-8")


def test_a_control_character_does_not_stop_the_build(tmp_path):
    output = build(
        tmp_path, {"a.md": "Title: A\x08 bell\x07\nId: bell000001\nDate: 2010-01-02\n\nText\x00 here\x1f.\n"}
    )
    page = soup(output / "2010/01/02/a-bell-bell000001.html")
    assert page.find("h1").get_text(strip=True) == "A bell"


def test_drafts_and_pages_work_as_pelicans_users_know_them(tmp_path):
    files = {
        "a.md": ARTICLE.format(date="2009-03-12"),
        "d.md": "Title: Draft\nId: draft00001\nDate: 2010-01-02\nStatus: draft\n\nText.\n",
        "pages/about.md": "Title: About us\n\nA page.\n",
    }
    output = build(tmp_path, files)
    assert soup(output / "pages/about-us.html").find("h1").get_text(strip=True) == "About us"
    assert "Draft" not in (output / "index.html").read_text("utf-8")


def test_an_address_cannot_be_claimed_by_a_text(tmp_path):
    evil = "Title: E\nId: evil000001\nDate: 2010-01-02\nSlug: ../../x\nSave_as: ../evil.html\nUrl: //e\n\nT\n"
    output = build(tmp_path, {"a.md": evil})
    pages = {path.relative_to(output).as_posix() for path in output.glob("2010/01/02/*.html")}
    assert pages == {"2010/01/02/index.html", "2010/01/02/x-evil000001.html"}
    assert not list(tmp_path.glob("evil*"))


def test_a_text_pasted_by_hand_is_split_when_the_site_is_built(tmp_path):
    article = [
        "The council voted on Monday to close the swimming pool, officials said in a statement.",
        "“We have considered every option,” said the mayor, Edith Marsh, who has held the office since 2001.",
        "The pool opened in 1931 and was last repaired in 1998, according to the county's records.",
        "The decision takes effect on 1 May, the council said.",
    ]
    readers = [
        "Ann says:",
        "I can't believe it!! My kids learned to swim there, thanks for nothing...",
        "Joe says:",
        "LOL, what did you expect from this lot? I told you so, didn't I?",
        "Mary says:",
        "@Joe you're so right, I'm really sad about it :(",
    ]
    text = "Title: Pool\nId: pool000001\nDate: 2010-01-02\n\n" + "\n\n".join([*article, *readers])
    page = soup(build(tmp_path, {"a.md": text}) / "2010/01/02/pool-pool000001.html")
    comments = page.find("section", id="comments")
    assert "My kids learned to swim" in comments.get_text()
    assert "The decision takes effect" in page.find(itemprop="articleBody").get_text()
    assert "My kids" not in page.find(itemprop="articleBody").get_text()


# What is not as it should be costs itself alone.


def test_a_file_of_another_reader_is_left_out_and_named(tmp_path):
    page = '<html><head><title>Saved</title><meta name="date" content="2010-01-01"></head><body>x</body></html>'
    notes = "Notes\n=====\n\n:date: 2010-01-02\n\nText.\n"
    output = build(tmp_path, {"a.md": ARTICLE.format(date="2009-03-12"), "saved.html": page, "notes.rst": notes})
    log = (tmp_path / "log.txt").read_text("utf-8")
    assert "saved.html is left out" in log
    assert (output / "2009/03/12/the-ferry-ferry00001.html").is_file()
    assert "Saved" not in (output / "index.html").read_text("utf-8")


def test_of_two_articles_at_one_address_the_one_that_is_built_is_searched(tmp_path):
    text = "Title: One\nId: dup1\nSlug: x\nDate: 2010-02-09\n\nA {} was seen.\n\n<!-- comments -->\n"
    output = build(tmp_path, {"a.md": text.format("quokka"), "b.md": text.format("wombat")})
    assert "b.md is left out" in (tmp_path / "log.txt").read_text("utf-8")
    found = {word: backfile("search", output, word).stdout.split()[0] for word in ("quokka", "wombat")}
    assert found == {"quokka": "1", "wombat": "0"}


def test_without_an_address_of_the_site_nothing_leads_to_a_feed(tmp_path):
    output = build(tmp_path, {"a.md": ARTICLE.format(date="2009-03-12")}, "-e", 'SITEURL=""')
    assert backfile("verify", output).returncode == 0
    assert "atom.xml" not in (output / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "plugins", ['["backfile.comments"]', '["backfile.comments", "backfile.browse", "backfile.build"]']
)
def test_an_article_stands_once_under_a_name_that_it_has_in_two_ways(tmp_path, plugins):
    text = (
        "Title: {0} and {0}\n{1}Authors: Ada Brook; Ada brook\nTags: Ferry; ferry; boat\n\nText.\n\n<!-- comments -->\n"
    )
    files = {"a.md": text.format("One", "Date: 2009-03-12\n"), "b.md": text.format("Two", "")}
    output = build(tmp_path, files, "-e", f"PLUGINS={plugins}")
    for page in ("tag/ferry.html", "author/ada-brook.html"):
        titles = [link.get_text() for link in BeautifulSoup((output / page).read_text(), "lxml").select("h2 a, h3 a")]
        assert sorted(title for title in titles if " and " in title) == ["One and One", "Two and Two"]
