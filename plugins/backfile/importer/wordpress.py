"""Reads WordPress exports (WXR 1.0 to 1.2): posts and pages with their comments, one record at a time.

What was not public is left out and counted: drafts, private and password-protected texts, the trash; of
comments those awaiting moderation, spam and trash. E-mail and IP addresses are never read.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from backfile.importer.attachments import Attachment, Gallery, by_post, read_attachments
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.html.links import safe_url
from backfile.importer.html.metadata import language_tag
from backfile.importer.identity import article_slug
from backfile.importer.images.beside import Finder
from backfile.importer.images.pictures import Pictures, images_of
from backfile.importer.moments import read_moment, with_zone
from backfile.importer.record import Problem, Record, part_of
from backfile.importer.sharing import ALONE, Sharing
from backfile.importer.shortcodes import expand
from backfile.importer.threads import as_thread, told_left_out
from backfile.importer.wpfields import Fields, coauthors_of, fields_of, fields_unread, taxonomies_of
from backfile.importer.xmlrecords import (
    Frame,
    RawRecord,
    XmlRecords,
    child_text,
    encoded_text,
    parse_record,
    pieces,
    text_in,
)
from backfile.markdown import plain_text
from backfile.model import Article, Comment, CommentKind, Source, Split
from backfile.text import clean_line

_ARTICLES = ("post", "page")
_TECHNICAL = frozenset(
    "attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request"
    " wp_block wp_template wp_template_part wp_global_styles wp_navigation wp_font_family"
    " wp_font_face feedback".split()
)
_PUBLIC = ("publish", "inherit", "")
_STATES = {
    "0": "awaiting moderation",
    "hold": "awaiting moderation",
    "spam": "spam",
    "trash": "trash",
    "post-trashed": "trash",
}
_KINDS: dict[str, CommentKind] = {"pingback": "pingback", "trackback": "trackback"}
_TAG = re.compile(r"<[^<>]{0,500}>")
_AUTHOR = (b"<wp:author>", b"</wp:author>")


@dataclass(frozen=True, slots=True)
class _Site:
    """What the export says before its first record."""

    url: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    images_of: dict[str, list[str]] = field(default_factory=dict)


def is_wordpress(head: bytes) -> bool:
    """True for the beginning of a WordPress export."""
    return b"wordpress.org/export/" in head and b"<rss" in head


def read_wordpress(
    stream: BinaryIO,
    source: Source,
    finder: Finder | None = None,
    reopen: Callable[[], BinaryIO] | None = None,
    sharing: Sharing = ALONE,
) -> Iterator[Record | Problem]:
    """Records and problems in the order of the file. Raises SourceError when it declares a document type.

    `reopen` gives the export once more, for the attachments, which may come after the posts that show them.
    """
    attachments: dict[str, Attachment] = {}
    if reopen is not None:
        with reopen() as again:
            attachments = read_attachments(again, source.name)
    records = XmlRecords(stream, ("item",), source.name)
    raws = records.until_refused()
    first = next(raws, None)
    if first is not None:  # what stands before it is known now
        site = _site(records.frame, attachments)
        read = partial(_read_raw, frame=records.frame, source=source, site=site, finder=finder)
        yield from sharing.read(read, chain([first], raws), partial(_lost, source=source), _size)
    records.raise_refusal()


def _read_raw(raw: RawRecord, frame: Frame, source: Source, site: _Site, finder: Finder | None) -> Record | Problem:
    place = f"{source.name}:{raw.line}"
    try:
        item, mended = parse_record(raw, frame)
    except ValueError as error:
        return Problem(place, f"a damaged record: {error}", source)
    return _read_item(item, place, source, site, mended, finder)


def _lost(raw: RawRecord, why: str, source: Source) -> Problem:
    return Problem(f"{source.name}:{raw.line}", why, source)


def _size(raw: RawRecord) -> int:
    return len(raw.data)


def _site(frame: Frame, attachments: dict[str, Attachment]) -> _Site:
    text = frame.head.decode(frame.encoding, "replace")
    authors: dict[str, str] = {}
    for block in pieces(frame.head, *_AUTHOR):
        try:
            author = etree.fromstring(frame.wrap(block), etree.XMLParser(resolve_entities=False, no_network=True))[0]
        except etree.XMLSyntaxError:
            continue  # the login stands for the name then
        names = [child_text(author, name) for name in ("author_first_name", "author_last_name")]
        name = clean_line(child_text(author, "author_display_name") or " ".join(filter(None, names)))
        authors[child_text(author, "author_login")] = name
    language = language_tag(_between(text, "language"))
    return _Site(safe_url(_between(text, "link")), language, authors, attachments, by_post(attachments))


def _between(text: str, name: str) -> str:
    found = re.search(rf"<{name}>([^<]{{0,500}})</{name}>", text)
    return html.unescape(found[1].strip()) if found else ""


def _read_item(
    item: etree._Element, place: str, source: Source, site: _Site, mended: tuple[str, ...], finder: Finder | None
) -> Record | Problem:
    kind = child_text(item, "post_type") or "post"
    status = child_text(item, "status")
    title = _plain(child_text(item, "title"))
    if reason := _left_out(item, kind, status, title):
        return Problem(place, reason, source)
    url = safe_url(child_text(item, "link").strip(), site.url)
    pictures, of_readers = Pictures(finder, url or site.url), Pictures(finder, url or site.url)
    comments, notes = _comments(item, url, of_readers)
    gallery = Gallery(site.attachments, site.images_of, child_text(item, "post_id").strip())
    content = encoded_text(item, "content")
    fields = fields_of(item)
    markup = expand(content, gallery.show)
    markup = fields.featured(site.attachments, markup) + markup + fields.enclosure(markup)
    body = html_to_commonmark(markup, url or site.url, pictures=pictures)
    if not (body or title or comments):
        return Problem(place, f"a {kind} without title, text or comments", source)
    sections, tags = _terms(item)
    login = child_text(item, "creator").strip()
    published = _moment(item, "post_date") or read_moment(child_text(item, "pubDate"))
    modified = _moment(item, "post_modified")
    article = Article(
        id="",
        title=title,
        body=body,
        slug=article_slug(unquote(slug)) if (slug := child_text(item, "post_name").strip()[:200]) else "",
        standfirst=_plain(encoded_text(item, "excerpt")) or _plain(fields.subtitle),
        authors=coauthors_of(item, site.authors)
        or tuple(filter(None, (site.authors.get(login) or clean_line(login),))),
        published=published,
        modified="" if modified == published else modified,
        section=sections[0] if sections else "",
        tags=tuple(dict.fromkeys((*sections[1:], *tags))),
        language=site.language,
        url=url,
        comments=comments,
        split=Split("source") if comments else Split(),
        sources=(source,),
        extra=tuple(_extra(item, fields)),
    )
    notes = (*notes, *fields_unread("custom fields", [fields]))
    if kind not in _ARTICLES:
        notes = (*notes, f"of the type {kind!r}, taken as an article")
    images = images_of(body, pictures, comments, of_readers)
    part = part_of(source, child_text(item, "post_id").strip()[:20] or place.rpartition(":")[2], content.encode())
    return Record(place, source, article, notes=(*mended, *notes), images=images, part=part)


def _extra(item: etree._Element, fields: Fields) -> Iterator[tuple[str, str]]:
    """What the model does not know of a post."""
    if guid := safe_url(child_text(item, "guid").strip()):
        yield "Guid", guid  # by this, with the number of the post, comment services know the page
    if fields.subtitle and encoded_text(item, "excerpt").strip():
        yield "X-subtitle", _plain(fields.subtitle)
    yield from taxonomies_of(item)


def _left_out(item: etree._Element, kind: str, status: str, title: str) -> str:
    """Why an item is no article of the archive, or the empty string."""
    if kind == "attachment":
        name = child_text(item, "attachment_url").rsplit("/", 1)[-1] or title
        parent = child_text(item, "post_parent")
        return f"an attachment: {clean_line(name)}" + (
            f", of item {clean_line(parent)}" if parent not in ("", "0") else ""
        )
    if kind in _TECHNICAL:
        return f"of the type {kind!r}, which is no article"
    if status not in _PUBLIC:
        return f"not published: its status is {clean_line(status)!r}"
    if child_text(item, "post_password"):
        return "not public: it is protected by a password"
    return ""


def _terms(item: etree._Element) -> tuple[list[str], list[str]]:
    """Names of categories and of tags. WordPress's "Uncategorized" says that there is none."""
    sections: list[str] = []
    tags: list[str] = []
    for child in item:
        if not isinstance(child.tag, str) or etree.QName(child).localname != "category":
            continue
        name = _plain(text_in(child))
        found = tags if child.get("domain") in ("tag", "post_tag") else sections
        known = child.get("domain") in (None, "category", "tag", "post_tag")
        if known and name and name not in found and child.get("nicename") != "uncategorized":
            found.append(name)
    return sections, tags


def _moment(element: etree._Element, name: str) -> str:
    """The local time with the zone that its GMT twin tells; the one that is there when only one is."""
    return with_zone(child_text(element, name), child_text(element, f"{name}_gmt"))


def _comments(item: etree._Element, base: str, pictures: Pictures) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    found: list[Comment] = []
    left_out: Counter[str] = Counter()
    fields: list[Fields] = []
    for child in item:
        if not isinstance(child.tag, str) or etree.QName(child).localname != "comment":
            continue
        identity = child_text(child, "comment_id").strip()
        parent = child_text(child, "comment_parent").strip()
        state = child_text(child, "comment_approved").strip()
        kind = child_text(child, "comment_type").strip()
        if state not in ("1", "approve", "approved"):
            left_out[_STATES.get(state, f"state {clean_line(state)!r}")] += 1
        elif kind not in ("", "comment", *_KINDS):
            left_out[f"type {clean_line(kind)!r}"] += 1
        else:
            found.append(_comment(child, identity, parent, _KINDS.get(kind, "comment"), base, pictures))
            fields.append(fields_of(child, "commentmeta"))
    tree, repairs = as_thread(found)
    return tree, (*told_left_out(left_out), *repairs, *fields_unread("fields of comments", fields))


def _comment(
    element: etree._Element, identity: str, parent: str, kind: CommentKind, base: str, pictures: Pictures
) -> Comment:
    return Comment(
        id=identity,
        body=html_to_commonmark(
            expand(child_text(element, "comment_content")), base, pictures=pictures, of_reader=True
        ),
        author=_plain(child_text(element, "comment_author")),
        author_url=safe_url(child_text(element, "comment_author_url").strip()),
        date=_moment(element, "comment_date"),
        parent="" if parent == "0" else parent,
        kind=kind,
    )


def _plain(text: str) -> str:
    """A line of text without the markup and references WordPress keeps in titles and names."""
    if "<" in text:
        text = plain_text(html_to_commonmark(text)) if _TAG.search(text) else text
    return clean_line(html.unescape(text))
