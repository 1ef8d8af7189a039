"""What the meta elements of a page say, by name."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from lxml.html import HtmlElement

from backfile.text import clean_line

_DUBLIN_CORE = re.compile(r"^(dc|dcterms):")
_PACKED = "parsely-page"
"""An object of JSON in one element, as some news sites wrote it until 2015."""
_UNPACKED = {
    "title": "parsely-title",
    "pub_date": "parsely-pub-date",
    "section": "parsely-section",
    "author": "parsely-author",
    "authors": "parsely-author",
    "tags": "parsely-tags",
}
_LONGEST_PACKED = 20_000
_MOST_AROUND = 40


def meta_values(root: HtmlElement, comments: Collection[HtmlElement]) -> dict[str, list[str]]:
    """Contents of the meta elements by lower-case name, property or itemprop; of the latter those of one thing only."""
    values: dict[str, dict[str, None]] = defaultdict(dict)
    scopes: dict[str, object] = {}
    for element in root.iter("meta"):
        if element in comments:
            continue
        content = clean_line(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = _DUBLIN_CORE.sub(r"\1.", (element.get(attribute) or "").lower())
            if not name or not content:
                continue
            if attribute == "itemprop" and scopes.setdefault(name, scope := _scope(element)) is not scope:
                continue  # it is said of another article, or of something else
            for key, value in _unpacked(content) if name == _PACKED else ((name, content),):
                values[key][value] = None
    return {name: list(contents) for name, contents in values.items()}


def _scope(element: HtmlElement) -> HtmlElement | None:
    """The thing that an element says something of."""
    around = islice(element.iterancestors(), _MOST_AROUND)
    return next((one for one in around if one.get("itemscope") is not None), None)


def _unpacked(content: str) -> Iterator[tuple[str, str]]:
    try:
        told = json.loads(content) if len(content) <= _LONGEST_PACKED else None
    except (ValueError, RecursionError):
        return
    for key, value in told.items() if isinstance(told, dict) else ():
        for part in value if isinstance(value, list) else [value]:
            if key in _UNPACKED and isinstance(part, str) and (line := clean_line(part)):
                yield _UNPACKED[key], line
