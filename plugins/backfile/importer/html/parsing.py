"""Makes a tree of markup, with every element of one class: asking what class each should be costs much time."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse(markup: bytes) -> tuple[HtmlElement, HTMLParser] | None:
    """The root of UTF-8 markup and the parser, which knows what went wrong; None when there is no element in it."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return document_fromstring(markup, parser=parser), parser
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
