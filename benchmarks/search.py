"""What searching costs, beside Pagefind on the same pages in one run and in a real Chromium.

    python -m benchmarks.search ../shared/data/reuters21578 [PAGES ...]

Prints a table for each number of pages (19,043 are the stories themselves; more are recombined from them, with new
rare words): building, files, what one page more changes, and, for 30 queries, bytes and round trips until ten
results are shown (and bytes until the texts further down that have the words are, too), by a first and by a second
query, and the time of queries whose files are all here, filters' counts included. It needs the project's npm packages
(`make test-js` sets them up), a Chromium, and Pagefind: named by PAGEFIND (`none`: left out), found on the PATH, or
installed from npm into `.make/pagefind`. Without it its column stays empty.

Building is measured from the texts for ours, and from bare pages on disk for Pagefind, each in a process of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))

from backfile.search import index
from benchmarks.search_corpus import Recombined, page, queries, write_pages
from search_texts import reuters

ROOT = Path(__file__).resolve().parents[1]
PAGEFIND = "1.6.0"
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Cost:
    """Of one run of a program: seconds on the clock and on the processors, megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


def measured(work: Callable[..., object], *arguments: object) -> Cost:
    """Runs a function in a new process; the peak is the sum of its own and of its largest child's."""
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_measured, args=(send, work, arguments))
    process.start()
    cost: Cost = receive.recv()
    process.join()
    return cost


def _measured(send: Any, work: Callable[..., object], arguments: Sequence[object]) -> None:
    import resource

    own, children = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    before = resource.getrusage(own)
    start = time.perf_counter()
    work(*arguments)
    wall = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (own, children)]
    cpu = sum(item.ru_utime + item.ru_stime for item in used) - before.ru_utime - before.ru_stime
    send.send(Cost(wall, cpu, sum(item.ru_maxrss for item in used) / 1024))


def pagefind() -> str | None:
    """Pagefind's program; installed when it can be."""
    named = os.environ.get("PAGEFIND") or shutil.which("pagefind_extended") or shutil.which("pagefind")
    if named:
        return None if named == "none" else named
    place = ROOT / ".make" / "pagefind"
    found = sorted(place.glob("node_modules/@pagefind/*/bin/pagefind_extended"))
    if not found and shutil.which("npm"):
        command = ["npm", "install", "--prefix", str(place), "--no-audit", "--no-fund", f"pagefind@{PAGEFIND}"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = sorted(place.glob("node_modules/@pagefind/*/bin/pagefind_extended"))
    return str(found[0]) if found else None


def _build_ours(folder: Path, documents: Recombined) -> None:
    index.update(folder / "search", documents)


def _build_theirs(folder: Path, program: str) -> None:
    subprocess.run([program, "--site", str(folder)], check=True, stdout=subprocess.DEVNULL)


def in_browser(folder: Path, engine: str, asked: Sequence[str]) -> dict[str, Any]:
    """What the queries cost in Chromium."""
    command = ["node", str(ROOT / "benchmarks" / "search_browser.mjs")]
    given = json.dumps({"folder": str(folder), "engine": engine, "queries": asked})
    done = subprocess.run(command, input=given, text=True, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def files(folder: Path, pattern: str) -> set[Path]:
    """Files of an index."""
    return {path for path in folder.rglob(pattern) if path.is_file()}


def one_more(folder: Path, documents: Recombined) -> tuple[int, int, float]:
    """How many of our files there were, how many of one page more are new or gone, and the seconds it took."""
    before = files(folder / "search", "x/*/*.js")
    added = replace(documents.stories[0], url="new/one.html", title="One page more, about zyzzyvas")
    start = time.perf_counter()
    index.update(folder / "search", [*documents, added])
    wall = time.perf_counter() - start
    return len(before), len(before ^ files(folder / "search", "x/*/*.js")), wall


def one_more_of_theirs(folder: Path, documents: Recombined, program: str) -> tuple[int, int, float]:
    """The same of Pagefind's chunks of the index."""
    before = files(folder / "pagefind", "*.pf_index")
    added = replace(documents.stories[0], url="new/one.html", title="One page more, about zyzzyvas")
    (folder / "new").mkdir()
    (folder / added.url).write_text(page(added), encoding="utf-8")
    start = time.perf_counter()
    _build_theirs(folder, program)
    wall = time.perf_counter() - start
    # It leaves its old files where they are.
    return len(before), len(files(folder / "pagefind", "*.pf_index") - before), wall


def browser_rows(ours: dict[str, Any], theirs: dict[str, Any] | None) -> list[Row]:
    """Rows on queries."""

    def row(name: str, part: str, figure: Callable[[list[Any]], str]) -> Row:
        return name, figure(ours[part]), figure(theirs[part]) if theirs else ""

    def over(key: str, form: str) -> Callable[[list[Any]], str]:
        def figure(found: list[Any]) -> str:
            values = [item[key] / (1000 if key in ("bytes", "marked") else 1) for item in found]
            return f"{statistics.median(values):{form}} (at most {max(values):{form}})"

        return figure

    def times(found: list[Any]) -> str:
        values = sorted(item["time"] for item in found)
        return f"{statistics.median(values):.0f} / {values[int(len(values) * 0.95)]:.0f} / {values[-1]:.0f} ms"

    return [
        row("first query: median kB until ten results", "cold", over("bytes", ".1f")),
        row("  until each has its words marked", "cold", over("marked", ".1f")),
        row("  round trips after the page", "cold", over("trips", ".0f")),
        row("  files", "cold", over("files", ".0f")),
        row("second query: median kB", "warm", over("bytes", ".1f")),
        row("  until each has its words marked", "warm", over("marked", ".1f")),
        row("hot query, filters' counts included: median / p95 / longest", "hot", times),
    ]


def compare(documents: Recombined, folder: Path) -> list[Row]:
    """The table for some documents."""
    asked = queries(documents)
    program = pagefind()
    ours = measured(_build_ours, folder, documents)
    count = len(files(folder / "search", "*.js"))
    rows = [("", "ours", f"Pagefind {PAGEFIND}" if program else "no Pagefind")]
    theirs = None
    if program:
        write_pages(folder, documents)
        theirs = measured(_build_theirs, folder, program)

    def both(name: str, figure: Callable[[Cost], str]) -> None:
        rows.append((name, figure(ours), figure(theirs) if theirs else ""))

    both("build: seconds on the clock", lambda cost: f"{cost.wall:.1f}")
    both("build: seconds on the processors", lambda cost: f"{cost.cpu:.1f}")
    both("build: MB of memory at its peak", lambda cost: f"{cost.peak:.0f}")
    pages = documents.count
    their_files = len(files(folder / "pagefind", "*")) if theirs else 0
    rows.append(("files a page", f"{count / pages:.3f}", f"{their_files / pages:.3f}" if theirs else ""))
    rows += browser_rows(
        in_browser(folder, "backfile", asked), in_browser(folder, "pagefind", asked) if theirs else None
    )
    changed = [one_more(folder, documents)]
    if theirs and program:
        changed.append(one_more_of_theirs(folder, documents, program))
    texts = [f"{100 * part / whole:.2f} %, {wall:.1f} s" for whole, part, wall in changed]
    rows.append(("one page more: files of the index changed, time", texts[0], texts[1] if theirs else ""))
    return rows


def main(folder: Path, counts: Sequence[int]) -> None:
    """Prints a table for each number of pages."""
    stories = sorted(reuters(folder), key=lambda story: story.date)
    # Nothing is deleted in between: that makes some file systems slow for minutes.
    with tempfile.TemporaryDirectory() as place:
        for count in counts or [len(stories)]:
            inside = Path(place, str(count))
            inside.mkdir()
            rows = compare(Recombined(stories, count), inside)
            print(f"\n{count} pages, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
            for name, ours, theirs in rows:
                print(f"  {name:<62} {ours:>24} {theirs:>24}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(count) for count in sys.argv[2:]])
