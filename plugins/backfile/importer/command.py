"""`backfile import`: sources in, content files and a report out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO, TypeVar

from rich.console import Console
from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from backfile.errors import WriteError
from backfile.importer.aliases import read_aliases
from backfile.importer.pipeline import import_files
from backfile.importer.report import Report, check_place
from backfile.importer.walking import find_files
from backfile.importer.watching import Advance, Unwatched, Watch
from backfile.importer.workers import default_jobs
from backfile.importer.writer import ContentFolder

_SHOWN = 40
Item = TypeVar("Item")


def run_import(
    sources: Iterable[Path],
    content: Path,
    *,
    report_file: Path | None = None,
    dry_run: bool = False,
    quiet: bool = False,
    jobs: int | None = None,
    keep_addresses: bool = False,
    authors: Path | None = None,
    out: TextIO | None = None,
) -> int:
    """Imports and prints a summary; 0, or 1 when no record ended in the archive, or 130 when interrupted.

    Raises SourceError when a source, or the file of authors' names, does not exist; BackfileError when another import
    works on the folder, or a file cannot be written. Whenever it stops, what was written stays, each file whole, and
    the same command goes on from there.
    """
    if content.exists() and not content.is_dir():
        raise WriteError("content is a folder, and this is none.", place=str(content), advice="Name a folder.")
    if report_file:
        check_place(report_file)
    aliases = read_aliases(authors) if authors else {}
    files = list(find_files(sources, [content, *([report_file] if report_file else [])]))
    stopped: BaseException | None = None
    with Report() as report:
        folder = ContentFolder(content, dry_run=dry_run)
        try:
            with _progress(quiet=quiet) as watch:
                made = import_files(
                    files,
                    folder,
                    jobs=jobs or default_jobs(),
                    keep_addresses=keep_addresses,
                    aliases=aliases,
                    watch=watch,
                )
                report.add(made)
        except (KeyboardInterrupt, WriteError) as reason:
            stopped = reason
        try:
            folder.close()
            if report_file is not None:
                report.write(report_file)
        except WriteError as error:
            stopped, report_file = stopped or error, None
        _print(report, report_file, dry_run=dry_run, quiet=quiet, out=out or sys.stdout)
    if isinstance(stopped, WriteError):
        raise stopped
    if stopped:
        print("Stopped. What is written is whole; run the same command again to go on.", file=sys.stderr)
        return 130
    return 1 if report.nothing_imported else 0


def _print(report: Report, report_file: Path | None, *, dry_run: bool, quiet: bool, out: TextIO) -> None:
    lines = report.summary()
    print(f"{'Dry run, nothing written. ' if dry_run else ''}{next(lines)}", file=out)
    if quiet:
        return
    for line in islice(lines, _SHOWN):
        print(line, file=out)
    if more := sum(1 for _ in lines):
        where = f"in {report_file}" if report_file else "with --report FILE"
        print(f"  ... and {more} more {where}", file=out)
    if report_file:
        print(f"The whole report: {report_file}", file=out)


class _Count(ProgressColumn):
    """How many of how many items or bytes."""

    def render(self, task: Task) -> Text:
        """The count, and the total as far as it is known."""
        shown = decimal if task.fields.get("bytes") else str
        total = "?" if task.total is None else shown(int(task.total))
        return Text(f"{shown(int(task.completed))}/{total}", style="progress.download")


class _Rate(ProgressColumn):
    """How many items or bytes a second."""

    def render(self, task: Task) -> Text:
        """The rate of late, or of all when the task is done."""
        speed = task.finished_speed or task.speed
        shown = decimal(int(speed or 0)) if task.fields.get("bytes") else f"{speed or 0:.1f}"
        return Text(f"{shown}/s" if speed else "", style="progress.data.speed")


class _Shown:
    """A watch on a terminal."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, stage: str, items: Iterator[Item], total: int, /) -> Iterator[Item]:
        """The items of a stage, counted as they come."""
        return iter(self._progress.track(items, total=total or None, description=stage))

    def follow(self, stage: str, total: int, /) -> Advance:
        """Begins a stage of bytes, if there are any."""
        task = self._progress.add_task(stage, total=total, visible=total > 0, bytes=True)
        return partial(self._progress.advance, task)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Watch]:
    """A watch that shows each stage with count and time left on a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield Unwatched()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _Count(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Shown(progress)
