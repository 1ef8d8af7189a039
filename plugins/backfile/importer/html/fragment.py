"""Pieces of HTML, as exports hold them, made into CommonMark."""

from __future__ import annotations

import re

from backfile.importer import limits
from backfile.importer.html.commonmark import to_commonmark
from backfile.importer.html.parsing import parse
from backfile.importer.html.soup import graft
from backfile.importer.images.pictures import Pictures
from backfile.markdown import escape_text, plain_text
from backfile.text import clean_line, clean_text

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def html_to_commonmark(
    markup: str, base: str = "", *, pictures: Pictures | None = None, of_reader: bool = False
) -> str:
    """CommonMark of a piece of HTML, an article's or a reader's; markup that no parser takes is kept as text."""
    markup = clean_text(markup)
    if not markup.strip():
        return ""
    if "<" not in markup and "&" not in markup:
        return text_to_commonmark(markup)
    largest = limits.current.page
    if len(markup) > largest:  # what is too much to be parsed is kept as text
        first = html_to_commonmark(markup[:largest], base, pictures=pictures, of_reader=of_reader)
        return f"{first}\n\n{text_to_commonmark(markup[largest:])}"
    parsed = parse(f"<div>{markup}</div>".encode())
    if parsed is None:
        return text_to_commonmark(markup)
    root, _ = parsed
    if pictures is None:
        return to_commonmark(graft(root), base)
    if of_reader:
        return to_commonmark(graft(root), base, show=pictures.show_of_reader)
    pictures.mark(root)
    return to_commonmark(graft(root), base, show=pictures.show)


def line_of(markup: str) -> str:
    """A line of text without the markup and references that titles and names in exports may have."""
    return clean_line(plain_text(html_to_commonmark(markup)) if "<" in markup or "&" in markup else markup)


def text_to_commonmark(text: str) -> str:
    """CommonMark of plain text: blank lines part paragraphs, other line ends are kept."""
    paragraphs = (part.strip() for part in _BLANK_LINES.split(clean_text(text)))
    return "\n\n".join(escape_text("\n".join(line.strip() for line in part.split("\n"))) for part in paragraphs if part)
