"""Tells the comments of a thread apart, by the lines that name and date them.

A thread is read as runs of marks (names, dates, "says", numbers, buttons) between runs of text:

    lead    [name][date] text text [name][date] text ...
    sign    text text [name][date] text [name][date] ...
    inline  "name says: text"   "name, 12 March 2009: text"

Which of them a thread uses is decided once for the whole thread. A line that only looks like a name counts
only when nothing better does, since a reader's "Great Post" looks like one too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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

    `date` is EDTF or empty; `date_text` is the date as it stands in the text. `marks` are the lines that
    were read as name, date or button, so that nothing of the text is lost.
    """

    paragraphs: tuple[str, ...]
    author: str = ""
    date: str = ""
    date_text: str = ""
    known: bool = True
    marks: tuple[str, ...] = ()
    start: int = -1
    """The index of its first paragraph of text; -1 when it has none."""


@dataclass(slots=True)
class _Draft:
    start: int = -1
    paragraphs: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    byline: Byline = field(default_factory=Byline)

    def add(self, at: int, text: str) -> None:
        """One more paragraph of text, the thread's number `at`."""
        if text:
            self.start = at if self.start < 0 else self.start
            self.paragraphs.append(text)


def separate(paragraphs: Sequence[str]) -> list[FoundComment]:
    """The comments of the comment part of a page, in order; one block where nothing tells them apart."""
    texts = [" ".join(p.split()) for p in paragraphs]
    kinds = [_kind(text) for text in texts]
    style = _style(kinds)
    drafts: list[_Draft] = []
    if style:
        drafts = _by_lead(texts, kinds, style) if style.leads else _by_signature(texts, kinds, style)
        drafts = _with_stray_marks(drafts)
    if not drafts:
        return [FoundComment(tuple(t for t in texts if t), known=False)] if any(texts) else []
    return [_finished(d) for d in drafts]


_NAMELESS = re.compile(
    r"(?:anonymous|anonym|guest|gast|anonyme|invité|anónimo|invitado|аноним|гость|анонім|гість)\W*",
    re.IGNORECASE,
)
_SAID_DOTS = re.compile(r"[^\n.!?]{1,60}\s(?:said|says|wrote|dijo|dit|schrieb|a dit)\s?(?:\.{2,}|…)", re.IGNORECASE)
_ANY_SAID = re.compile(r"\W{0,3}\w[^\n]{1,70}\s(?:said|says|wrote)\W{0,2}:", re.IGNORECASE)
_LINKED_NAME = re.compile(r"https?://\S{4,60}(?:\s[\w.'’@-]{1,25}){1,4}")
_DATED_NAME = re.compile(
    rf"^[^.!?,;]{{2,40}}?[\s,|–-]+(?:on\s+)?{marks.DATE}[\s,@|–-]*(?:at\s+)?{marks.TIME}\W{{0,3}}$",
    re.IGNORECASE,
)
_PICTURE = re.compile(r".{1,40}['’]s picture")
_NOT_SAID = re.compile(r"\brecently\s+posted\b", re.IGNORECASE)


def _kind(text: str) -> str:
    """`marks.kind`, seen with the eyes of someone who knows that this is a thread."""
    if not text:
        return ""
    if len(text) <= 90:
        if _NAMELESS.fullmatch(text):
            return "N"
        if _SAID_DOTS.fullmatch(text):
            return "S"
        if _NOT_SAID.search(text):
            return "U"
        if _LINKED_NAME.fullmatch(text):
            return "N"
        if _ANY_SAID.fullmatch(text):
            return "S"
        if _PICTURE.fullmatch(text):
            return "U"
    kind = marks.kind(text)
    if kind == "S" and marks.RX_HEAD_SAYS.match(text) and not marks.RX_DATE.search(text):
        return "M"
    if kind in "DQ" and text[-1] in ".!?" and not any(c.isdigit() for c in text):
        return "T"
    if kind in "DQ":
        return "Q" if read_byline(text, "Q").author else "D"
    if kind in "HT" and len(text) <= 90 and text[-1] not in "!?" and _DATED_NAME.search(text):
        return "Q"
    return kind


@dataclass(frozen=True, slots=True)
class _Style:
    """Which kinds of line name a comment, and on which side of it they stand.

    `date_last`: names lead and dates sign ("Ann said...", text, "3 May 2009").
    """

    naming: frozenset[str]
    leads: bool
    date_last: bool = False


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
    leads = _leads(kinds, naming)
    return _Style(naming, leads, leads and _dates_last(kinds))


def _dates_last(kinds: Sequence[str]) -> bool:
    """Whether the first naming lines hold no date, and dates stand after text and before names."""
    seen = [k for k in kinds if k and k not in SILENT]
    first_text = next((i for i, k in enumerate(seen) if k in TEXT), len(seen))
    return "D" in seen[first_text:] and not any(k in "DQ" for k in seen[:first_text]) and seen[0] in "SNB"


def _alternates(kinds: Sequence[str]) -> bool:
    """Whether lines that look like names divide the thread into pieces, from its first line or to its last."""
    seen = [k for k in kinds if k and k not in SILENT]
    if not seen or not (seen[0] in WEAK or seen[-1] in WEAK):
        return False
    doubled = sum(a in WEAK and b in WEAK for a, b in pairwise(seen))
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
    closed = False
    for at, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if not text:
            continue
        names = kind in style.naming and kind != "M"
        names = names and (kind not in WEAK or not (style.naming & STRONG) or strong_runs[at])
        if names and style.date_last and kind == "D" and drafts and not drafts[-1].byline.date_text:
            _add_mark(drafts[-1], text, kind)
            closed = True
        elif names:
            closed = False
            if not drafts or drafts[-1].paragraphs or _names_again(drafts[-1], kind):
                drafts.append(_Draft())
            _add_mark(drafts[-1], text, kind)
        elif kind == "M":
            byline, rest = read_inline(text)
            if byline.author or byline.date_text:
                drafts.append(_Draft(byline=byline, marks=[text[: len(text) - len(rest)].strip()]))
                text = rest
            elif not drafts:
                drafts.append(_Draft())
            drafts[-1].add(at, text)
        elif kind in SILENT:
            drafts = drafts or [_Draft()]
            drafts[-1].marks.append(text)
        else:
            if not drafts or closed:
                drafts.append(_Draft())
                closed = False
            drafts[-1].add(at, text)
    return drafts


def _names_again(draft: _Draft, kind: str) -> bool:
    """A second "says" without a text between belongs to a comment that lost its text."""
    return kind == "S" and bool(draft.byline.author) and bool(draft.byline.date_text or draft.byline.strong)


def _with_stray_marks(drafts: list[_Draft]) -> list[_Draft]:
    """Marks that belong to no text and name nobody ("12 comments") go with the comment after or before
    them.
    """
    kept: list[_Draft] = []
    stray: list[str] = []
    for draft in drafts:
        if draft.paragraphs or draft.byline.author:
            draft.marks[:0] = stray
            stray = []
            kept.append(draft)
        else:
            stray += draft.marks
    if kept:
        kept[-1].marks += stray
    return kept


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
        names = (
            kind in style.naming
            and kind != "G"
            and (kind not in WEAK or not (style.naming & STRONG) or strong_runs[at])
        )
        if names and drafts:
            _add_mark(drafts[-1], text, kind)
            closed = True
            continue
        if kind in SILENT and drafts:
            drafts[-1].marks.append(text)
            continue
        if closed:
            drafts.append(_Draft())
            closed = False
        if kind == "G" and "G" in style.naming:
            byline, rest = read_inline(text)
            drafts[-1].byline = byline
            drafts[-1].marks.append(text[len(rest) :].strip())
            text, closed = rest, True
        if names or kind in SILENT:
            drafts[-1].marks.append(text)
        else:
            drafts[-1].add(at, text)
    return drafts


def _add_mark(draft: _Draft, text: str, kind: str) -> None:
    draft.marks.append(text)
    draft.byline = draft.byline.joined(read_byline(text, kind))


def _finished(draft: _Draft) -> FoundComment:
    byline = draft.byline
    return FoundComment(
        tuple(draft.paragraphs),
        byline.author,
        byline.date,
        byline.date_text,
        True,
        tuple(draft.marks),
        draft.start,
    )
