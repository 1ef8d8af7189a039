"""The head of a file for Hugo, Jekyll and their like: its values, or labelled lines; and whether it is a draft."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from typing import Any, NamedTuple

_FENCED = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n(?P<head>(?s:.){0,20000}?)\n(?P=fence)[ \t]*(?:\n|\Z)")
_OPENING = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n")
_VALUE = re.compile(r"(?P<key>[A-Za-z][\w-]{0,60})[ \t]*[:=][ \t]*(?P<value>.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<item>\S.*)")
_TABLE = re.compile(r"\[{1,2}[\w. -]{1,80}\]{1,2}")
_QUOTED = re.compile(r"(?P<mark>[\"'])(?P<text>.*)(?P=mark)")
_NAMES = {
    "lastmod": "modified", "last_modified_at": "modified", "description": "summary", "excerpt": "summary",
    "categories": "category", "publishdate": "published",
}  # fmt: skip
_FLAGS = ("draft", "published")
_LARGEST = 1 << 18
"""Characters of front matter that are read; comments may stand in it."""
_NO_BLOCK = ("|", ">", "|-", ">-")


class Matter(NamedTuple):
    """A text whose front matter is labelled lines, or what it was; `draft` says why it was never public."""

    text: str
    draft: str = ""


class FrontMatter(NamedTuple):
    """The values at the head of a file by their names, as texts, lists and objects, and the text below them."""

    values: dict[str, Any]
    text: str


def front_matter(text: str) -> FrontMatter | None:
    """The front matter of a file in YAML or TOML; None where it has none, or one that nobody can read.

    Every value that is no list and no object is the text that stands there.
    """
    opening = _OPENING.match(text)
    if not opening:
        return None
    fence = opening["fence"]
    closing = re.compile(rf"^{re.escape(fence)}[ \t]*(?:\n|\Z)", re.MULTILINE).search(
        text, opening.end(), opening.end() + _LARGEST
    )
    if not closing:
        return None
    head = text[opening.end() : closing.start()]
    if not head.strip():
        return FrontMatter({}, text[closing.end() :])
    values = _of_toml(head) if fence == "+++" else _of_yaml(head)
    if values is None:
        entries = _entries(head.split("\n"))
        values = dict(entries) if entries else None
    return FrontMatter(values, text[closing.end() :]) if values else None


def _of_toml(head: str) -> dict[str, Any] | None:
    try:
        return {name: _as_text(value) for name, value in tomllib.loads(head).items()}
    except (ValueError, RecursionError):
        return None


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_text(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_text(part) for part in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _of_yaml(head: str) -> dict[str, Any] | None:
    import yaml  # which few sources need

    class Loader(yaml.BaseLoader):
        """Gives texts as they are written, and follows no references, of which a few lines can make millions."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("a reference")
            return super().compose_node(parent, index)

    try:
        found = yaml.load(head, Loader)  # noqa: S506 - makes nothing but texts, lists and objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return {str(name): value for name, value in found.items()} if isinstance(found, dict) else None


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
