"""What an object of JSON says of an article and nobody reads, in words for the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from backfile.importer.html.links import safe_url
from backfile.importer.html.metadata import language_tag
from backfile.importer.jsonfields import list_of, text_of, texts_of
from backfile.importer.jsonshapes import holds_articles
from backfile.model import Article
from backfile.text import clean_line

_DATES = (("published", "date"), ("modified",), ("captured", "filedate"))
_LINES = ("title", "url", "html", "standfirst", "author_note", "section", "language", *(n for ns in _DATES for n in ns))
_BODIES = ("text", "raw_text", "body")
_LISTS = ("authors", "author", "tags", "categories")
_SHORT = frozenset((*_LINES, *_LISTS, "excerpt", "description", "source", "comments", "commentsbody"))
_MAY_BE_TEXT = 200
"""Characters that hardly anything has but a text."""
_MOST_NAMES = 12


def parsed(text: str) -> tuple[Any, tuple[str, ...]]:
    """What the text says, and names that an object in it gives twice; of the values of such a name the last is taken.

    Raises what `json.loads` does.
    """
    twice: dict[str, None] = {}

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            left = dict.fromkeys(value)
            twice.update((name, None) for name, _ in pairs if left.pop(name, name) is not None)
        return value

    return json.loads(text, strict=False, object_pairs_hook=made), tuple(sorted(twice))  # tabs as they are lose nothing


def notes_on(value: dict[str, Any], article: Article, unread: list[str], twice: tuple[str, ...]) -> Iterator[str]:
    """What is said of an article and could not be read. Comments are no metadata: nobody could take one of them out."""
    for key in unread:
        yield f"{clean_line(key)[:40]} holds what may be comments, which was not read: call it comments"
    if twice:
        yield f"said more than once, of which the last was read: {_names(twice)}"
    for key in value if not article.body else ():
        if key not in _BODIES and holds_articles(value[key]):
            yield f"{clean_line(key)[:40]} holds what may be articles, which was not read: import each as an object"
    if not article.body and (name := _longest(value)):
        yield f"no text was read: {clean_line(name)[:40]} may be one, and was kept as metadata; call it text, or html"
    if wrong := sorted(_unread_values(value, article)):
        yield f"values that cannot be read: {_names(wrong)}"
    for part, names in zip((article.published, article.modified, article.captured), _DATES, strict=True):
        if not part and (told := next(filter(None, (clean_line(text_of(value, name)) for name in names)), "")):
            yield f"a date that cannot be read: {told[:40]}"


def _longest(value: dict[str, Any]) -> str:
    """The name of the longest value that may be a text; empty where there is none."""
    texts = {key: len(part) for key, part in value.items() if isinstance(part, str) and key not in _SHORT}
    name = max(texts, key=texts.__getitem__, default="")
    return name if texts.get(name, 0) >= _MAY_BE_TEXT else ""


def _names(names: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(clean_line(name)[:40] for name in names[:_MOST_NAMES]) + more


def _unread_values(value: dict[str, Any], article: Article) -> Iterator[str]:
    """The names whose values are of another kind than what is read under them."""
    yield from (name for name in _LINES if _says(value.get(name)) and not text_of(value, name))
    for name in _BODIES:
        given = value.get(name)
        texts = isinstance(given, list) and all(isinstance(text, str) for text in given)
        if _says(given) and not texts and not texts_of(value, name):
            yield name
    for name in _LISTS:
        given = value.get(name)
        if _says(given) and any(_says(item) and not list_of({name: item}, name) for item in _items(given)):
            yield name
    if text_of(value, "url").strip() and not safe_url(text_of(value, "url")):
        yield "url"
    if text_of(value, "language").strip() and not article.language and not language_tag(text_of(value, "language")):
        yield "language"


def _items(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _says(found: Any) -> bool:
    return (
        not isinstance(found, bool)
        and found not in (None, "", [], {})
        and not (isinstance(found, str) and not found.strip())
    )
