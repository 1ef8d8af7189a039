"""The head of a Markdown file for Hugo, Jekyll and their like, made into labelled lines; and whether it is a draft."""

from __future__ import annotations

import re
from typing import NamedTuple

_FENCED = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n(?P<head>(?s:.){0,20000}?)\n(?P=fence)[ \t]*(?:\n|\Z)")
_VALUE = re.compile(r"(?P<key>[A-Za-z][\w-]{0,60})[ \t]*[:=][ \t]*(?P<value>.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<item>\S.*)")
_TABLE = re.compile(r"\[{1,2}[\w. -]{1,80}\]{1,2}")
_QUOTED = re.compile(r"(?P<mark>[\"'])(?P<text>.*)(?P=mark)")
_NAMES = {
    "lastmod": "modified", "last_modified_at": "modified", "description": "summary", "excerpt": "summary",
    "categories": "category", "publishdate": "published",
}  # fmt: skip
_FLAGS = ("draft", "published")
_NO_BLOCK = ("|", ">", "|-", ">-")


class Matter(NamedTuple):
    """A text whose front matter is labelled lines, or what it was; `draft` says why it was never public."""

    text: str
    draft: str = ""


def read_front_matter(text: str) -> Matter:
    """A file's text with its front matter as `Label: value`; one that has none, or another sort, is left as it is."""
    found = _FENCED.match(text)
    entries = _entries(found["head"].split("\n")) if found else None
    if not found or not entries:
        return Matter(text)
    draft = next((f"its front matter says '{key}: {value}'" for key, value in entries if _is_draft(key, value)), "")
    told = (
        (_NAMES.get(key.lower(), key.lower()), value)
        for key, value in entries
        if value and (key.lower() not in _FLAGS or value.lower() not in ("true", "false"))
    )
    lines = (f"{key.capitalize()}: {value}" for key, value in told)
    return Matter("\n\n".join((*lines, text[found.end() :])), draft)


def _is_draft(key: str, value: str) -> bool:
    return (key.lower(), value.lower()) in (("draft", "true"), ("published", "false"))


def _entries(lines: list[str]) -> list[tuple[str, str]] | None:
    """Keys and values, lists with semicolons; None where a line is neither."""
    entries: list[tuple[str, list[str]]] = []
    for line in lines:
        if item := _ITEM.fullmatch(line.rstrip()):
            if not entries:
                return None
            entries[-1][1].append(_plain(item["item"]))
        elif found := _VALUE.fullmatch(line.rstrip()):
            value = found["value"].strip()
            is_list = value.startswith("[") and value.endswith("]")
            parts = value[1:-1].split(",") if is_list else [value]
            entries.append((found["key"], [part for part in map(_plain, parts) if part and part not in _NO_BLOCK]))
        elif entries and line[:1] in " \t" and line.strip():
            entries[-1][1][-1:] = [" ".join((*entries[-1][1][-1:], line.strip()))]  # a value goes on, or is a table
        elif line.strip() and not line.startswith("#") and not _TABLE.fullmatch(line.strip()):
            return None
    return [(key, "; ".join(values)) for key, values in entries]


def _plain(value: str) -> str:
    """A value without quotation marks."""
    value = value.strip()
    quoted = _QUOTED.fullmatch(value)
    return quoted["text"].replace('\\"', '"').replace("''", "'") if quoted else value
