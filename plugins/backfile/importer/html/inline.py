"""Runs of text in one style, as they stand in a paragraph, and the CommonMark for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from backfile.importer.html.links import commonmark_target
from backfile.markdown import escape_text

SPACE = re.compile(r"[ \t\n\r\f]+")
"""What a browser shows as one blank."""
_ODD_SPACE = re.compile(r"[\t\r\f]")
_BLANK = " \v"
_PARTING = re.compile(r"\v[\v ]*\v")


class Run(NamedTuple):
    """Text in one style; `raw` text is CommonMark already, `struck` text was taken back."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""
    raw: bool = False
    struck: bool = False


def tidy(runs: Iterable[Run]) -> list[Run]:
    r"""Runs with white space as a browser shows it (breaks are `\v`), neighbours of one style joined."""
    joined: list[tuple[Run, list[str]]] = []  # the first of each style, and what all of them say, in no empty pieces
    for run in runs:
        text = run.text
        if "\n" in text or "  " in text or _ODD_SPACE.search(text):
            text = SPACE.sub(" ", text)
        before = joined[-1][1][-1][-1] if joined else "\v"
        if text == "\v":
            _take_blanks(joined)
        elif before in (" ", "\v"):
            text = text.lstrip(" ")
        if not text:
            continue
        if joined and joined[-1][0][1:] == run[1:]:
            joined[-1][1].append(text)
        else:
            joined.append((run, [text]))
    return [run._replace(text="".join(pieces)) for run, pieces in joined]


def _take_blanks(joined: list[tuple[Run, list[str]]]) -> None:
    """Takes the blanks off the end."""
    while joined and (pieces := joined[-1][1])[-1].endswith(" "):
        pieces[-1] = pieces[-1][:-1]
        if not pieces[-1]:
            pieces.pop()
        if not pieces:
            joined.pop()


def write_runs(runs: list[Run]) -> str:
    """One or more paragraphs: two breaks in a row end one."""
    paragraphs: list[list[Run]] = [[]]
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


def _trim(runs: list[Run]) -> list[Run]:
    """Without breaks and blanks at either end."""
    first, last = 0, len(runs)
    while first < last and not runs[first].text.strip(_BLANK):
        first += 1
    while first < last and not runs[last - 1].text.strip(_BLANK):
        last -= 1
    kept = runs[first:last]
    if kept:
        kept[0] = kept[0]._replace(text=kept[0].text.lstrip(_BLANK))
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip(_BLANK))
    return kept


def _write_paragraph(runs: list[Run]) -> str:
    parts = [list(part) for _, part in groupby(runs, key=attrgetter("struck"))]
    written: list[str] = []
    for number, part in enumerate(parts):
        before = written[-1][-1:] if written else ""
        following = parts[number + 1][0].text[:1] if number + 1 < len(parts) else ""  # whatever mark it is given
        text = (_write_struck if part[0].struck else _write_part)(part, before, following)
        if before == "!" and text.startswith("["):
            written[-1] = written[-1][:-1] + "\\!"  # else the link would become an image
        written.append(text)
    return "".join(written)


def _write_struck(runs: list[Run], before: str, following: str) -> str:
    """The runs, struck through if the marks of that will be seen between these neighbours."""
    whole = "".join(run.text for run in runs)
    core = whole.strip(_BLANK)
    if not core:
        return _write_part(runs, before, following)
    lead, _, trail = whole.partition(core)
    beside = (" " if lead else before), (" " if trail else following)
    plain = [] if any(run.href or run.raw for run in runs) else [_text(core)]
    for words in (_write_part(_trim(runs), "", ""), *plain):  # plain words begin with no mark, mostly
        if "~" not in (*beside, words[0], words[-1]) and _flanks(beside[0], words, beside[1]):
            return f"{_text(lead)}~~{words}~~{_text(trail)}"
    return _write_part(runs, before, following)


def _write_part(runs: list[Run], before_all: str, after_all: str) -> str:
    """The runs, each in its style, between these characters."""
    written: list[str] = []
    for number, run in enumerate(runs):
        before = written[-1][-1:] if written else before_all
        following = _first_mark(runs[number + 1]) if number + 1 < len(runs) else after_all
        if written and before == "!" and (run.href or run.raw):
            written[-1] = written[-1][:-1] + "\\!"  # else the link would become an image
        piece = _write_run(run, before, following)
        if (not number or runs[number - 1].code) and before == "`" and piece.startswith("`"):
            piece = _text(run.text)  # else the marks of both would become one
        if before == "~" and piece.startswith("~"):
            piece = f"\\{piece}"  # else both would be a mark
        written.append(piece)
    return "".join(written)


def _write_run(run: Run, before: str, following: str) -> str:
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
    if marks and not run.href and _emphasises(lead[-1:] or before, body, trail[:1] or following):
        body = f"{marks}{body}{marks}"
    if run.href and "\v" not in core:
        body = f"[{_close_brackets(body)}]({commonmark_target(run.href)})"
    return lead + body + trail


def _first_mark(run: Run) -> str:
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


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _emphasises(before: str, body: str, after: str) -> bool:
    """True when asterisks round `body` open and close emphasis there."""
    return before != "*" and after != "*" and _flanks(before, body, after)


def _flanks(before: str, body: str, after: str) -> bool:
    """True when marks round `body` open and close there."""
    opens = not _is_mark(body[0]) or not before or before.isspace() or _is_punctuation(before)
    closes = not _is_mark(body[-1]) or not after or after.isspace() or _is_punctuation(after)
    return opens and closes


def _is_punctuation(character: str) -> bool:
    """True for what is punctuation in every version of CommonMark, which do not agree on symbols like the euro's."""
    return unicodedata.category(character)[0] == "P" or (character.isascii() and _is_mark(character))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
