"""Documents to be written, some at a time: as many as memory should hold, to be put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from backfile.search.doctable import OrderKey
from backfile.search.document import SearchDocument
from backfile.search.invert import order_of
from backfile.search.store import Stored


class Changed(NamedTuple):
    """A document to be written, its digest, and what the store has of it."""

    document: SearchDocument
    digest: bytes
    stored: Stored


def batches(documents: Iterable[Changed], characters: int) -> Iterator[list[Changed]]:
    """As many documents at a time as have so many characters of text together, in the order of a segment.

    Where they come by date, those of a day stay together if that makes no more than a quarter more: the records of two
    batches then stand in the order of their documents.
    """
    waiting: list[Changed] = []
    size, day = 0, ""
    for changed in documents:
        own, day_before, day = changed.document.size(), day, changed.document.date[:10]
        beyond = size + own - characters
        if waiting and beyond > 0 and (beyond > characters / 4 or day != day_before):
            yield sorted(waiting, key=_order)
            waiting, size = [], 0
        waiting.append(changed)
        size += own
    if waiting:
        yield sorted(waiting, key=_order)


def _order(changed: Changed) -> OrderKey:
    return order_of(changed.document)
