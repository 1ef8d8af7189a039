"""Reads plain-text extracts of pages: one file a page, a paragraph a line or between blank lines."""

from __future__ import annotations

import re

from backfile.decoding import decode
from backfile.importer.drafts import as_draft
from backfile.importer.frontmatter import read_front_matter
from backfile.importer.record import Problem, Record
from backfile.model import Article, Source
from backfile.text import clean_line

_BLANK = re.compile(r"\n[ \t]*\n")
_WRAP = (40, 110)
"""Lines of hard-wrapped text are between so many characters long, all but the last of a paragraph."""


def read_plain_text(data: bytes, source: Source) -> Record | Problem:
    """The file's paragraphs as a record; labels, head and comments are told apart later."""
    text, notes = decode(data)
    matter = read_front_matter(text)
    paragraphs = paragraphs_of_text(matter.text)
    if not paragraphs:
        return Problem(source.name, "no text in the file", source)
    record = Record(f"{source.name}:1", source, Article(id="", title="", body=""), paragraphs, notes)
    why = matter.draft or ("it lies in a folder of drafts" if "/_drafts/" in f"/{source.name}" else "")
    return as_draft(record, why) if why else record


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
