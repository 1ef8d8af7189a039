"""Comments in one paragraph, in which a break parts who wrote and when from what they say.

    <p> <b>Ann</b>, 4 May 2012 <br> I took that boat. </p>
    <p> I took that boat. <br> Ann | 4 May 2012 </p>

The line with the date becomes an element, as it is on other pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from backfile.importer.distances import NEARBY
from backfile.importer.html.gaps import INLINE
from backfile.importer.html.words import COMMENT_STEM, letters_of
from backfile.importer.moments import find_date

_HOLDERS = ("p", "li", "div", "td", "dd")
_LONGEST, _MOST_PARTS = 120, 30


@dataclass(slots=True)
class _Line:
    """What stands behind a break, or before the first one: words, then elements with words behind them."""

    words: str
    after: HtmlElement | None
    elements: list[HtmlElement] = field(default_factory=list)

    @property
    def beginning(self) -> str:
        """So much of its words as tells whether it says who and when, and nothing else."""
        said = self.words
        for element in islice(self.elements, _MOST_PARTS):
            said += "".join(islice(element.itertext(), _MOST_PARTS))[:_LONGEST] + (element.tail or "")
            if len(said) > _LONGEST:
                break
        return said[: _LONGEST + 1]

    @property
    def is_dated(self) -> bool:
        """True for a short line with a date in its bare words."""
        if len(self.elements) > _MOST_PARTS or any(element.tag not in INLINE for element in self.elements):
            return False
        bare = (self.words, *(element.tail or "" for element in self.elements))
        dated = any(find_date(text) or NEARBY.search(text) for text in bare if len(text) <= _LONGEST)
        return dated and len(self.beginning) <= _LONGEST


def part_heads(root: HtmlElement) -> None:
    """Puts the first or the last line of each such paragraph in what is named as comments into a `span`."""
    named: dict[HtmlElement, bool] = {}
    parted = dict.fromkeys(br.getparent() for br in root.iter("br"))
    for holder in list(parted):
        if holder is not None and holder.tag in _HOLDERS and _stands_in_comments(holder, named):
            _part(holder)


def _stands_in_comments(holder: HtmlElement, named: dict[HtmlElement, bool]) -> bool:
    """True for what is, or stands in, an element that is named as comments; `named` remembers of which it is known."""
    way: list[HtmlElement] = []
    found = False
    for element in (holder, *holder.iterancestors()):
        if element in named:
            found = named[element]
            break
        way.append(element)
        if COMMENT_STEM.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            found = element.tag not in ("html", "body", "main", "article")
            break
    named.update(dict.fromkeys(way, found))
    return found


def _part(holder: HtmlElement) -> None:
    lines = [line for line in _lines_of(holder) if letters_of(line.beginning)]
    dated = [line for line in lines if line.is_dated]
    if len(lines) > 1 and len(dated) == 1 and (dated[0] is lines[0] or dated[0] is lines[-1]):
        _wrap(holder, dated[0])


def _lines_of(holder: HtmlElement) -> Iterator[_Line]:
    line = _Line(holder.text or "", None)
    for child in holder:
        if child.tag == "br":
            yield line
            line = _Line(child.tail or "", child)
        else:
            line.elements.append(child)
    yield line


def _wrap(holder: HtmlElement, line: _Line) -> None:
    head = holder.makeelement("span", {"class": "meta"})
    head.text = line.words
    if line.after is None:
        holder.text = None
        holder.insert(0, head)
    else:
        line.after.tail = None
        line.after.addnext(head)
    head.extend(line.elements)
