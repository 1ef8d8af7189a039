"""Pelican's writer: pages that are what they were stay as they are, the others are rendered by several processes."""

from __future__ import annotations

import contextlib
import datetime
import io
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pelican.plugins import signals
from pelican.utils import sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer

from backfile.build.adapter.inquiry import Inquiry
from backfile.build.adapter.jobs import Batch, Job, Made, seal
from backfile.build.adapter.mistakes import Mistakes
from backfile.build.adapter.paging import PaginatorFromOldest, pages_of
from backfile.build.adapter.session import Session
from backfile.build.dependencies import Trace
from backfile.build.fingerprints import fingerprint
from backfile.build.render import spread
from backfile.build.same import Same
from backfile.build.scan import UNSURE
from backfile.build.store import Page as Record
from backfile.build.texts import Text

log = logging.getLogger(__name__)

_SIMPLE = re.compile(r"(?:[^./\\\0][^/\\\0]*/)*[^./\\\0][^/\\\0]*")
"""A path that stays below its folder and is written in one way only; any other goes through Pelican's check."""


class IncrementalWriter(Writer):  # type: ignore[misc]  # Pelican carries no types
    """Writes what changed. Between `batch` and its end pages are gathered, then made together."""

    session: Session

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._batch: Batch | None = None
        self._inquiry: Inquiry | None = None
        self._jobs: dict[str, Job] = {}
        self._shapes: dict[tuple[int, ...], int] = {}
        """By process and number there: the number of a list of questions (`jobs.Asked`)."""
        self._same = Same()
        self._root = os.path.abspath(self.output_path)
        self._mistakes = Mistakes(self.session)

    @contextlib.contextmanager
    def batch(self, context: dict[str, Any]) -> Iterator[None]:
        """Gathers the pages of a generator, and makes them when it is done."""
        self._batch, self._jobs, self._shapes = Batch(self.session, context), {}, {}
        self._inquiry = Inquiry(self._batch)
        try:
            yield
            self._make(self._batch, self._inquiry, list(self._jobs.values()))
        finally:
            self._inquiry.end()
            self._batch, self._inquiry, self._jobs = None, None, {}

    def write_file(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **given: Any,
    ) -> None:
        """As Pelican's: a page, or all pages of a list."""
        if not name:
            return
        if self._batch is None:
            with self.batch(context):
                self.write_file(
                    name, template, context, relative_urls, paginated, template_name, override_output, url, **given
                )
            return
        base = self._batch.context
        if context is not base:
            given = {key: value for key, value in context.items() if base.get(key, self) is not value} | given
        if template_name is None:
            self.gather(name, template, given, relative_urls, override_output)
            return
        for save_as, more in self._pages(name, paginated, template_name, url, given):
            self.gather(save_as, template, given | more, relative_urls, override_output, is_list=True)

    def gather(
        self,
        name: str,
        template: Any,
        given: dict[str, Any],
        relative_urls: bool,
        override_output: bool,
        *,
        is_list: bool = False,
    ) -> None:
        """One page, while pages are gathered: what `write_file` does when it is given the batch's own context."""
        if not _SIMPLE.fullmatch(name):
            name = os.path.relpath(sanitised_join(self.output_path, name), self.output_path)
        if self._claim(name, override_output):
            self._jobs[name] = Job(name, template, given, relative_urls, is_list)

    def ask_early(self) -> None:
        """Says that what the pages gathered so far show will not change, and that there is more to gather."""
        if self._inquiry is not None:
            self._inquiry.begin(list(self._jobs.values()))

    def write_text(self, name: str, make: Callable[..., str], arguments: Sequence[Mapping[str, Any]]) -> None:
        """Writes a file of text: what `make` gives for each of the arguments, one after the other.

        `make` is a pure function of arguments with digests: articles, names, plain values, and lists of these.
        """
        assert self._batch is not None  # a generator's own pages are always gathered
        if self._claim(name, override=False):
            self._jobs[name] = Job(name, Text(make, arguments), {}, relative=False)

    def _pages(
        self, name: str, paginated: dict[str, Any] | None, template: str | None, url: str | None, given: dict[str, Any]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """The pages of a list, each with its place and what its template gets; one page when it is no list."""
        if paginated is None:
            paginated = {key: given[key] for key in ("articles", "dates") if key in given}
        if not paginated or template not in self.settings["PAGINATED_TEMPLATES"]:
            yield name, {}
            return
        size = self.settings["PAGINATED_TEMPLATES"][template] or self.settings["DEFAULT_PAGINATION"]
        paginators = {
            key: PaginatorFromOldest(name, url, value, self.settings, size) for key, value in paginated.items()
        }
        first = next(iter(paginators))
        for more in pages_of(paginators):
            yield more[f"{first}_page"].save_as, more

    def _claim(self, name: str, override: bool) -> bool:
        """False when a page was made there that is to stay. Raises FileOverwriteFailedError, as Pelican does."""
        path = f"{self._root}/{name}"
        if path in self._overridden_files:
            if override:
                raise FileOverwriteFailedError(f'Two pages claim "{path}"')
            log.info('Skipping "%s", not overwriting', path)
            return False
        if path in self._written_files and not override:
            raise FileOverwriteFailedError(f'Two pages claim "{path}"')
        if override:
            self._overridden_files.add(path)
        self._written_files.add(path)
        return True

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> Any:
        name = os.path.relpath(filename, self.output_path)
        return _Growing(self.session, name, encoding) if self._claim(name, override) else io.StringIO()

    def _make(self, batch: Batch, inquiry: Inquiry, jobs: list[Job]) -> None:
        """Makes those pages that are not what they were."""
        session = self.session
        session.leaves.clear()  # what is written tells plugins of each article, which may have changed it
        session.progress.counts.pages += len(jobs)
        due: list[Job] = []
        for job in self._not_standing(inquiry, jobs):
            if job.moves_files():
                session.store.begin([job.name])
                self._note(job, self._mistakes.made(job, lambda job=job: batch.make(job, watched=False)))  # type: ignore[misc]
            else:
                due.append(job)
        pages = (job for job in due if not isinstance(job.template, Text))
        for environment, name in {(job.template.environment, job.template.name) for job in pages}:
            session.templates.compile(environment, name)
        session.store.begin(job.name for job in due)
        session.output.open_folders(job.name for job in due)

        def work(number: int) -> Made | str:
            return self._mistakes.made(due[number], lambda: batch.make(due[number]))

        def lost(number: int, how: str) -> None:
            name = due[number].name
            log.error("%s is left as it was: the process that made it ended, twice, the last time %s.", name, how)
            session.keep(name)

        lists = [number for number, job in enumerate(due) if job.is_list]  # what they show of an article is made once
        results = spread(
            work,
            len(due),
            session.workers,
            seconds=session.patience,
            lost=lost,
            together=lists,
            yielding=session.works_aside,
        )
        for number, made in session.progress.stage("Rendering", results, len(due)):
            self._note(due[number], made)
        session.templates.release()
        if signals.content_written.receivers:
            self._tell(batch, jobs)

    def _not_standing(self, inquiry: Inquiry, jobs: list[Job]) -> list[Job]:
        """The pages that are to be made, described; the others are recorded."""
        due = inquiry.due(jobs)
        made = {job.name for job in due}
        self.session.let_stand([name for job in jobs if (name := job.name) not in made])
        return due

    def _note(self, job: Job, made: Made | str) -> None:
        if isinstance(made, str):
            self._mistakes.note(job, made)
            return
        asked, answers, stamp, written, parts = made
        shape = -1
        if asked is not None:
            *met, queries = asked
            if queries is not None:
                self._shapes[tuple(met)] = self.session.shape_of(tuple(queries))
            shape = self._shapes[tuple(met)]
        log.info('Writing "%s"' if written else 'Unchanged: "%s"', job.name)
        self.session.progress.counts.rendered += 1
        self.session.record(job.name, Record(job.own, shape, self._same(answers), stamp, parts), written=written)

    def _tell(self, batch: Batch, jobs: list[Job]) -> None:
        """Tells other plugins of every page, those that stayed included.

        A page that one of them then changes is no pure function of what we watch: it is always made anew.
        """
        for job in jobs:
            if job.name not in self.session.pages:
                continue  # it could not be made
            path = sanitised_join(self.output_path, job.name)
            signals.content_written.send(path, context=batch.local(job))
            record, now = self.session.pages[job.name], self.session.output.stamp(job.name)
            if now != record.stamp:
                self.session.pages[job.name] = record._replace(shape=-1, stamp=now or UNSURE)

    def write_feed(
        self,
        elements: Any,
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Any:
        """As Pelican's; a feed that would be what it was is not made."""
        arguments = (elements, context, path, url, feed_type, override_output, feed_title)
        if path is None or signals.feed_generated.receivers or signals.feed_written.receivers:
            return super().write_feed(*arguments)
        session = self.session
        batch = self._batch or Batch(session, context)
        shown = elements[: self.settings["FEED_MAX_ITEMS"]]
        own = fingerprint(
            session.key, batch.faces.shared, feed_type, url or "", feed_title or "", *(map(_face(session), shown))
        )
        stands = batch.stands(path, own, {})
        if stands is not None and self._claim(os.path.normpath(path), override_output):
            session.let_stand([path])
            return None
        trace = Trace(batch.site, {})
        with batch.linked(trace):
            feed = super().write_feed(*arguments)
        record = session.pages.get(path)
        queries, answers = seal(trace)
        if record is not None and queries is not None:
            session.pages[path] = record._replace(own=own, shape=session.shape_of(tuple(queries)), answers=answers)
        return feed

    def _create_new_feed(self, feed_type: str, feed_title: str | None, context: dict[str, Any]) -> Any:
        feed = super()._create_new_feed(feed_type, feed_title, context)
        dated = feed.latest_post_date

        def latest() -> datetime.datetime:
            # Without items, the feed's date would be that of the build.
            if feed.items:
                return dated()  # type: ignore[no-any-return]
            return datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or 0), datetime.UTC)

        feed.latest_post_date = latest
        return feed


def _face(session: Session) -> Any:
    return lambda item: session.leaves.digest(item) or session.leaves.content_digest(item)


class _Growing(io.StringIO):
    """A file of the output folder that takes its place when it is closed."""

    def __init__(self, session: Session, name: str, encoding: str) -> None:
        super().__init__()
        self._session, self._name, self._written_as = session, name, encoding

    def __exit__(self, kind: Any, *rest: Any) -> None:
        if kind is None:
            session, data = self._session, self.getvalue().encode(self._written_as, "replace")
            session.store.begin([self._name])
            stamp, written = session.output.put(self._name, data)
            session.progress.counts.rendered += 1
            session.record(self._name, Record("", -1, "", stamp), written=written)
        super().__exit__(kind, *rest)
