"""How the records of one file are shared out: cut one after the other here, read by several processes, given in order.

    stream -> raw records -> (read, finish) in workers -> records, in the order of the file

What is wrong with the file itself is a Problem among the raw records, and comes through as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from backfile.importer.record import Problem, Record
from backfile.importer.workers import ordered_map

Raw = TypeVar("Raw")
Finish = Callable[[Any], Any]


def as_it_is(item: Any) -> Any:
    """The item."""
    return item


@dataclass(frozen=True, slots=True)
class Sharing:
    """`jobs` processes; `finish`, a function that can be imported by name, has the last word on every item."""

    jobs: int = 1
    finish: Finish = as_it_is

    def read(
        self,
        function: Callable[[Raw], Record | Problem | None],
        raws: Iterable[Raw | Problem],
        lost: Callable[[Raw, str], Problem],
        weight: Callable[[Raw], int],
    ) -> Iterator[Record | Problem]:
        """What the function makes of each raw record, if anything.

        `lost` makes it of one whose reading failed, `weight` is in bytes.
        """
        made = ordered_map(
            partial(_read, function, self.finish), raws, self.jobs, partial(_lost, lost), partial(_weigh, weight)
        )
        return (item for item in made if item is not None)


ALONE = Sharing()


def _read(function: Callable[[Any], Any], finish: Finish, raw: Any) -> Any:
    return finish(raw if isinstance(raw, Problem) else function(raw))


def _lost(lost: Callable[[Any, str], Problem], raw: Any, why: str) -> Problem:
    return raw if isinstance(raw, Problem) else lost(raw, why)


def _weigh(weight: Callable[[Any], int], raw: Any) -> int:
    return 0 if isinstance(raw, Problem) else weight(raw)
