"""The lines of an article as the page has them: paragraphs, items, headings with emphasis and links in them.

An extraction knows which lines belong to a text, but loses words of their insides: what stands behind a mark of
nothing, in a mark within a mark, in a name that it does not know. So it is shown lines of plain words and links, each
with a number at its end; what it keeps gets its insides back from the page.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from backfile.importer.html.dropping import drop_tags, drop_trees
from backfile.importer.html.gaps import INLINE, KNOWN, letters_in
from backfile.importer.html.words import letters_of

_LINES = ("p", "li", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "blockquote")
_PLAIN = tuple(INLINE - {"a", "img"})
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
"""Stand round the number of a line; no text holds them, since Unicode has no such characters."""
_MARK = re.compile(rf"{_OPEN}(\d{{1,8}}){_CLOSE}")
_KNOWN_ENDS = 12
"""Letters at one end by which a line is known that lost some at the other, or within."""


class Numbered:
    """The lines of a page by their numbers; while it is entered, plain ones with numbers stand in their places."""

    def __init__(self, root: HtmlElement) -> None:
        self.lines = [line for line in root.iter(*_LINES) if len(line) and _is_line(line) and _is_known(line)]
        self._plain: list[HtmlElement] = []

    def __enter__(self) -> None:
        for number, line in enumerate(self.lines):
            plain = copy.deepcopy(line)
            drop_tags(plain, plain.iter(*_PLAIN))
            _say_after(plain, f"{_OPEN}{number}{_CLOSE}")
            self._plain.append(plain)
            _put_for(line, plain)

    def __exit__(self, *_: object) -> None:
        for plain, line in zip(self._plain, self.lines, strict=True):
            _put_for(plain, line)


def _put_for(one: HtmlElement, other: HtmlElement) -> None:
    """Puts an element where another is, unless that was taken out meanwhile; what follows it stays there."""
    parent = one.getparent()
    if parent is not None:
        other.tail = one.tail
        parent.replace(one, other)


def restore_lines(body: HtmlElement, lines: Sequence[HtmlElement]) -> None:
    """Gives the lines of an extracted text the insides that they have in the page, and takes their numbers away."""
    for element in list(body.iter()):
        for owner, where in ((element, "text"), (element.getparent(), "tail")):
            text = getattr(element, where) or ""
            if owner is None or _OPEN not in text:
                continue
            setattr(element, where, _MARK.sub("", text))
            numbers = [int(number) for number in _MARK.findall(text)]
            if len(numbers) == 1 and numbers[0] < len(lines) and _is_line_of(owner, lines[numbers[0]]):
                _put_inside(owner, lines[numbers[0]])


def _is_known(line: HtmlElement) -> bool:
    """True for a line that is long enough to be known again; most links of a page are not."""
    return sum(map(len, line.itertext())) >= KNOWN and len(letters_in(line)) >= KNOWN


def _is_line(element: HtmlElement) -> bool:
    """True for what holds words and what stands within a line; no date, which may be none of the text."""
    return all(part.tag in INLINE and part.tag != "time" for part in element.iterdescendants("*"))


def _say_after(element: HtmlElement, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + words
    else:
        element.text = (element.text or "").rstrip() + words


def _is_line_of(owner: HtmlElement, line: HtmlElement) -> bool:
    """True where all that an element of the extracted text says is of this line, though it may have lost words."""
    said, whole = "", letters_in(line)
    for text in owner.itertext():
        said += letters_of(_MARK.sub("", text))
        if len(said) > len(whole):
            return False
    return said[:_KNOWN_ENDS] == whole[:_KNOWN_ENDS] or said[-_KNOWN_ENDS:] == whole[-_KNOWN_ENDS:]


def _put_inside(owner: HtmlElement, line: HtmlElement) -> None:
    """Puts the inside of a line there; of its images those that were kept."""
    inside = copy.deepcopy(line)
    images = {image.get("src") for image in owner.iter("img")}
    drop_trees(inside, [image for image in inside.iter("img") if image.get("src") not in images])
    owner.text = inside.text
    owner[:] = list(inside)
