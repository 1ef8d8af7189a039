"""What readers give: records, one an article as found, and problems, one a record that could not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backfile.importer.images.image import Image
from backfile.model import Article, Source


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a reader found it in one source.

    `place` is the file, `file:line` or `file#record`. Readers of marked-up sources fill `article` (its
    `id` may be empty); readers of plain text fill `paragraphs`, in which the article and its comments
    have not been told apart yet, and leave the article's body empty. `notes` go into the report. `images` are those
    that the body shows; `original` are the bytes of a page that is no file of its own.
    """

    place: str
    source: Source
    article: Article
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    exported: bool = False
    images: tuple[Image, ...] = ()
    original: bytes = b""


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that did not become an article, or something left out of one, and why."""

    place: str
    reason: str
    source: Source | None = None


Status = Literal["imported", "merged", "unchanged", "doubtful", "skipped"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record.

    `article` is the article's id and `file` its content file, both empty when skipped; `confidence` is
    that of the split, None when nothing was split; `notes` say what a person may want to look at.
    `images` counts those that the article shows, `missing_images` those it only names.
    """

    place: str
    status: Status
    reason: str = ""
    article: str = ""
    file: str = ""
    confidence: float | None = None
    notes: tuple[str, ...] = ()
    images: int = 0
    missing_images: int = 0
