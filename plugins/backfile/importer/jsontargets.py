"""Which article a comment in JSON is about, where it says so itself: by an address, or by what its file calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from backfile.importer.html.links import safe_url
from backfile.importer.jsonfields import text_of
from backfile.text import clean_line

_SURE = ("article", "post", "story", "submission", "thread", "topic", "asset")
"""May be a name all by themselves, where `"page": 3` is the number of one, and are not in what is an article itself."""
_NOUNS = (*_SURE, "issue", "page", "entry", "news", "video", "link", "document")
_BARE = frozenset((*_SURE, "locator"))
_BY_ADDRESS = frozenset(f"{noun}{end}" for noun in _NOUNS for end in ("_url", "Url", "URL", "_uri", "_link", "_href"))
_BY_ID = frozenset(f"{noun}{end}" for noun in _NOUNS for end in ("_id", "Id", "ID"))
_BY_SURE_ID = _BARE | {f"{noun}{end}" for noun in _SURE for end in ("_id", "Id", "ID")}
_OWN = ("url", "link", "permalink", "uri", "href")
_TYPED = re.compile(r"[a-z]\d_(?=\w)", re.ASCII)
_LONGEST = 1000


class Target(NamedTuple):
    """An article by its address, or by an id that its own file or one beside it may give it."""

    address: str = ""
    identity: str = ""


def target_of(item: dict[str, Any]) -> Target:
    """What a comment says its article is; empty where it says nothing."""
    address = identity = ""
    for name, found in item.items():
        if not _names_article(name):
            continue
        if isinstance(found, dict):
            told = own_address(found)  # beside it an id is one that others give the page
            address = address or told
            identity = identity or ("" if told else clean_line(text_of(found, "id")))
        elif _is_address(line := clean_line(text_of(item, name))[:_LONGEST]) or name in _BY_ADDRESS:
            address = address or safe_url(line) or line
        else:
            identity = identity or line
    if not address and "#" in (own := own_address(item)):
        address = own
    return Target(address, identity)


def own_id(item: dict[str, Any]) -> str:
    """What an article is called by its source: its id, also where the name says whose (`article_id`)."""
    names = ("id", *(name for name in item if name in _BY_SURE_ID and name not in _BARE))
    return next((line for name in names if (line := clean_line(text_of(item, name)))), "")


def own_address(item: dict[str, Any]) -> str:
    """The address that a comment, or a page, gives as its own, which is more than that of a site.

    That of a comment may be the one of its article, have the mark of its place there, or be of a page for it alone.
    """
    for name in _OWN:
        address = safe_url(text_of(item, name).strip())
        parts = urlsplit(address) if address else None
        if parts and (parts.path.strip("/") or parts.query):
            return address
    return ""


def names_read(item: dict[str, Any]) -> Iterator[str]:
    """The names under which a comment says which article it is about."""
    return (name for name in item if _names_article(name) or name in _OWN)


def names_another(item: dict[str, Any]) -> bool:
    """True for what names an article by a word for one, and itself by another id."""
    return any(name in _BY_SURE_ID and item[name] for name in item) and bool(text_of(item, "id"))


def spellings(identity: str) -> set[str]:
    """An id as it is, and without what some write before it to say of what it is one: `t3_abc`."""
    return {identity, _TYPED.sub("", identity, count=1)} - {""}


def _names_article(name: str) -> bool:
    return name in _BY_ID or name in _BY_ADDRESS or name in _BARE


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "//", "/"))
