"""What a check has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Check = Literal["files", "fixity", "links", "privacy", "pages", "search", "removal"]
_NAMED = 10


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong: the file, relative to the output folder, which check found it, and what it is."""

    file: str
    check: Check
    message: str


def in_a_line(text: str) -> str:
    """What is told of one file in one line, whatever its name holds."""
    return "".join(
        sign if sign.isprintable() or sign == " " else sign.encode("unicode_escape").decode() for sign in text
    )


def in_short(files: Sequence[str]) -> str:
    """The first of some files by name, each in a line, and how many more there are."""
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return f"{', '.join(map(in_a_line, files[:_NAMED]))}{more}"
