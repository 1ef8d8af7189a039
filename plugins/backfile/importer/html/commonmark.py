"""HTML turned into CommonMark that says the same and nothing more.

Text is escaped, so that whatever it looks like, it reads back as text. Of the markup only what carries
meaning stays: paragraphs, breaks, headings, quotations, lists, tables, code, emphasis, struck words, links to http,
https or mailto. Everything else gives its text. Emphasis that CommonMark could not tell from asterisks is let go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bs4.element import CData, NavigableString, PreformattedString, Tag

from backfile.importer.html.grids import LONGEST_CELL, grid_of
from backfile.importer.html.inline import SPACE, Run, tidy, write_runs
from backfile.importer.html.links import safe_url
from backfile.importer.html.media import MARK, MEDIA, Medium, medium_of
from backfile.text import clean_text

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre"
    " section summary table tbody td tfoot th thead tr ul caption graphic noscript".split()
)
_DROPPED = frozenset(
    "script style template textarea select option button input svg canvas head title meta link map".split()
)
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "var", "dfn"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
STRUCK = frozenset({"del", "s", "strike"})
_CODE = frozenset({"code", "tt", "samp", "kbd"})
_DEEPEST = 8  # nested quotations and lists; deeper ones are written at this depth
_LONGEST_ALT = 60
_TEX = re.compile(r"tex", re.IGNORECASE)
QUOTED = re.compile(r"\s*[\"'“”„«»‹›‘’「『]")
"""The beginning of a quotation that has its marks."""

Show = Callable[[Tag, str, str], str | None]
"""Gives CommonMark for an image, its words and the link that it stands in; None where its words are to do."""


@dataclass(frozen=True, slots=True)
class Converter:
    """Turns elements into CommonMark; `base` makes relative addresses absolute.

    `show` shows the images; without it, and where it gives None, the words that stand for them are written.
    """

    base: str = ""
    show: Show | None = None

    def convert(self, tag: Tag) -> str:
        """CommonMark of the element's content."""
        return "\n\n".join(self._blocks(tag, 0))

    def _blocks(self, tag: Tag, depth: int) -> list[str]:
        """The blocks of an element; runs of inline content between blocks are paragraphs."""
        blocks: list[str] = []
        runs: list[Run] = []
        for part in self._parts(tag, Run("")):
            if isinstance(part, Run):
                runs.append(part)
                continue
            blocks += self._paragraph(runs)
            runs = []
            blocks += self._block(part, depth)
        return blocks + self._paragraph(runs)

    def _parts(self, tag: Tag, style: Run) -> Iterator[Run | Tag]:
        """The content in order: runs of text, and the elements that are blocks of their own."""
        stack: list[tuple[Iterator[object], Run]] = [(iter(tag.contents), style)]
        while stack:
            children, style = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
            elif isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString) or isinstance(child, CData):
                    yield style._replace(text=clean_text(str(child)))
            elif isinstance(child, Tag) and child.name not in _DROPPED:
                if child.name in BLOCKS or _heads_quotation(child) or _is_medium(child):
                    yield child
                elif child.name == "br":
                    yield style._replace(text="\v", code=False)
                elif child.name == "img":
                    yield from self._image(child, style)
                else:
                    stack.append((_content(child), self._styled(child, style)))

    def _styled(self, tag: Tag, style: Run) -> Run:
        if tag.name in _BOLD:
            return style._replace(bold=True)
        if tag.name in _ITALIC:
            return style._replace(italic=True)
        if tag.name in _CODE:
            return style._replace(code=True)
        if tag.name in STRUCK:
            return style._replace(struck=True)
        if tag.name == "a" and not style.href:
            return style._replace(href=safe_url(_attribute(tag, "href"), self.base))
        return style

    def _image(self, tag: Tag, style: Run) -> Iterator[Run]:
        alt = SPACE.sub(" ", clean_text(_attribute(tag, "alt"))).strip()
        shown = self.show(tag, alt, style.href) if self.show else None
        if shown is None:
            yield style._replace(text=alt if len(alt) <= _LONGEST_ALT else "")
        elif shown:
            yield Run(shown, raw=True)

    def _medium(self, tag: Tag) -> Iterator[Run]:
        """The link to what a medium, or the image that keeps its place, would have played or shown."""
        if tag.name == "img":
            medium: Medium | None = Medium(_attribute(tag, "alt"), safe_url(_attribute(tag, "title")))
        else:
            medium = medium_of(((part.name, part.attrs) for part in (tag, *tag.find_all())), self.base)
        if medium:
            yield Run(clean_text(medium.words), href=medium.url)

    def _paragraph(self, runs: Iterable[Run]) -> list[str]:
        text = write_runs(tidy(runs))
        return [text] if text else []

    def _block(self, tag: Tag, depth: int) -> list[str]:
        name = tag.name
        if _is_medium(tag):
            return self._paragraph(self._medium(tag))
        if name == "pre":
            return _fence(clean_text(_lines_of(tag)).strip("\n"))
        if name == "hr":
            return ["* * *"]
        if name in _HEADINGS:
            text = self._line(tag)
            return [f"{'#' * int(name[1])} {_close_heading(text)}"] if text else []
        if name == "blockquote" and depth < _DEEPEST:
            return _prefixed(self._blocks(tag, depth + 1), "> ", "> ")
        if name in ("ul", "ol") and depth < _DEEPEST:
            return self._list(tag, depth)
        if name == "table" and (grid := grid_of(tag)) and (written := grid.written(self._line)):
            return [*(block for caption in grid.captions for block in self._blocks(caption, depth)), *written]
        if name == "tr":
            cells = [self._line(cell) for cell in tag.find_all(["td", "th"], recursive=False)]
            if all(len(cell) < LONGEST_CELL for cell in cells):
                return _row(cells)
        return self._blocks(tag, depth)

    def _line(self, tag: Tag) -> str:
        """The content on one line, the words of its blocks side by side."""
        runs = [run._replace(text=run.text.replace("\v", " ")) for run in self._runs(tag)]
        return write_runs(tidy(runs))

    def _runs(self, tag: Tag) -> Iterator[Run]:
        for part in self._parts(tag, Run("")):
            if isinstance(part, Run):
                yield part
                continue
            yield Run(" ")
            yield from self._medium(part) if _is_medium(part) else self._runs(part)
            yield Run(" ")

    def _list(self, tag: Tag, depth: int) -> list[str]:
        lines: list[str] = []
        number = _number_of(tag, "start") or 1
        for child in tag.contents:
            item = self._item(child, depth + 1)
            if not item:
                continue
            number = (_number_of(child, "value") if isinstance(child, Tag) else None) or number
            marker = "- " if tag.name == "ul" else f"{number}. "
            lines += _prefixed(item, marker, " " * len(marker))
            number += 1
        tight = "\n".join(lines) if all("\n" not in line for line in lines) else "\n\n".join(lines)
        return [tight] if lines else []

    def _item(self, child: object, depth: int) -> list[str]:
        """The blocks of what stands in a list, be it bare text between its items."""
        if isinstance(child, Tag):
            return self._blocks(child, depth) if child.name not in _DROPPED else []
        bare = isinstance(child, NavigableString) and not isinstance(child, PreformattedString)
        return self._paragraph([Run(clean_text(str(child)))]) if bare else []


def to_commonmark(tag: Tag, base: str = "", *, show: Show | None = None) -> str:
    """CommonMark of an element's content."""
    return Converter(base, show).convert(tag)


def _heads_quotation(tag: Tag) -> bool:
    """True for `<cite>Ann wrote:</cite>` at the head of a quotation, which stands on a line of its own."""
    return tag.name == "cite" and tag.get_text(strip=True).endswith(":") and tag.find_parent("blockquote") is not None


def _content(tag: Tag) -> Iterator[object]:
    """What is in an inline element, with the marks that a browser shows round it, or would have to."""
    if tag.name == "math":
        return iter([NavigableString(_formula_of(tag))])
    is_bare_reading = tag.name == "rt" and not (tag.parent and tag.parent.find("rp"))
    marks = "()" if is_bare_reading else "“”" if tag.name == "q" and not QUOTED.match(tag.get_text()) else ""
    return iter((NavigableString(marks[0]), *tag.contents, NavigableString(marks[1])) if marks else tag.contents)


def _formula_of(math: Tag) -> str:
    """A formula as TeX where it is told so, else its signs in a row."""
    told = math.find("annotation", encoding=_TEX)
    return (told.get_text() if told else _attribute(math, "alttext") or math.get_text()).strip()


def _is_medium(tag: Tag) -> bool:
    return tag.name in MEDIA or (tag.name == "img" and tag.get("src") == MARK)


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else ""


def _number_of(tag: Tag, name: str) -> int | None:
    """The number that an ordered list begins with, or that an item has."""
    value = _attribute(tag, name).strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else None


def _row(cells: Sequence[str]) -> list[str]:
    """A row as a line; between its first word and its last an empty cell keeps its place."""
    words = [cell for cell in cells if cell]
    if len(words) > 1:
        last = max(place for place, cell in enumerate(cells) if cell)
        words = [*cells[: last + 1]]
    return [" | ".join(words).strip(" ")] if words else []


def _lines_of(pre: Tag) -> str:
    """Preformatted text: breaks, and the ends of blocks in it, are ends of lines."""
    parts: list[str] = []
    for part in pre.descendants:
        if isinstance(part, Tag):
            parts += ["\n"] if part.name == "br" or (part.name in BLOCKS and parts and parts[-1] != "\n") else []
        elif isinstance(part, NavigableString) and not isinstance(part, PreformattedString):
            parts.append(str(part))
    return "".join(parts)


def _close_heading(text: str) -> str:
    """A heading whose own trailing number signs are not taken for its closing sequence."""
    before = text.rstrip("#")
    escaped = (len(before) - len(before.rstrip("\\"))) % 2
    return text if escaped else before + text[len(before) :].replace("#", "\\#", 1)


def _fence(text: str) -> list[str]:
    if not text.strip():
        return []
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}\n{text}\n{fence}"]


def _prefixed(blocks: list[str], first: str, rest: str) -> list[str]:
    """Blocks of a quotation or a list item as one block."""
    if not blocks:
        return []
    lines = "\n\n".join(blocks).split("\n")
    prefixed = [(first if number == 0 else rest) + line for number, line in enumerate(lines)]
    return ["\n".join(line.rstrip() for line in prefixed)]
