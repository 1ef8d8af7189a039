"""What a check has to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal["files", "fixity", "links", "privacy", "pages", "search", "removal"]


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
