"""Keeps of a fuzzed corpus what reaches the most lines: `python tests/fuzz/minimise.py FOLDER`.

FOLDER is what `run.py` was given. Of each target the few small inputs are kept that together reach the most, in
`tests/fuzz/corpus/`, which the ordinary tests replay. What once broke a promise stays there: `fixed-...`.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from types import FrameType
from typing import Any

HERE = Path(__file__).parent
PACKAGE = str(HERE.parents[1] / "plugins" / "backfile")
MOST = 10
LARGEST = 2500
LOOKED_AT = 80


def lines_of(target: Any, data: bytes) -> set[tuple[str, int]]:
    """The lines of our own code that an input reaches."""
    reached: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        target(data)
    finally:
        sys.settrace(None)
    return reached


def main() -> None:
    """Minimises the corpus of every target."""
    sys.path[:0] = [str(HERE.parents[1] / "plugins"), str(HERE)]
    from targets import TARGETS

    for name, target in TARGETS.items():
        there = HERE / "corpus" / name
        kept = list(there.glob("fixed-*")) if there.is_dir() else []
        for old in there.glob("reaches-*") if there.is_dir() else ():
            old.unlink()
        there.mkdir(parents=True, exist_ok=True)
        target(b"")
        known = set().union(*(lines_of(target, path.read_bytes()) for path in kept))
        files = sorted(
            (Path(sys.argv[1]) / "corpus" / name).glob("*"), key=lambda path: (path.stat().st_size, path.name)
        )
        few = [path for path in files if path.stat().st_size <= LARGEST]
        step = max(1, len(few) // LOOKED_AT)
        reached = {path: lines_of(target, path.read_bytes()) for path in few[::step]}
        for _ in range(MOST):
            best = max(reached, key=lambda path: len(reached[path] - known), default=None)
            if best is None or not reached[best] - known:
                break
            known |= reached.pop(best)
            shutil.copyfile(best, there / f"reaches-{hashlib.sha256(best.read_bytes()).hexdigest()[:12]}")
        print(name, len(list(there.iterdir())), len(known), "lines", flush=True)


if __name__ == "__main__":
    main()
