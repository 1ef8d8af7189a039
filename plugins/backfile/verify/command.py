"""`backfile verify`: all checks over a built archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path

from backfile.errors import BackfileError
from backfile.verify.finding import Finding
from backfile.verify.fixity import SUMS, check_sums, has_sums, list_files, write_sums
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
        raise BackfileError(
            "no archive here (there is no index.html).", place=str(output), advice="Build one: pelican content"
        )
    files = frozenset(list_files(output))
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
    yield from (Finding("search", "search", message) for message in check_search(output))
    if check_removal is not None:
        yield from (Finding(file, "removal", message) for file, message in check_removal(output))
    yield from check_sums(output)


def run_verify(
    output: Path,
    check_search: SearchCheck,
    check_removal: RemovalCheck | None = None,
    *,
    write: bool = False,
    allowed: Container[str] = (),
) -> int:
    """Prints what is wrong; 0 when nothing is. `write` first writes the digests that fixity compares with."""
    if write:
        print(f"{write_sums(output)} digests written to {output / SUMS}")
    findings = list(verify(output, check_search, check_removal, allowed))
    for finding in findings[:_SHOWN]:
        print(f"{finding.check:8}{finding.file}: {finding.message}")
    if len(findings) > _SHOWN:
        print(f"... and {len(findings) - _SHOWN} more")
    if not has_sums(output):
        print(f"Fixity was not checked: there is no {SUMS}. Write it with --write-sums while all is as it should be.")
    counts = Counter(finding.check for finding in findings)
    print(", ".join(f"{count} {check}" for check, count in sorted(counts.items())) or "Nothing is wrong.")
    return 1 if findings else 0
