"""What readers give: records, one an article as found, and problems, one a record that could not be."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from backfile.importer.doubts import Doubt
from backfile.importer.images.image import Image
from backfile.model import Article, Source


@dataclass(frozen=True, slots=True)
class Part:
    """The untouched text of one record of an export, under a name that lasts while the record does, or of a frame.

    `told` is what it says without escapes, where the text has some.
    """

    source: Source
    data: bytes
    told: bytes = b""


def part_of(export: Source, name: str, data: bytes) -> Part | None:
    """The part of an export that one article was made of; None when there is nothing of it."""
    return Part(Source(f"{export.name}#{name}", sha256(data).hexdigest()), data) if data.strip() else None


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a reader found it in one source.

    `place` is the file, `file:line` or `file#record`. Readers of marked-up sources fill `article` (its
    `id` may be empty); readers of plain text fill `paragraphs`, in which the article and its comments
    have not been told apart yet, and leave the article's body empty; `marks` are these paragraphs as CommonMark, where
    the source has marks. `notes` and `doubts` go into the report.
    `images` are those that the body shows; `original` are the bytes of a page that is no file of its own, `part` those
    of a record in an export that is kept whole, `frame` those of a frame's document out of which the comments are.
    `doubt` is what is not sure of how a marked-up text was told from its comments.
    `called` is what its file, and others in the folder, may call the article.
    `elsewhere` is true of comments on a page with nothing of the article, which may come from another source.
    """

    place: str
    source: Source
    article: Article
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    exported: bool = False
    images: tuple[Image, ...] = ()
    original: bytes = b""
    part: Part | None = None
    frame: Part | None = None
    doubt: str = ""
    marks: tuple[str, ...] = ()
    elsewhere: bool = False
    called: str = ""


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
    that of the split, of a merged extract that of the merge, None when there was neither; `doubts` are what a person
    may want to go through, `notes` what else there is to say.
    `images` counts those that the article shows, `missing_images` those it only names.
    """

    place: str
    status: Status
    reason: str = ""
    article: str = ""
    file: str = ""
    confidence: float | None = None
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    images: int = 0
    missing_images: int = 0
