"""The import report: every record in, with what became of it and why; the sums match."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from backfile import __version__
from backfile.importer.doubts import Doubt
from backfile.importer.record import Outcome, Status


@dataclass(slots=True)
class Report:
    """Outcomes in the order of the input; `left_out` counts what was dropped from records and why."""

    outcomes: list[Outcome] = field(default_factory=list)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Adds what became of some records, one by one: interrupted, the report holds what was done."""
        for outcome in outcomes:
            self.outcomes.append(outcome)

    @property
    def counts(self) -> dict[str, int]:
        """How many records ended in each status; the values add up to the records."""
        found = Counter(outcome.status for outcome in self.outcomes)
        return {status: found[status] for status in get_args(Status)}

    @property
    def articles(self) -> int:
        """How many articles the records became."""
        return len({outcome.article for outcome in self.outcomes if outcome.article})

    @property
    def nothing_imported(self) -> bool:
        """True when no record ended in the archive."""
        return self.articles == 0

    def as_json(self) -> str:
        """The report as documented in `docs/importing.md`; the same for the same input and archive."""
        document = {
            "backfile": __version__,
            "records": len(self.outcomes),
            "articles": self.articles,
            **self.counts,
            "images": sum(outcome.images for outcome in self.outcomes),
            "missing_images": sum(outcome.missing_images for outcome in self.outcomes),
            "outcomes": [_told(asdict(outcome)) for outcome in self.outcomes],
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def summary(self) -> list[str]:
        """The report in lines for a person: the sums, then what to look at."""
        counts = ", ".join(f"{count} {status}" for status, count in self.counts.items() if count)
        came, went = len(self.outcomes), self.articles
        sums = f"{came} record{_s(came)} in, {went} article{_s(went)} out: {counts or 'nothing to import'}."
        lines = [sums]
        for outcome in self.outcomes:
            if outcome.status == "skipped":
                lines.append(f"  skipped   {outcome.place}: {outcome.reason}")
            elif outcome.status == "doubtful":
                sure = "" if outcome.confidence is None else f" ({outcome.confidence:.0%} sure)"
                lines.append(f"  doubtful  {outcome.place}: {outcome.reason}{sure} -> {outcome.file}")
            lines += [f"  doubt     {outcome.place}: {_in_words(doubt)}" for doubt in _besides_split(outcome)]
            lines += [f"  note      {outcome.place}: {note}" for note in outcome.notes]
        return lines


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
