"""Articles, comments and threads over several pages, and one article in several versions: one of all, or told of."""

from __future__ import annotations

import pytest

from backfile.importer.html.paging import thread_address, title_without_page
from backfile.importer.html.reader import read_html
from backfile.importer.identity import canonical_url
from backfile.importer.record import Record
from backfile.model import Source
from growth import MOST, TIMES, growth
from test_html_systems import STORY
from test_import import imported

URL = "https://x.example/2012/ferry/"
THREAD = "https://forum.x.example/viewtopic.php?f=2&t=17"


def page(address: str, body: str = "", *, title: str = "The ferry", text: tuple[str, ...] = STORY) -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    head = f"<title>{title}</title><link rel='canonical' href='{address}'>"
    return f"<!doctype html><html lang='en'>{head}<body><h1>The ferry</h1><div>{story}</div>{body}"


def told_of(address: str, body: str) -> str:
    found = read_html(page(address, body).encode(), Source("page.html", "0" * 64))
    assert isinstance(found, Record), found
    return next((note for note in found.notes if "several pages" in note), "")


@pytest.mark.parametrize(
    ("address", "body", "other"),
    [
        (URL, "<link rel='next' href='2/'>", URL + "2/"),
        (URL, "<p>Pages: 1 <a href='2/'>2</a></p>", URL + "2/"),
        (URL, "<p><a href='?page=2'>[2]</a></p>", URL + "?page=2"),
        (URL + "2/", f"<a href='{URL}'>1</a>", URL),
        (URL + "page/2/", f"<a rel='prev' href='{URL}'>Back</a>", URL),
        (URL, f"<a href='{URL}comment-page-1/#comments'>Older comments</a>", URL + "comment-page-1/#comments"),
        (URL, "<small>Page 1 of 3</small>", "Page 1 of 3"),
        (URL, "<div>Seite 2 von 3</div>", "Seite 2 von 3"),
    ],
)
def test_a_page_that_is_one_of_several_says_so_in_the_report(address, body, other):
    assert told_of(address, body).endswith(f" {other}")


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (URL, "<link rel='next' href='https://x.example/2012/bridge/'>"),
        (URL, "<a href='/2012/bridge/2/'>2</a>"),
        (URL, "<a href='2/'>The boats</a>"),
        (URL + "7", f"<link rel='next' href='{URL}8'>"),
        (URL, f"<a href='{URL}comment-page-1/#comment-5'>4 May 2012</a>"),
        (URL, f"<a href='{URL}#page2'>2</a>"),
        (URL, "<p>Page 1 of 1</p>"),
        (URL, "<p>The story ends on page 2 of 3, as we are told by those who read it to the end.</p>"),
        ("https://x.example/", "<a href='/2/'>2</a>"),
    ],
)
def test_a_page_that_links_to_other_articles_is_whole(address, body):
    assert told_of(address, body) == ""


def post(number: int) -> str:
    link = f"<a href='./memberlist.php?mode=viewprofile&amp;u={number}'>R {number}</a>"
    who = f"<p class='author'>by <strong>{link}</strong>"
    text = f"I saw the ferry number {number} leave the harbour, and it was full of people who waved at us."
    return (
        f"<div id='p{number}' class='post'><div class='postbody'><h3><a href='#p{number}'>Re: Ferry</a></h3>"
        f"{who} &raquo; {number} May 2012, 10:20</p><div class='content'>{text}</div></div></div>"
    )


def thread(start: int, *numbers: int) -> str:
    address = f"{THREAD}&amp;start={start}" if start else THREAD
    title = f"Ferry - Page {start // 3 + 1} - Harbour forum" if start else "Ferry - Harbour forum"
    pager = f"<p><a href='{THREAD}&amp;start={0 if start else 3}'>{1 if start else 2}</a></p>"
    head = f"<title>{title}</title><link rel='canonical' href='{address}'>"
    return f"<!doctype html>{head}<body><h2>Ferry</h2>{pager}{''.join(map(post, numbers))}"


@pytest.mark.parametrize("together", [True, False])
def test_pages_of_a_thread_become_one_article_with_all_posts_in_their_order(together, tmp_path):
    folder = tmp_path / "s"
    folder.mkdir()
    files = {"b-1.html": thread(0, 1, 2, 3), "a-2.html": thread(3, 4, 5, 6), "c-3.html": thread(6, 6, 7)}
    for name, text in files.items():
        (folder / name).write_text(text)
    for source in [folder] if together else [folder / name for name in files]:
        articles, report = imported(source, tmp_path / "content")
    [article] = articles
    assert (article.url, article.title) == (THREAD, "Ferry")
    assert [comment.author for comment in article.comments] == [f"R {number}" for number in range(1, 8)]
    assert not any(outcome.get("doubts") for outcome in report["outcomes"])
    if together:
        assert all(any("several pages" in note for note in outcome["notes"]) for outcome in report["outcomes"])


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://x.example/viewtopic.php?t=17&start=15", "https://x.example/viewtopic.php?t=17"),
        ("https://x.example/viewtopic.php?start=15&t=17", "https://x.example/viewtopic.php?t=17"),
        ("https://x.example/viewtopic.php?id=17&p=2", "https://x.example/viewtopic.php?id=17"),
        ("https://x.example/showthread.php?t=17&page=2", "https://x.example/showthread.php?t=17"),
        ("https://x.example/threads/ferry.17/page-2", "https://x.example/threads/ferry.17"),
        ("https://x.example/discussion/17/ferry/p2", "https://x.example/discussion/17/ferry"),
        ("https://x.example/index.php?topic=17.30", "https://x.example/index.php?topic=17.0"),
        ("https://x.example/thread-17-2-1.html", "https://x.example/thread-17-1-1.html"),
        ("https://x.example/t17p15-ferry", "https://x.example/t17-ferry"),
        ("https://x.example/topic/ferry/page/2/", "https://x.example/topic/ferry"),
        ("https://x.example/viewtopic.php?p=7", "https://x.example/viewtopic.php?p=7"),
        ("https://x.example/t/the-front-page-2", "https://x.example/t/the-front-page-2"),
        ("https://x.example/t/ferry/17", "https://x.example/t/ferry/17"),
    ],
)
def test_the_address_of_a_thread_is_that_of_none_of_its_pages(address, bare):
    assert thread_address(address) == bare


def test_a_title_loses_the_number_of_its_page_and_nothing_else():
    for title in ("Ferry - Page 2 - Forum", "Ferry (page 2 of 3) | Forum", "Ferry | Seite 3"):
        assert not any(character.isdigit() for character in title_without_page(title))
        assert title_without_page(title).startswith("Ferry")
    for title in ("Ferry page 2 torn out", "Page 2", "Ferry - Page 2b"):
        assert title_without_page(title) == title


VERSIONS = ("amp/", "?amp=1", "?print=1", "?outputType=amp", "?comments_page=2", "?commentPage=3")


@pytest.mark.parametrize("version", [*VERSIONS, "m."])
@pytest.mark.parametrize("together", [True, False])
def test_versions_of_an_article_for_telephones_and_printers_are_the_article(version, together, tmp_path):
    address = URL.replace("x.", "m.x.") if version == "m." else URL + version
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "a.html").write_text(page(address))
    (folder / "b.html").write_text(page(URL, "<a rel='tag' href='/sea'>sea</a>"))
    for source in [folder] if together else [folder / "a.html", folder / "b.html"]:
        articles, _ = imported(source, tmp_path / "content")
    [article] = articles
    assert (article.url, article.tags, len(article.sources)) == (URL, ("sea",), 2)


@pytest.mark.parametrize(
    "address",
    ["https://x.example/amp", "https://m.example/a", "https://x.example/a?print=7", "https://x.example/amp/a"],
)
def test_an_address_that_only_looks_like_a_version_is_its_own(address):
    assert canonical_url(address) == "//" + address.partition("//")[2]


def test_crowds_of_links_and_long_addresses_are_looked_through_at_once():
    def read(many: int) -> None:
        told_of(URL, "<a href='2/?page=2&page=2'>3</a><b>Page 1 of</b>" * many + f"<a href='/{'page-2/' * many}'>2</a>")

    assert growth(read, 500, 500 * TIMES) < MOST
