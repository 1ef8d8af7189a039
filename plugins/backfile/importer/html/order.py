"""The blocks of an extracted text in the order of the page: what was looked for again was put behind all else."""

from __future__ import annotations

from lxml.html import HtmlElement

from backfile.importer.html.gaps import Beginnings, first_letters

_KNOWN = tuple("p li dd dt h1 h2 h3 h4 h5 h6 blockquote pre table ul ol dl figcaption details address center".split())
_AMBIGUOUS = -1


def put_in_order(body: HtmlElement, root: HtmlElement, beginnings: Beginnings) -> None:
    """Sorts the blocks that are known again by their places in the page; the others stay behind the one before them."""
    places = _places_in(root, beginnings)
    for holder in [body, *body.iter("td", "th", "div")]:
        _sort(holder, places)


def _sort(holder: HtmlElement, places: dict[str, int]) -> None:
    groups: list[tuple[int, list[HtmlElement]]] = [(_AMBIGUOUS, [])]
    for block in holder:
        place = _place_of(block, places)
        if place > _AMBIGUOUS:
            groups.append((place, [block]))
        else:
            groups[-1][1].append(block)
    known = [place for place, _ in groups]
    if known != sorted(known):
        groups.sort(key=lambda group: group[0])
        holder[:] = [block for _, group in groups for block in group]


def _places_in(root: HtmlElement, beginnings: Beginnings) -> dict[str, int]:
    """Where in a page its blocks and images stand, by their letters and addresses; what stands twice has no place."""
    places: dict[str, int] = {}
    for place, part in enumerate(root.iter(*_KNOWN, "img")):
        if key := (part.get("src") or "") if part.tag == "img" else beginnings[part]:
            around = part.getparent()
            begins = around is not None and around.tag in _KNOWN and beginnings[around] == key
            places[key] = _AMBIGUOUS if key in places and not begins else places.get(key, place)
    return places


def _place_of(block: HtmlElement, places: dict[str, int]) -> int:
    found = (places.get(key, _AMBIGUOUS) for part in block.iter() if (key := _key_of(part)))
    return next((place for place in found if place > _AMBIGUOUS), _AMBIGUOUS)


def _key_of(part: HtmlElement) -> str:
    return part.get("src") or "" if part.tag == "img" else first_letters(part)
