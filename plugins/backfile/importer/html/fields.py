"""Reads one comment from its element: who, when, the text, its own id and link.

The soup holds one record without those nested in it, so whatever it holds belongs to this comment. What
the markup declares (microdata, microformats, `<time datetime>`) is believed first, then the words of
class names, last the words of the text.
"""

from __future__ import annotations

import re
from itertools import islice

from bs4.element import Tag

from backfile.importer.html import words as lexicon
from backfile.importer.html.commonmark import Show
from backfile.importer.html.links import safe_url
from backfile.importer.html.names import read_name
from backfile.importer.html.persons import is_name
from backfile.importer.html.reading import Reading
from backfile.importer.html.subjects import find_subject
from backfile.importer.html.tags import attribute_of, inside, is_dated, is_gone, listed, named_by, tags_in, tokens_of
from backfile.importer.html.texts import body_rank, find_text, write_text
from backfile.importer.html.times import PageTime, read_time
from backfile.text import clean_line

_IDENTITY = re.compile(
    r"(?:^|[-_#/=])c?(\d{1,20})(?:$|[-_])|^[a-z]*?(\d{2,20})$|(?:^|[-_])([0-9a-f]*\d[0-9a-f]{11,39})(?:$|[-_])",
    re.IGNORECASE,
)
_PERMALINK = re.compile(
    r"#(?:[\w-]*?(?:comment|kommentar|reply|post|msg|message|c|p|entry|answer|r|id|forum)[-_]?\d+|\d{3,})",
    re.IGNORECASE,
)
_DATA_ID = ("data-comment-id", "data-commentid", "data-comment", "data-post-id", "data-id", "data-message-id")
_DATA_PARENT = (
    "data-parent-id",
    "data-parent",
    "data-parentid",
    "data-parent-comment-id",
    "data-in-reply-to",
)
_DEPTH = re.compile(
    r"^(?:depth|level|indent|comment-depth|comment-level|lvl|reply-level)[-_]?(\d{1,3})$", re.IGNORECASE
)
_ANSWERS = frozenset({"in-reply-to", "u-in-reply-to", "comment-parent"})
_SILENT = frozenset("script style textarea select svg form button template".split())
_PUSHED = frozenset({"button", "input", "label"})
_PROSE = frozenset({"p", "blockquote", "pre"})
_UNFILLED = frozenset({"hidden", "submit", "button", "image", "reset"})
_MOST_OF_FORM = 200  # characters of a form that asks for something
_NUMBERED = frozenset("a div article li span td".split())
_PINGBACK = frozenset({"pingback", "trackback"})


def read_fields(record: Tag, base: str, time: PageTime, show: Show | None = None) -> Reading:
    """One comment, whose images `show` shows. The record is taken apart on the way."""
    tops = [part for part in record.contents if isinstance(part, Tag)]
    alone = len(tops) == 1 and not any(str(part).strip() for part in record.contents if part is not tops[0])
    root = tops[0] if alone else record
    _strip_silent(root)
    identity = _identity(root)
    parent = attribute_of(root, _DATA_PARENT)
    permalink = _permalink(root, base)
    if not identity and permalink and "#" in permalink:
        identity = _digits(permalink.rsplit("#", 1)[1])
    kind = next(iter(_PINGBACK & {token.lower() for token in listed(root, "class") if token}), "comment")
    depth = _depth(root)
    parent = _digits(parent) or _reply_link(root)
    body = find_text(root)
    when_tag, when, moment = read_time(root, body, time)
    if when_tag is not None and when_tag is not body and inside(when_tag, body):
        body = find_text(root, beside=when_tag) or body
    name_tag, author, address = read_name(root, body, when_tag, base)
    if kind != "comment" and (link := root.find("a", href=True)):
        author, address = clean_line(link.get_text(" ")), safe_url(str(link["href"]), base)
    subject = find_subject(root, body, author)
    text = write_text(root, body, [tag for tag in (when_tag, name_tag) if tag is not None], base, show)
    return Reading(identity, author, address, when, moment, text, permalink, kind, parent, depth, subject)


def read_block(record: Tag, base: str, show: Show | None = None) -> Reading:
    """Several comments that nothing tells apart: their words, and nobody's name on them."""
    _strip_silent(record)
    return Reading("", "", "", "", "", write_text(record, None, [], base, show), "", "block", "", None)


def _strip_silent(root: Tag) -> None:
    for tag in tags_in(root):
        if tag.name not in _SILENT or is_gone(tag):
            continue
        if tag.name == "form" and _holds_words(tag):
            tag.unwrap()  # some sites put the comments themselves into a form
        elif tag.name == "button" and is_name(clean_line(tag.get_text(" "))) and named_by(tag, lexicon.AUTHOR):
            tag.name = "span"
        else:
            tag.decompose()


def _holds_words(form: Tag) -> bool:
    """True for a form round a comment: it says more than forms do, or has words and nothing to fill in."""
    parts = tags_in(form)
    if len(form.get_text(strip=True)) > _MOST_OF_FORM or any(map(is_dated, parts)):
        return True
    if any(map(_is_filled_in, parts)):
        return False
    if any(body_rank(part) > 1 and part.name not in _PUSHED and part.get_text(strip=True) for part in parts):
        return True
    pushed = any(part.name in _PUSHED for part in parts if part.get("type") != "hidden")
    return not pushed and any(part.name in _PROSE and part.get_text(strip=True) for part in parts)


def _is_filled_in(part: Tag) -> bool:
    """True for what a reader writes into or chooses from."""
    kind = str(part.get("type", "text")).lower()
    return part.name in ("textarea", "select") or (part.name == "input" and kind not in _UNFILLED)


def _digits(name: str) -> str:
    """The part of an id that numbers the comment."""
    found = _IDENTITY.search(name)
    return next(filter(None, found.groups()), "") if found else ""


def _identity(root: Tag) -> str:
    if declared := attribute_of(root, _DATA_ID):
        return _digits(declared) or ""
    if found := _digits(str(root.get("about", ""))):
        return found
    tags = tags_in(root)
    for tag in (
        root,
        *islice((tag for tag in tags if tag.name in _NUMBERED and tag.get("id")), 6),
        *islice((tag for tag in tags if tag.name == "a" and tag.get("name")), 3),
    ):
        for attribute in ("id", "name"):
            value = tag.get(attribute)
            if isinstance(value, str) and (found := _digits(value)):
                return found
    return ""


def _permalink(root: Tag, base: str) -> str:
    links = (tag for tag in tags_in(root) if tag.name == "a" and tag.get("href"))
    for link in islice(links, 40):
        href = str(link["href"])
        if _PERMALINK.search(href) or "permalink" in " ".join(tokens_of(link)).lower():
            return safe_url(href, base) or (href if href.startswith("#") else "")
    return ""


def _reply_link(root: Tag) -> str:
    """The number of the comment that this one says it answers."""
    for tag in tags_in(root):
        if not _ANSWERS.isdisjoint(listed(tag, "class")):
            link = tag if tag.name == "a" else tag.find("a", href=True)
            return _digits(str(link.get("href", "")).rsplit("#", 1)[-1]) if isinstance(link, Tag) else ""
    return ""


def _depth(root: Tag) -> int | None:
    for token in tokens_of(root):
        if found := _DEPTH.match(token):
            return int(found[1])
    for name in ("data-depth", "data-level", "aria-level"):
        value = str(root.get(name, ""))
        if value.isdecimal() and len(value) < 4:
            return int(value)
    return None
