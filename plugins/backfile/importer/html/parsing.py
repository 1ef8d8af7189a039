"""Makes a tree of markup, with every element of one class: asking what class each should be costs much time."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)

MOST_ATTRIBUTES = 1000
"""Of one element: each is compared with all others of it."""
_LONG = 2 * MOST_ATTRIBUTES
# Both match at once whatever comes, and never look back: so no markup makes them go over it again.
_TAG = re.compile(rb"<[A-Za-z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>?+")
_ATTRIBUTE = rb"[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_CROWD = re.compile(rb"<[^\s/>]++(?:" + _ATTRIBUTE + rb"){%d}" % MOST_ATTRIBUTES)


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
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return document_fromstring(without_crowds(markup), parser=parser), parser
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
