"""Articles whose page cannot be made, since their template fails: each is named, and the rest is built.

A mistake in the theme fails for every article: after a few the build ends, and takes nothing away.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

from backfile.build.adapter.jobs import Job, Made
from backfile.build.adapter.session import Session
from backfile.errors import BackfileError

log = logging.getLogger(__name__)

MOST = 10
"""Of more articles than this the mistake is the theme's."""


class Mistakes:
    """Those of one build."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._count = 0

    def made(self, job: Job, make: Callable[[], Made]) -> Made | str:
        """A page, or what is wrong with it when it is an article's; other pages end the build, by their name."""
        try:
            return make()
        except (BackfileError, OSError):
            raise
        except Exception as error:
            told = f"{_place(job)} cannot be made: {_told(error)}"
            if _article(job) is None:
                raise BackfileError(told, advice="Correct the theme.") from error
            return told

    def note(self, job: Job, told: str) -> None:
        """Reports an article's page, and leaves it as it was. Raises BackfileError when there are too many."""
        self._count += 1
        if self._count > MOST:
            raise BackfileError(
                f"{told}. So did {MOST} others: the mistake is the theme's", advice="Correct it, and build again."
            )
        log.error("%s. It is left as it was; all others are made.", told)
        self._session.keep(job.name)


def _article(job: Job) -> Any:
    return job.given.get("article")


def _place(job: Job) -> str:
    article = _article(job)
    of = f"{article.relative_source_path}: its page {job.name}" if article is not None else job.name
    return f"{of}, of the template {job.template.name},"


def _told(error: Exception) -> str:
    """The error, with the place in the templates where it came up."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    at = f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{at}"
