"""Lines of `Key: value`, as content files carry them; values that would not survive are JSON strings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from backfile.errors import ContentError
from backfile.frozen import frozen

_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]*)[ \t]*:(?P<value>.*)", re.DOTALL)
_ITEM = re.compile(r'\s*("(?:[^"\\]|\\.)*"(?=\s*(?:;|$))|[^;]*)(;|$)')


@frozen
class Field:
    """One metadata line: key as written, value decoded, and its line in the file from 1."""

    key: str
    value: str
    line: int


def read_fields(lines: Sequence[str], place: str, first_line: int = 1) -> tuple[list[Field], int]:
    """The fields up to the first blank line, and the index of the line after it.

    Raises ContentError at a line that is no `Key: value`.
    """
    fields: list[Field] = []
    for number, line in enumerate(lines):
        if not line.strip():
            return fields, number + 1
        fields.append(Field(*_read(line, place, first_line + number), first_line + number))
    return fields, len(lines)


def read_values(lines: Sequence[str], place: str, first_line: int = 1) -> dict[str, str]:
    """What `values_of` gives of those fields, where nobody asks for more: above each comment."""
    values: dict[str, str] = {}
    for number, line in enumerate(lines):
        if not line.strip():
            break
        key, value = _read(line, place, first_line + number)
        values.setdefault(key.lower(), value)
    return values


def _read(line: str, place: str, number: int) -> tuple[str, str]:
    found = _LINE.fullmatch(line)
    if not found:
        raise ContentError(
            f"expected 'Key: value', found {line[:60]!r}.",
            place=f"{place}:{number}",
            advice="Metadata ends at the first blank line.",
        )
    return found["key"], _unquote(found["value"].strip(" \t"))


def values_of(fields: Iterable[Field]) -> dict[str, str]:
    """The first value of each key, by the key in lower case."""
    values: dict[str, str] = {}
    for field in fields:
        values.setdefault(field.key.lower(), field.value)
    return values


def items_of(text: str) -> tuple[str, ...]:
    """The items of a list field's value: separated by semicolons, by commas when there are none."""
    if not text:
        return ()
    items: list[str] = []
    for item, end in _ITEM.findall(text):
        quoted = _unquote(item.strip())
        items.append(quoted)
        if not end:
            break
    if len(items) == 1 and items[0] == text.strip():
        items = [item.strip() for item in text.split(",")]
    return tuple(item for item in items if item)


def write_field(key: str, value: str, *, in_comment: bool = False) -> str:
    """One line that `read_fields` reads back to the same value."""
    return f"{key}: {_quote(value, in_comment=in_comment)}"


def write_list(key: str, items: Sequence[str]) -> str:
    """One line that `items_of` reads back to the same items; empty items are left out."""
    written = [_quote_item(item) for item in items if item]
    text = "; ".join(written)
    # A single item must not be taken apart at its commas, nor read as a quoted field.
    alone = len(written) == 1 and ("," in text or text[0] == '"')
    return f"{key}: {text}{';' if alone else ''}"


def _quote_item(item: str) -> str:
    return json.dumps(item, ensure_ascii=False) if ";" in item or item.startswith('"') else _quote(item)


def _quote(value: str, *, in_comment: bool = False) -> str:
    """The value as it stands, or as a JSON string when it would not read back as itself."""
    plain = value == value.strip(" \t") and value and "\n" not in value and _unquote(value) == value
    if plain and not (in_comment and ("--" in value or ">" in value)):
        return value
    return json.dumps(value, ensure_ascii=False).replace(">", "\\u003e")


def _unquote(text: str) -> str:
    """The value of a JSON string, or the text itself when it is none."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, str) else text
