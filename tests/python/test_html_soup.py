"""A part of a parsed page handed to BeautifulSoup is the tree that BeautifulSoup would have built of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import PageElement, Tag
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from backfile.importer.html.soup import graft


class ToldInOrder(HTMLTreeBuilder):
    """BeautifulSoup's own way: it is told of starts, texts and ends."""

    NAME = "told in order"

    def __init__(self, without: Collection[HtmlElement]) -> None:
        super().__init__(multi_valued_attributes={})
        self._without = set(without)

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        for root in markup:
            self._tell(root)

    def _tell(self, element: HtmlElement) -> None:
        if element in self._without or not isinstance(element.tag, str):
            return
        soup: Any = self.soup
        soup.handle_starttag(element.tag, None, None, dict(element.items()))
        if element.text:
            soup.handle_data(element.text)
        for child in element:
            self._tell(child)
            if child.tail:
                soup.handle_data(child.tail)
        soup.handle_endtag(element.tag)


def nodes(root: Tag) -> list[PageElement]:
    """All nodes in order, by the contents of each."""
    found: list[PageElement] = []
    stack: list[PageElement] = [root]
    while stack:
        node = stack.pop()
        found.append(node)
        if isinstance(node, Tag):
            stack.extend(reversed(node.contents))
    return found


def described(root: Tag) -> list[tuple[object, ...]]:
    """Every node: what it is, and the numbers of those it is linked to."""
    number = {id(node): place for place, node in enumerate(nodes(root))}
    links = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")
    return [
        (
            (node.name, dict(node.attrs), node.hidden, node.interesting_string_types, node.can_be_empty_element)
            if isinstance(node, Tag)
            else (type(node), str(node)),
            *(number.get(id(getattr(node, link))) for link in links),
        )
        for node in nodes(root)
    ]


def told(roots: list[HtmlElement], without: Collection[HtmlElement]) -> BeautifulSoup:
    return BeautifulSoup(roots, builder=ToldInOrder(without))  # type: ignore[arg-type]


TAGS = st.sampled_from(
    ["div", "p", "b", "span", "pre", "textarea", "script", "style", "template", "br", "a", "li", "ruby", "rt"]
)
TEXTS = st.sampled_from(["", " ", "\n ", "said Ann", " two ", "a\tb", "\u00a0", "&amp;"])


def markup(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    written = st.builds("<{0} class='x y' id='{2}'>{1}</{0}>{2}".format, TAGS, children, TEXTS)
    return st.lists(st.one_of(written, TEXTS), max_size=4).map("".join)


@given(st.recursive(TEXTS, markup, max_leaves=25), st.sets(st.integers(0, 30)))
def test_the_tree_is_the_one_that_beautifulsoup_would_build(text: str, left_out: set[int]) -> None:
    root = document_fromstring(f"<html><body><div>{text}</div></body></html>")
    elements = list(root.iter())
    without = [element for place, element in enumerate(elements) if place in left_out and place]
    assert described(graft(root, without=without)) == described(told([root], without))
    body = list(root.find("body"))
    assert described(graft(*body)) == described(told(body, ()))


@pytest.mark.parametrize("tag", ["div", "pre"])
def test_what_is_taken_out_leaves_the_rest_linked(tag: str) -> None:
    root = document_fromstring(f"<{tag}>one <b>two</b> <i>three<b>four</b></i> five</{tag}>")
    ours, theirs = graft(root), told([root], ())
    for soup in (ours, theirs):
        for part in soup.find_all("b"):
            part.decompose()
        soup.find("i").unwrap()  # type: ignore[union-attr]
    assert described(ours) == described(theirs)
    assert [str(one) for one in ours.descendants] == [str(one) for one in theirs.descendants]
