"""A passage taken out of a text: found as a reader sees it, whatever markup stands between its letters."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from backfile.markdown import plain_text
from backfile.takedown.canonical import canonical, has_run, text_digest, words_of

MARK = "[passage removed]"
_MARK_MARKDOWN = r"\[passage removed\]"
_WORD = re.compile(r"[^\W_]+")
_TARGET = re.compile(r"\]\(([^()]{1,2000})\)")
_BLANK_LINES = re.compile(r"(\n[ \t]*\n)")

# Between two letters of a word CommonMark may have a backslash or emphasis; between words much more, which is
# read in one way only, so that no text makes the search slow.
_WITHIN = r"[\\*_~`]{0,4}"
_EMPHASIS = r"[*_~`]"
_BETWEEN = r"(?>\]\([^()\n]{0,2000}\)|&\#?\w{1,31};|[\W_]){1,200}?"


@functools.lru_cache(maxsize=256)
def _in_markdown(passage: str) -> re.Pattern[str]:
    words = (_WITHIN.join(map(re.escape, word)) for word in _WORD.findall(passage))
    inside = rf"(?<![^\W_]){_BETWEEN.join(words)}(?![^\W_])"
    return re.compile(
        rf"(?P<before>{_EMPHASIS}{{0,3}})(?P<inside>{inside})(?P<after>{_EMPHASIS}{{0,3}})", re.IGNORECASE
    )


@functools.lru_cache(maxsize=256)
def _in_line(passage: str) -> re.Pattern[str]:
    """Looser: in a name, an address or a file's name, words may be parted by anything."""
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words_of(passage))) + r"(?![^\W_])", re.IGNORECASE)


def in_text(plain: str, passage: str) -> bool:
    """True when the words of a passage stand in a plain text."""
    return has_run(words_of(plain), words_of(passage))


def redact_markdown(text: str, passages: Iterable[str]) -> str:
    """A CommonMark text without some passages (canonical): a mark stands in their place, one where they overlap.

    A link whose address has one leads nowhere. Where markup makes it impossible to cut out a passage alone, its whole
    paragraph goes; where it spans paragraphs, the whole text.
    """
    every = list(passages)

    def target(found: re.Match[str]) -> str:
        return "](#)" if any(in_text(unquote(found[1]), each) for each in every) else found[0]

    text = _TARGET.sub(target, text)
    spans = [span for passage in every for found in _in_markdown(passage).finditer(text) for span in _spans(found)]
    cut = _cut(text, spans, _MARK_MARKDOWN)
    if not _has_any(cut, every):
        return cut
    # What is cut by half is no passage any more: paragraphs are told by how they were.
    blocks = _BLANK_LINES.split(text)
    if not any(_has_any(block, every) for block in blocks):
        return _MARK_MARKDOWN
    cut = "".join(_MARK_MARKDOWN if _has_any(block, every) else block for block in blocks)
    return _MARK_MARKDOWN if _has_any(cut, every) else cut


def redact_line(text: str, passages: Iterable[str]) -> str:
    """The same for plain text; what is found by its words alone counts, too."""
    found = [passage for passage in passages if in_text(text, passage)]
    return _cut(text, [match.span() for passage in found for match in _in_line(passage).finditer(text)], MARK)


def _has_any(markdown: str, passages: Iterable[str]) -> bool:
    plain = plain_text(markdown)
    return any(in_text(plain, passage) for passage in passages)


def _spans(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where a passage stands; emphasis that began or ended within it goes with it."""
    yield found.span("inside")
    if len(re.findall(f"{_EMPHASIS}+", found["inside"])) % 2:
        yield found.span("after") if found["after"] else found.span("before")


def _cut(text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    """The text with a mark for each run of spans that touch."""
    parts: list[str] = []
    end = 0
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if start > end or not parts:
            parts += [text[end:start], mark]
        end = max(end, stop)
    return "".join((*parts, text[end:]))


def by_digest(plain: str, sha256: str, words: int) -> str:
    """The passage of so many words (parted by white space) that has a digest; empty when there is none."""
    every = canonical(plain).split(" ")
    for at in range(len(every) - words + 1):
        window = " ".join(every[at : at + words])
        if text_digest(window) == sha256:
            return window
    return ""
