"""What a WordPress post says beside its text: featured image, several authors, taxonomies, custom fields."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from backfile.importer.attachments import Attachment
from backfile.importer.html.links import safe_url
from backfile.importer.xmlrecords import child_text, text_in
from backfile.text import clean_line

_READ_ELSEWHERE = frozenset({"", "category", "tag", "post_tag", "author", "post_format", "nav_menu", "link_category"})
_SUBTITLES = ("subtitle", "_subtitle", "kps_subtitle", "wps_subtitle", "sub_title", "deck", "standfirst", "_standfirst")
_OF_PROGRAMS = re.compile(
    r"_.*|dsq_.*|.*(?:views|_count|ratings_.*)|geo_.*|layout|sidebar.*|enclosure|syndication_.*|sharing_disabled"
    r"|akismet.*|is_customer_note|verified|jabber_published|email_notification|reddit|switch_like_status",
    re.IGNORECASE,
)
"""Keys of fields that nobody wrote for readers."""
_SIZE = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled)$")
_NO_KEY = re.compile(r"[^A-Za-z0-9-]+")
_MOST_FIELDS, _MOST_NAMED, _LONGEST_VALUE = 500, 12, 500


class Fields(NamedTuple):
    """The custom fields of a post by their keys, the first of each."""

    values: Mapping[str, str]

    @property
    def subtitle(self) -> str:
        """The line below the title that themes and plugins keep in a field."""
        found = (clean_line(self.values.get(key, ""))[:_LONGEST_VALUE] for key in _SUBTITLES)
        return next(filter(None, found), "")

    def enclosure(self, markup: str) -> str:
        """HTML for sound or film of a podcast that the text does not link to; the field has address, length, kind."""
        address, *more = self.values.get("enclosure", "").split("\n")
        kind = "video" if any(line.strip().startswith("video") for line in more[:3]) else "audio"
        return enclosed(safe_url(address.strip()), kind, markup)

    def featured(self, attachments: Mapping[str, Attachment], markup: str) -> str:
        """HTML for the image that stands above the text, unless the text shows it itself."""
        image = attachments.get(self.values.get("_thumbnail_id", "").strip())
        if image is None or f"/{_stem(image.url)}" in markup:
            return ""
        return f"{image.figure}\n\n"

    def unread(self) -> Iterator[str]:
        """The keys of fields that somebody wrote and that are not read."""
        return (key for key in self.values if key not in _SUBTITLES and not _OF_PROGRAMS.fullmatch(key))


def enclosed(url: str, kind: str, markup: str) -> str:
    """HTML for sound or film that goes with a text and is not linked in it; `kind` is its media type, or begins it."""
    if not url or html.escape(url) in markup or url in markup:
        return ""
    return f'\n\n<p><a href="{html.escape(url)}">{kind.partition("/")[0].capitalize()}: {html.escape(url)}</a></p>'


def fields_unread(of: str, fields: Iterable[Fields]) -> Iterator[str]:
    """A note of the fields that are not read, if there are some."""
    keys = list(dict.fromkeys(key for one in fields for key in one.unread()))
    if keys:
        named = ", ".join(clean_line(key)[:60] for key in keys[:_MOST_NAMED])
        more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
        yield f"{of} not read: {named}{more}"


def fields_of(item: etree._Element, name: str = "postmeta") -> Fields:
    """The custom fields of a post, or of a comment, that have a value."""
    values: dict[str, str] = {}
    for child in item:
        if isinstance(child.tag, str) and etree.QName(child).localname == name and len(values) < _MOST_FIELDS:
            key, value = child_text(child, "meta_key").strip(), child_text(child, "meta_value")
            if key and value.strip():
                values.setdefault(key, value)
    return Fields(values)


def coauthors_of(item: etree._Element, authors: Mapping[str, str]) -> tuple[str, ...]:
    """The names of several authors, as a plugin of newsrooms keeps them: terms that are logins, or names."""
    logins = (clean_line(text_in(child)) for child, domain in _terms(item) if domain == "author")
    return tuple(dict.fromkeys(authors.get(login) or login for login in logins if login))


def taxonomies_of(item: etree._Element) -> Iterator[tuple[str, str]]:
    """Terms of taxonomies that a site made itself (series, places), as metadata that Pelican does not know."""
    found: dict[str, list[str]] = {}
    for child, domain in _terms(item):
        name = clean_line(html.unescape(text_in(child)))
        if domain not in _READ_ELSEWHERE and not domain.startswith(("post_translations", "term_")) and name:
            found.setdefault(_NO_KEY.sub("-", domain).strip("-")[:60], []).append(name)
    return ((f"X-{key}", "; ".join(dict.fromkeys(names))) for key, names in found.items() if key)


def _terms(item: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for child in item:
        if isinstance(child.tag, str) and etree.QName(child).localname == "category":
            yield child, child.get("domain") or ""


def _stem(url: str) -> str:
    """The name of an image without what tells its size."""
    return _SIZE.sub("", PurePosixPath(urlsplit(url).path).stem)
