"""Paragraphs of text in which none is marked as one: two breaks end them, and whatever else begins a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml.html import HtmlElement

from backfile.importer.html.dropping import drop_tags
from backfile.importer.html.gaps import INLINE, PROSE, letters_in
from backfile.importer.html.words import letters_of

_HOLDERS = frozenset("div td article section main center body".split())
_COMPLAINT = re.compile(r"(?:php)?(?:strictstandards|deprecated|warning|notice|fatalerror|parseerror).*online\d+$")
"""What PHP has to say of a program, in letters: it stands on the page itself, before all else."""
_SHARE = 5
_WITHIN = INLINE | {"label"}
_WRAPPERS = ("font", "span")
_FEWEST = 2

_Node: TypeAlias = HtmlElement | str


def mark_paragraphs(root: HtmlElement) -> None:
    """Makes paragraphs of what two breaks part, where there are some that are surely of a text."""
    for parent in _holders(root):
        groups = list(_groups(parent))
        prose = [group for group in groups if len(said := _letters(group)) >= PROSE and not _COMPLAINT.match(said)]
        if len(prose) < _FEWEST or (parent.tag == "body" and not _is_text(parent, prose)):
            continue
        _rebuild(parent, groups)


def _holders(root: HtmlElement) -> list[HtmlElement]:
    """The elements in which two breaks stand in a row; what holds all the text for its looks alone is taken away."""
    wrappers: dict[HtmlElement, None] = {}
    found: dict[HtmlElement, None] = {}
    for parent in dict.fromkeys(one.getparent() for one in root.iter("br") if _is_double(one)):
        while parent not in wrappers and parent.tag in _WRAPPERS and (around := parent.getparent()) is not None:
            wrappers[parent] = None
            parent = around
        if parent.tag in _HOLDERS:
            found[parent] = None
    drop_tags(root, wrappers)
    return list(found)


def _is_double(one: HtmlElement) -> bool:
    following = one.getnext()
    return following is not None and following.tag == "br" and not (one.tail or "").strip()


def _groups(parent: HtmlElement) -> Iterator[list[_Node]]:
    """What stands in an element: runs of words and what is inline, and each block as a group of its own."""
    group: list[_Node] = [parent.text or ""]
    for child in parent:
        if child.tag not in _WITHIN and isinstance(child.tag, str):
            yield group
            yield [child]
            group = []
        elif child.tag == "br" and _is_double(child):
            yield group
            group = []
        elif child.tag != "br" or any(map(_says, group)):  # none at the beginning of a paragraph
            group.append(child)
        group.append(child.tail or "")
    yield group


def _is_text(page: HtmlElement, prose: Sequence[Sequence[_Node]]) -> bool:
    """True where what stands bare in a page is much of what it says."""
    return _SHARE * sum(len(_letters(group)) for group in prose if _is_run(group)) > len(letters_in(page))


def _is_run(group: Sequence[_Node]) -> bool:
    """False for a block."""
    return len(group) != 1 or isinstance(group[0], str) or group[0].tag in _WITHIN


def _says(node: _Node) -> bool:
    return bool(node.strip()) if isinstance(node, str) else node.tag != "br"


def _letters(group: Sequence[_Node]) -> str:
    return letters_of("".join(node if isinstance(node, str) else "".join(node.itertext()) for node in group))


def _rebuild(parent: HtmlElement, groups: Sequence[Sequence[_Node]]) -> None:
    """Puts the groups there, those that say something as paragraphs."""
    parent.text = None
    parent[:] = []
    for group in groups:
        first = group[0]
        if not isinstance(first, str) and not _is_run(group):
            first.tail = None
            parent.append(first)
        elif any(map(_says, group)):
            parent.append(_paragraph(parent, group))


def _paragraph(parent: HtmlElement, group: Sequence[_Node]) -> HtmlElement:
    made: HtmlElement = parent.makeelement("p")
    for node in group:
        if not isinstance(node, str):
            node.tail = None
            made.append(node)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + node
        else:
            made.text = (made.text or "") + node
    return made
