"""Finds the text of a comment among its name, date and buttons, and writes it as CommonMark."""

from __future__ import annotations

from bs4.element import Tag

from backfile.importer.html import words as lexicon
from backfile.importer.html.commonmark import to_commonmark
from backfile.importer.html.tags import inside, is_dated, properties_of, tokens_of
from backfile.importer.html.words import words

_TEXT_PROPERTIES = frozenset({"text", "commentText", "articleBody", "reviewBody"})


def find_text(root: Tag) -> Tag | None:
    """The element that holds the comment's text, or None when no name tells it."""
    declared = next((tag for tag in root.find_all(True) if _is_declared_text(tag)), None)
    if declared is not None:
        return declared
    best: Tag | None = None
    best_score = 0.0
    for tag in root.find_all(True):
        rank = _body_rank(tag)
        if not rank:
            continue
        length = len(tag.get_text(strip=True)) - sum(
            len(part.get_text(strip=True)) for part in tag.find_all(_is_chrome)
        )
        if length <= 0:
            continue
        # Names alone mislead ("content" may be the whole card): what holds a date or an author weighs less.
        inside = sum(1 for part in tag.find_all(True) if is_dated(part) or _body_has_name(part))
        score = rank * min(length, 400) / (1 + 4 * inside)
        if score > best_score:
            best, best_score = tag, score
    return best


def _is_declared_text(tag: Tag) -> bool:
    return bool(_TEXT_PROPERTIES.intersection(properties_of(tag)))


def _body_rank(tag: Tag) -> float:
    """How well the names of an element say that it holds the text."""
    rank = 0.0
    for token in tokens_of(tag):
        found = words(token)
        if (
            found & (lexicon.CHROME - {"post", "reply"})
            or (found & lexicon.AUTHOR and not found & lexicon.NOT_AUTHOR)
            or found & {"header", "meta", "metadata", "date", "title", "number", "count", "no"}
        ):
            return 0.0
        if found & {
            "text",
            "body",
            "message",
            "content",
            "texte",
            "inhalt",
            "copy",
            "description",
        } or found & {name for name in lexicon.BODY if len(name) > 7}:
            rank = max(rank, 2.0 if len(found) > 1 or found & {"text", "message"} else 1.4)
        elif found & lexicon.BODY:
            rank = max(rank, 0.7)
    return rank


def _body_has_name(tag: Tag) -> bool:
    return any(
        token in ("fn", "author", "username", "comment-author", "vcard", "comment-meta")
        for token in tokens_of(tag)
    )


def write_text(root: Tag, body: Tag | None, fields: list[Tag], base: str) -> str:
    """The comment's words as CommonMark, without its name, date and buttons."""
    source = body if body is not None else root
    for tag in fields:
        if not tag.decomposed and not inside(source, tag):
            _drop_with_lead(tag, source)
    for tag in source.find_all(True):
        if not tag.decomposed and _is_chrome(tag):
            tag.decompose()
    return to_commonmark(source, base)


def _drop_with_lead(tag: Tag, source: Tag) -> None:
    """Takes a field out, with the line it stands on when that holds nothing else of length."""
    limit = len(tag.get_text(strip=True)) + 40
    parent = tag.parent
    while isinstance(parent, Tag) and not inside(source, parent) and len(parent.get_text(strip=True)) < limit:
        tag, parent = parent, parent.parent
    tag.decompose()


def _is_chrome(tag: Tag) -> bool:
    """True for buttons, votes, signatures and their like inside a comment."""
    if tag.name in ("footer", "header", "nav"):
        return True
    if tag.name in ("p", "blockquote", "pre", "td", "tr", "table"):
        return False
    for token in tokens_of(tag):
        if token.startswith("js-"):
            continue
        if words(token) & lexicon.CHROME and not words(token) & lexicon.NOT_AUTHOR:
            return len(tag.get_text(strip=True)) < 300 and not any(map(_body_rank, tag.find_all(True)))
    return False
