"""A passage taken out of a text, whatever markup stands between its letters or hides it from readers.

    address of a link that says it     leads nowhere; a picture whose address does goes
    letters, with markup in between    give way to the mark
    anything else that says it, or     the paragraph loses its markup, so that the passage can be cut out of it;
    a cut that would leave stray signs where that is not enough it goes as a whole

What counts is that no reading of the text (`readings`) says it afterwards.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from backfile.markdown import join_paragraphs, paragraphs_of, plain_text
from backfile.takedown.canonical import (
    GLUED,
    INVISIBLE,
    MARKS,
    canonical,
    has_glued,
    has_run,
    is_glued,
    text_digest,
    words_of,
    written_words,
)
from backfile.takedown.readings import line_says, text_says

_SPOKEN = re.compile(rf"[^\W_{GLUED}]+(?:[{INVISIBLE}]+[^\W_{GLUED}]+)*|(?![\W_])[{GLUED}][{MARKS}]*")
"""A word of `words_of`, where it stands in a text."""
MARK = "[passage removed]"
_PARTED = re.compile(r"[^ ]+")
_PIECE = re.compile(rf"[{GLUED}][{MARKS}]*|[^ {GLUED}]+")
_MARK_MARKDOWN = r"\[passage removed\]"
_NOWHERE = "#"
_TARGET = re.compile(r"(?P<image>!\[[^\[\]]{0,1000})?\]\((?P<inline>[^()]{1,2000})\)")
_DEFINITION = re.compile(
    r"(?m)^(?P<name> {0,3}\[(?P<label>[^\[\]]{1,999})(?<!\\)\]:)(?P<rest>[^\n]*(?:\n(?![ \t]*\[)[^\n]+)*)"
)
_LABEL = re.compile(r"\[([^\[\]]{1,999})\]")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_STRAY = frozenset("*_~`[]()!<>#|\\")

# Between two letters of a word CommonMark may have a backslash or emphasis; between words much more, which is
# read in one way only, so that no text makes the search slow.
_WITHIN = rf"[\\*_~`{INVISIBLE}]{{0,4}}"
_EMPHASIS = r"[*_~`]"
_SEPARATOR = r"(?>\]\([^()\n]{0,2000}\)|&\#?\w{1,31};|[\W_])"

Cut = tuple[int, int, bool]
"""Where something goes, and whether a mark stays for it."""


@functools.lru_cache(maxsize=256)
def _in_markdown(passage: str) -> re.Pattern[str]:
    words = written_words(passage) or words_of(passage)
    inside = _in_a_row(words, [_WITHIN.join(map(re.escape, word)) for word in words], _SEPARATOR, "{%d,200}?")
    return re.compile(
        rf"(?P<before>{_EMPHASIS}{{0,3}})(?P<inside>{inside})(?P<after>{_EMPHASIS}{{0,3}})", re.IGNORECASE
    )


@functools.lru_cache(maxsize=256)
def _in_line(passage: str) -> re.Pattern[str]:
    """Looser: in a name, an address or a file's name, words may be parted by anything."""
    words = (has_glued(passage) and written_words(passage)) or words_of(passage)
    return re.compile(_in_a_row(words, list(map(re.escape, words)), r"[\W_]", "{%d,}"), re.IGNORECASE)


def _in_a_row(words: list[str], patterns: list[str], separator: str, repeated: str) -> str:
    """A pattern for words that stand in a row, and within no longer word, as far as their script tells where one ends.

    `patterns` are for each of the words. Between two words is something, but where either's script has no spaces.
    """
    parts = [] if is_glued(words[0]) else [rf"(?<![^\W_{GLUED}])"]
    for at, (word, pattern) in enumerate(zip(words, patterns, strict=True)):
        if at:
            least = 0 if is_glued(word) or is_glued(words[at - 1]) else 1
            parts.append(separator + repeated % least)
        parts.append(f"{pattern}(?![{MARKS}])" if is_glued(word) else pattern)
    return "".join((*parts, "" if is_glued(words[-1]) else rf"(?![^\W_{GLUED}])"))


def in_text(plain: str, passage: str) -> bool:
    """True when the words of a passage stand in a plain text."""
    return has_run(words_of(plain), words_of(passage))


def redact_markdown(text: str, passages: Iterable[str]) -> str:
    """A CommonMark text without some passages (canonical): a mark stands in their place, one where they overlap.

    No reading of the result says one, unless the mark itself does.
    """
    every = text_says(text, passages)
    if not every:
        return text
    cut = _cut_out(text, every)
    if _is_clean(cut, text, every):
        return cut
    # Where a reference leads is said elsewhere in the text; that it is one shows in its paragraph alone.
    labels = {_label(found["label"]) for found in _DEFINITION.finditer(text)}
    cut = "\n\n".join(_redact_block(block, labels, every) for block in _blocks(text))
    if not text_says(cut, every):
        return cut
    cut = _plain(text, every)
    return _MARK_MARKDOWN if text_says(cut, every) else cut


def redact_line(text: str, passages: Iterable[str]) -> str:
    """The same for plain text; where what is found cannot be cut out alone, the mark stands for all of it."""
    found = line_says(text, passages)
    if not found:
        return text
    spans = [(*match.span(), True) for passage in found for match in _in_line(passage).finditer(text)]
    cut = _cut(text, spans, MARK)
    return MARK if line_says(cut, found) else cut


def _redact_block(block: str, labels: set[str], passages: Sequence[str]) -> str:
    used = dict.fromkeys(label for name in _LABEL.findall(block) if (label := _label(name)) in labels)
    # A definition of its own comes first, so these change nothing where the block has it.
    known = "".join(f"\n\n[{label}]: {_NOWHERE}" for label in used)
    if not text_says(block + known, passages):
        return block
    cut = _cut_out(block, passages)
    if _is_clean(cut + known, block + known, passages):
        return cut
    cut = _plain(block + known, passages)
    return _MARK_MARKDOWN if not cut or text_says(cut, passages) else cut


def _plain(text: str, passages: Sequence[str]) -> str:
    """The words of a text as they are shown, without the passages and without markup."""
    shown = "\n\n".join(paragraphs_of(text))
    spans = [(*match.span(), True) for passage in passages for match in _in_line(passage).finditer(shown)]
    return join_paragraphs(re.split(r"\n{2,}", _cut(shown, spans, MARK).strip("\n")))


def _is_clean(cut: str, before: str, passages: Sequence[str]) -> bool:
    """Whether the passages are gone, and no sign shows that did not show before."""
    if text_says(cut, passages):
        return False
    shown = Counter(char for char in plain_text(before) if char in _STRAY)
    return not Counter(char for char in plain_text(cut).replace(MARK, "") if char in _STRAY) - shown


def _blocks(text: str) -> Iterator[str]:
    """What blank lines part, code between fences in one piece."""
    block: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        if line.strip() or fence:
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)


def _label(name: str) -> str:
    return " ".join(name.split()).casefold()


def _cut_out(text: str, passages: Sequence[str]) -> str:
    """The text with what can be cut out of its markup cut out, and links that say it leading nowhere."""

    def target(found: re.Match[str]) -> str:
        if not line_says(found["inline"], passages):
            return found[0]
        return _MARK_MARKDOWN if found["image"] else f"]({_NOWHERE})"

    def definition(found: re.Match[str]) -> str:
        hides = line_says(found["rest"], passages) and not plain_text(found[0])
        return f"{found['name']} {_NOWHERE}" if hides else found[0]

    text = _DEFINITION.sub(definition, _TARGET.sub(target, text))
    spans = [span for passage in passages for found in _in_markdown(passage).finditer(text) for span in _spans(found)]
    return _cut(text, spans, _MARK_MARKDOWN)


def _spans(found: re.Match[str]) -> Iterator[Cut]:
    """Where a passage stands; emphasis that began or ended with it goes, what goes on beyond it stays."""
    start, stop = found.span("inside")
    runs = list(re.finditer(f"{_EMPHASIS}+", found["inside"]))
    if len(runs) % 2 and not found["before"] and not found["after"]:
        run = runs[-1] if len(runs) == 1 else None
        if run is not None:
            opens = found["inside"][: run.start()][-1:].isspace()
            yield start, start + run.start(), not opens
            yield start + run.end(), stop, opens
            return
    yield start, stop, True
    if len(runs) % 2:
        yield (*(found.span("before") if found["before"] else found.span("after")), True)


def _cut(text: str, spans: Iterable[Cut], mark: str) -> str:
    """The text with a mark for each run of spans that touch."""
    groups: list[list[int]] = []
    for start, stop, marked in sorted(span for span in spans if span[0] < span[1]):
        if groups and start <= groups[-1][1]:
            groups[-1][1] = max(groups[-1][1], stop)
            groups[-1][2] |= marked
        else:
            groups.append([start, stop, marked])
    parts, end = [], 0
    for start, stop, is_marked in groups:
        parts += [text[end:start], mark if is_marked else ""]
        end = stop
    return "".join((*parts, text[end:]))


def by_digest(plain: str, sha256: str, words: int) -> str:
    """The passage of so many words that has a digest; empty when there is none.

    The digest is that of its words (`digest_of_words`), or of a text that blanks, or letters, part into so many words.
    """
    text = canonical(plain)
    every = [(word, *found.span()) for found in _SPOKEN.finditer(text) for word in words_of(found[0])]
    for at in range(len(every) - words + 1):
        row = every[at : at + words]
        if _of_words(word for word, _, _ in row) == sha256:
            return text[row[0][1] : row[-1][2]]
    for pattern in (_PARTED, _PIECE) if has_glued(text) else (_PARTED,):
        spans = [found.span() for found in pattern.finditer(text)]
        for (start, _), (_, stop) in zip(spans, spans[words - 1 :], strict=False):
            if text_digest(text[start:stop]) == sha256:
                return text[start:stop]
    return ""


def digest_of_words(passage: str) -> tuple[str, int]:
    """What stands for a passage however it is written, and how many words it has."""
    words = words_of(passage)
    return _of_words(words), len(words)


def _of_words(words: Iterable[str]) -> str:
    return text_digest(" ".join(words))
