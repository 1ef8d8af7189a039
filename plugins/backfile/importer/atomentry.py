"""One entry of an Atom feed as Blogger writes it: what it is, what it says, and what it answers.

Two kinds of backups are about: those of 2008 and after name what an entry is by a category, those of Google's Takeout
by an element of Blogger's own. E-mail addresses are never read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from backfile.importer.html.links import safe_url
from backfile.importer.moments import read_moment
from backfile.importer.record import Problem
from backfile.importer.shortcodes import with_paragraphs
from backfile.importer.xmlrecords import Frame, RawRecord, child_text, parse_record, text_in
from backfile.model import Source
from backfile.text import clean_line

_SCHEME_OF_KINDS = "http://schemas.google.com/g/2005#kind"
_NUMBER = re.compile(r"[.-](?:post|page|comment)-?(\d{1,40})$")
_COMMENT_FEED = re.compile(r"/comments/(?:default|full|summary)/(\d{1,40})")
_ID = re.compile(rb"<id>([^<>]{1,400})</id>")
_LONGEST_NAME, _LONGEST_ID, LONGEST_NUMBER = 60, 300, 40


@dataclass(frozen=True, slots=True)
class Entry:
    """An `entry` element; `mended` says what of it was."""

    element: etree._Element
    mended: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What it is in Blogger's word (post, page, comment, template, settings); empty if it does not say.

        Feeds say it of neither; there the id names a post or a page, and what an entry answers makes it a comment.
        """
        for category in self._children("category"):
            if category.get("scheme") == _SCHEME_OF_KINDS:
                return clean_line(category.get("term", "").rpartition("#")[2]).lower()
        if told := child_text(self.element, "type").strip():
            return clean_line(told).lower()
        if self.answers:
            return "comment"
        identity = child_text(self.element, "id")
        return next((kind for kind in ("post", "page") if f".{kind}-" in identity), "")

    @property
    def identity(self) -> str:
        """Its id, which lasts wherever it is shown."""
        return clean_line(child_text(self.element, "id"))[:_LONGEST_ID]

    @property
    def number(self) -> str:
        """The number by which Blogger knows it, else its id."""
        return number_in(self.identity)

    @property
    def answered_id(self) -> str:
        """The id of the post under which a comment stands, or the empty string."""
        ref = next((one.get("ref", "") for one in self._children("in-reply-to")), "")
        return clean_line(ref or child_text(self.element, "parent"))[:_LONGEST_ID]

    @property
    def answers(self) -> str:
        """The number of that post."""
        return number_in(self.answered_id)

    @property
    def answered_url(self) -> str:
        """The address of the post under which a comment stands, where it says it."""
        return next((safe_url(one.get("href")) for one in self._children("in-reply-to")), "")

    @property
    def parent(self) -> str:
        """The number of the comment that a comment answers, or the empty string."""
        if told := child_text(self.element, "inReplyTo"):
            return number_in(told)
        found = (_COMMENT_FEED.search(link.get("href", "")) for link in self._links("related"))
        return next((one[1] for one in found if one), "")

    @property
    def left_out(self) -> str:
        """Why it was not public: draft, scheduled, spam, trash, removed, ...; empty when it was."""
        control = next(self._children("control"), None)
        if control is not None and child_text(control, "draft").strip().lower() == "yes":
            return "draft"
        if child_text(self.element, "trashed").strip():
            return "trash"
        if any(_is_removal(one) for one in self._children("extendedProperty")):
            return "removed"
        status = clean_line(child_text(self.element, "status")).lower()
        return "" if status == "live" else status[:_LONGEST_NAME]

    @property
    def title(self) -> str:
        """The title; markup in it stays as it is written."""
        element = next(self._children("title"), None)
        return text_in(element) if element is not None else ""

    @property
    def is_summary(self) -> bool:
        """True if it has no text, but a summary of it, as in short feeds."""
        return next(self._children("content"), None) is None and next(self._children("summary"), None) is not None

    @property
    def markup(self) -> str:
        """Its text as HTML, else its summary."""
        element = next(self._children("content"), None)
        if element is None:
            element = next(self._children("summary"), None)
        if element is None:
            return ""
        kind = (element.get("type") or "text").lower()
        if kind == "xhtml":
            return "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        text = text_in(element)
        return text if "html" in kind else with_paragraphs(html.escape(text, quote=False))

    @property
    def author(self) -> tuple[str, str]:
        """The first author's name and address on the web."""
        author = next(self._children("author"), None)
        if author is None:
            return "", ""
        return clean_line(child_text(author, "name")), safe_url(child_text(author, "uri").strip())

    @property
    def labels(self) -> tuple[str, ...]:
        """What Blogger calls labels."""
        found = (
            clean_line(one.get("term", ""))
            for one in self._children("category")
            if one.get("scheme") != _SCHEME_OF_KINDS
        )
        return tuple(dict.fromkeys(filter(None, found)))

    @property
    def place(self) -> str:
        """The name of the place that a post was given, or the empty string."""
        return clean_line(child_text(self.element, "featurename") or child_text(self.element, "location"))[:200]

    @property
    def path(self) -> str:
        """Its address without the site, which is all that Takeout says of it."""
        return clean_line(child_text(self.element, "filename"))

    def moment(self, name: str) -> str:
        """`published` or `updated`, as EDTF."""
        return read_moment(child_text(self.element, name).strip())

    def text(self, name: str) -> str:
        """The text of the first child of that name."""
        return child_text(self.element, name)

    def link(self, relation: str) -> tuple[str, str]:
        """The first usable address of that relation, with its media type."""
        found = ((safe_url(link.get("href")), clean_line(link.get("type", ""))) for link in self._links(relation))
        return next((one for one in found if one[0]), ("", ""))

    def _links(self, relation: str) -> Iterator[etree._Element]:
        return (one for one in self._children("link") if one.get("rel", "alternate") == relation)

    def _children(self, name: str) -> Iterator[etree._Element]:
        return (child for child in self.element if isinstance(child.tag, str) and etree.QName(child).localname == name)


def _is_removal(element: etree._Element) -> bool:
    return element.get("name") == "blogger.contentRemoved" and (element.get("value") or "").lower() == "true"


def number_in(identity: str) -> str:
    """The number in an id such as `tag:blogger.com,1999:blog-1.post-2`, else the id itself."""
    identity = clean_line(identity)
    found = _NUMBER.search(identity)
    return found[1] if found else identity[:_LONGEST_ID]


def number_of(raw: RawRecord) -> str:
    """The number of an entry, without reading all of it: its id stands before its text."""
    found = _ID.search(raw.data)
    return number_in(found[1].decode("utf-8", "replace")) if found else ""


def place_of(raw: RawRecord, source: Source) -> str:
    """The line of an entry, and its number, since backups may be of one line."""
    told = number_of(raw)[:LONGEST_NUMBER]
    return f"{source.name}:{raw.line}" + (f"#{told}" if told.isalnum() and told.isascii() else "")


def read_entry(raw: RawRecord, frame: Frame, source: Source) -> Entry | Problem:
    """The entry, or what is wrong with it."""
    try:
        element, mended = parse_record(raw, frame)
    except ValueError as error:
        return Problem(place_of(raw, source), f"a damaged record: {error}", source)
    return Entry(element, mended)
