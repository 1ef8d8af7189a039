"""All that a text says, shown or hidden: the words of every reading somebody may make of it.

shown     the text as a reader sees it
held      addresses, titles and descriptions of links and images, as the page's source has them
written   CommonMark as downloads publish it: with escapes and entities resolved, then without signs, without tags
          and targets, so that nothing hides by standing between the letters of a word or the words of a sentence
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from backfile.markdown import html_text, render
from backfile.takedown.canonical import has_run, words_of

_HELD = re.compile(r'\s(?:href|src|title|alt)="([^"]*)"')
_SIGNS_ALONE = re.compile(r"[\\*~`]+")
_SIGNS = re.compile(r"[\\*_~`]+")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|tt|u)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_TARGET = re.compile(r"\]\([^()]{0,2000}\)|\]\[[^\[\]]{0,999}\]")

Words = list[str]


def text_says(markdown: str, passages: Iterable[str]) -> list[str]:
    """Those of some passages that a CommonMark text says in any of its readings."""
    every = list(passages)
    return _said(_of_text(markdown), every) if every else []


def line_says(text: str, passages: Iterable[str]) -> list[str]:
    """The same for plain text."""
    every = list(passages)
    return _said(_of_line(text), every) if every else []


def _said(readings: Iterable[Words], passages: Iterable[str]) -> list[str]:
    return [passage for passage in passages if any(has_run(words, words_of(passage)) for words in readings)]


# A text is asked for each of several passages, and again when they are out.
@functools.lru_cache(maxsize=64)
def _of_text(markdown: str) -> tuple[Words, ...]:
    rendered = render(markdown)
    readings = [html_text(rendered), *_written(markdown)]
    readings += [resolved(held) for held in _HELD.findall(rendered)]
    return _different(readings)


def _of_line(text: str) -> tuple[Words, ...]:
    return _different([text, *_written(text)])


def _written(text: str) -> Iterator[str]:
    source = resolved(text)
    # An underscore stands between words as often as it is a sign.
    for signs in (None, _SIGNS_ALONE, _SIGNS) if _SIGNS.search(source) else (None,):
        # An escape may stand within an entity, and an entity for a sign.
        bare = resolved(signs.sub("", source)) if signs else source
        yield bare
        linked = _TARGET.sub("", bare) if "](" in bare or "][" in bare else bare
        yield linked
        for text in (bare, linked) if "<" in bare else ():
            yield _TAG.sub("", text)
            yield _TAG.sub(" ", _INLINE_TAG.sub("", text))


def resolved(text: str) -> str:
    """A text with entities and percent signs resolved, twice over: feeds and addresses write one in the other."""
    for _ in range(2):
        text = html.unescape(text) if "&" in text else text
        text = unquote(text) if "%" in text else text
    return text


def _different(readings: Iterable[str]) -> tuple[Words, ...]:
    found: list[Words] = []
    for reading in dict.fromkeys(readings):
        words = words_of(reading)
        if words and words not in found:
            found.append(words)
    return tuple(found)
