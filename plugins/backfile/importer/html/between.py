"""What an extraction leaves out between two texts that it keeps: a heading above the second, a figure."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from backfile.importer.html.boxes import HEADED
from backfile.importer.html.gaps import FURNITURE, Beginnings, first_letters, letters_in, named
from backfile.importer.html.words import letters_of
from backfile.importer.moments import DATE

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TEXTS = ("p", "li", "dd", "blockquote", "pre")
_APART = frozenset({"a", "li", "figure", "table"})
_ELSEWHERE = ("nav", "aside", "footer", "form", "menu", "button", "dialog")
_LONGEST, _FEW, _TITLE = 200, 4, 1_000
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af|автор)\b", re.IGNORECASE)


class _Lost(NamedTuple):
    """What was left out, and the texts around it that are long enough to be known again."""

    part: HtmlElement
    above: HtmlElement
    below: HtmlElement


def fill_between(body: HtmlElement, root: HtmlElement, beginnings: Beginnings, standfirst: str = "") -> None:
    """Puts headings and figures back into an extracted text that stood between two texts that it has.

    The page's own heading counts as one of these; neither its title nor its `standfirst` is put below it.
    """
    says = {letters_in(part) for part in body.iter(*_HEADINGS, "h1")}
    shows = _images_in(body)
    headings = [part for part in root.iter(*_HEADINGS) if letters_in(part) not in says and _may_belong(part)]
    figures = [part for part in root.iter("figure") if (images := _images_in(part)) and images.isdisjoint(shows)]
    if not headings and not figures:
        return
    places = {letters: part for part in body.iter(*_TEXTS) if (letters := first_letters(part))}
    known = f"{letters_of(standfirst)} {letters_of((root.findtext('.//title') or '')[:_TITLE])}"
    lost = {part for part in headings if letters_in(part) not in known}
    for figure in figures:
        if (caption := places.get(beginnings[figure])) is not None:
            _put_images(figure, caption)
        elif _may_belong(figure):
            lost.add(figure)
    for part, above, below in _between(root, lost, beginnings):
        place = places.get(beginnings[below])
        if place is None or not (above.tag == "h1" or beginnings[above] in places) or not _belongs(part, below):
            continue
        if above.tag != "h1" or not _is_byline(part):
            _put(part, place if _is_in_item(part) and place.tag == "p" else _outermost(place, body))


def _put_images(figure: HtmlElement, caption: HtmlElement) -> None:
    """Puts the images of a figure above its words, which stand in the text."""
    for image in figure.iter("img"):
        caption.addprevious(_copied(image))


def _images_in(part: HtmlElement) -> set[tuple[str, str]]:
    """The images in a part, by address; those that keep the place of a medium by that of the medium."""
    return {(image.get("src") or "", image.get("title") or "") for image in part.iter("img")}


def _put(part: HtmlElement, place: HtmlElement) -> None:
    """Puts a heading or figure above a text; no heading below one that says the beginning of it."""
    before = place.getprevious()
    told = before is not None and before.tag in _HEADINGS and letters_in(before) in letters_in(part)
    if part.tag == "figure" or not told:
        place.addprevious(_copied(part))


def _copied(part: HtmlElement) -> HtmlElement:
    new = copy.deepcopy(part)
    new.tail = None
    return new


def _between(root: HtmlElement, lost: set[HtmlElement], beginnings: Beginnings) -> Iterator[_Lost]:
    above: HtmlElement | None = None
    waiting: list[HtmlElement] = []
    for part in root.iter(*_TEXTS, *_HEADINGS, "h1", "figure"):
        if part in lost:
            waiting.append(part)
        elif part.tag == "h1":
            above, waiting = part, []
        elif part.tag in _TEXTS and beginnings[part]:
            yield from (_Lost(one, above, part) for one in waiting if above is not None)
            above, waiting = part, []


def _may_belong(part: HtmlElement) -> bool:
    """False for what its names, or what it stands in, tell to be none of the text."""
    return next(part.iterancestors(*_ELSEWHERE), None) is None and not FURNITURE.search(named(part))


def _is_byline(heading: HtmlElement) -> bool:
    """True for what says, right below the title, who wrote the text, or when."""
    words = "".join(heading.itertext()).strip()
    return bool(_BY.match(words) or DATE.search(words))


def _is_in_item(part: HtmlElement) -> bool:
    parent = part.getparent()
    return parent is not None and parent.tag == "li"


def _belongs(part: HtmlElement, below: HtmlElement) -> bool:
    """True for a heading or figure beside the text below it, or alone in a box beside it; none that leads elsewhere."""
    letters, parent = letters_in(part), part.getparent()
    if len(letters) > _LONGEST or parent is None:
        return False
    around = set(below.iterancestors())
    if parent not in around:
        parent = parent.getparent() if len(parent) <= _FEW and letters_in(parent) == letters else None
    if parent is None or parent not in around:
        return False
    if any(one.tag in _APART for one in part.iterancestors() if one not in around):
        return False
    if part.tag == "figure":
        return True
    linked = sum(len(letters_in(link)) for link in part.iter("a"))
    return 2 * linked < len(letters) and not HEADED.match("".join(part.itertext()).strip())


def _outermost(part: HtmlElement, body: HtmlElement) -> HtmlElement:
    """The part of a text that has another in it, so that nothing is put into a list."""
    for around in part.iterancestors():
        if around is body:
            break
        part = around
    return part
