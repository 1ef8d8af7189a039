"""Which pages and files there are to be: each with its place, its template and what that is given."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from backfile.browse.citations import FORMATS, place_of
from backfile.browse.facts import Facts
from backfile.browse.feeds import ATOM, JSON_FEED, Feed, FeedLink
from backfile.browse.filters import DOWNLOADS
from backfile.browse.fonts import SHEET, font_sheet
from backfile.browse.redirects import FILES, redirects
from backfile.browse.sitemap import Place, robots, sitemaps
from backfile.browse.ways import Download, Ways
from backfile.settings import Settings

ON_THIS_DAY, UNCERTAIN, COMMENTERS = "on-this-day/index.html", "uncertain.html", "commenters.html"
GUESSES = "guesses.html"
DOWNLOADS_PAGE = "downloads/index.html"
_PIECE = 32


@dataclass(frozen=True, slots=True)
class Output:
    """A page or file: where it stands, from which template, and the template's own variables.

    `pages_of` names the variable whose list may be spread over several pages.
    """

    name: str
    template: str
    given: dict[str, Any]
    pages_of: str = ""


@dataclass(frozen=True, slots=True)
class TextOutput:
    """A file of text: where it stands, the filter that makes it, and the arguments of each of its parts."""

    name: str
    filter: str
    parts: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The articles of a section or an author, those with a date first, the latest at the top."""

    kind: str
    name: str
    slug: str
    url: str
    articles: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """What outputs need to know of the site; `address` is full, without a slash at its end, or empty.

    `atom` is where the Atom feed of the whole archive stands.
    """

    name: str
    address: str
    atom: str
    language: str
    settings: Settings
    newest: int | None
    makes_days: bool
    pages: tuple[str, ...]


def outputs(
    ways: Ways, facts: Mapping[str, Facts], shelves: Sequence[Shelf], site: Site
) -> Iterator[Output | TextOutput]:
    """Everything, in an order that depends on the archive alone."""
    articles = (*ways.base.dated, *ways.base.undated)
    if site.settings.citations == "files":
        yield from _citations(articles)
    if site.address and site.settings.feeds:
        yield from _feeds(ways, shelves, site)
    pages = list(_pages(ways, site))
    yield from pages
    yield from _downloads(ways)
    if site.settings.fonts:
        yield _text(SHEET, font_sheet(site.settings.fonts))
    yield _text("robots.txt", robots(site.settings.robots, f"{site.address}/sitemap.xml" if site.address else ""))
    if site.address:
        places = [
            Place(url, facts[article.url].modified)
            for article in articles
            for url in (article.url, *article.archive.comment_pages)
        ]
        places += [Place(name) for name in dict.fromkeys([*site.pages, *(page.name for page in pages)])]
        yield from (_text(name, text) for name, text in sitemaps(site.address, places).items())
    yield from _redirects(articles, facts, site)


def _text(name: str, text: str) -> TextOutput:
    return TextOutput(name, "text", [{"text": text}])


def _citations(articles: Iterable[Any]) -> Iterator[TextOutput]:
    for article in articles:
        for kind in FORMATS:
            yield TextOutput(place_of(article.url, kind), "citation", [{"article": article, "kind": kind}])


def feed_links(shelves: Iterable[Shelf], whole: str, settings: Settings, name: str) -> dict[str, tuple[FeedLink, ...]]:
    """The feeds by the address of the page that shows the same, the whole archive's under the empty string.

    `whole` is the Atom feed of the whole archive; a shelf of undated articles alone has no Atom feed.
    """
    atoms = (FeedLink(whole, ATOM, name),) if whole else ()
    if not settings.feeds:
        return {"": atoms}
    links = {"": (*atoms, FeedLink(f"feeds/all.{JSON_FEED}", JSON_FEED, name))}
    for shelf in shelves:
        kinds = (ATOM, JSON_FEED) if _dated(shelf.articles) else (JSON_FEED,)
        title = f"{shelf.name} – {name}"
        links[shelf.url] = tuple(FeedLink(f"feeds/{shelf.kind}/{shelf.slug}.{kind}", kind, title) for kind in kinds)
    return links


def _dated(articles: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(article for article in articles if not article.archive.undated)


def _feeds(ways: Ways, shelves: Sequence[Shelf], site: Site) -> Iterator[Output]:
    latest = tuple(reversed(ways.base.dated))
    if site.atom:
        yield _feed(site.atom, ATOM, site.name, "", latest, site)
    yield _feed(f"feeds/all.{JSON_FEED}", JSON_FEED, site.name, "", (*latest, *ways.base.undated), site)
    for shelf in shelves:
        for link in ways.feed_links.get(shelf.url, ()):
            articles = _dated(shelf.articles) if link.kind == ATOM else shelf.articles
            yield _feed(link.url, link.kind, link.title, shelf.url, articles, site)


def _feed(name: str, kind: str, title: str, page: str, articles: Sequence[Any], site: Site) -> Output:
    of = Feed(title, f"{site.address}/{page}", f"{site.address}/{name}", site.language)
    return Output(name, "browse/feed.txt", {"articles": list(articles[: site.newest]), "of": of, "kind": kind})


def _pages(ways: Ways, site: Site) -> Iterator[Output]:
    for day in ways.days if site.makes_days else ():
        date, articles = (day.year, day.month, day.day), list(day.articles)
        given = {"period": date, "period_num": date, "articles": articles, "dates": articles, "shown_day": day}
        yield Output(day.url, "period_archives", given)
    if ways.anniversaries:
        yield Output(ON_THIS_DAY, "on_this_day", {"anniversaries": ways.anniversaries})
        yield from (Output(day.url, "on_this_day", {"anniversary": day}) for day in ways.anniversaries if day.articles)
    if ways.uncertain:
        yield Output(UNCERTAIN, "uncertain", {})
    yield Output(GUESSES, "guesses", {})
    if site.settings.commenters:
        yield Output(COMMENTERS, "commenters", {})
        for person in ways.commenters:
            yield Output(person.url, "commenter", {"commenter": person, "comments": list(person.comments)}, "comments")
    if ways.downloads:
        yield Output(DOWNLOADS_PAGE, "downloads", {})


def parts(base: Any) -> tuple[Download, ...]:
    """The downloads: a part for each year, so that one more article changes one of them; then the undated."""
    found = [(year.year, year.articles) for year in base.years]
    shelves: list[tuple[int | None, tuple[Any, ...]]] = [*found, *([(None, base.undated)] if base.undated else [])]
    return tuple(Download(year, tuple(articles), _download_urls(year)) for year, articles in shelves)


def _download_urls(year: int | None) -> tuple[tuple[str, str], ...]:
    name = "undated" if year is None else f"{year:04}"
    return tuple((kind, pattern.format(name)) for kind, pattern in DOWNLOADS.items())


def _downloads(ways: Ways) -> Iterator[TextOutput]:
    for part in ways.downloads:
        pieces = list(_pieces(part.articles))
        for kind, url in part.urls:
            yield TextOutput(
                url, "download", [{"articles": piece, "kind": kind, "head": not at} for at, piece in enumerate(pieces)]
            )


def _pieces(articles: Iterable[Any]) -> Iterator[list[Any]]:
    """Articles, some thirty at a time. An address alone says that a piece ends with it: one more moves no other."""
    piece: list[Any] = []
    for article in articles:
        piece.append(article)
        if not zlib.crc32(article.url.encode()) % _PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


def _redirects(articles: Iterable[Any], facts: Mapping[str, Facts], site: Site) -> Iterator[TextOutput]:
    if not site.settings.redirects:
        return
    base = urlsplit(site.address).path.rstrip("/")
    found, _ = redirects(((facts[article.url].url, article.url) for article in articles), base)
    for kind in site.settings.redirects:
        name, write = FILES[kind]
        yield _text(name, write(found))


def claimed_twice(articles: Iterable[Any], facts: Mapping[str, Facts]) -> list[str]:
    """Old addresses that two articles say were theirs."""
    return redirects((facts[article.url].url, article.url) for article in articles)[1]
