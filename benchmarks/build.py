"""What builds cost, beside what you would use instead: `python -m benchmarks.build`.

The Reuters collection (19,043 articles) is built by this project, by stock Pelican with its own theme, and by Hugo
with Pagefind, as far as they are there: `hugo` and `pagefind` are looked for on the PATH, or named by the
environment variables HUGO and PAGEFIND. Each tool writes a page an article, pages for sections, tags and authors,
lists of 20, and a feed; Hugo's pages have the same in them as ours (stock Pelican's are plain). Ratios are of CPU
seconds, which a busy machine blurs less than the clock; both are printed. Hugo with Pagefind and ours take turns, for
`--rounds` rounds, since a machine's speed changes within minutes: the medians are printed, and the median ratios.

Nothing is deleted before all is measured: where tens of thousands of files were, ext4 takes ten times as long to
make a new one for five minutes, and whoever comes second would pay for the first.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build_corpus import Story, as_content, as_hugo, recombined, reuters, write

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared"))
PINNED = Path(__file__).with_name("build_baseline.json")

HUGO = Path(__file__).with_name("hugo")
"""Settings, and layouts with the same in them as our pages have: a page of a few tags would cost less."""


@dataclass
class Cost:
    """One run: seconds of the clock and of the processors, peak memory in MB, files written."""

    what: str
    wall: float
    cpu: float
    memory: float
    files: int = 0

    def __str__(self) -> str:
        return f"{self.what:48}{self.wall:9.1f}{self.cpu:9.1f}{self.memory:9.0f}{self.files:9,}"


def measure(what: str, output: Path, *commands: list[str], **variables: str) -> Cost:
    """Runs commands one after the other; raises when one fails."""
    before = _times(output)
    began = time.monotonic()
    spent, memory = 0.0, 0.0
    for command in commands:
        with tempfile.TemporaryFile() as said:
            child = subprocess.Popen(command, stdout=said, stderr=said, cwd=ROOT, env={**os.environ, **variables})
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                said.seek(0)
                raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-2000:]}")
        spent += used.ru_utime + used.ru_stime
        memory = max(memory, used.ru_maxrss / 1024)
    wall = time.monotonic() - began
    after = _times(output)
    return Cost(what, wall, spent, memory, sum(after[path] != before.get(path) for path in after))


def _times(output: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for folder, _, files in os.walk(output):
        for name in files:
            state = os.stat(os.path.join(folder, name))
            found[os.path.join(folder, name)] = state.st_mtime_ns, state.st_ino
    return found


def pelican(content: Path, output: Path, plugins: list[str], *more: str) -> list[str]:
    """A command that builds with the project's settings."""
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", str(ROOT / "pelicanconf.py")]
    return [*command, "--quiet", "-e", f"PLUGINS={json.dumps(plugins)}", *more]


def run_ours(folder: Path, stories: list[Story], number: int = 1) -> list[Cost]:
    """Cold, one added, nothing changed, with the search index; in the first round without it as well."""
    content = folder.parent / "content"
    plugins = ["backfile.comments", "backfile.build", "backfile.search"]
    variables = {"PYTHONPATH": str(ROOT / "plugins")}

    def build(what: str) -> Cost:
        output = folder / what.rpartition(", ")[2] / "output"
        return measure(what, output, pelican(content, output, plugins), **variables)

    costs = [build("ours: cold, with search")]
    write(content, [_one_more(stories, 2 * number)], as_content)
    costs.append(build("ours: one added, with search"))
    costs.append(build("ours: nothing changed, with search"))
    if number > 1:
        return costs
    plugins.remove("backfile.search")
    costs.append(build("ours: cold, pages only"))
    write(content, [_one_more(stories, 1)], as_content)
    costs.append(build("ours: one added, pages only"))
    costs.append(build("ours: nothing changed, pages only"))
    return costs


def run_stock(folder: Path, stories: list[Story], number: int = 1) -> list[Cost]:
    """Stock Pelican, the theme that comes with it, Python-Markdown, no search."""
    if number > 1:
        return []
    if importlib.util.find_spec("markdown") is None:
        print("Python-Markdown is not there: no comparison with stock Pelican.")
        return []
    content, output = folder.parent / "content", folder / "stock"
    settings = folder / "stock.py"
    settings.write_text(
        "SITENAME='Archive'\nDEFAULT_LANG='en'\nTIMEZONE='UTC'\nTHEME='simple'\nDEFAULT_PAGINATION=20\nARTICLE_PATHS=['']\n"
        "USE_FOLDER_AS_CATEGORY=False\nARTICLE_SAVE_AS='{date:%Y}/{date:%m}/{date:%d}/{slug}.html'\n"
        "ARTICLE_URL=ARTICLE_SAVE_AS\nCATEGORY_FEED_ATOM=AUTHOR_FEED_ATOM=AUTHOR_FEED_RSS=TRANSLATION_FEED_ATOM=None\n"
        "FEED_ALL_ATOM='feeds/all.atom.xml'\nSITEURL='https://example.org'\nFEED_MAX_ITEMS=50\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", str(settings), "--quiet"]
    costs = [measure("stock Pelican: cold, no search", output, command)]
    write(content, [_one_more(stories, 0)], as_content)
    costs.append(measure("stock Pelican: one added, no search", output, command))
    return costs


def run_hugo(folder: Path, stories: list[Story], number: int = 1) -> list[Cost]:
    """Hugo, then Pagefind: both do everything again."""
    hugo, pagefind = _tool("hugo"), _tool("pagefind")
    site = folder / "hugo"
    if not hugo or not pagefind:
        if number == 1:
            print("Hugo or Pagefind is not there: no comparison with them.")
        return []
    write(site / "content", stories, as_hugo)
    shutil.copytree(HUGO, site, dirs_exist_ok=True)
    output = site / "public"
    commands = [hugo, "--source", str(site), "--quiet"], [pagefind, "--site", str(output)]
    costs = [measure("Hugo: cold, no search", output, commands[0])]
    costs.append(measure("Hugo + Pagefind: anything changed", output, *commands))
    return costs


def _one_more(stories: list[Story], number: int = 1) -> Story:
    last = max(stories, key=lambda story: story.date)
    return Story(9_900_000 + number, "One more", last.date, last.section, last.tags, last.author, last.paragraphs)


def _tool(name: str) -> str | None:
    return os.environ.get(name.upper()) or shutil.which(name)


def medians(rounds: list[list[Cost]]) -> list[Cost]:
    """What each run costs in the middle of all rounds; of memory and files the most."""
    found: list[Cost] = []
    for what in dict.fromkeys(cost.what for costs in rounds for cost in costs):
        same = [cost for costs in rounds for cost in costs if cost.what == what]
        wall, cpu = (statistics.median(getattr(cost, name) for cost in same) for name in ("wall", "cpu"))
        found.append(Cost(what, wall, cpu, max(cost.memory for cost in same), max(cost.files for cost in same)))
    return found


def ratios(rounds: list[list[Cost]]) -> dict[str, float]:
    """What is pinned: the median of each ratio."""
    found = [_ratios(costs) for costs in rounds]
    return {name: round(statistics.median(each[name] for each in found), 3) for name in found[0]}


def _ratios(costs: list[Cost]) -> dict[str, float]:
    """Our CPU seconds to theirs, and the number of files, in one round."""
    by_name = {cost.what: cost for cost in costs}
    ours_cold, ours_added = by_name["ours: cold, with search"], by_name["ours: one added, with search"]
    found = {"one added / cold": ours_added.cpu / ours_cold.cpu, "files for one added": float(ours_added.files)}
    hugo = by_name.get("Hugo + Pagefind: anything changed")
    if hugo:
        found |= {
            "cold / (Hugo + Pagefind)": ours_cold.cpu / hugo.cpu,
            "one added / (Hugo + Pagefind)": ours_added.cpu / hugo.cpu,
        }
    return found


def _by_the_clock(rounds: list[list[Cost]]) -> list[float]:
    """The same ratio of seconds of the clock, in each round that has both."""
    walls = [{cost.what: cost.wall for cost in costs} for costs in rounds]
    names = "ours: cold, with search", "Hugo + Pagefind: anything changed"
    return [round(wall[names[0]] / wall[names[1]], 2) for wall in walls if all(name in wall for name in names)]


def main() -> None:
    """Measure, print, and compare or pin."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=0, help="build so many, recombined; 0: the collection as it is")
    parser.add_argument("--comments", type=int, default=0, help="with so many comments")
    parser.add_argument("--only", choices=["ours", "stock", "hugo"], help="one tool alone")
    parser.add_argument("--rounds", type=int, default=3, help="how often Hugo with Pagefind and ours take turns")
    parser.add_argument("--check", action="store_true", help="fail when a ratio is a quarter worse than pinned")
    parser.add_argument("--pin", action="store_true", help="write the ratios as the new baseline")
    chosen = parser.parse_args()
    archive = SHARED / "data" / "reuters21578" / "reuters21578.tar.xz"
    if not archive.is_file():
        raise SystemExit("The Reuters collection is not beside the project: nothing to build.")
    stories = list(reuters(archive))
    if chosen.articles:
        stories = list(recombined(stories, chosen.articles, chosen.comments))
    runs: dict[str, Callable[[Path, list[Story], int], list[Cost]]] = {
        "hugo": run_hugo,
        "ours": run_ours,
        "stock": run_stock,
    }
    rounds: list[list[Cost]] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        count = write(folder / "content", stories, as_content)
        print(
            f"{count:,} articles; {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"
        )
        print(f"{'':48}{'wall s':>9}{'CPU s':>9}{'MB':>9}{'files':>9}")
        for number in range(1, chosen.rounds + 1):
            rounds.append([])
            for name, run in runs.items():
                if chosen.only in (None, name):
                    for cost in run(folder / str(number), stories, number):
                        print(cost, flush=True)
                        rounds[-1].append(cost)
    if chosen.rounds > 1:
        print(f"medians of {chosen.rounds} rounds", *medians(rounds), sep="\n")
        print("cold / (Hugo + Pagefind), by the clock:", *_by_the_clock(rounds))
    if chosen.only in (None, "ours"):
        _compare(ratios(rounds), pin=chosen.pin, check=chosen.check)
    print(f"children's peak: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def _compare(found: dict[str, float], *, pin: bool, check: bool) -> None:
    for name, value in found.items():
        print(f"{name}: {value}")
    if pin:
        PINNED.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if check:
        pinned = json.loads(PINNED.read_text("utf-8"))
        worse = [name for name, value in pinned.items() if found.get(name, value) > value * 1.25]
        if worse:
            raise SystemExit(f"worse than pinned: {', '.join(worse)}")


if __name__ == "__main__":
    main()
