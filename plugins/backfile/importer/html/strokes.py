"""Words that were struck through, wherever the mark of that begins and ends."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from backfile.importer.html.commonmark import BLOCKS, STRUCK

_UNSEEN = frozenset({"script", "style", "textarea", "title", "option"})


def sink_strokes(root: HtmlElement) -> None:
    """Strikes the words of each paragraph, where a whole run of paragraphs stands in one mark; that becomes a `span`.

    Whoever reads lines then finds the mark in each of them.
    """
    wide = _wide_strokes(root)
    if not wide:
        return
    slots: list[tuple[HtmlElement, str]] = []
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += element in wide
            if depth and element.text and element.tag not in _UNSEEN:
                slots.append((element, "text"))
        else:
            depth -= element in wide
            if depth and element.tail:
                slots.append((element, "tail"))
    for element, where in slots:
        _strike(element, where)
    for stroke in wide:
        stroke.tag = "span"


def _wide_strokes(root: HtmlElement) -> set[HtmlElement]:
    """The marks that stand round blocks."""
    wide: set[HtmlElement] = set()
    seen: set[HtmlElement] = set()
    for element in root.iter(*BLOCKS):
        for outer in element.iterancestors():
            if outer in seen:
                break
            seen.add(outer)
            if outer.tag in STRUCK:
                wide.add(outer)
    return wide


def _strike(element: HtmlElement, where: str) -> None:
    """Puts a text of the element, or the one behind it, in a mark of its own."""
    words = getattr(element, where)
    if not words.strip():
        return
    stroke = element.makeelement("del")
    stroke.text = words
    setattr(element, where, None)
    if where == "text":
        element.insert(0, stroke)
    else:
        element.addnext(stroke)
