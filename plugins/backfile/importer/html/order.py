"""The blocks of an extracted text in the order of the page: what was looked for again was put behind all else."""

from __future__ import annotations

from lxml.html import HtmlElement

from backfile.importer.html.gaps import Beginnings
from backfile.importer.html.words import letters_of

_KNOWN = tuple("p li dd dt h1 h2 h3 h4 h5 h6 blockquote pre table ul ol dl figcaption details address center".split())
_AMBIGUOUS = -1
_PREFIX = 6
"""Letters by which most blocks of a page are told from those of its text, without looking further."""


def put_in_order(body: HtmlElement, root: HtmlElement, beginnings: Beginnings) -> None:
    """Sorts the blocks that are known again by their places in the page; the others stay behind the one before them."""
    own = Beginnings()
    keys = {key for part in body.iter(*_KNOWN, "img") if (key := _key_of(part, own))}
    places = _places_in(root, beginnings, frozenset(key[:_PREFIX] for key in keys))
    for holder in [body, *body.iter("td", "th", "div")]:
        _sort(holder, places, own)


def _sort(holder: HtmlElement, places: dict[str, int], own: Beginnings) -> None:
    groups: list[tuple[int, list[HtmlElement]]] = [(_AMBIGUOUS, [])]
    for block in holder:
        found = (places.get(_key_of(part, own), _AMBIGUOUS) for part in block.iter(*_KNOWN, "img"))
        place = next((place for place in found if place > _AMBIGUOUS), _AMBIGUOUS)
        if place > _AMBIGUOUS:
            groups.append((place, [block]))
        else:
            groups[-1][1].append(block)
    known = [place for place, _ in groups]
    if known != sorted(known):
        groups.sort(key=lambda group: group[0])
        holder[:] = [block for _, group in groups for block in group]


def _places_in(root: HtmlElement, beginnings: Beginnings, prefixes: frozenset[str]) -> dict[str, int]:
    """Where in a page blocks and images stand that begin so, by letters and address; what stands twice has no place."""
    places: dict[str, int] = {}
    for place, part in enumerate(root.iter(*_KNOWN, "img")):
        if part.tag != "img" and not _may_begin(part, prefixes):
            continue
        if key := _key_of(part, beginnings):
            around = part.getparent()
            begins = around is not None and around.tag in _KNOWN and beginnings[around] == key
            places[key] = _AMBIGUOUS if key in places and not begins else places.get(key, place)
    return places


def _may_begin(part: HtmlElement, prefixes: frozenset[str]) -> bool:
    first = next((text for text in part.itertext() if not text.isspace()), "")
    letters = letters_of(first[: 10 * _PREFIX])
    return len(letters) < _PREFIX or letters[:_PREFIX] in prefixes


def _key_of(part: HtmlElement, beginnings: Beginnings) -> str:
    return part.get("src") or "" if part.tag == "img" else beginnings[part]
