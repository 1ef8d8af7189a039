"""`backfile verify`: all checks over a built archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path

from backfile.begun import begun
from backfile.errors import BackfileError
from backfile.verify.data import check_data
from backfile.verify.files import check_files, list_files, relative, unread
from backfile.verify.finding import Finding, in_a_line, in_short
from backfile.verify.fixity import SUMS, check_sums, has_sums, write_sums
from backfile.verify.links import check_links
from backfile.verify.pages import Page, read_page
from backfile.verify.privacy import check_privacy

SearchCheck = Callable[[Path], Iterable[str]]
RemovalCheck = Callable[[Path], Iterable[tuple[str, str]]]
_SHOWN = 50


def verify(
    output: Path,
    check_search: SearchCheck,
    check_removal: RemovalCheck | None = None,
    allowed: Container[str] = (),
) -> Iterator[Finding]:
    """Everything that is wrong with an archive; `check_search` gives what is wrong with its search files.

    `check_removal` gives the files, each with what is wrong, that have what was taken out. `allowed`: addresses, and
    paths of pictures, that may be published.

    Raises BackfileError when there is no archive in the folder.
    """
    if not (output / "index.html").is_file():
        in_bag = output / "data" / "output"
        advice = f"In this bag it is {in_bag}." if (in_bag / "index.html").is_file() else "Build one: pelican content"
        raise BackfileError("no archive here (there is no index.html).", place=str(output), advice=advice)
    files = frozenset(list_files(output))
    yield from check_files(output)
    yield from check_data(output, files)
    pages: dict[str, Page] = {}
    for file in sorted(name for name in files if name.endswith((".html", ".htm"))):
        page = read_page(output / file, file)
        if isinstance(page, Finding):
            yield page
        else:
            pages[file] = page
            yield from (Finding(file, "pages", fault) for fault in page.faults)
    yield from check_links(pages, files)
    yield from check_privacy(output, pages, files, allowed)
    of_search = (Finding("search", "search", message) for message in check_search(output))
    yield from _as_far_as_possible(output, of_search)
    if check_removal is not None:
        of_removal = (Finding(file, "removal", message) for file, message in check_removal(output))
        yield from _as_far_as_possible(output, of_removal)
    yield from check_sums(output)


def _as_far_as_possible(output: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of a check until a file cannot be read, and then this: the others go on."""
    try:
        yield from findings
    except OSError as error:
        if error.filename is None:
            raise
        yield unread(relative(output, error.filename), error)


def run_verify(
    output: Path,
    check_search: SearchCheck,
    check_removal: RemovalCheck | None = None,
    *,
    write: bool = False,
    allowed: Container[str] = (),
) -> int:
    """Prints what is wrong; 0 when nothing is. `write` first writes the digests that fixity compares with.

    Raises BackfileError when there is no archive in the folder, or somebody is building it.
    """
    stopped = list(begun(output))
    findings = [*_written(output)] if write else []
    findings += verify(output, check_search, check_removal, allowed)
    findings = list(dict.fromkeys(findings))  # several checks may meet a file that cannot be read
    for finding in findings[:_SHOWN]:
        print(f"{finding.check:8}{in_a_line(finding.file)}: {in_a_line(finding.message)}")
    if len(findings) > _SHOWN:
        print(f"... and {len(findings) - _SHOWN} more")
    if not has_sums(output):
        print(f"Fixity was not checked: there is no {SUMS}. Write it with --write-sums while all is as it should be.")
    for told in stopped:
        print(told)
    counts = Counter(finding.check for finding in findings)
    print(", ".join(f"{count} {check}" for check, count in sorted(counts.items())) or "Nothing is wrong.")
    return 1 if findings else 0


def _written(output: Path) -> Iterator[Finding]:
    """Writes the digests; what is in the way, if they could not be."""
    try:
        written = write_sums(output)
        print(f"{written.count} digests written to {output / SUMS}")
        for what, files in (("changed", written.changed), ("gone", written.gone), ("new", written.came)):
            if files:
                print(f"Since the list before: {len(files)} {what}: {in_short(files)}")
    except OSError as error:
        file = relative(output, error.filename)
        yield Finding(file, "fixity", f"cannot be read ({error.strerror}): no digests were written")
