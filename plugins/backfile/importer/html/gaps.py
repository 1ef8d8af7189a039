"""Paragraphs that an extraction leaves out between others that it keeps: no text ends and begins again there.

Two ways. What stands among paragraphs as one, in another element, is made one before the text is looked for. And what
was left out between two kept paragraphs of the same parent is put back: a link alone, a line in a box of its own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from backfile.importer.html.dropping import drop_tags
from backfile.importer.html.words import letters_of

INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd mark nobr q s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
"""What stands within a line."""
_BOXES = frozenset({"div", "center", "section", "address"})
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:ads?|adv|advert\w*|anzeige\w*|banner|breadcrumbs?|button|byline|comments?|cookie\w*|date|edit\w*|footer"
    r"|gyg|links?|load\w*|menu|meta\w*|more|nav\w*|newsletter\w*|notes?|pager?|pagination|partner\w*|polls?|popular|print\w*|promo\w*"
    r"|rat(?:e|ings?)|recommend\w*|related\w*|reply|share\w*|sharing|sidebar|social\w*|sponsor\w*|subscri\w*|tags?"
    r"|teaser\w*|tool\w*|video|widget\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
PROSE = 80
"""Letters of a paragraph that is surely one of a text."""
KNOWN = 25
"""Letters by which a paragraph is known again."""
_ENOUGH = 200
_FEWEST_WORDS = 8
_HEADINGS = ("h2", "h3", "h4")
_WITH_TIMES = ("p", "li", "dd", "blockquote", *_HEADINGS)
_CLOCK = re.compile(r"\d[:.h]\d\d")
_NEAR = 3
_MOST_SEARCHES = 1_000
_BLOCKS = ("p", "blockquote", "h2", "h3", "h4", "h5", "h6")


class _Line(NamedTuple):
    """A paragraph, or what stands as one."""

    element: HtmlElement
    letters: str


Run = list[_Line]
"""The paragraphs of one parent, in their order."""


def as_paragraphs(root: HtmlElement) -> list[Run]:
    """Makes paragraphs of plain boxes that stand among such; gives the paragraphs by their parents."""
    _mark_lines(root)
    _keep_times(root)
    _part_boxes(root)
    parents = list(with_paragraphs(root))
    for parent in parents:
        _wrap_bare_text(parent)
    runs = [run for parent in parents if len(run := list(_lines(parent))) > 2]
    for line in (line for run in runs for line in run):
        core = _core(line.element)
        if core.tag in _BOXES and not named(line.element):
            core.tag = "p"
    return runs


def _mark_lines(root: HtmlElement) -> None:
    """Makes paragraphs of boxes of prose that stand beside such, or beside paragraphs."""
    boxes: dict[HtmlElement, list[HtmlElement]] = {}
    for box in root.iter("div"):
        parent = box.getparent()
        if parent is not None and _is_line(box) and len(letters_in(box)) >= PROSE and not FURNITURE.search(named(box)):
            boxes.setdefault(parent, []).append(box)
    for parent, found in boxes.items():
        if len(found) > 1 or any(len(letters_in(part)) >= PROSE for part in parent.iterchildren("p")):
            for box in found:
                box.tag = "p"


def _keep_times(root: HtmlElement) -> None:
    """Keeps the dates that a paragraph tells of: an extraction takes those out that are marked as such."""
    times: dict[HtmlElement, list[HtmlElement]] = {}
    for time in root.iter("time"):
        parent = next((one for one in time.iterancestors() if one.tag not in INLINE), None)
        if parent is not None and parent.tag in _WITH_TIMES:
            times.setdefault(parent, []).append(time)
    kept: list[HtmlElement] = []
    for parent, found in times.items():
        if parent.tag in _HEADINGS and not _CLOCK.search("".join(found[0].itertext())[:40]):
            continue  # the day of the article, beside its title
        letters = len(letters_in(parent))
        alone = letters - sum(map(len, map(letters_in, found))) < _FEWEST_WORDS
        if letters >= PROSE or not (alone or parent.tag == "li" or _is_byline(parent)):
            kept += found
    drop_tags(root, kept)


def _is_byline(paragraph: HtmlElement) -> bool:
    """True for a short paragraph that stands neither between others nor below prose: it may say who wrote, and when."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    if paragraph.tag != "p" or (before is not None and after is not None and before.tag == after.tag == "p"):
        return False
    return not any(len(letters_in(one)) >= PROSE for one in islice(paragraph.itersiblings("p", preceding=True), _NEAR))


def _part_boxes(root: HtmlElement) -> None:
    """Makes paragraphs of boxes that stand after words of an item: an extraction joins the last word and the first."""
    for box in list(root.iter("div")):
        parent = box.getparent()
        if parent is not None and parent.tag in ("li", "blockquote") and _is_line(box) and _has_words(parent.text):
            box.tag = "p"


def fill_gaps(body: HtmlElement, runs: Sequence[Run]) -> None:
    """Puts paragraphs back into an extracted text that stood between two that it has."""
    told = Told(body)
    for run in runs:
        whole = {line.letters for line in run}
        kept = [len(line.letters) >= KNOWN and line.letters in told for line in run]
        if kept.count(True) < 2:
            continue
        first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
        before: _Line = run[first]
        after: HtmlElement | None = None
        for line, is_kept in zip(run[first : last + 1], kept[first : last + 1], strict=True):
            if is_kept:
                before, after = line, None
                continue
            after = told.block(before.letters) if after is None else after
            if after is None or FURNITURE.search(named(line.element)):
                continue
            following = after.getnext()
            if following is not None and told.letters(following) == line.letters:
                after = following  # too short to be known again, but in its place
            elif line.letters not in told:
                after = _put_after(after, line, whole, told)


class Told:
    """What an extracted text says, by letters."""

    def __init__(self, body: HtmlElement) -> None:
        self._letters = {block: letters for block in body.iter(*_BLOCKS) if (letters := letters_in(block))}
        self._blocks = {letters: block for block, letters in self._letters.items()}
        self._whole = letters_in(body)
        self._images = {image.get("src") for image in body.iter("img")}
        self._left = _MOST_SEARCHES

    def __contains__(self, letters: str) -> bool:
        """Whether some letters stand there in a row; of very many that are no blocks it is taken to be so."""
        if letters in self._blocks:
            return True
        self._left -= 1
        return self._left < 0 or letters in self._whole

    def letters(self, block: HtmlElement) -> str:
        """The letters of one of its blocks, nothing for what is none."""
        return self._letters.get(block, "")

    def shows(self, address: str) -> bool:
        """Whether it shows an image of that address."""
        return address in self._images

    def has_block(self, letters: str) -> bool:
        """Whether one of its blocks says these letters and no more."""
        return letters in self._blocks

    def block(self, said: str) -> HtmlElement | None:
        """The block that says some letters of a paragraph and no more, or has them in it."""
        if said in self._blocks:
            return self._blocks[said]
        self._left -= 1
        if self._left < 0:
            return None
        return next((block for letters, block in self._blocks.items() if said in letters), None)


def _put_after(block: HtmlElement, line: _Line, whole: set[str], told: Told) -> HtmlElement:
    """Puts a paragraph there, in place of pieces of it that stand there already, and are not `whole` themselves."""
    while (piece := block.getnext()) is not None and piece.tag == "p" and not _has_words(piece.tail):
        letters = told.letters(piece)
        if not letters or letters in whole or letters not in line.letters:
            break
        piece.getparent().remove(piece)
    new = copy.deepcopy(_core(line.element))
    new.tag, new.tail = "p", None
    block.addnext(new)
    return new


def with_paragraphs(root: HtmlElement) -> Iterable[HtmlElement]:
    """The elements that hold paragraphs of a text."""
    counts: dict[HtmlElement, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            counts[parent] = counts.get(parent, 0) + 1
    return [parent for parent, count in counts.items() if count > 1]


def _wrap_bare_text(parent: HtmlElement) -> None:
    """Makes paragraphs of what stands bare between those of a text: words, and what is inline in them."""
    children = list(parent)
    prose = [place for place, child in enumerate(children) if child.tag == "p" and len(letters_in(child)) >= PROSE]
    if len(prose) < 2:
        return
    before, inline = children[prose[0]], []
    for child in children[prose[0] + 1 : prose[-1] + 1]:
        if child.tag in INLINE:
            inline.append(child)
            continue
        if _is_bare_prose(before.tail or "", inline):
            made = parent.makeelement("p")
            made.text, before.tail = before.tail, None
            before.addnext(made)
            made.extend(inline)
        before, inline = child, []


def _is_bare_prose(text: str, inline: list[HtmlElement]) -> bool:
    """True for what is long enough to be known again, hardly linked, and one paragraph."""
    if any(part.tag == after.tag == "br" and not _has_words(part.tail) for part, after in pairwise(inline)):
        return False
    linked = sum(len(letters_in(link)) for part in inline for link in part.iter("a"))
    pieces = (text, *(piece for part in inline for piece in ("".join(part.itertext()), part.tail or "")))
    return len(letters := letters_of("".join(pieces))) >= KNOWN and linked * 2 < len(letters)


def _lines(parent: HtmlElement) -> Iterator[_Line]:
    """The paragraphs of an element, if some are prose."""
    found = [_Line(child, letters_in(child)) for child in parent if _is_line(child)]
    if sum(line.element.tag == "p" and len(line.letters) >= PROSE for line in found) > 1:
        yield from (line for line in found if line.letters)


def _is_line(element: HtmlElement) -> bool:
    if element.tag != "p" and element.tag not in _BOXES:
        return False
    inside = _core(element).iterdescendants()
    return all(not isinstance(part.tag, str) or part.tag in INLINE for part in inside)


def _core(element: HtmlElement) -> HtmlElement:
    """The innermost of boxes that hold nothing but one another."""
    while len(element) == 1 and element[0].tag in (*_BOXES, "p") and not _has_words(element.text, element[0].tail):
        element = element[0]
    return element


def _has_words(*texts: str | None) -> bool:
    return any(text and not text.isspace() for text in texts)


def named(element: HtmlElement) -> str:
    """The names of an element and of what it holds alone."""
    around = (element, _core(element))
    return " ".join(filter(None, (part.get(name) for part in around for name in ("class", "id", "role"))))


def letters_in(element: HtmlElement) -> str:
    """The letters and digits of all that an element says."""
    return letters_of("".join(element.itertext()))


class Beginnings(dict[HtmlElement, str]):
    """The `first_letters` of elements that do not change meanwhile, each looked for once."""

    def __missing__(self, element: HtmlElement) -> str:
        self[element] = letters = first_letters(element)
        return letters


def first_letters(element: HtmlElement) -> str:
    """Letters with which an element begins, enough to know it by; nothing for what is too short for that."""
    found = ""
    for text in element.itertext():
        found += letters_of(text[: 10 * _ENOUGH])
        if len(found) >= _ENOUGH:
            return found[:_ENOUGH]
    return found if len(found) >= KNOWN else ""
