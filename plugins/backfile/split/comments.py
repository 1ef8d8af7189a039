"""Tells the comments of a thread apart, by the lines that name and date them.

A thread is read as runs of marks (names, dates, "says", numbers, buttons) between runs of text:

    lead    [name][date] text text [name][date] text ...
    sign    text text [name][date] text [name][date] ...
    inline  "name says: text"   "name, 12 March 2009: text"

Which of them a thread uses is decided once for the whole thread. A line that only looks like a name counts only when
nothing better does, since a reader's "Great Post" looks like one too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from backfile.split import marks
from backfile.split.bylines import Byline, read_byline, read_inline

TEXT = frozenset("THMG")
STRONG = frozenset("SQDB")
"""Marks that say who or when by themselves."""
WEAK = frozenset("N")
SILENT = frozenset("U#C")
"""Marks that say neither: buttons, numbers, counts."""


@dataclass(frozen=True, slots=True)
class FoundComment:
    """One comment as found; `known` is False for a block in which nothing tells comments apart.

    `date` is EDTF or empty; `date_text` is the date as it stands in the text. `marks` are the lines that were
    read as name, date or button, so that nothing of the text is lost.
    """

    paragraphs: tuple[str, ...]
    author: str = ""
    date: str = ""
    date_text: str = ""
    known: bool = True
    marks: tuple[str, ...] = ()
    start: int = 0
    """The index of its first paragraph or mark."""


@dataclass(slots=True)
class _Draft:
    start: int
    paragraphs: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    byline: Byline = field(default_factory=Byline)


def separate(paragraphs: Sequence[str]) -> list[FoundComment]:
    """The comments of the comment part of a page, in order; one block where nothing tells them apart."""
    texts = [" ".join(p.split()) for p in paragraphs]
    kinds = [marks.kind(text) if text else "" for text in texts]
    style = _style(kinds)
    if not style:
        return [FoundComment(tuple(t for t in texts if t), known=False)] if any(texts) else []
    drafts = _by_lead(texts, kinds, style) if style.leads else _by_signature(texts, kinds, style)
    return [_finished(d) for d in drafts if d.paragraphs or d.byline.author]


@dataclass(frozen=True, slots=True)
class _Style:
    """Which kinds of line name a comment, and on which side of it they stand."""

    naming: frozenset[str]
    leads: bool


def _style(kinds: Sequence[str]) -> _Style | None:
    strong = sum(k in STRONG for k in kinds)
    inline = sum(k == "M" for k in kinds)
    signed = sum(k == "G" for k in kinds)
    weak = sum(k in WEAK for k in kinds)
    if strong:
        naming = STRONG | WEAK
    elif inline or signed:
        return _Style(frozenset("M") if inline >= signed else frozenset("G"), inline >= signed)
    elif weak >= 2 and _alternates(kinds):
        naming = WEAK
    else:
        return None
    return _Style(naming, _leads(kinds, naming))


def _alternates(kinds: Sequence[str]) -> bool:
    """Whether lines that look like names divide the thread into pieces, from its first line or to its last."""
    seen = [k for k in kinds if k and k not in SILENT]
    if not seen or not (seen[0] in WEAK or seen[-1] in WEAK):
        return False
    doubled = sum(a in WEAK and b in WEAK for a, b in zip(seen, seen[1:], strict=False))
    return doubled <= 0.2 * sum(k in WEAK for k in seen)


def _leads(kinds: Sequence[str], naming: frozenset[str]) -> bool:
    """Whether marks stand before their comment: by the thread's first and last line, then by "says"."""
    seen = [k for k in kinds if k and k not in SILENT]
    first, last = seen[0] in naming or seen[0] == "M", seen[-1] in naming
    if first != last:
        return first
    says = sum(k in "SM" for k in kinds)
    return first or says > 0


def _by_lead(texts: Sequence[str], kinds: Sequence[str], style: _Style) -> list[_Draft]:
    """Each run of naming lines begins a comment."""
    drafts: list[_Draft] = []
    strong_runs = _strong_runs(kinds)
    for at, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if not text:
            continue
        names = kind in style.naming and (kind not in WEAK or not (style.naming & STRONG) or strong_runs[at])
        if names:
            if not drafts or drafts[-1].paragraphs or _names_again(drafts[-1], kind):
                drafts.append(_Draft(at))
            _add_mark(drafts[-1], text, kind)
        elif kind == "M":
            byline, rest = read_inline(text)
            if byline.author or byline.date_text:
                drafts.append(_Draft(at, byline=byline, marks=[text[: len(text) - len(rest)].strip()]))
                text = rest
            elif not drafts:
                drafts.append(_Draft(at))
            drafts[-1].paragraphs.append(text)
        elif kind in SILENT:
            drafts = drafts or [_Draft(at)]
            drafts[-1].marks.append(text)
        else:
            drafts = drafts or [_Draft(at)]
            drafts[-1].paragraphs.append(text)
    return _with_heading(drafts)


def _names_again(draft: _Draft, kind: str) -> bool:
    """A second "says" without a text between belongs to a comment that lost its text."""
    return kind == "S" and bool(draft.byline.author) and bool(draft.byline.date_text or draft.byline.says)


def _with_heading(drafts: list[_Draft]) -> list[_Draft]:
    """Marks before the first comment ("12 comments") go with it."""
    if len(drafts) > 1 and not drafts[0].paragraphs and not drafts[0].byline.author:
        drafts[1].marks[:0] = drafts[0].marks
        drafts[1].start = drafts[0].start
        return drafts[1:]
    return drafts


def _strong_runs(kinds: Sequence[str]) -> list[bool]:
    """For each line, whether the run of marks it stands in has a mark that says who or when by itself."""
    flags = [False] * len(kinds)
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] and kinds[end] not in TEXT:
            end += 1
        if any(k in STRONG for k in kinds[at:end]):
            flags[at:end] = [True] * (end - at)
        at = end + 1
    return flags


def _by_signature(texts: Sequence[str], kinds: Sequence[str], style: _Style) -> list[_Draft]:
    """Each run of naming lines, or a signature in the text, ends a comment."""
    drafts: list[_Draft] = []
    strong_runs = _strong_runs(kinds)
    closed = True
    for at, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if not text:
            continue
        names = kind in style.naming and kind != "G" and (kind not in WEAK or not (style.naming & STRONG) or strong_runs[at])
        if names and drafts:
            _add_mark(drafts[-1], text, kind)
            closed = True
            continue
        if kind in SILENT and drafts:
            drafts[-1].marks.append(text)
            continue
        if closed:
            drafts.append(_Draft(at))
            closed = False
        if kind == "G" and "G" in style.naming:
            byline, rest = read_inline(text)
            drafts[-1].byline = byline
            drafts[-1].marks.append(text[len(rest) :].strip())
            text, closed = rest, True
        if names or kind in SILENT:
            drafts[-1].marks.append(text)
        else:
            drafts[-1].paragraphs.append(text)
    return drafts


def _add_mark(draft: _Draft, text: str, kind: str) -> None:
    draft.marks.append(text)
    draft.byline = draft.byline.joined(read_byline(text, kind))


def _finished(draft: _Draft) -> FoundComment:
    byline = draft.byline
    return FoundComment(
        tuple(draft.paragraphs), byline.author, byline.date, byline.date_text, True, tuple(draft.marks), draft.start
    )
