"""The import report: every record in, with what became of it and why; the sums match."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from backfile import __version__, disk
from backfile.errors import WriteError
from backfile.importer.doubts import Doubt
from backfile.importer.limits import no_room
from backfile.importer.record import Outcome, Status

_BEGINNING = b'{\n "backfile": '
"""How every report begins."""


class Report:
    """Outcomes in the order of the input.

    They wait in a temporary file until the block ends: of a large export they are hundreds of thousands. What was
    taken for added is in it, so nothing waits in a buffer. Raises WriteError where there is no place for such a file.
    """

    def __init__(self) -> None:
        with _telling():
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed in __exit__
        self._counts: Counter[str] = Counter()
        self._articles: set[str] = set()
        self._images = self._missing_images = 0

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Adds what became of some records, one by one: interrupted, the report holds what was done.

        Raises WriteError when there is no room for it.
        """
        for outcome in outcomes:
            line = json.dumps(asdict(outcome)).encode() + b"\n"
            with _telling():
                while line:
                    line = line[self._file.write(line) :]
            self._counts[outcome.status] += 1
            if outcome.article:
                self._articles.add(outcome.article)
            self._images += outcome.images
            self._missing_images += outcome.missing_images

    def outcomes(self) -> Iterator[Outcome]:
        """All that was added; nothing can be added meanwhile."""
        return map(_outcome, self._plain())

    def _plain(self) -> Iterator[dict[str, Any]]:
        self._file.seek(0)
        lines = open(self._file.fileno(), "rb", closefd=False)  # noqa: SIM115 - a buffer to read through, no more
        return map(json.loads, islice(lines, self.records))

    @property
    def records(self) -> int:
        """How many records came in."""
        return self._counts.total()

    @property
    def counts(self) -> dict[str, int]:
        """How many records ended in each status; the values add up to the records."""
        return {status: self._counts[status] for status in get_args(Status)}

    @property
    def articles(self) -> int:
        """How many articles the records became."""
        return len(self._articles)

    @property
    def nothing_imported(self) -> bool:
        """True when no record ended in the archive."""
        return self.articles == 0

    def as_json(self) -> Iterator[str]:
        """The report as documented in `docs/importing.md`, in pieces; the same for the same input and archive."""
        document = {
            "backfile": __version__,
            "records": self.records,
            "articles": self.articles,
            **self.counts,
            "images": self._images,
            "missing_images": self._missing_images,
        }
        yield _indented(document).removesuffix("\n}") + ',\n "outcomes": ['
        before = "\n  "
        for outcome in self._plain():
            yield before + _indented(_told(outcome)).replace("\n", "\n  ")
            before = ",\n  "
        yield ("\n ]" if self.records else "]") + "\n}\n"

    def write(self, path: Path) -> None:
        """Puts the report in its place whole; it may be too large to be in memory at once. Raises WriteError."""
        with _telling(), tempfile.TemporaryDirectory() as folder:
            beside = Path(folder, "report.json")
            with beside.open("w", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(self.as_json())
            disk.put(path, beside)

    def summary(self) -> Iterator[str]:
        """The report in lines for a person: the sums, then what to look at."""
        counts = ", ".join(f"{count} {status}" for status, count in self.counts.items() if count)
        came, went = self.records, self.articles
        yield f"{came} record{_s(came)} in, {went} article{_s(went)} out: {counts or 'nothing to import'}."
        for outcome in self.outcomes():
            if outcome.status == "skipped":
                yield f"  skipped   {outcome.place}: {outcome.reason}"
            elif outcome.status == "doubtful":
                sure = "" if outcome.confidence is None else f" ({outcome.confidence:.0%} sure)"
                yield f"  doubtful  {outcome.place}: {outcome.reason}{sure} -> {outcome.file}"
            yield from (f"  doubt     {outcome.place}: {_in_words(doubt)}" for doubt in _besides_split(outcome))
            yield from (f"  note      {outcome.place}: {note}" for note in outcome.notes)


def check_place(path: Path) -> None:
    """Raises WriteError where a report would take the place of something else, perhaps of what is imported."""
    if path.is_dir():
        raise WriteError("a report is a file, and this is a folder.", place=str(path), advice="Name a file in it.")
    if path.exists() and not path.is_file():
        raise WriteError("a report is a file, and this is none.", place=str(path), advice="Name a file that is to be.")
    if path.is_file() and _beginning(path) not in (b"", _BEGINNING):
        advice = "Name another file for the report."
        raise WriteError("this file is no report, and would be lost.", place=str(path), advice=advice)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINNING))
    except OSError as error:
        raise WriteError(f"cannot be read: {error.strerror}.", place=str(path), advice="Name another file.") from error


@contextmanager
def _telling() -> Iterator[None]:
    """Says of an OSError that the report has no room, and what to do."""
    try:
        yield
    except OSError as error:
        raise no_room(error, "the report") from error


def _outcome(plain: dict[str, Any]) -> Outcome:
    doubts = (Doubt(**{**doubt, "comments": tuple(doubt["comments"])}) for doubt in plain["doubts"])
    return Outcome(**{**plain, "doubts": tuple(doubts), "notes": tuple(plain["notes"])})


def _indented(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _told(found: dict[str, Any]) -> dict[str, Any]:
    """An outcome or a doubt without the fields that say nothing."""
    doubts = {"doubts": [_told(doubt) for doubt in found["doubts"]]} if found.get("doubts") else {}
    return {name: value for name, value in {**found, **doubts}.items() if _says_something(name, value)}


def _besides_split(outcome: Outcome) -> Iterator[Doubt]:
    """The doubts of an outcome, but for that of its split, which is told as its status."""
    return (doubt for doubt in outcome.doubts if doubt.kind != "split")


def _in_words(doubt: Doubt) -> str:
    return f"{doubt.reason} ({doubt.confidence:.0%} sure)"


def _says_something(name: str, value: object) -> bool:
    return value is not None and (bool(value) or name == "confidence")


def _s(count: int) -> str:
    return "" if count == 1 else "s"
