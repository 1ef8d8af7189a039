"""Fuzzes every target in turn, one process at a time, and logs what each did.

`python tests/fuzz/run.py [--seconds N] [--rounds N] FOLDER [TARGET...]`: FOLDER keeps the inputs that reach new code,
those that break a promise (`found/`), and `log.tsv` with a line a run: target, seconds, executions, what was found.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
MOST_CRASHES = 4
"""So many in one turn, and the next target has its turn: it is likely the same one each time."""
_OPTIONS = ("-timeout=30", "-rss_limit_mb=3000", "-max_len=20000", "-print_final_stats=1", "-verbosity=0")


def fuzz(target: str, folder: Path, seconds: int) -> tuple[int, int, list[str]]:
    """Runs one target; the seconds it took, the inputs it tried, and what broke, a line each."""
    corpus, found = folder / "corpus" / target, folder / "found" / target
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    kept = HERE / "corpus" / target
    began, tried, broken = time.monotonic(), 0, []
    while (left := seconds - (time.monotonic() - began)) > 1 and len(broken) < MOST_CRASHES:
        command = [sys.executable, HERE / "fuzz.py", target, corpus, *([kept] if kept.is_dir() else [])]
        options = [*_OPTIONS, f"-max_total_time={int(left)}", f"-artifact_prefix={found}/"]
        run = subprocess.run([*map(str, command), *options], capture_output=True, text=True, errors="replace")
        units = re.search(r"stat::number_of_executed_units:\s*(\d+)", run.stderr)
        tried += int(units[1]) if units else 0
        if run.returncode:
            broken.append(_what(run.stdout + run.stderr))
            with (found / "log.txt").open("a", encoding="utf-8") as log:  # atheris prints tracebacks to standard output
                log.write(f"{run.stdout[-4000:]}\n{run.stderr[-4000:]}\n\n")
    return round(time.monotonic() - began), tried, broken


def _what(output: str) -> str:
    """The last line of a traceback, or what libFuzzer says."""
    said = [line for line in output.splitlines() if re.match(r"\s*(?:[\w.]*(?:Error|Exception)\b|==\d+== ERROR)", line)]
    return said[-1].strip()[:200] if said else "ended without a word"


def main() -> None:
    """Reads the command line and goes round."""
    sys.path[:0] = [str(HERE.parents[1] / "plugins"), str(HERE)]
    from targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for _ in range(options.rounds):
        for target in options.targets or TARGETS:
            seconds, tried, broken = fuzz(target, options.folder, options.seconds)
            line = "\t".join([target, str(seconds), str(tried), "; ".join(broken) or "nothing"])
            print(line, flush=True)
            with (options.folder / "log.tsv").open("a", encoding="utf-8") as log:
                log.write(f"{line}\n")


if __name__ == "__main__":
    main()
