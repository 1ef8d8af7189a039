"""A passage taken out of a text: found as a reader sees it, whatever markup stands between its letters."""

from __future__ import annotations

import functools
import re

from backfile.markdown import plain_text
from backfile.takedown.canonical import canonical, has_run, text_digest, words_of

MARK = "[passage removed]"
_MARK_MARKDOWN = r"\[passage removed\]"
_BLANK_LINES = re.compile(r"(\n[ \t]*\n)")

# Between two letters of a word CommonMark may have a backslash or emphasis; between words much more.
_WITHIN = r"[\\*_~`]{0,4}"
_EMPHASIS = r"[*_~`]"
_BETWEEN = r"(?:\s|[\\*_~`>]|&\#?\w{1,31};|\]\([^()\n]{0,2000}\)|!?\[){1,200}?"
_ENTITIES = {"&": "&(?:amp;)?", "<": "(?:<|&lt;)", ">": "(?:>|&gt;)", '"': '(?:"|&quot;)'}


@functools.lru_cache(maxsize=256)
def _in_markdown(passage: str) -> re.Pattern[str]:
    inside = _guarded(passage, _BETWEEN, _WITHIN)
    return re.compile(
        rf"(?P<before>{_EMPHASIS}{{0,3}})(?P<inside>{inside})(?P<after>{_EMPHASIS}{{0,3}})", re.IGNORECASE
    )


@functools.lru_cache(maxsize=256)
def _in_line(passage: str) -> re.Pattern[str]:
    """Looser: in a name, an address or a file's name, words may be parted by anything."""
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words_of(passage))) + r"(?![^\W_])", re.IGNORECASE)


def _guarded(passage: str, between: str, within: str) -> str:
    words = (within.join(_ENTITIES.get(char) or re.escape(char) for char in word) for word in passage.split(" "))
    before = r"(?<![^\W_])" if passage[0].isalnum() else ""
    after = r"(?![^\W_])" if passage[-1].isalnum() else ""
    return before + between.join(words) + after


def in_text(plain: str, passage: str) -> bool:
    """True when the words of a passage stand in a plain text."""
    return has_run(words_of(plain), words_of(passage))


def redact_markdown(text: str, passage: str) -> str:
    """A CommonMark text without a passage (canonical): a mark stands in its place.

    Where markup makes it impossible to cut out the passage alone, its whole paragraph goes; where it spans
    paragraphs, the whole text.
    """
    cut = _in_markdown(passage).sub(_marked, text)
    if not in_text(plain_text(cut), passage):
        return cut
    blocks = _BLANK_LINES.split(cut)
    cut = "".join(_MARK_MARKDOWN if in_text(plain_text(block), passage) else block for block in blocks)
    return _MARK_MARKDOWN if in_text(plain_text(cut), passage) else cut


def _marked(found: re.Match[str]) -> str:
    """The mark; emphasis that began or ended within the passage goes with it."""
    before, after = found["before"], found["after"]
    if len(re.findall(f"{_EMPHASIS}+", found["inside"])) % 2:
        before, after = (before, "") if after else ("", "")
    return f"{before}{_MARK_MARKDOWN}{after}"


def redact_line(text: str, passage: str) -> str:
    """The same for plain text; what is found by its words alone counts, too."""
    return _in_line(passage).sub(lambda _: MARK, text) if in_text(text, passage) else text


def by_digest(plain: str, sha256: str, words: int) -> str:
    """The passage of so many words (parted by white space) that has a digest; empty when there is none."""
    every = canonical(plain).split(" ")
    for at in range(len(every) - words + 1):
        window = " ".join(every[at : at + words])
        if text_digest(window) == sha256:
            return window
    return ""
