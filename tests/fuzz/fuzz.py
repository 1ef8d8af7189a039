"""Fuzzes one target with atheris: `python tests/fuzz/fuzz.py TARGET CORPUS... [libFuzzer's options]`."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "plugins"), str(Path(__file__).parent)]

with atheris.instrument_imports(include=["backfile", "targets"]):
    from targets import TARGETS


def main() -> None:
    """Runs until libFuzzer's options say that it is enough, or an input breaks a promise."""
    name = sys.argv.pop(1)
    if name not in TARGETS:
        raise SystemExit(f"no target {name!r}; there are {', '.join(TARGETS)}")
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
