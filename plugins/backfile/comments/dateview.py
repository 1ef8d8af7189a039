"""What templates see of a date: no finer than it is known."""

from __future__ import annotations

from functools import lru_cache

from backfile.dates import Edtf, Precision, parse_edtf
from backfile.frozen import frozen


@frozen
class DateView:
    """A date in words and for machines, no finer than it is known."""

    edtf: str
    text: str
    machine: str
    precision: Precision
    uncertain: bool
    year: int
    month: int | None
    day: int | None


@lru_cache(maxsize=1 << 16)
def date_view(text: str) -> DateView | None:
    """The view of an EDTF string; None when it is empty or none."""
    parsed = parse_edtf(text)
    return _date_view(parsed) if parsed else None


def _date_view(parsed: Edtf) -> DateView:
    edtf = str(parsed)
    return DateView(
        edtf=edtf,
        text=parsed.text(),
        machine=edtf.rstrip("~?%"),  # as `Edtf.machine`
        precision=parsed.precision,
        uncertain=parsed.uncertain,
        year=parsed.year,
        month=parsed.month,
        day=parsed.day,
    )
