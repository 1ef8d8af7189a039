"""What belongs to an article above its first paragraph and below its last: lead image, standfirst, corrections.

An extraction begins and ends with prose. What stands between the heading and the text is put before it: a figure, and
what is named as a standfirst; and from both sides what says that it corrects the article, or is the editor's note.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from backfile.importer.html.gaps import FURNITURE, KNOWN, Told, letters_in, named
from backfile.importer.html.words import letters_of

_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|sub-?titles?|sub-?head(?:line|ing)?|dek|deck|lede|chapeau|chapo|vorspann|strapline|ingress"
    r"|untertitel|unterzeile|sottotitolo|entradilla|bajada|manchet|underrubrik|intro(?:text)?|p-summary)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOTED = re.compile(
    r"(?:^|[\s_-])(?:corrections?|clarifications?|errat(?:um|a)|retraction|korrektur|berichtigung|rectificatif"
    r"|editors?-?notes?|redaktionshinweis)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:corrections?|clarification|retraction|erratum|update[ds]?|editor(?:['’]s|s['’]|ial) note|korrektur"
    r"|berichtigung|rectificatif|mise à jour|correctif|corrección|fe de erratas|actualización|rettifica|errata corrige"
    r"|aggiornamento|correctie|rectificatie|rättelse|rettelse|korjaus|sprostowanie|исправление)\s*[:(–—-]"
    r"|this (?:article|story|post|piece) (?:was|has been) (?:amended|updated|corrected|changed|edited)"
    r"|an earlier version of this (?:article|story|post|piece)|in einer (?:früheren|vorherigen) (?:version|fassung)"
    r"|(?:anmerkung|hinweis) der redaktion|anm\. ?d\. ?red|note de la rédaction"
    r"|dans une version (?:antérieure|précédente)|nota (?:del editor|de la redacción)"
    r"|nota della redazione|noot van de redactie|примечание редакции",
    re.IGNORECASE,
)
_LINES = ("p", "div", "section", "aside", "small", "em", "i", "strong", "h2", "h3", "h4", "blockquote")
_HOLDERS = ("article", "main")
_APART = frozenset({"nav", "aside", "footer", "form", "menu", "a", "li", "button"})
_FEWEST, _MOST_LETTERS = 12, 1_500
_MOST_ELEMENTS, _MOST_FOUND = 4_000, 6


def fill_ends(body: HtmlElement, root: HtmlElement, standfirst: str) -> None:
    """Puts before and after an extracted text what belongs to it there; no `standfirst` that is known already."""
    told = Told(body)
    kept = [part for part in root.iter("p") if len(said := letters_in(part)) >= KNOWN and told.block(said) is not None]
    if not kept:
        return
    whole = list(root.iter())
    places = {element: place for place, element in enumerate(whole)}
    first, last = places[kept[0]], places[kept[-1]]
    heading = max((place for part in root.iter("h1") if (place := places[part]) < first), default=-1)
    above = whole[heading + 1 : first] if heading >= 0 and first - heading < _MOST_ELEMENTS else []
    known = letters_of(standfirst)
    before = [part for part in _outermost(above, heading=True, first=kept[0]) if _is_new(part, told, known)]
    holder = next(kept[-1].iterancestors(*_HOLDERS), kept[-1].getparent())
    end = places[holder] + sum(1 for _ in holder.iter()) if holder is not None else 0
    after = [part for part in _outermost(whole[last + 1 : end], heading=False) if _is_new(part, told, known)]
    has_title = heading >= 0 and len(body) > 0 and letters_in(body[0]) == letters_in(whole[heading])
    captioned = [part for number, part in enumerate(before) if not number or letters_in(part)]
    for part in reversed(captioned[:_MOST_FOUND]):
        body.insert(int(has_title), _copied(part))
    for part in after[:_MOST_FOUND]:
        body.append(_copied(part))


def _outermost(
    elements: Sequence[HtmlElement], *, heading: bool, first: HtmlElement | None = None
) -> Iterator[HtmlElement]:
    """The elements that belong to the article, none of them in another, and none round its first paragraph."""
    around = set(first.iterancestors()) if first is not None else set()
    taken: set[HtmlElement] = set()
    for element in islice(elements, _MOST_ELEMENTS):
        parent = element.getparent()
        if parent in taken:
            taken.add(element)
        elif element not in around and _belongs(element, heading=heading):
            taken.add(element)
            yield element


def _belongs(element: HtmlElement, *, heading: bool) -> bool:
    """True for a part of an article; under its `heading` those are more than below its text."""
    if element.tag == "figure":
        is_picture = heading and element.find(".//img") is not None and not FURNITURE.search(named(element))
        return is_picture and not _stands_apart(element)
    if element.tag not in _LINES or not (heading or element.tag not in ("h2", "h3", "h4")):
        return False
    names = named(element)
    is_named = bool(_NOTED.search(names)) or (heading and bool(_STANDFIRST.search(names)))
    if not is_named and not _NOTE.match("".join(islice(element.itertext(), 4)).strip()[:100]):
        return False
    letters = letters_in(element)
    linked = sum(len(letters_in(link)) for link in element.iter("a"))
    return _FEWEST <= len(letters) <= _MOST_LETTERS and 2 * linked < len(letters) and not _stands_apart(element)


def _stands_apart(element: HtmlElement) -> bool:
    """True for what is in a part of the page that is none of the article."""
    for around in element.iterancestors():
        if around.tag in (*_HOLDERS, "body"):
            break
        if around.tag in _APART or FURNITURE.search(named(around)):
            return True
    return False


def _is_new(element: HtmlElement, told: Told, known: str) -> bool:
    """True for what neither the text nor the standfirst that is `known` says, and for a figure that it has not."""
    if element.tag == "figure":
        return not any(told.shows(image.get("src") or "") for image in element.iter("img"))
    letters = letters_in(element)
    return letters not in told and letters not in known


def _copied(element: HtmlElement) -> HtmlElement:
    new = copy.deepcopy(element)
    new.tail = None
    etree.strip_elements(new, "noscript", with_tail=False)
    new.tag = "p" if new.find(".//p") is None and new.tag != "figure" else "div"
    return new
