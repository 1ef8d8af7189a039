"""Takes many elements out of a tree at once.

Where they go one by one (lxml's `drop_tag`, `drop_tree`), each has its place among its neighbours counted, and all the
text before it copied. Where they are stripped (`strip_tags`), each leaves the text behind it in a node of its own, and
whoever asks for the text then walks past all of these again and again.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

_TAKEN = "TAKEN"
"""A name that no page gives to an element: of what is written a parser makes small letters."""


def drop_tags(root: HtmlElement, elements: Iterable[HtmlElement]) -> None:
    """Puts what `elements` below `root` hold in their places."""
    _drop(root, elements, keeps_inside=True)


def drop_trees(root: HtmlElement, elements: Iterable[HtmlElement]) -> None:
    """Takes `elements` below `root` out with all that they hold; what follows them stays."""
    _drop(root, elements, keeps_inside=False)


def _drop(root: HtmlElement, elements: Iterable[HtmlElement], *, keeps_inside: bool) -> None:
    taken = list(elements)
    for element in taken:
        element.tag = _TAKEN
    parents = dict.fromkeys(element.getparent() for element in taken)
    outer = [parent for parent in parents if parent is not None and parent.tag != _TAKEN]
    joined = [one for parent in outer for one in _joined(parent, keeps_inside=keeps_inside)]
    if keeps_inside:
        etree.strip_tags(root, _TAKEN)
    else:
        etree.strip_elements(root, _TAKEN, with_tail=False)
    for owner, where, text in joined:
        setattr(owner, where, text)


def _joined(parent: HtmlElement, *, keeps_inside: bool) -> list[tuple[HtmlElement, str, str | None]]:
    """The texts of an element, and behind its children, once some of these are taken out; theirs are taken away."""
    found: list[tuple[HtmlElement, str, str | None]] = []
    owner, where, pieces = parent, "text", [parent.text]
    stack = [iter(parent)]
    around: list[HtmlElement] = []
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            if around:
                done = around.pop()
                pieces.append(done.tail)
                done.tail = None
        elif child.tag != _TAKEN:
            if len(pieces) > 1:
                found.append((owner, where, "".join(filter(None, pieces)) or None))
            owner, where, pieces = child, "tail", [child.tail]
        elif keeps_inside:
            pieces.append(child.text)
            child.text = None
            around.append(child)
            stack.append(iter(child))
        else:
            pieces.append(child.tail)
            child.tail = None
    if len(pieces) > 1:
        found.append((owner, where, "".join(filter(None, pieces)) or None))
    return found
