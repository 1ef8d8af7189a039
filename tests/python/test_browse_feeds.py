"""Feeds and the map of the site: well-formed whatever the texts are, and with no date that nobody gave."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.browse.feeds import Entry, Feed, atom, json_feed
from backfile.browse.sitemap import AI_ROBOTS, Place, robots, sitemaps
from strategies import NASTY

FEED = Feed("Harbour – The Packet", "https://a.example/category/harbour.html", "https://a.example/f.xml", "en")
HOSTILE = [*NASTY, "]]>", "<script>", "\x00\x0b\x1f", "\ufffe", '"><x y="', "&nbsp;", "\r"]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
dates = st.sampled_from(["", "2009", "2009-03", "2009-03-12", "2009-03-12T10:41+01:00", "0009-01-01", "2009~", "soon"])
entries = st.builds(
    Entry,
    page=texts.map("https://a.example/".__add__),
    title=texts,
    html=texts,
    summary=texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    section=texts,
    tags=st.lists(texts, max_size=2).map(tuple),
    published=dates,
    modified=dates,
    language=texts,
    original=texts,
)


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())  # noqa: S314 - written by this test


def entry(published: str, **more: str) -> Entry:
    return Entry(page=f"https://a.example/{published}.html", title="T", html="<p>x</p>", published=published, **more)


@pytest.mark.parametrize(
    ("published", "wanted"),
    [
        ("2009-03-12", ("2009-03-12T00:00:00Z", "2009-03-12T00:00:00Z")),
        ("2009-03-12T10:41+01:00", ("2009-03-12T09:41:00Z", "2009-03-12T09:41:00Z")),
        ("2009-03", (None, "2009-03-01T00:00:00Z")),
        ("2009-03-12?", (None, "2009-03-12T00:00:00Z")),
    ],
)
def test_atom_says_published_only_of_a_day_that_is_known(published, wanted):
    (found,) = parsed(atom(FEED, [entry(published)])).findall("{*}entry")
    assert (found.findtext("{*}published"), found.findtext("{*}updated")) == wanted
    assert found.findtext("{http://purl.org/dc/terms/}issued") == published


def test_an_undated_article_is_in_no_atom_feed_and_has_no_date_in_a_json_feed():
    both = [entry("2009-03-12"), entry("")]
    assert len(parsed(atom(FEED, both)).findall("{*}entry")) == 1
    dated, undated = json.loads(json_feed(FEED, both))["items"]
    assert dated["date_published"] == "2009-03-12T00:00:00Z"
    assert not [key for key in undated if "date" in key]


def test_a_json_feed_gives_a_partial_date_as_it_is_known_and_not_as_a_moment():
    (item,) = json.loads(json_feed(FEED, [entry("2009-03")]))["items"]
    assert "date_published" not in item
    assert item["_archive"] == {"published": "2009-03"}


LINKS = (
    '<p><a href="b.html?x=1&amp;y" title="&gt; b">b</a> <a href="#title">up</a> <img src="../images/p.png" alt="p">'
    ' <a href="/root">r</a> <a href="https://e.org/a">e</a> <a href="mailto:a@e.org">m</a> <a href="//[">no</a>'
    ' says href="b.html" and &lt;a href="c.html"&gt;</p>'
)
WHOLE = (
    '<p><a href="https://e.org/x/2009/b.html?x=1&amp;y" title="&gt; b">b</a>'
    ' <a href="https://e.org/x/2009/a.html#title">up</a> <img src="https://e.org/x/images/p.png" alt="p">'
    ' <a href="https://e.org/root">r</a> <a href="https://e.org/a">e</a> <a href="mailto:a@e.org">m</a>'
    ' <a href="//[">no</a> says href="b.html" and &lt;a href="c.html"&gt;</p>'
)


def test_a_link_that_begins_at_its_page_leads_to_the_same_place_from_a_feed():
    """Who reads a feed would look for it beside the feed."""
    entry = Entry("https://e.org/x/2009/a.html", "T", LINKS, published="2009")
    (item,) = json.loads(json_feed(FEED, [entry]))["items"]
    assert item["content_html"] == WHOLE
    tree = parsed(atom(FEED, [entry]))
    assert tree.findtext("{*}entry/{*}content") == WHOLE


def test_an_original_address_is_one_that_may_stand_in_a_feed():
    odd = entry("2009-03-12", original="https://a.example/?q=<x>\" {y}&é='1'#%20")
    told = "https://a.example/?q=%3Cx%3E%22%20%7By%7D&é='1'#%20"
    (link,) = parsed(atom(FEED, [odd])).findall("{*}entry/{*}link[@rel='via']")
    assert link.get("href") == json.loads(json_feed(FEED, [odd]))["items"][0]["external_url"] == told


def test_a_feed_is_as_old_as_its_latest_article_and_not_as_its_build():
    feed = parsed(atom(FEED, [entry("2009-03-12", modified="2010-01-01"), entry("2009-05")]))
    assert feed.findtext("{*}updated") == "2010-01-01T00:00:00Z"


def test_a_feed_of_which_no_article_has_a_date_is_one_that_readers_accept():
    feed = parsed(atom(FEED, [entry("")]))
    assert not feed.findall("{*}entry")
    assert feed.findtext("{*}updated") == "1970-01-01T00:00:00Z"


@given(st.lists(entries, max_size=4), texts)
def test_atom_is_well_formed_whatever_the_texts_are(given_, title):
    feed = parsed(atom(Feed(title, "p", "a", title), given_))
    for found in feed.findall("{*}entry"):
        assert found.findtext("{*}id").startswith("https://a.example/")
        assert found.find("{*}updated") is not None
        assert found.find("{*}author") is not None
        assert {child.tag.rpartition("}")[2] for child in found} <= set(
            "id title link author published updated issued category summary content".split()
        )


@given(st.lists(entries, max_size=4), texts)
def test_a_json_feed_can_be_read_whatever_the_texts_are(given_, title):
    feed = json.loads(json_feed(Feed(title, "p", "a"), given_))
    assert [item["content_html"] for item in feed["items"]] == [one.html for one in given_]


def test_a_small_site_has_one_map():
    files = sitemaps(
        "https://a.example", [Place("index.html"), Place("2009/index.html"), Place("a b&c.html", "2010-01-02")]
    )
    assert list(files) == ["sitemap.xml"]
    urls = parsed(files["sitemap.xml"]).findall("{*}url")
    assert [url.findtext("{*}loc") for url in urls] == [
        "https://a.example/",
        "https://a.example/2009/",
        "https://a.example/a%20b%26c.html",
    ]
    assert [url.findtext("{*}lastmod") for url in urls] == [None, None, "2010-01-02"]


@pytest.mark.parametrize(("number", "files"), [(50_000, 1), (50_001, 3), (100_001, 4)])
def test_a_map_file_holds_no_more_than_robots_accept(number, files):
    found = sitemaps("https://a.example", [Place(f"{n}.html") for n in range(number)])
    assert len(found) == files
    maps = [parsed(text) for text in found.values()]
    assert sum(len(one.findall("{*}url")) for one in maps) == number
    assert max(len(one.findall("{*}url")) for one in maps) <= 50_000
    if files > 1:
        listed = [loc.text.removeprefix("https://a.example/") for loc in maps[0].findall("{*}sitemap/{*}loc")]
        assert listed == list(found)[1:]


def test_one_page_more_leaves_the_older_parts_of_the_map_as_they_are():
    places = [Place(f"{n}.html") for n in range(25)]
    before, after = sitemaps("s", places, 10), sitemaps("s", [*places, Place("new.html")], 10)
    assert [name for name in before if before[name] != after[name]] == ["sitemaps/3.xml"]


def test_robots_are_told_what_the_preset_says():
    assert robots("allow") == "User-agent: *\nDisallow:\n"
    assert robots("deny", "https://a.example/sitemap.xml") == "User-agent: *\nDisallow: /\n"
    text = robots("no-ai", "https://a.example/sitemap.xml")
    first, second, last = text.split("\n\n")
    assert first.splitlines() == [*(f"User-agent: {name}" for name in AI_ROBOTS), "Disallow: /"]
    assert second == "User-agent: *\nDisallow:"
    assert last == "Sitemap: https://a.example/sitemap.xml\n"
