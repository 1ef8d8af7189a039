"""Reads plain-text extracts of pages: one file a page, a paragraph a line or between blank lines."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from backfile.decoding import decode
from backfile.importer.drafts import as_draft
from backfile.importer.frontmatter import read_front_matter
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.images.beside import Finder
from backfile.importer.images.pictures import Pictures
from backfile.importer.markdowntext import MARKDOWN, blocks_of, html_of, is_marked, with_labels_apart
from backfile.importer.record import Problem, Record
from backfile.model import Article, Source
from backfile.text import clean_line

_BLANK = re.compile(r"\n[ \t]*\n")
_WRAP = (40, 110)
"""Lines of hard-wrapped text are between so many characters long, all but the last of a paragraph."""


def read_plain_text(data: bytes, source: Source, finder: Finder | None = None) -> Record | Problem:
    """The file's paragraphs as a record; labels, head and comments are told apart later."""
    text, notes = decode(data)
    matter = read_front_matter(text)
    pictures = Pictures(finder)
    marked = _marked(matter.text, source.name, pictures)
    paragraphs = tuple(said for said, _ in marked) or paragraphs_of_text(matter.text)
    if not paragraphs:
        return Problem(source.name, "no text in the file", source)
    marks = tuple(block for _, block in marked)
    record = Record(f"{source.name}:1", source, Article(id="", title="", body=""), paragraphs, notes, marks=marks)
    record = replace(record, images=pictures.images_in("\n\n".join(marks)))
    why = matter.draft or ("it lies in a folder of drafts" if "/_drafts/" in f"/{source.name}" else "")
    return as_draft(record, why) if why else record


def _marked(text: str, name: str, pictures: Pictures) -> list[tuple[str, str]]:
    """The paragraphs of a file that is called Markdown and has its marks: their words, and as CommonMark."""
    if PurePosixPath(name).suffix.lower() not in MARKDOWN or not is_marked(text):
        return []
    markup = html_of(with_labels_apart(text))
    return (
        [(said, block) for said, block in blocks_of(html_to_commonmark(markup, pictures=pictures)) if said]
        if markup
        else []
    )


def paragraphs_of_text(text: str) -> tuple[str, ...]:
    """Paragraphs as clean single lines: between blank lines if the lines are wrapped, else a line each."""
    blocks = [block.split("\n") for block in _BLANK.split(text)]
    joined = [" ".join(block) for block in blocks] if _is_wrapped(blocks) else [n for block in blocks for n in block]
    return tuple(line for line in map(clean_line, joined) if line)


def _is_wrapped(blocks: list[list[str]]) -> bool:
    """True when lines end at a margin and not where a paragraph does."""
    inner = [line.strip() for block in blocks for line in block[:-1] if line.strip()]
    if len(blocks) < 2 or len(inner) < 3:
        return False
    at_margin = [line for line in inner if _WRAP[0] <= len(line) <= _WRAP[1] and line[-1] not in '.!?”"']
    return len(at_margin) > 0.6 * len(inner)
