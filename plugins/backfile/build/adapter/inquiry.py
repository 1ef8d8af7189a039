"""Which of the pages that were gathered are to be made; of very many, other processes ask a part."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from backfile.build.adapter.jobs import Batch, Job
from backfile.build.render import Aside

MANY = 50_000
"""Of fewer pages other processes gain nothing: all that they look at is copied by the system first."""


class Inquiry:
    """Asks of each page of a batch whether it is still what a clean build would make."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._early: Sequence[Job] = ()
        """The pages that another process asks while further ones are gathered."""
        self._others: list[Aside] = []

    def begin(self, jobs: Sequence[Job]) -> None:
        """Has another process ask the pages gathered so far, when they are very many: those of the articles."""
        if self._is_worth_it(jobs):
            self._batch.session.leaves.clear()  # whoever was told of feeds may have changed an article
            self._early = jobs
            self._ask_aside(jobs, range(len(jobs)))

    def due(self, jobs: Sequence[Job]) -> list[Job]:
        """The pages that are to be made, described; `jobs` begin with those that were asked early."""
        early = self._early
        first = len(early)
        # A page that took the place of another since then was not asked.
        replaced = [number for number, job in enumerate(early) if jobs[number] is not job]
        # Lists have as many questions as all articles: they are the last fifth.
        beyond = first + (len(jobs) - first) * 2 // 3 if early else len(jobs) * 4 // 5
        if early or self._is_worth_it(jobs):
            self._ask_aside(jobs, range(beyond, len(jobs)))
        else:
            beyond = len(jobs)
        numbers = [*self._asked(jobs, replaced), *self._asked(jobs, range(first, beyond))]
        theirs = {number for other in self._others for number in other.next()} - set(replaced)
        for number in theirs:
            self._batch.describe(jobs[number])  # what another process noted stays there
        return [jobs[number] for number in sorted(theirs.union(numbers))]

    def end(self) -> None:
        """Ends the other processes, whether they are done or not."""
        while self._others:
            self._others.pop().end()

    def _is_worth_it(self, jobs: Sequence[Job]) -> bool:
        session = self._batch.session
        return len(jobs) >= MANY and session.workers > 1 and bool(session.state.pages) and hasattr(os, "fork")

    def _ask_aside(self, jobs: Sequence[Job], numbers: Sequence[int]) -> None:
        self._others.append(Aside(lambda _first: self._asked(jobs, numbers), [0]))

    def _asked(self, jobs: Sequence[Job], numbers: Iterable[int]) -> list[int]:
        """The numbers of those pages that do not stand, or have to be made anyway."""
        due = []
        for number in numbers:
            job = jobs[number]
            self._batch.describe(job)
            if job.moves_files() or self._batch.stands(job.name, job.own, job.given) is None:
                due.append(number)
        return due
