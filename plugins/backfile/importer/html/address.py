"""Where a saved page stood: what it declares, else what the program that saved it noted, and no site's first page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from backfile.importer.html.links import safe_url
from backfile.importer.identity import is_first_page

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MIRRORED = re.compile(r"Mirrored from (\S+) by HTTrack ")
_REWRITTEN = re.compile(
    r"\bwombat\(\"(https?://[^\"\s]{1,2000})\"|id=\"wmtbURL\"[^<>]{0,300}\bvalue=\"([^\"\s]{1,2000})\""
)
"""As the Wayback Machine notes it in its scripts, or in its toolbar."""
_USUAL_PORT = re.compile(r"^(http://[^/:]+):80(?=/|$)|^(https://[^/:]+):443(?=/|$)")
_FOLDER = re.compile(r"(?:/|/(?:index|default|home|start)\.\w{2,5})$", re.IGNORECASE)


def own_address(root: HtmlElement, text: str, markup: bytes) -> str:
    """The first address that is named for a page; that of a site alone only where there is no other."""
    first = relative = ""
    for address in _named(root, text, markup):
        if not (url := safe_url(address)):
            relative = relative or (address if address.startswith("/") else "")
            continue
        url = _USUAL_PORT.sub(r"\1\2", url)
        if relative:
            url, relative = safe_url(relative, url) or url, ""
        if not is_first_page(url):
            return url
        first = first or url
    return first


def _named(root: HtmlElement, text: str, markup: bytes) -> Iterator[str]:
    """What a page, or who saved it, says of where it stood; the surest first."""
    links = (link for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical")
    yield from (link.get("href") or "" for link in links)
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:url":
            yield meta.get("content") or ""
    if b"p-canonical" in markup:  # of what Medium exports
        yield from (link.get("href") or "" for link in root.iter("a") if link.get("class") == "p-canonical")
    head = text[:4000]
    if saved := _SAVED_FROM.search(head):
        yield saved[1] or saved[2]
    if mirrored := _MIRRORED.search(head):
        yield f"http://{mirrored[1]}"
    if ("wombat(" in text or "wmtbURL" in text) and (rewritten := _REWRITTEN.search(text)):
        yield rewritten[1] or rewritten[2]
    base = next((link.get("href") or "" for link in root.iterfind(".//base[@href]")), "")
    if not _FOLDER.search(base):  # then it names a document: some programs write the page's own address
        yield base
