"""The article's own text, by trafilatura, as CommonMark."""

from __future__ import annotations

import logging
import re

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from backfile.importer.html.commonmark import to_commonmark
from backfile.importer.html.soup import graft
from backfile.importer.images.pictures import Pictures

_NAMES = {
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "lb": "br",
    "row": "tr",
    "cell": "td",
    "del": "s",
    "graphic": "img",
}
_EMPHASIS = {"#b": "b", "#i": "i", "#t": "code"}
_LINK_TEXT = re.compile(r"\[([^\[\]]*)]\(")
_FULL_STOP = re.compile(r"[.!?](?:\s|$)")
_SPARSE = 200  # characters: below this the careful extraction has probably missed the text
_MOST_ELEMENTS = 6000
"""Of larger pages trafilatura's second opinion is not asked: it compares each short paragraph with all others."""

# Pages without a text are our report's business, not that of the log.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_body(root: HtmlElement, base: str, pictures: Pictures) -> str:
    """The main text of a page, from whose tree comments have been taken; empty when there is none.

    Its images have been marked by `pictures`.
    """
    careful = _extract(root, base, pictures, careful=True)
    if len(careful) >= _SPARSE:
        return careful
    broad = _extract(root, base, pictures, careful=False)
    return broad if len(broad) > 2 * len(careful) else careful


def read_rest(root: HtmlElement, base: str, pictures: Pictures) -> str:
    """What is left of a forum's page when its posts are taken out, if it is a text: an opening post apart.

    Mostly it is furniture: links, and hardly a full stop.
    """
    rest = _extract(root, base, pictures, careful=True)
    linked = sum(map(len, _LINK_TEXT.findall(rest)))
    is_text = len(rest) >= 2 * _SPARSE and len(_FULL_STOP.findall(rest)) >= 5 and linked < len(rest) / 4
    return rest if is_text else ""


def _extract(root: HtmlElement, base: str, pictures: Pictures, *, careful: bool) -> str:
    document = bare_extraction(
        root,
        fast=root.xpath("count(//*)") > _MOST_ELEMENTS,
        favor_precision=careful,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
        with_metadata=False,
    )
    body = getattr(document, "body", None)
    if body is None:
        return ""
    for element in body.iter():
        _to_html(element)
    return to_commonmark(graft(body), base, pictures=pictures)


def _to_html(element: HtmlElement) -> None:
    """Renames an element of trafilatura's vocabulary (that of TEI) to HTML's."""
    rend = element.get("rend") or ""
    if element.tag == "head":
        element.tag = rend if re.fullmatch(r"h[1-6]", rend) else "h2"
    elif element.tag == "hi":
        element.tag = _EMPHASIS.get(rend, "span")
    elif element.tag == "ref":
        element.tag = "a"
        element.set("href", element.get("target") or "")
    elif element.tag == "list" and rend == "ol":
        element.tag = "ol"
    elif element.tag == "code" and "\n" in "".join(element.itertext()):
        element.tag = "pre"
    elif element.tag in _NAMES:  # one that stays as it is may be no name that could be set
        element.tag = _NAMES[element.tag]
