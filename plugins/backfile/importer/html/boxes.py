"""Boxes that stand between two paragraphs of an article and belong to it: pull quotes, facts, tables, posts of others.

An extraction leaves out what is called an aside, and much else that is no plain paragraph. It is put back where it
stood, but for furniture: what is named so, or headed so, has fields to fill in, or is mostly links.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from backfile.importer.html.gaps import FURNITURE, KNOWN, Told, letters_in, named, with_paragraphs
from backfile.importer.html.keeping import kept

_BOXES = frozenset("aside div section article table figure dl ul ol details fieldset blockquote center pre".split())
_PARTS = ("p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "h2", "h3", "h4", "h5", "h6", "div")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LINES = ("p", *_HEADINGS)
_LISTS = ("ul", "ol")
_NEVER = ("nav", "form", "footer", "menu", "dialog")
_FIELDS = ("input", "select", "textarea")
_MOST_AROUND = 8
_FEWEST, _MOST_LETTERS, _MOST_ELEMENTS = 12, 6_000, 600
_MOST_BOXES = 200
HEADED = re.compile(
    r"related|read (?:more|also|next|on)|more (?:on|from|about|stories|news|in)|see also|also read|recommended"
    r"|you (?:may|might)|don['’]t miss|most (?:read|popular|viewed)|popular|trending|top stories|latest|newsletter"
    r"|sign up|subscribe|follow us|share|advert|sponsored|promot|support (?:us|our)|donate|watch:|listen:"
    r"|lesen sie|lies auch|mehr (?:zum|dazu|aus|von|über)|siehe auch|auch interessant|das könnte|zum thema|weitere"
    r"|anzeige|werbung|meistgelesen|empfohlen|jetzt abonnieren"
    r"|lire (?:aussi|la suite|plus)|à lire|voir aussi|sur le même|publicité|abonnez"
    r"|leer (?:más|también)|lea también|te puede|ver también|publicidad|leggi anche|potrebbe|pubblicità"
    r"|lees (?:ook|meer)|læs også|les også|läs (?:mer|också)|читайте|по теме|реклама|czytaj",
    re.IGNORECASE,
)
"""The first words of a box that leads to other articles, or sells something."""


def asking(root: HtmlElement) -> frozenset[HtmlElement]:
    """The elements in which there are fields to fill in, before these are taken out."""
    fields = (field for field in root.iter(*_FIELDS) if field.get("type") != "hidden")
    return frozenset(around for field in fields for around in islice(field.iterancestors(), _MOST_AROUND))


def fill_boxes(body: HtmlElement, root: HtmlElement, asks: frozenset[HtmlElement]) -> None:
    """Puts boxes back into an extracted text that stood between two paragraphs that it has, and lists at its ends.

    None of those that `asks`.
    """
    parents = [parent for parent in with_paragraphs(root) if any(child.tag in _BOXES for child in parent)]
    told = Told(body) if parents else None
    left = _MOST_BOXES
    for children in map(list, parents):
        blocks = [_block_of(child, told) if told else None for child in children]
        places = [place for place, block in enumerate(blocks) if block is not None]
        if told is None or len(places) < 2:
            continue
        after = first = blocks[places[0]]
        for place in range(places[0], len(children)):
            child = children[place]
            announced = child.tag in _LISTS and _announces(children[place - 1])
            if child.tag in _LINES:
                after = blocks[place] if blocks[place] is not None else _passed(after, child, told)
            elif place > places[-1] and not (announced or _has_prose(child)):
                break
            elif after is not None and left and child not in asks and _belongs(child, told, announced):
                after.addnext(new := _copied(child))
                after, left = new, left - 1
        for child in reversed(children[: places[0]]):
            if first is None or child in asks or not (_has_prose(child) and _belongs(child, told, announced=False)):
                break
            first.addprevious(new := _copied(child))
            first = new


def _copied(box: HtmlElement) -> HtmlElement:
    new = copy.deepcopy(box)
    new.tag, new.tail = "div" if box.tag in ("aside", "fieldset") else box.tag, None
    etree.strip_elements(new, "noscript", with_tail=False)
    for part in new.iter():
        kept(part)
    return new


def _has_prose(box: HtmlElement) -> bool:
    """True for a list of words that are hardly linked: right above or below a text it is one of its parts."""
    if box.tag not in _LISTS or len(letters := letters_in(box)) < 2 * KNOWN:
        return False
    return 4 * sum(len(letters_in(link)) for link in box.iter("a")) <= len(letters)


def _announces(element: HtmlElement) -> bool:
    """True for a line that says that something of the article follows: the links that it was written for."""
    if element.tag not in _LINES:
        return False
    text = "".join(element.itertext()).strip()
    return (text.endswith((":", "：")) or element.tag != "p") and not HEADED.match(text)


def _passed(after: HtmlElement | None, line: HtmlElement, told: Told) -> HtmlElement | None:
    """The block after which a box goes, behind a line that is too short to be known by its words alone."""
    following = after.getnext() if after is not None else None
    is_there = following is not None and following.tag in _LINES and told.letters(following) == letters_in(line)
    return following if is_there else after


def _block_of(element: HtmlElement, told: Told) -> HtmlElement | None:
    """The block of the text that is a paragraph, or has it in it."""
    letters = letters_in(element) if element.tag == "p" else ""
    return told.block(letters) if len(letters) >= KNOWN else None


def _belongs(box: HtmlElement, told: Told, announced: bool) -> bool:
    """True for a box of the article of which nothing has come through; a list of links alone has to be `announced`."""
    if box.tag not in _BOXES or next(islice(box.iter(), _MOST_ELEMENTS, None), None) is not None:
        return False
    letters = letters_in(box)
    if not _FEWEST <= len(letters) <= _MOST_LETTERS or letters in told:
        return False
    linked = sum(len(letters_in(link)) for link in box.iter("a"))
    if 2 * linked > len(letters) and box.tag != "blockquote" and not (announced and _leads_away(box)):
        return False
    if next(box.iter(*_NEVER), None) is not None or _is_furniture(box):
        return False
    pieces = filter(None, map(letters_in, box.iter(*_PARTS)))
    return not any(piece in told if len(piece) >= KNOWN else told.has_block(piece) for piece in pieces)


def _leads_away(box: HtmlElement) -> bool:
    """True for a list of links, but for a table of contents."""
    links = [link.get("href") or "" for link in box.iter("a")]
    return box.tag in _LISTS and not all(link.startswith("#") for link in links)


def _is_furniture(box: HtmlElement) -> bool:
    """True for what is named or headed as a thing of the page, or is not shown."""
    names: Iterable[str] = (
        named(part) for part in box.iter("aside", "div", "section", "ul", "ol", "figure", "table", "article")
    )
    if any(FURNITURE.search(name) for name in names):
        return True
    first = next((text.strip() for text in box.itertext() if text.strip()), "")
    return bool(HEADED.match(first)) or "none" in (box.get("style") or "").partition("display")[2][:8]
