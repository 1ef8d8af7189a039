"""What a built archive offers to find one's way and to take away: the pages and files of `backfile.browse`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from backfile.browse.commenters import commenter_url
from project import ROOT, pelican
from test_site import ARTICLE, build, soup

SITE = "https://marrowick-packet.example"
HEAD = "Title: {title}\nId: {id}\n{more}\n\nThe {id} text.\n\n<!-- comments -->\n"


def article(identity: str, *more: str, title: str = "") -> str:
    return HEAD.format(id=identity, title=title or f"Article {identity}", more="\n".join([*more, "Authors: Ada Brook"]))


FILES = {
    "a.md": ARTICLE.format(date="2009-03-12"),
    "b.md": article("nodate0001", "Category: Attic", title="Nobody knows when"),
    "b2.md": article("nodate0002", title="And again nobody"),
    "c.md": article("partial001", "Published: 2009-03"),
    "d.md": article("doubt00001", "Published: 2008?"),
    "e.md": article("guess00001", "Date: 2010-01-01", "Guessed: published"),
    "f.md": article("sameday001", "Date: 2009-03-12", "Original-Url: https://old.example/2009/x?id=7"),
    "h.md": article("yearonly01", "Published: 2007"),
    "i.md": article("yearonly02", "Published: 2009"),
    # Half past midnight in its own zone, still the day before in UTC.
    "g.md": article("zoned00001", "Date: 2011-03-01T00:30+01:00"),
    "pages/about.md": "Title: About us\n\nA page.\n",
}
COMMENTER = "\n<!-- comment {id}\nAuthor: {name}\nDate: 2009-03-1{day}\n-->\n\n{text}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(tmp_path_factory.mktemp("browse"), dict(FILES), "-e", 'BACKFILE_REDIRECTS=["netlify", "nginx"]')


def page_of(site: Path, identity: str) -> Path:
    (found,) = site.rglob(f"*{identity}.html")
    return found


def links(path: Path, where: str) -> list[str]:
    return [link["href"] for link in soup(path).select(where)]


def test_an_article_leads_to_those_before_and_after_it_by_date(site):
    ferry = page_of(site, "ferry00001")
    there = [link.rpartition("-")[2] for link in links(ferry, "a[rel=prev], a[rel=next]")]
    # Of two on one day the first by address comes first.
    assert there == ["sameday001.html", "guess00001.html"]


def test_what_stands_in_one_line_is_told_apart_without_a_style_sheet_too(site):
    for path in (site / "index.html", site / "archives.html", page_of(site, "ferry00001")):
        facts = soup(path).select(":is(.facts, .kicker) > * + *")
        assert facts
        joined = [str(fact) for fact in facts if not str(fact.previous_sibling).isspace()]
        assert joined == [], path.name


def test_that_a_date_is_uncertain_is_part_of_it_and_no_fact_beside_it(site):
    told = [
        doubt.parent for doubt in soup(site / "uncertain.html").select(".facts .guess") if "uncertain" in doubt.text
    ]
    assert told and all(fact.name == "span" and fact.find("time") for fact in told)


def test_undated_articles_lead_to_one_another_by_title_and_to_no_dated_one(site):
    assert links(page_of(site, "nodate0001"), "a[rel=prev]") == ["../undated/and-again-nobody-nodate0002.html"]
    assert links(page_of(site, "nodate0001"), "a[rel=next]") == []


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
def test_references_stand_beside_every_page(site, ending):
    for identity in ("ferry00001", "nodate0001", "partial001"):
        page = page_of(site, identity)
        text = page.with_name(page.name.removesuffix("html") + ending).read_text("utf-8")
        assert identity in text
    assert "<b>" in page_of(site, "ferry00001").with_suffix(".ris").read_text("utf-8")  # text, not HTML


def test_a_day_has_a_page_with_the_articles_known_to_be_of_it(site):
    there = links(site / "2009/03/12/index.html", "ol.entries h2 a, ol.entries h3 a")
    assert {link.rpartition("-")[2] for link in there} == {"ferry00001.html", "sameday001.html"}
    assert not (site / "2009/03/01/index.html").exists()


def test_a_day_leads_to_the_days_with_articles_before_and_after_it(site):
    day = site / "2010/01/01/index.html"
    assert links(day, "a[rel=prev]") == ["../../../2009/03/12/index.html"]
    assert links(day, "a[rel=next]") == ["../../../2011/03/01/index.html"]


def test_an_article_is_on_the_page_of_the_month_in_its_own_zone(site):
    assert page_of(site, "zoned00001").parent == site / "2011/03/01"
    assert "zoned00001" in (site / "2011/03/index.html").read_text("utf-8")
    assert (site / "2011/03/01/index.html").is_file()
    assert not (site / "2011/02").exists()


def test_what_is_known_by_its_year_alone_is_on_the_years_page_and_in_no_month(site):
    year = soup(site / "2007/index.html")
    assert [link["href"] for link in year.select("#m0 ~ ol h3 a")] == ["../2007/article-yearonly01.html"]
    assert "the year alone" in year.get_text()
    assert sorted(path.name for path in (site / "2007").glob("*.html")) == ["article-yearonly01.html", "index.html"]
    assert not (site / "2007/01").exists()
    assert not (site / "2009/01").exists()
    assert "yearonly02" in (site / "2009/index.html").read_text("utf-8")
    assert not links(site / "archives.html", "a[href*='2007/01'], a[href*='2009/01']")


def test_a_day_of_the_year_has_a_page_whenever_the_archive_is_built(site):
    days = {path.name for path in (site / "on-this-day").iterdir()}
    assert days == {"index.html", "01-01.html", "03-01.html", "03-12.html"}
    assert "ferry00001" in (site / "on-this-day/03-12.html").read_text("utf-8")
    assert "partial001" not in (site / "on-this-day/03-01.html").read_text("utf-8")  # known to the month only


def test_uncertain_dates_have_a_shelf(site):
    shelf = (site / "uncertain.html").read_text("utf-8")
    assert "doubt00001" in shelf
    assert "guess00001" in shelf
    assert "ferry00001" not in shelf
    assert "nodate0001" not in shelf


def test_sections_and_authors_have_feeds_and_none_has_an_invented_date(site):
    feed = ElementTree.parse(site / "feeds/author/ada-brook.atom.xml").getroot()  # noqa: S314 - written by this test
    titles = [entry.findtext("{*}title") for entry in feed.findall("{*}entry")]
    assert "The <b>ferry</b> & the {{7*7}}" in titles
    assert not [title for title in titles if "nobody" in title.casefold()]
    items = json.loads((site / "feeds/author/ada-brook.json").read_text("utf-8"))["items"]
    undated = [item for item in items if "nobody" in item["title"].casefold()]
    assert len(undated) == 2
    assert not [key for item in undated for key in item if "date" in key]
    assert not list(site.glob("feeds/section/attic.atom.xml"))
    assert (site / "feeds/section/attic.json").is_file()
    for path in site.glob("feeds/**/*"):
        assert path.is_dir() or "0001-01-01" not in path.read_text("utf-8"), path


def test_addresses_in_feeds_are_full(site):
    feed = json.loads((site / "feeds/all.json").read_text("utf-8"))
    assert feed["home_page_url"] == f"{SITE}/"
    assert all((site / item["url"].removeprefix(f"{SITE}/")).is_file() for item in feed["items"])
    assert len(feed["items"]) == 10


def test_the_map_names_every_page_the_undated_included(site):
    root = ElementTree.parse(site / "sitemap.xml").getroot()  # noqa: S314 - written by this test
    named = {loc.text.removeprefix(f"{SITE}/") for loc in root.findall("{*}url/{*}loc")}
    named = {f"{name}index.html" if not name or name.endswith("/") else name for name in named}
    assert named == {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert (site / "robots.txt").read_text("utf-8").endswith(f"Sitemap: {SITE}/sitemap.xml\n")


def test_downloads_are_listed_on_a_page(site):
    there = links(site / "downloads/index.html", "table a")
    assert all((site / "downloads" / link).resolve().is_file() for link in there)
    assert len(there) == 4 * 6  # four kinds, of 2007 to 2011 and the undated


def test_old_addresses_lead_to_their_pages(site):
    assert (site / "_redirects").read_text("utf-8").startswith("/2009/x id=7 /2009/03/12/")
    assert '"/2009/x?id=7"' in (site / "redirects.nginx.conf").read_text("utf-8")
    assert not (site / ".htaccess").exists()


def test_without_an_address_of_the_site_the_rest_is_made_and_one_line_says_what_is_not(tmp_path):
    output = build(tmp_path, {"a.md": FILES["a.md"]}, "-e", 'SITEURL=""', "FEED_ALL_ATOM=null")
    assert not (output / "sitemap.xml").exists()
    assert not list(output.glob("feeds/author/*"))
    assert (output / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow:\n"
    log = (tmp_path / "log.txt").read_text("utf-8")
    assert log.count("SITEURL is not set") == 1
    assert "feeds/" not in (output / "author/ada-brook.html").read_text("utf-8")


def test_an_address_of_the_site_that_is_none_on_the_web_is_told(tmp_path):
    build(tmp_path, {"a.md": FILES["a.md"]}, "-e", 'SITEURL="example.org/archive"')
    log = " ".join((tmp_path / "log.txt").read_text("utf-8").split())
    assert "SITEURL is 'example.org/archive', which is no address on the web: write https:// before it" in log


def test_what_is_switched_off_is_not_made(tmp_path):
    off = [f"BACKFILE_{name}=false" for name in ("CITATIONS", "DOWNLOADS", "FEEDS")]
    output = build(tmp_path, {"a.md": FILES["a.md"]}, "-e", *off, "BACKFILE_RELATED=0")
    assert not list(output.rglob("*.bib"))
    assert not (output / "downloads").exists()
    assert not list(output.glob("feeds/author/*"))
    assert not (output / "commenters.html").exists()


def test_references_can_stand_in_the_page_and_add_no_file(tmp_path):
    output = build(tmp_path, {"a.md": FILES["a.md"]}, "-e", 'BACKFILE_CITATIONS="page"')
    assert not [
        path for path in output.rglob("*") if path.suffix in (".bib", ".ris") or path.name.endswith(".csl.json")
    ]
    texts = {
        pre.find_previous("summary").get_text(): pre.get_text()
        for pre in soup(page_of(output, "ferry00001")).select(".cite pre")
    }
    assert sorted(texts) == ["BibTeX", "CSL-JSON", "RIS"]
    assert "title = {{The <b>ferry</b>" in texts["BibTeX"]
    assert json.loads(texts["CSL-JSON"])[0]["issued"] == {"date-parts": [[2009, 3, 12]]}


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    names = ["Marta K.", "marta k", "<i>Eve</i>", "محمد", "!!!", "../../x"]
    comments = [COMMENTER.format(id=f"c{n}", name=name, day=n, text=f"Said {n}") for n, name in enumerate(names)]
    long = [COMMENTER.format(id=f"l{n}", name="Old Salt", day=n % 9, text="Again.") for n in range(230)]
    comments[0] = comments[0].replace("Author:", "Lang: de\nAuthor:")
    files = {"a.md": article("first00001", "Date: 2009-03-12\nLang: ar") + "".join(comments + long)}
    output = build(tmp_path_factory.mktemp("readers"), files, "-e", "BACKFILE_COMMENTERS=true")
    return names, output


def test_every_name_has_a_page_of_its_own_whatever_it_is_spelled_like(readers):
    names, output = readers
    for number, name in enumerate(names):
        page = soup(output / commenter_url(name))
        assert page.find("h1").get_text(strip=True) == name
        (link,) = [a["href"] for a in page.select("ol.entries a")]
        assert link.endswith(f"first00001.html#comment-c{number}")
    listed = links(output / "commenters.html", "ul.index a")
    assert len(set(listed)) == len(names) + 1
    assert len({commenter_url(name) for name in names}) == len(names)


@pytest.mark.parametrize(("name", "language"), [("محمد", "ar"), ("Marta K.", "de")])
def test_what_a_reader_wrote_is_in_its_own_language_or_that_of_the_article(readers, name, language):
    _, output = readers
    page = soup(output / commenter_url(name))
    assert [part.get("lang") for part in page.select("ol.entries h2, ol.entries .standfirst")] == ["ar", language]


WORDS = "The council says that the **bridge** will be built next year, and that it is *cheaper* than any ferry."


@pytest.mark.parametrize(
    ("standfirst", "body", "is_shown"),
    [
        ("The council says that the bridge will be built next year, and that it is …", WORDS, False),
        ("The council says that the bridge will be built next year", f"HARBOUR TOWN (AP) – {WORDS}", False),
        (
            "The council says that the bridge will be built next year",
            f"![A b](https://x.example/a.png)\n\n{WORDS}",
            False,
        ),
        ("Of a bridge that costs less than a ferry, as some people say", WORDS, True),
        ("The council says", WORDS, True),
        ("The council says that the bridge will be built next year", f"Nobody knows {'why ' * 40}it is. {WORDS}", True),
    ],
)
def test_words_with_which_a_text_begins_do_not_stand_above_it_as_well(tmp_path, standfirst, body, is_shown):
    text = (
        f"Title: A\nId: words00001\nSlug: a\nDate: 2009-03-12\nSummary: {standfirst}\n\n{body}\n\n<!-- comments -->\n"
    )
    output = build(tmp_path, {"a.md": text}, "-e", 'BACKFILE_CITATIONS="none"')
    page = soup(page_of(output, "words00001"))
    assert bool(page.select("article .standfirst")) is is_shown
    assert page.select_one('meta[name="description"]')["content"] == standfirst
    assert standfirst in soup(output / "index.html").main.get_text()


def test_names_that_signs_alone_tell_apart_have_pages_of_their_own(tmp_path):
    names = {"C": "c", "C++": "c-plus-plus", "C#": "c-sharp", "Notepad++": "notepad-plus-plus", "#metoo": "metoo"}
    files = {
        f"{slug}.md": article(
            f"sign{at:06}", f"Date: 2009-03-1{at}", f"Tags: {name}", f"Authors: {name}", title=f"Of {slug}"
        )
        for at, (name, slug) in enumerate(names.items())
    }
    output = build(tmp_path, files)
    for folder in ("tag", "author"):
        for name, slug in names.items():
            page = soup(output / folder / f"{slug}.html")
            assert page.h1.get_text(strip=True) == name
            assert f"Of {slug}" in page.main.get_text() and page.main.get_text().count("Of ") == 1


def test_a_commenter_of_much_has_several_pages_with_every_comment_once(readers):
    _, output = readers
    first = output / commenter_url("Old Salt")
    pages = [first, *first.with_suffix("").rglob("*.html")]
    anchors = [link.rpartition("#")[2] for page in pages for link in links(page, "ol.entries a")]
    assert len(pages) > 1
    assert sorted(anchors) == sorted(f"comment-l{n}" for n in range(230))


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and "search" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_building_again_elsewhere_and_in_another_language_of_the_machine_gives_the_same_bytes(site, tmp_path):
    content = tmp_path / "content"
    for name in reversed(FILES):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(FILES[name], "utf-8")
    more = ("-e", 'BACKFILE_REDIRECTS=["netlify", "nginx"]')
    assert pelican(content, tmp_path / "output", *more).returncode == 0
    assert digests(tmp_path / "output") == digests(site)


def test_the_plugin_without_the_one_it_needs_says_so(tmp_path):
    content = tmp_path / "content"
    content.mkdir()
    plugins = '["backfile.browse"]'
    done = pelican(content, tmp_path / "output", "-t", "simple", "-e", f"PLUGINS={plugins}", "DIRECT_TEMPLATES=[]")
    assert done.returncode == 0, done.stderr
    assert "needs backfile.comments" in done.stdout + done.stderr
    assert ROOT.is_dir()
