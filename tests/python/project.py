"""Where things are, for tests that run the project as its users do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plugins" / "backfile"
CASES = ROOT / "tests" / "cases"
VECTORS = ROOT / "tests" / "vectors"


def shared(name: str) -> Path:
    """Real data beside the project that may not be part of it; the test is skipped where it is absent."""
    base = Path(os.environ.get("BACKFILE_SHARED", ROOT.parent / "shared"))
    if not (base / name).exists():
        pytest.skip(f"no {name} beside the project: real data is not part of a clone")
    return base / name


def backfile(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user would; output as text."""
    command = [sys.executable, "-m", "backfile", *map(str, arguments)]
    return run(command, **options)


def pelican(content: Path, output: Path, *more: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Builds a site with the project's own settings and plugins, warnings that count as errors aside."""
    command = [sys.executable, "-m", "pelican", content, "-o", output, "-s", ROOT / "pelicanconf.py"]
    return run([*map(str, command), "--fatal", "errors", *map(str, more)], cwd=ROOT, **options)


def hear_ctrl_c() -> None:
    """For `preexec_fn`: a shell has what it runs in the background ignore Ctrl-C, and so all that this starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Runs a command with the package importable, uninstalled as well."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "COLUMNS": "400", "NO_COLOR": "1"}
    settings: dict[str, object] = {"capture_output": True, "text": True, "env": environment, "check": False}
    return subprocess.run(command, **{**settings, **options})  # type: ignore[call-overload,no-any-return]
