"""Looks up the locked packages among known vulnerabilities: `make audit`.

    python tools/audit.py PATH-OF-PIP-AUDIT

Ends with 1 when one is known, and with 0 when none is or when nobody could be asked; it says which of these it was.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LONGEST = 180
"""Seconds to wait for an answer."""


class NoAnswerError(Exception):
    """Nobody could be asked."""


def python_findings(output: str) -> list[str]:
    """What `pip-audit --format json` found. Raises NoAnswerError when it found out nothing."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        raise NoAnswerError("its answer is none") from None
    if packages and all("skip_reason" in package for package in packages):
        raise NoAnswerError("the registry knows of no advisories")
    return [
        f"{package['name']} {package['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'none'}"
        for package in packages
        for found in package.get("vulns", ())
    ]


def npm_findings(output: str) -> list[str]:
    """What `npm audit --json` found. Raises NoAnswerError when it found out nothing."""
    try:
        found = json.loads(output)["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        raise NoAnswerError("the registry answers no such question") from None
    return [f"{name}: {entry['severity']}, in {entry['range']}" for name, entry in sorted(found.items())]


def ask(name: str, command: list[str], read: Callable[[str], list[str]]) -> bool:
    """Asks one registry, says what it said; True when something is known."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_LONGEST, check=False)  # noqa: S603
        found = read(done.stdout)
    except (NoAnswerError, OSError, subprocess.TimeoutExpired) as error:
        print(f"{name}: NOT AUDITED, {error}. Run `make audit` where the registry can be asked.")
        return False
    for line in found:
        print(f"{name}: {line}")
    print(f"{name}: {len(found)} known vulnerabilities")
    return bool(found)


def main(arguments: list[str]) -> int:
    """Asks for both languages."""
    lock = ["--requirement", "requirements.lock", "--require-hashes", "--disable-pip"]
    audit = [arguments[0], *lock, "--format", "json", "--progress-spinner", "off"]
    results = [
        ask("Python", audit, python_findings),
        ask("JavaScript", ["npm", "audit", "--json"], npm_findings),
    ]
    return int(any(results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
