"""Objects of JSON as they would be without what some programs wrap round each value, or hang on each name."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from backfile.importer.moments import with_zone
from backfile.text import clean_line

Item = dict[str, Any]

_RENDERED, _HEADLINE = "rendered", "headline"
_WITH_HEADLINE = frozenset(
    "text body content html comments abstract snippet description excerpt url link web_url webUrl webURL".split()
)
"""What has one of these beside its headline is an article; else it may be part of anything."""
_TEXTS = ("content", "body", "text", "message")
"""Of these what is rendered is the text itself, of all others a line without marks."""
_TAG = re.compile(r"<[^<>]*>")
_GMT = "_gmt"
_OF_COMMENT = re.compile(r"comment_|comment(?=[A-Z])")
_MEANS_MORE = frozenset(("comment_text", "commentText"))
"""May be marked up, which `text` is not."""


def plainly(value: Item) -> Item:
    """The object with `{"rendered": "<p>Hi</p>"}` as `html` or a line, and dates with the zone of their GMT twin.

    What is called a headline is its title.
    """
    value = _titled(value)
    if dict not in map(type, value.values()) and not any(name.endswith(_GMT) for name in value):
        return value
    made: Item = {}
    for name, found in value.items():
        if isinstance(found, dict) and isinstance(text := found.get(_RENDERED), str):
            if name in _TEXTS and "html" not in value:
                made["html"] = text
            else:
                made[name] = clean_line(unescape(_TAG.sub("", text)))
        elif not (name.endswith(_GMT) and isinstance(found, str)):
            made[name] = found
        elif twin := with_zone(_date(value.get(name.removesuffix(_GMT))), found):
            made[name.removesuffix(_GMT)] = twin
        else:
            made[name] = found
    return made


def _titled(value: Item) -> Item:
    if _HEADLINE not in value or "title" in value or _WITH_HEADLINE.isdisjoint(value):
        return value
    found = value[_HEADLINE]
    line = found.get("main") if isinstance(found, dict) else found  # beside it other forms of the same
    if not isinstance(line, str):
        return value
    return {"title" if name == _HEADLINE else name: line if name == _HEADLINE else part for name, part in value.items()}


def comment_plainly(item: Item) -> Item:
    """The same of a comment, each of whose names may say that it is one: `comment_author`, `commentBody`."""
    if not any(name.startswith("comment") for name in item):
        return plainly(item)
    bare: Item = {}
    for name, found in item.items():
        short = _OF_COMMENT.sub("", name, count=1) if _OF_COMMENT.match(name) and name not in _MEANS_MORE else ""
        short = short.lower() if "_" in name else short[:1].lower() + short[1:]
        short = "id" if short == "iD" else short
        bare[name if not short or short in item or short in bare else short] = found
    return plainly(bare)


def _date(found: Any) -> str:
    return found if isinstance(found, str) else ""
