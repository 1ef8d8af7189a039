"""Hands parts of a page that lxml has parsed over to BeautifulSoup, without parsing them again.

BeautifulSoup's own way is to be told of each start, text and end by a parser, and to work out where it stands. Here
that is known, so the nodes are linked at once: the same tree in a third of the time, which counts where there are many
comments.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString, PageElement, Tag
from lxml.html import HtmlElement

from backfile.importer import limits

_BUILDER = HTMLTreeBuilder(multi_valued_attributes={})  # classes stay as they are written
_SPACES = BeautifulSoup.ASCII_SPACES


@lru_cache(maxsize=256)
def _empty(name: str) -> dict[str, Any]:
    """What an element of that name is, apart from its attributes, its contents and its place."""
    return dict(vars(Tag(builder=_BUILDER, name=name)))


class _Growing:
    """A tree that grows in document order."""

    def __init__(self) -> None:
        self.document = self._made(BeautifulSoup.ROOT_TAG_NAME, {})
        self.document.hidden = True
        self._open = [self.document]
        self._verbatim: list[str] = []  # open elements that keep their white space
        self._kinds: list[type[NavigableString]] = []  # of strings, in the open elements that have their own
        self._last: PageElement | None = None
        self._text: list[str] = []

    @staticmethod
    def _made(name: str, attributes: dict[str, str]) -> Tag:
        tag = Tag.__new__(Tag)
        tag.__dict__ = {**_empty(name), "attrs": _BUILDER.attribute_dict_class(attributes), "contents": []}
        return tag

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Opens an element."""
        if self._text:
            self._end_text()
        tag = self._made(name, attributes)
        self._place(tag)
        self._open.append(tag)
        if name in _BUILDER.preserve_whitespace_tags:
            self._verbatim.append(name)
        if name in _BUILDER.string_containers:
            self._kinds.append(_BUILDER.string_containers[name])

    def end(self, name: str) -> None:
        """Closes the last element, which is of that name."""
        if self._text:
            self._end_text()
        self._open.pop()
        if name in _BUILDER.preserve_whitespace_tags:
            self._verbatim.pop()
        if name in _BUILDER.string_containers:
            self._kinds.pop()

    def say(self, text: str) -> None:
        """Adds text, which becomes one string with what stands beside it."""
        self._text.append(text)

    def _end_text(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not self._verbatim and not text.strip(_SPACES):
            text = "\n" if "\n" in text else " "
        self._place((self._kinds[-1] if self._kinds else NavigableString)(text))

    def _place(self, part: PageElement) -> None:
        parent, last = self._open[-1], self._last
        part.parent, part.previous_element = parent, last
        if last is not None:
            last.next_element = part
        if parent.contents:
            beside = part.previous_sibling = parent.contents[-1]
            beside.next_sibling = part
        parent.contents.append(part)
        self._last = part

    def grown(self) -> Tag:
        """The finished document."""
        if self._text:
            self._end_text()
        return self.document


def graft(*roots: HtmlElement, without: Collection[HtmlElement] = (), tails: bool = False) -> Tag:
    """A document of elements and what is in them, leaving out the elements of `without` (not their tails).

    With `tails` it has the text behind each of them, too.
    """
    growing = _Growing()
    stack: list[tuple[HtmlElement, bool, int]] = [(root, False, 0) for root in reversed(roots)]
    ends, left_out, deepest = set() if tails else set(roots), frozenset(without), limits.current.depth
    while stack:
        element, leaves, depth = stack.pop()  # deeper markup is flattened: its text stays, its nesting does not
        name = element.tag
        if not leaves and isinstance(name, str) and element not in left_out:
            if depth < deepest:
                growing.start(name, dict(element.items()))
            if text := element.text:
                growing.say(text)
            stack.append((element, True, depth))
            stack.extend([(child, False, depth + 1) for child in reversed(element)])
            continue
        if leaves and depth < deepest:
            growing.end(name)
        if element not in ends and (tail := element.tail):
            growing.say(tail)
    return growing.grown()
