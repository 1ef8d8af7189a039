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
