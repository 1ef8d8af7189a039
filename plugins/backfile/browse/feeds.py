"""Feeds of the latest articles, as Atom and as JSON Feed 1.1.

A date in a feed is one that somebody gave. Atom must have a moment for every entry: an article without
any date is not in it; one known to the month or the year has that moment as `updated`, which is all it
says, and no `published`. JSON Feed needs no dates: there an undated article has none.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from backfile.browse.xmltext import element, xml_value
from backfile.dates import Edtf, parse_edtf

ATOM, JSON_FEED = "atom.xml", "json"
_NO_ADDRESS = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINKING = re.compile(r'<(?:a|img)\b(?:[^"<>]|"[^"]*")*>')
_TARGET = re.compile(r'(?<= )(?P<name>href|src)="(?!https?://|mailto:)(?P<address>[^"]*)"')
_NEVER = "1970-01-01T00:00:00Z"
"""When a feed without an entry changed last: Atom asks for a moment, and that of the build tells nothing."""
TYPES = {ATOM: "application/atom+xml", JSON_FEED: "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is of: its name and language, the page that shows the same, and where it stands itself."""

    title: str
    page: str
    address: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as pages link to it; `url` is relative to the site, `kind` as in `TYPES`."""

    url: str
    kind: str
    title: str

    @property
    def type(self) -> str:
        """The media type."""
        return TYPES[self.kind]

    @property
    def name(self) -> str:
        """What a reader may call it."""
        return "Atom" if self.kind == ATOM else "JSON Feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed; `page` is its full address, `html` safe, dates are EDTF."""

    page: str
    title: str
    html: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    language: str = ""
    original: str = ""


def atom(feed: Feed, entries: Iterable[Entry]) -> str:
    """The feed as Atom (RFC 4287)."""
    dated = [(entry, moment) for entry in entries if (moment := _latest(entry))]
    latest = max((moment for _, moment in dated), default=_NEVER)
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/"{_language(feed.language)}>',
        element("id", feed.address),
        element("title", feed.title),
        element("link", "", rel="self", type=TYPES[ATOM], href=feed.address),
        element("link", "", rel="alternate", type="text/html", href=feed.page),
        element("updated", latest),
    ]
    entries_ = [line for entry, moment in dated for line in _atom_entry(entry, moment)]
    return "\n".join([*filter(None, head), *entries_, "</feed>"]) + "\n"


def _atom_entry(entry: Entry, moment: str) -> Iterator[str]:
    yield f"<entry{_language(entry.language)}>"
    parts = [
        element("id", entry.page),
        element("title", entry.title or entry.page),
        element("link", "", rel="alternate", type="text/html", href=entry.page),
        element("link", "", rel="via", href=_address(entry.original)) if entry.original else "",
        *(f"<author>{element('name', name)}</author>" for name in entry.authors or ("unknown",)),
        element("published", _exact(entry.published)),
        element("updated", moment),
        element("dc:issued", entry.published),
        *(element("category", "", term=term) for term in (entry.section, *entry.tags) if term),
        element("summary", entry.summary),
        element("content", _with_whole_addresses(entry), type="html"),
    ]
    yield from filter(None, parts)
    yield "</entry>"


def json_feed(feed: Feed, entries: Iterable[Entry]) -> str:
    """The feed as JSON Feed (jsonfeed.org, version 1.1); dates as far as known stand under `_archive`."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "items": [_json_item(entry) for entry in entries],
    }
    return json.dumps({key: value for key, value in head.items() if value != ""}, ensure_ascii=False, indent=1) + "\n"


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.page,
        "url": entry.page,
        "external_url": _address(entry.original),
        "title": entry.title,
        "content_html": _with_whole_addresses(entry),
        "summary": entry.summary,
        "date_published": _exact(entry.published),
        "date_modified": _exact(entry.modified),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [tag for tag in (entry.section, *entry.tags) if tag],
        "language": entry.language,
        "_archive": {"published": entry.published} if entry.published else {},
    }
    return {key: value for key, value in item.items() if value or key == "content_html"}


def _with_whole_addresses(entry: Entry) -> str:
    """The text with links that begin at its page written out: readers of a feed would begin at the feed."""

    def target(found: re.Match[str]) -> str:
        try:
            whole = urljoin(entry.page, html.unescape(found["address"]))
        except ValueError:  # no address in any reading
            return found[0]
        return f'{found["name"]}="{html.escape(whole)}"'

    return _LINKING.sub(lambda tag: _TARGET.sub(target, tag[0]), entry.html)


def _address(url: str) -> str:
    """An address as found, with what no address may hold written as it would be sent."""
    return _NO_ADDRESS.sub(lambda found: quote(found[0], errors="replace"), url)


def _language(code: str) -> str:
    return f' xml:lang="{xml_value(code)}"' if code else ""


def _exact(edtf: str) -> str:
    """The moment of a date that is known to the day or finer and sure, else the empty string."""
    date = parse_edtf(edtf)
    return _moment(date) if date and date.day is not None and not date.uncertain else ""


def _latest(entry: Entry) -> str:
    """The moment by which readers sort: of the last change when that is known, else the first it may mean."""
    published = parse_edtf(entry.published)
    if published is None:
        return ""
    return max(_exact(entry.modified), _moment(published))


def _moment(date: Edtf) -> str:
    return date.earliest().strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
