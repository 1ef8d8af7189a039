"""Runs every benchmark that can run here: `make bench`, or `python -m benchmarks [NAME ...]`.

What follows the name of one benchmark goes to it: `python -m benchmarks import --pages 500`, `... import --help`.

Real data is not part of the project: it is looked for in a folder `shared` beside it, or in `BACKFILE_SHARED`. What is
absent is said, and costs nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared"))

BENCHMARKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "search": ("data/reuters21578", ("{data}", "19043")),
    "relevance": ("data/cranfield", ("{data}",)),
    "build": ("data/reuters21578", ("--check",)),
    "related": ("data/reuters21578", ("{data}",)),
    "split": ("data/dragnet-dev", ("--check",)),
    "html_comments": ("data/html-comments-dev", ("{unpacked}",)),
    "import": ("?data/html-comments-dev", ("--real", "{unpacked}/pages")),
}
"""For each benchmark the data it needs (with `?`: it can do without) and its arguments."""
MODULES = {"import": "import_bench"}
"""Where a benchmark's name could be no module's."""


def main(given: list[str]) -> int:
    """Runs the benchmarks one after the other; 1 when one that could run failed, 2 for an unknown name."""
    options = next((given[at:] for at, word in enumerate(given) if at and word.startswith("-")), [])
    names = given[: len(given) - len(options)]
    if unknown := [name for name in names if name not in BENCHMARKS]:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    failed = []
    for name in names or BENCHMARKS:
        data, arguments = BENCHMARKS[name]
        place = SHARED / data.removeprefix("?")
        print(f"\n== {name}", flush=True)
        if place.exists():
            ran = _run(name, place, (*arguments, *options))
        elif data.startswith("?"):
            print(f"   without {data[1:]}, which is not beside the project")
            ran = _run(name, place, tuple(options))
        else:
            print(f"   left out: no {data} beside the project")
            continue
        if not ran:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _run(name: str, data: Path, arguments: tuple[str, ...]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        if any("{unpacked}" in argument for argument in arguments):
            for archive in sorted(data.glob("*.tar.xz")):
                with tarfile.open(archive) as packed:
                    packed.extractall(folder, filter="data")
        filled = [argument.format(data=data, unpacked=folder) for argument in arguments]
        environment = {**os.environ, "BACKFILE_SHARED": str(SHARED)}
        command = [sys.executable, "-m", f"benchmarks.{MODULES.get(name, name)}", *filled]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
