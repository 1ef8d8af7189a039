"""Hands parts of a page that lxml has parsed over to BeautifulSoup, without parsing them again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from lxml.html import HtmlElement

from backfile.importer import limits


class _ParsedTree(HTMLTreeBuilder):
    """Builds a soup from an element of lxml's tree, leaving out some of the elements in it."""

    NAME = "lxml-tree"

    def __init__(self, without: Collection[HtmlElement]) -> None:
        super().__init__(multi_valued_attributes={})  # classes stay as they are written
        self._without = set(without)

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        """There is nothing to decode."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Walks the element as a parser would report it. The tails of elements left out are kept."""
        soup: Any = self.soup
        stack: list[tuple[HtmlElement, bool, int]] = [(root, False, 0) for root in reversed(markup)]
        roots, deepest = set(markup), limits.current.depth
        while stack:
            element, leaves, depth = stack.pop()  # deeper markup is flattened: its text stays, its nesting does not
            if not leaves and isinstance(element.tag, str) and element not in self._without:
                if depth < deepest:
                    soup.handle_starttag(element.tag, None, None, dict(element.items()))
                if element.text:
                    soup.handle_data(element.text)
                stack.append((element, True, depth))
                stack.extend((child, False, depth + 1) for child in reversed(element))
                continue
            if leaves and depth < deepest:
                soup.handle_endtag(element.tag)
            if element.tail and element not in roots:
                soup.handle_data(element.tail)


def graft(*roots: HtmlElement, without: Collection[HtmlElement] = ()) -> BeautifulSoup:
    """A soup of elements and what is in them, leaving out the elements of `without` (not their tails)."""
    return BeautifulSoup(roots, builder=_ParsedTree(without))  # type: ignore[arg-type]
