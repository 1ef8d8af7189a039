"""Tells what stands aside on a page: sidebars, and lists of the newest comments on other pages."""

from __future__ import annotations

from lxml.html import HtmlElement

from backfile.importer.html.outline import Outline
from backfile.importer.html.words import COMMENT_STEM, NOT_SECTION, words

_BESIDE = frozenset(
    "has with no content main full left right text page layout active".split()
)  # "has-sidebar" is not one


def elsewhere(page: Outline, element: HtmlElement) -> bool:
    """True inside a small part of the page that is named as a sidebar or a list of the newest comments."""
    whole = page.text_in(0, len(page.elements))
    way: list[HtmlElement] = []
    aside = False
    for ancestor in (element, *element.iterancestors()):
        if ancestor in page.aside or ancestor.tag in ("body", "html", "main") or ancestor not in page.places:
            aside = page.aside.get(ancestor, False)
            break
        way.append(ancestor)
        if ancestor.tag in ("nav", "aside") or _names_aside(ancestor):
            place = page.places[ancestor]
            if page.text_in(place, page.ends[place]) < whole / 3:
                aside = True
                break
    page.aside.update(dict.fromkeys(way, aside))
    return aside


def _names_aside(element: HtmlElement) -> bool:
    for attribute in ("class", "id"):
        for token in (element.get(attribute) or "").split()[:12]:
            found = words(token)
            if (
                found & NOT_SECTION
                and not found & _BESIDE
                and not (COMMENT_STEM.search(token) and "recent" not in token)
            ):
                return True
    return False
