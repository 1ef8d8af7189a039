"""Lists of JSON within what answers of APIs wrap round them, and round each thing in them.

{"status": "ok", "response": {"results": [{...}, {...}]}}      {"kind": "t1", "data": {...}}      {"node": {...}}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from backfile.importer.jsonfields import text_of
from backfile.importer.jsonnames import LISTS, count_of
from backfile.importer.jsonshapes import has_text, holds_articles, holds_comments_alone, look_like_comments
from backfile.importer.jsontargets import own_address
from backfile.importer.record import Problem

Item = dict[str, Any]
Raw = tuple[str, bytes]

_DEEPEST = 3
_WRAPPINGS = ("data", "node", "attributes", "item", "resource")


def opened(raws: Iterator[Raw | Problem]) -> Iterator[Raw | Problem]:
    """The values of a file, and of each that is but a wrapping the things in it, as `a.json:1#3`."""
    for raw in raws:
        items = None if isinstance(raw, Problem) else _items_of(raw[1])
        if items is None or isinstance(raw, Problem):
            yield raw
            continue
        for number, item in enumerate(items, start=1):
            yield f"{raw[0]}#{number}", json.dumps(item).encode()


def is_wrapping(data: bytes) -> bool:
    """True for an object that is but a wrapping."""
    return _items_of(data) is not None


def list_in(value: Any, depth: int = 0) -> list[Any] | None:
    """A list, or the only one of objects that an object holds, however deep, its things without their wrapping."""
    if isinstance(value, list):
        return [_unwrapped(item) for item in value]
    found = list(_lists(value, depth)) if isinstance(value, dict) else []
    return found[0] if len(found) == 1 else None


def lists_in(value: Item, depth: int = 0) -> Iterator[tuple[str, int]]:
    """The names of lists of objects in an object, however deep, and how many each has."""
    for name, part in value.items():
        if isinstance(part, list) and part and all(isinstance(item, dict) for item in part):
            within = list(lists_in(part[0], depth + 1)) if len(part) == 1 and depth < _DEEPEST else []
            yield from within or [(name, len(part))]
        elif isinstance(part, dict) and depth < _DEEPEST:
            yield from lists_in(part, depth + 1)


def comments_name(article: Item) -> str:
    """Under which name the comments of an article stand; another than the first only where they look like comments.

    What has no text of its own may have them in any one value, as a thread of a forum has.
    """
    if article.get("comments") and not count_of(article["comments"]):
        return "comments"
    if name := next((name for name in LISTS[1:] if look_like_comments(article.get(name))), ""):
        return name
    names = [] if has_text(article) else [name for name, part in article.items() if look_like_comments(list_in(part))]
    return names[0] if len(names) == 1 else "comments"


def as_list(given: Any) -> Any:
    """Comments as a list, where an object holds one, or has them by their ids; else what was given."""
    if isinstance(given, dict) and (found := list_in(given)) is not None:
        return found
    if isinstance(given, dict) and given and all(isinstance(value, dict) for value in given.values()):
        return [{"id": key, **value} for key, value in given.items()]
    return list_in(given) if isinstance(given, list) else given


def _items_of(data: bytes) -> list[Any] | None:
    """The things in an object that has a list of them, and nothing else to say; None for another."""
    try:
        value = json.loads(data.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or has_text(value):
        return None
    if value and all("://" in name and look_like_comments(part) for name, part in value.items()):
        return [{"url": name, "comments": part} for name, part in value.items()]
    if text_of(value, "title").strip():  # of a feed, or else of an article
        items = list_in(value)
        return items if holds_articles(items) else None
    for _ in range(_DEEPEST):
        if own_address(value) and look_like_comments(list_in(value)):
            return [value]
        inner = [part for part in value.values() if isinstance(part, dict)]
        if len(inner) != 1 or any(isinstance(part, list) for part in value.values()):
            break
        value = inner[0]
        if has_text(value) or text_of(value, "title").strip():
            return [value]
    items = list_in(value)
    return items if holds_articles(items) or holds_comments_alone(items) else None


def _lists(value: Item, depth: int) -> Iterator[list[Any]]:
    for part in value.values():
        if isinstance(part, list) and part and all(isinstance(item, dict) for item in part):
            yield [_unwrapped(item) for item in part]
        elif isinstance(part, dict) and depth < _DEEPEST:
            yield from _lists(part, depth + 1)


def _unwrapped(item: Any) -> Any:
    """What is said in an object, and in one within it that has all that is to say."""
    for _ in range(_DEEPEST):
        if not isinstance(item, dict):
            break
        name = next((name for name in _WRAPPINGS if isinstance(item.get(name), dict)), "")
        if not name or has_text(item) or text_of(item, "title").strip():
            break
        item = {**{key: part for key, part in item.items() if key != name}, **item[name]}
    return item
