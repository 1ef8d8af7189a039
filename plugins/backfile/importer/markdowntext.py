"""Markdown as people and programs write it: CommonMark, tables, struck words, and HTML among them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from backfile.markdown import depth_of, paragraphs_of
from backfile.text import clean_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx")
_HIGHLIGHT = re.compile(r"\{%-?\s{0,9}(?:end)?highlight\b[^%\n]{0,99}%\}")
_SITE = re.compile(r"\{\{\s{0,9}site\.(?:baseurl|url)\s{0,9}\}\}")
_ATTRIBUTES = re.compile(r"^[ \t]{0,9}\{:[^{}\n]{0,200}\}[ \t]*(?:\n|\Z)", re.MULTILINE)
_MARKED = re.compile(
    r"^(?:#{1,6} +\S|>? ?!?\[[^\[\]\n]{0,300}\]\([^()\s]{1,2000}\)|```)|\]\(https?://|\*\*\w[^*\n]{0,300}\*\*",
    re.MULTILINE,
)
_LABEL = re.compile(r"[A-Za-z][A-Za-z ]{1,20}: ?\S.*")
_DEEPEST = 40


def is_marked(text: str) -> bool:
    """True for a text that has headings, links, images or strong words of Markdown."""
    return _MARKED.search(text) is not None


def with_labels_apart(text: str) -> str:
    """A text whose first lines, as far as each names a value, are paragraphs of their own, as in plain text."""
    lines = text.split("\n")
    count = 0
    while count < len(lines) and (not lines[count].strip() or _LABEL.fullmatch(lines[count].strip())):
        count += 1
    return "\n".join((*(f"{line}\n" for line in lines[:count]), *lines[count:]))


def blocks_of(commonmark: str) -> list[tuple[str, str]]:
    """The blocks of a text, each with its words in a line; what has none, as an image, goes with the one before."""
    lines = commonmark.split("\n")
    blocks: list[tuple[str, str]] = []
    for token in _parser().parse(commonmark):
        if token.level or token.map is None or token.nesting < 0:
            continue
        block = "\n".join(lines[token.map[0] : token.map[1]]).rstrip()
        said = clean_line(" ".join(paragraphs_of(block)))
        if blocks and not said:
            above, before = blocks.pop()
            said, block = above, f"{before}\n\n{block}"
        blocks.append((said, block))
    return blocks


def html_of(markdown: str) -> str | None:
    """HTML of Markdown, in which HTML may stand as it is; None of what is nested too deeply for it."""
    text = _HIGHLIGHT.sub("```", markdown)
    text = _ATTRIBUTES.sub("", _SITE.sub("", text))
    return None if depth_of(text) > _DEEPEST else str(_parser().render(text))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # a large module that few sources need

    return MarkdownIt("commonmark", {"maxNesting": _DEEPEST + 10}).enable(["table", "strikethrough"])
