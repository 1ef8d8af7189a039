"""The article's own text, by trafilatura, as CommonMark."""

from __future__ import annotations

import logging
import re

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.xpaths import OVERALL_DISCARD_XPATH

from backfile.importer.html.between import fill_between
from backfile.importer.html.boxes import asking, fill_boxes
from backfile.importer.html.breaks import mark_paragraphs
from backfile.importer.html.commonmark import to_commonmark
from backfile.importer.html.dropping import drop_trees
from backfile.importer.html.ends import fill_ends
from backfile.importer.html.gaps import Beginnings, as_paragraphs, fill_gaps
from backfile.importer.html.keeping import keep_words, kept
from backfile.importer.html.lines import Numbered, restore_lines
from backfile.importer.html.media import mark_media
from backfile.importer.html.order import put_in_order
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
_PARAGRAPH = re.compile(r"^[^\W_][^\n\]|]{80,}[.!?][\"'”’»]?$", re.MULTILINE)
"""A paragraph of words alone, which ends like one."""
_FULL_STOP = re.compile(r"[.!?](?:\s|$)")
_COUNTED = 25
_SURELY = 1.5  # of its length less than twice, by a margin for headings, labels and links that are not counted
_HOPELESS = 3  # times that: what is named as furniture will not be so much
_SPARSE = 200  # characters: below this the careful extraction has probably missed the text
_MOST_ELEMENTS = 6000
"""Of larger pages trafilatura's second opinion is not asked: it compares each short paragraph with all others."""

_NO_TEXT = tuple("style svg template select button iframe object embed link meta map canvas input".split())
_CLEANED = "//nav|//footer|//aside|//menu|//dialog|//noscript"
"""Elements that trafilatura takes out itself, after it has copied and searched them several times."""
_SCRIPTS = etree.XPath("//script[not(@type='application/ld+json')]")
_APART = frozenset({"a", "aside", "nav", "footer"})
_UNCLEAN = etree.XPath(
    "boolean(.//aside|.//audio|.//button|.//fieldset|.//figure|.//footer|.//iframe|.//input|.//label"
    "|.//nav|.//noscript|.//object|.//option|.//select|.//source|.//svg|.//time)"
)

# Pages without a text are our report's business, not that of the log.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_body(root: HtmlElement, base: str, pictures: Pictures, standfirst: str = "") -> str:
    """The main text of a page, from whose tree comments have been taken; empty when there is none.

    Its images have been marked by `pictures`. The `standfirst`, as far as it is known, is no part of it.
    """
    careful = _extract(root, base, pictures, standfirst, careful=True)
    if len(careful) >= _SPARSE:
        return careful
    broad = _extract(root, base, pictures, standfirst, careful=False)
    return broad if len(broad) > 2 * len(careful) else careful


def read_rest(root: HtmlElement, base: str, pictures: Pictures, standfirst: str = "") -> str:
    """What is left of a forum's page when its posts are taken out, if it is a text: an opening post apart.

    Mostly it is furniture: links, and hardly a full stop.
    """
    rest = _extract(root, base, pictures, standfirst, careful=True)
    linked = sum(map(len, _LINK_TEXT.findall(rest)))
    is_text = len(rest) >= 2 * _SPARSE and len(_FULL_STOP.findall(rest)) >= 5 and linked < len(rest) / 4
    return rest if is_text or len(_PARAGRAPH.findall(rest)) > 2 else ""


def _extract(root: HtmlElement, base: str, pictures: Pictures, standfirst: str, *, careful: bool) -> str:
    mark_media(root, base)
    mark_paragraphs(root)
    keep_words(root)
    asks = asking(root)
    _take_out_silent(root)
    runs = as_paragraphs(root)
    many = root.xpath("count(//*)") > _MOST_ELEMENTS
    numbered = Numbered(root)
    with numbered:
        document = _ask(root, fast=many or careful, careful=careful)
        if careful and not many and not _is_sure(root, document):
            document = _ask(root, fast=False, careful=True)
    body = getattr(document, "body", None)
    if body is None:
        return ""
    for element in body.iter():
        _to_html(element)
    restore_lines(body, numbered.lines)
    for element in body.iter():
        kept(element)
    for item in root.iter("li"):
        kept(item)
    fill_gaps(body, runs)
    fill_boxes(body, root, asks)
    beginnings = Beginnings()
    fill_between(body, root, beginnings, standfirst)
    put_in_order(body, root, beginnings)
    fill_ends(body, root, standfirst)
    return to_commonmark(graft(body), base, show=pictures.show)


def _ask(root: HtmlElement, *, fast: bool, careful: bool) -> Document | None:
    """What trafilatura finds; when it is not to be `fast`, it asks readability and jusText for second opinions."""
    found = bare_extraction(
        root,
        output_format="txt",  # which it is not made into: that is the caller's business
        prune_xpath=_CLEANED if fast and careful else None,
        fast=fast,
        favor_precision=careful,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
        with_metadata=False,
    )
    return found if isinstance(found, Document) else None


def _take_out_silent(root: HtmlElement) -> None:
    """Takes out what is no text, whoever reads it: each element left is copied and searched many times."""
    drop_trees(root, [*_SCRIPTS(root), *root.iter(*_NO_TEXT)])


def _is_sure(root: HtmlElement, document: Document | None) -> bool:
    """True where trafilatura would keep what it found, whatever a second opinion were, so that none need be asked.

    It takes another's text when that is more than twice as long as its own, or when its own is short, has no
    paragraphs, more tables than paragraphs, or parts that are no text.
    """
    body = getattr(document, "body", None)
    if body is None:
        return False
    found = len(" ".join(body.itertext()).strip())
    paragraphs = body.findall(".//p")
    if found < 2 * _SPARSE or not any("".join(one.itertext()).strip() for one in paragraphs):
        return False
    if len(body.findall(".//table")) > len(paragraphs) or _UNCLEAN(body):
        return False
    enough = _SURELY * found
    counted = sum(map(_length, root.iterfind("body")))
    if counted <= enough or counted > _HOPELESS * enough:
        return counted <= enough
    # Of the rest it takes out what is named as furniture before it asks.
    furniture: set[HtmlElement] = set()
    for expression in OVERALL_DISCARD_XPATH:
        furniture.update(expression(root))
        if counted - _length_of_all(furniture) <= enough:
            return True
    return False


def _length_of_all(parts: set[HtmlElement]) -> int:
    """What `_length` counts of parts of a page, some of them in others or in what stands apart."""
    outermost = [part for part in parts if parts.isdisjoint(part.iterancestors())]
    return sum(_length(part) for part in outermost if next(part.iterancestors(*_APART), None) is None)


def _length(part: HtmlElement) -> int:
    """Characters of the texts that are long enough for readability to count them; none of what stands apart."""
    found = 0
    stack = [part]
    while stack:
        element = stack.pop()
        if element.tag in _APART or not isinstance(element.tag, str):
            continue
        texts = [element.text]
        for child in element:
            texts.append(child.tail)
            stack.append(child)
        found += sum(length for text in texts if text and (length := len(text.strip())) >= _COUNTED)
    return found


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
    elif element.tag == "cell" and element.get("role") == "head":
        element.tag = "th"
    elif element.tag == "code" and "\n" in "".join(element.itertext()):
        element.tag = "pre"
    elif element.tag in _NAMES:  # one that stays as it is may be no name that could be set
        element.tag = _NAMES[element.tag]
