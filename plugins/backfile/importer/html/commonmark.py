"""HTML turned into CommonMark that says the same and nothing more.

Text is escaped, so that whatever it looks like, it reads back as text. Of the markup only what carries
meaning stays: paragraphs, breaks, headings, quotations, lists, code, emphasis, links to http, https or
mailto. Everything else gives its text. Emphasis that CommonMark could not tell from asterisks is let go.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bs4.element import CData, NavigableString, PreformattedString, Tag

from backfile.importer.html.links import commonmark_target, safe_url
from backfile.markdown import escape_text
from backfile.text import clean_text

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre"
    " section summary table tbody td tfoot th thead tr ul caption graphic noscript".split()
)
_DROPPED = frozenset(
    "script style template textarea select option button input iframe object embed svg math"
    " video audio canvas head title meta link map".split()
)
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "var", "dfn"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CODE = frozenset({"code", "tt", "samp", "kbd"})
_PARTING = re.compile(r"\v[\v ]*\v")
_DEEPEST = 8  # nested quotations and lists; deeper ones are written at this depth
_LONGEST_ALT = 60
_LONGEST_CELL = 300  # a table whose cells hold more is there for the layout

Show = Callable[[Tag, str, str], str | None]
"""Gives CommonMark for an image, its words and the link that it stands in; None where its words are to do."""


class _Run(NamedTuple):
    """Text in one style; `raw` text is CommonMark already."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""
    raw: bool = False


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
        runs: list[_Run] = []
        for part in self._parts(tag, _Run("")):
            if isinstance(part, _Run):
                runs.append(part)
                continue
            blocks += self._paragraph(runs)
            runs = []
            blocks += self._block(part, depth)
        return blocks + self._paragraph(runs)

    def _parts(self, tag: Tag, style: _Run) -> Iterator[_Run | Tag]:
        """The content in order: runs of text, and the elements that are blocks of their own."""
        stack: list[tuple[Iterator[object], _Run]] = [(iter(tag.contents), style)]
        while stack:
            children, style = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
            elif isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString) or isinstance(child, CData):
                    yield style._replace(text=clean_text(str(child)))
            elif isinstance(child, Tag) and child.name not in _DROPPED:
                if child.name in _BLOCKS or _heads_quotation(child):
                    yield child
                elif child.name == "br":
                    yield style._replace(text="\v", code=False)
                elif child.name == "img":
                    yield from self._image(child, style)
                else:
                    stack.append((iter(child.contents), self._styled(child, style)))

    def _styled(self, tag: Tag, style: _Run) -> _Run:
        if tag.name in _BOLD:
            return style._replace(bold=True)
        if tag.name in _ITALIC:
            return style._replace(italic=True)
        if tag.name in _CODE:
            return style._replace(code=True)
        if tag.name == "a" and not style.href:
            return style._replace(href=safe_url(_attribute(tag, "href"), self.base))
        return style

    def _image(self, tag: Tag, style: _Run) -> Iterator[_Run]:
        alt = _SPACE.sub(" ", clean_text(_attribute(tag, "alt"))).strip()
        shown = self.show(tag, alt, style.href) if self.show else None
        if shown is None:
            yield style._replace(text=alt if len(alt) <= _LONGEST_ALT else "")
        elif shown:
            yield _Run(shown, raw=True)

    def _paragraph(self, runs: Iterable[_Run]) -> list[str]:
        text = _write_runs(_tidy(runs))
        return [text] if text else []

    def _block(self, tag: Tag, depth: int) -> list[str]:
        name = tag.name
        if name == "pre":
            return _fence(clean_text(tag.get_text()).strip("\n"))
        if name == "hr":
            return ["* * *"]
        if name in _HEADINGS:
            text = self._line(tag)
            return [f"{'#' * int(name[1])} {_close_heading(text)}"] if text else []
        if name == "blockquote" and depth < _DEEPEST:
            return _prefixed(self._blocks(tag, depth + 1), "> ", "> ")
        if name in ("ul", "ol") and depth < _DEEPEST:
            return self._list(tag, depth)
        if name == "tr":
            cells = [self._line(cell) for cell in tag.find_all(["td", "th"], recursive=False)]
            if all(len(cell) < _LONGEST_CELL for cell in cells):
                row = " | ".join(cell for cell in cells if cell)
                return [row] if row else []
        return self._blocks(tag, depth)

    def _line(self, tag: Tag) -> str:
        """The content on one line, the words of its blocks side by side."""
        runs = [run._replace(text=run.text.replace("\v", " ")) for run in self._runs(tag)]
        return _write_runs(_tidy(runs))

    def _runs(self, tag: Tag) -> Iterator[_Run]:
        for part in self._parts(tag, _Run("")):
            if isinstance(part, _Run):
                yield part
            else:
                yield _Run(" ")
                yield from self._runs(part)
                yield _Run(" ")

    def _list(self, tag: Tag, depth: int) -> list[str]:
        lines: list[str] = []
        number = 1
        for child in tag.contents:
            if not isinstance(child, Tag):
                continue
            item = self._blocks(child, depth + 1)
            if not item:
                continue
            marker = "- " if tag.name == "ul" else f"{number}. "
            lines += _prefixed(item, marker, " " * len(marker))
            number += 1
        tight = "\n".join(lines) if all("\n" not in line for line in lines) else "\n\n".join(lines)
        return [tight] if lines else []


def to_commonmark(tag: Tag, base: str = "", *, show: Show | None = None) -> str:
    """CommonMark of an element's content."""
    return Converter(base, show).convert(tag)


def _heads_quotation(tag: Tag) -> bool:
    """True for `<cite>Ann wrote:</cite>` at the head of a quotation, which stands on a line of its own."""
    return tag.name == "cite" and tag.get_text(strip=True).endswith(":") and tag.find_parent("blockquote") is not None


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else ""


def _tidy(runs: Iterable[_Run]) -> list[_Run]:
    r"""Runs with white space as a browser shows it (breaks are `\v`), neighbours of one style joined."""
    tidy: list[_Run] = []
    for run in runs:
        text = _SPACE.sub(" ", run.text)
        before = tidy[-1].text[-1:] if tidy else "\v"
        if text == "\v":
            while tidy and tidy[-1].text.endswith(" "):
                tidy[-1] = tidy[-1]._replace(text=tidy[-1].text[:-1])
                if not tidy[-1].text:
                    tidy.pop()
        elif before in (" ", "\v"):
            text = text.lstrip(" ")
        if not text:
            continue
        if tidy and tidy[-1][1:] == run[1:]:
            tidy[-1] = tidy[-1]._replace(text=tidy[-1].text + text)
        else:
            tidy.append(run._replace(text=text))
    return tidy


def _write_runs(runs: list[_Run]) -> str:
    """One or more paragraphs: two breaks in a row end one."""
    paragraphs: list[list[_Run]] = [[]]
    for run in runs:
        if "\v" not in run.text:
            paragraphs[-1].append(run)
            continue
        pieces = _PARTING.split(run.text)
        for number, piece in enumerate(pieces):
            if number:
                paragraphs.append([])
            if piece:
                paragraphs[-1].append(run._replace(text=piece))
    written = (_write_paragraph(_trim(paragraph)) for paragraph in paragraphs)
    return "\n\n".join(text for text in written if text)


def _trim(runs: list[_Run]) -> list[_Run]:
    """Without breaks and blanks at either end."""
    while runs and not (text := runs[0].text.lstrip(" \v")):
        runs = runs[1:]
    if runs:
        runs = [runs[0]._replace(text=text), *runs[1:]]
    while runs and not (text := runs[-1].text.rstrip(" \v")):
        runs = runs[:-1]
    return [*runs[:-1], runs[-1]._replace(text=text)] if runs else []


def _write_paragraph(runs: list[_Run]) -> str:
    written = ""
    for number, run in enumerate(runs):
        following = _first_mark(runs[number + 1]) if number + 1 < len(runs) else ""
        if (run.href or run.raw) and written.endswith("!"):
            written = written[:-1] + "\\!"  # else the link would become an image
        written += _write_run(run, written[-1:], following)
    return written


def _write_run(run: _Run, before: str, following: str) -> str:
    """The run in its style, if CommonMark will see that style between these neighbours."""
    if run.raw:
        return run.text
    core = run.text.strip()
    if not core:
        return _text(run.text)
    lead, _, trail = run.text.partition(core)
    lead, trail = _text(lead), _text(trail)
    code = run.code and not run.href and "\v" not in core
    body = _code(core) if code else _text(core)
    marks = "*" * (2 * run.bold + run.italic)
    if marks and not run.href and _flanks(lead[-1:] or before, body, trail[:1] or following):
        body = f"{marks}{body}{marks}"
    if run.href and "\v" not in core:
        body = f"[{_close_brackets(body)}]({commonmark_target(run.href)})"
    return lead + body + trail


def _first_mark(run: _Run) -> str:
    """The character that the written run begins with, as far as it matters to the run before."""
    if run.text[:1].isspace():
        return " "
    if run.href or run.raw:
        return "["
    return "*" if run.bold or run.italic else "`" if run.code else run.text[:1]


def _text(text: str) -> str:
    r"""Escaped text; breaks become hard line breaks."""
    if not text.strip():
        return "\\\n" if "\v" in text else text
    if "\v" not in text and text[0] != " " != text[-1]:
        return escape_text(text)
    lines = [line.strip(" ") if number else line for number, line in enumerate(text.split("\v"))]
    lead, trail = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return lead + escape_text("\n".join(lines).strip(" ")) + trail


def _close_brackets(body: str) -> str:
    """Link text in which no bracket can end the link early."""
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", body)


def _close_heading(text: str) -> str:
    """A heading whose own trailing number signs are not taken for its closing sequence."""
    return re.sub(r"(#+)$", r"\\\1", text)


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _fence(text: str) -> list[str]:
    if not text.strip():
        return []
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}\n{text}\n{fence}"]


def _flanks(before: str, body: str, after: str) -> bool:
    """True when asterisks round `body` open and close emphasis there."""
    opens = not _is_mark(body[0]) or not before or before.isspace() or _is_mark(before)
    closes = not _is_mark(body[-1]) or not after or after.isspace() or _is_mark(after)
    return opens and closes and before != "*" and after != "*"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _prefixed(blocks: list[str], first: str, rest: str) -> list[str]:
    """Blocks of a quotation or a list item as one block."""
    if not blocks:
        return []
    lines = "\n\n".join(blocks).split("\n")
    prefixed = [(first if number == 0 else rest) + line for number, line in enumerate(lines)]
    return ["\n".join(line.rstrip() for line in prefixed)]
