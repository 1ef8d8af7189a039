"""Makes a tree of markup, with every element of one class: asking what class each should be costs much time."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from backfile.importer.html.dropping import drop_tags
from backfile.importer.html.strokes import sink_strokes

_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)

MOST_ATTRIBUTES = 1000
"""Of one element: each is compared with all others of it."""
_LONG = 2 * MOST_ATTRIBUTES
# Both match at once whatever comes, and never look back: so no markup makes them go over it again.
_TAG = re.compile(rb"<[A-Za-z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>?+")
_ATTRIBUTE = rb"[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_CROWD = re.compile(rb"<[^\s/>]++(?:" + _ATTRIBUTE + rb"){%d}" % MOST_ATTRIBUTES)
_MAY_BREAK = re.compile(rb"</?wbr(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
"""Says where a word may break, which is of no use here; the parser takes what follows for its content, too."""
_VOID = ("embed", "source", "track", "wbr", "keygen", "bgsound", "command")
"""Elements without an end of which the parser does not know that: it would take all that follows for their content."""
_VOID_TAG = re.compile(rb"<(?:" + "|".join(_VOID).encode() + rb")[\s/>]", re.IGNORECASE)
_STROKE = re.compile(rb"<(/?)(?:del|s|strike)(?=[\s>])", re.IGNORECASE)
_NO_REFERENCE = re.compile(
    rb"&#(?:0*+(?:[0-8]|1[124-9]|2\d|3[01]|6553[45]|5[5-7]\d\d\d|649[7-9]\d|6500[0-7])(?!\d)"
    rb"|x0*+(?:[0-8bcef]|1[\da-f]|fff[ef]|d[89a-f][\da-f][\da-f]|fd[de][\da-f])(?![\da-f]))",
    re.IGNORECASE,
)
"""A reference to a character that XML cannot hold, or that is none; the parser follows it all the same."""
_NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
# A number above or below another is none of its digits: 10 to the sixth is not 106, nor is 1986 with a note 19861.
# Above a word or a sign it is no part of them either; below a word (CO2) everybody writes it on the line.
# It begins with a sign that can be looked for at once; what stands before is looked at then.
_MOVED = re.compile(
    rb"(<su(?:p(?<=[^\s<(\[]<sup)|b(?<=[0-9]<sub))(?:\s[^<>]{0,200})?>\s{0,20}(?:<a\s[^<>]{0,500}>)?\s{0,20})"
    rb"(\+|-|\xe2\x88\x92|\xe2\x80\x93|&minus;|&#8722;|&ndash;)?([0-9]{1,9}(?:,\s?[0-9]{1,9}){0,9})"
    rb"(?=\s{0,20}(?:</a>)?\s{0,20}</su)",
    re.IGNORECASE,
)
_RAISED, _LOWERED = (str.maketrans("0123456789+-", digits) for digits in ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "₀₁₂₃₄₅₆₇₈₉₊₋"))


def _with_moved_digits(markup: bytes) -> bytes:
    """The markup with numbers that stand above or below the line as such."""

    def moved(found: re.Match[bytes]) -> bytes:
        table = _RAISED if found[1][3:4].lower() == b"p" else _LOWERED
        sign = "" if found[2] is None else "+" if found[2] == b"+" else "-"
        return found[1] + f"{sign}{found[3].decode()}".translate(table).encode()

    return _MOVED.sub(moved, markup)


def without_crowds(markup: bytes) -> bytes:
    """The markup with no more than `MOST_ATTRIBUTES` attributes on any element; the rest of them are left out."""
    parts: list[bytes] = []
    done = 0
    for tag in _TAG.finditer(markup):
        start, end = tag.span()
        if end - start > _LONG and (kept := _CROWD.match(markup, start, end)):
            parts += (markup[done : kept.end()], b">")
            done = end
    return b"".join((*parts, markup[done:])) if parts else markup


def parse(markup: bytes) -> tuple[HtmlElement, HTMLParser] | None:
    """The root of UTF-8 markup and the parser, which knows what went wrong; None when there is no element in it."""
    markup = _MAY_BREAK.sub(b"", markup)
    struck, strokes = _STROKE.subn(rb"<\1del", markup)  # the parser ends `s` and `strike` where a paragraph begins
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = document_fromstring(without_crowds(_with_moved_digits(struck)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if root.getnext() is not None:
        _join_roots(root)
    if _VOID_TAG.search(markup):
        _empty_void(root)
    if strokes:
        sink_strokes(root)
    if _NO_REFERENCE.search(markup):
        _clean_texts(root)
    return root, parser


def _join_roots(root: HtmlElement) -> None:
    """Puts what stands behind `</html>`, which the parser takes for a page of its own, at the end of the body."""
    body = root.find("body")
    added = [other for other in root.itersiblings() if isinstance(other.tag, str)]
    for other in added:
        (root if body is None else body).append(other)
    drop_tags(root, [part for other in added for part in (other, *other.iterchildren("head", "body"))])


def _clean_texts(root: HtmlElement) -> None:
    """Takes out of all texts what no text may hold: a tree that says it cannot be changed any more."""
    for element in root.iter():
        for name in ("text", "tail"):
            if (said := getattr(element, name)) and _NO_TEXT.search(said):
                setattr(element, name, _NO_TEXT.sub("", said))


def _empty_void(root: HtmlElement) -> None:
    """Puts what the parser took for the content of an element that can have none behind that element."""
    for element in list(root.iter(*_VOID)):
        text, element.text = element.text, None
        for child in reversed(element):
            element.addnext(child)
        if text:
            element.tail = text + (element.tail or "")
