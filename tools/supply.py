"""What Backfile is made with: licences as a page, a bill of materials (CycloneDX) as JSON.

    python tools/supply.py licences    docs/licences.md
    python tools/supply.py sbom        dist/backfile.cdx.json

Names, versions and who needs whom come from `requirements.lock` and `package-lock.json`; licences from the
installed packages themselves. Nothing is asked of the network.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
LICENCES = ROOT / "docs" / "licences.md"
SBOM = ROOT / "dist" / "backfile.cdx.json"

_PINNED = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]+?))?(?: \\)?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"#\s+(?:via )?(?!via$)([\w.-]+)")
# Packages whose metadata names a licence in words only.
_IN_WORDS = {
    "MIT License": "MIT",
    "MIT": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "Two-clause BSD license": "BSD-2-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
# Packages of which neither says enough; read in their own licence files.
_READ = {
    "colorama": "BSD-3-Clause",
    "docutils": "BSD-2-Clause AND LicenseRef-public-domain AND GPL-3.0-or-later AND PSF-2.0",
    "pelican": "AGPL-3.0-or-later",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
    "unidecode": "GPL-2.0-or-later",
    "tld": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later",
    "whoosh": "BSD-2-Clause",
}


@dataclass(slots=True)
class Package:
    """A package of either world. `needed_by` are names in the same world; `hashes` are (algorithm, hexadecimal)."""

    kind: str
    name: str
    version: str
    licence: str
    needed_by: set[str] = field(default_factory=set)
    hashes: list[tuple[str, str]] = field(default_factory=list)
    marker: str = ""
    runs: bool = False
    """Needed to import and build; else only to develop."""

    @property
    def purl(self) -> str:
        """The package's address as bills of materials write it."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def python_packages(lock: Path = LOCK) -> dict[str, Package]:
    """The packages of a lock file, by name."""
    found: dict[str, Package] = {}
    last: Package | None = None
    for line in lock.read_text("utf-8").splitlines():
        if pinned := _PINNED.match(line):
            name = pinned["name"].lower()
            last = found[name] = Package(
                "pypi", name, pinned["version"], licence_of(name), marker=pinned["marker"] or ""
            )
        elif last and (via := _VIA.search(line)):
            last.needed_by.add(via[1])
        elif last and (digest := _HASH.search(line)):
            last.hashes.append(("SHA-256", digest[1]))
    pending = list(map(_name_of, _project()["dependencies"]))
    while pending:
        name = pending.pop()
        if name in found and not found[name].runs:
            found[name].runs = True
            pending += [other.name for other in found.values() if name in other.needed_by]
    return found


def npm_packages(lock: Path = ROOT / "package-lock.json") -> dict[str, Package]:
    """The packages that the tests of the theme need, by their place in the lock file."""
    found = {}
    for place, entry in json.loads(lock.read_text("utf-8"))["packages"].items():
        if place:
            name = place.rpartition("node_modules/")[2]
            package = Package("npm", name, entry["version"], entry.get("license", ""))
            if "integrity" in entry:
                algorithm, _, digest = entry["integrity"].partition("-")
                package.hashes.append((f"SHA-{algorithm[3:]}", base64.b64decode(digest).hex()))
            found[place] = package
    return found


def licence_of(name: str) -> str:
    """The licence of an installed package as an SPDX expression; empty when it is not installed or says none."""
    if name in _READ:
        return _READ[name]
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := about.get("License-Expression"):
        return str(expression)
    told = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License :: ")]
    told += [(about.get("License") or "").strip()]
    known = [_IN_WORDS[words] for words in told if words in _IN_WORDS]
    exact = next((words for words in reversed(told) if re.fullmatch(r"[A-Za-z0-9.+-]+-\d[\w.-]*", words)), "")
    return exact or " OR ".join(dict.fromkeys(known))


def licences() -> str:
    """The page of licences."""
    python, npm = python_packages(), npm_packages()
    rows = [f"| {p.name} | {p.licence} | {'the archive' if p.runs else 'tests'} |" for p in python.values()]
    scripts: dict[str, set[str]] = {}
    for package in npm.values():  # there may be several versions of one
        scripts.setdefault(package.name, set()).add(package.licence)
    return "\n".join(
        [
            "# Licences",
            "",
            "Backfile is AGPL-3.0-or-later, as Pelican is. What it is made with is listed here, as SPDX writes it.",
            "`make licences` writes this page anew, from the locks and from what the installed packages say.",
            "A published archive holds none of it but Backfile's own theme and search client.",
            "",
            "## Python",
            "",
            "| package | licence | needed for |",
            "|---|---|---|",
            *rows,
            "",
            "## JavaScript",
            "",
            "Only the tests of the theme need these; none of them is part of an archive or of the package.",
            "",
            "| package | licence |",
            "|---|---|",
            *(f"| {name} | {' AND '.join(sorted(licences))} |" for name, licences in sorted(scripts.items())),
            "",
        ]
    )


def sbom() -> dict[str, Any]:
    """The bill of materials, CycloneDX 1.6: the same for the same locks."""
    project = _project()
    python, npm = python_packages(), npm_packages()
    root = f"pkg:pypi/backfile@{project['version']}"
    packages = {p.purl: p for p in [*python.values(), *npm.values()]}
    edges = {p.purl: _needs(python, p.name) for p in python.values()}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "backfile",
                "version": project["version"],
                "purl": root,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [_component(package) for _, package in sorted(packages.items())],
        "dependencies": [
            {"ref": root, "dependsOn": _needs(python, "backfile")},
            *({"ref": purl, "dependsOn": edges.get(purl, [])} for purl in sorted(packages)),
        ],
    }


def _needs(packages: dict[str, Package], name: str) -> list[str]:
    return sorted(other.purl for other in packages.values() if name in other.needed_by)


def _component(package: Package) -> dict[str, Any]:
    group, _, name = package.name.rpartition("/")
    return {
        "type": "library",
        "bom-ref": package.purl,
        **({"group": group} if group else {}),
        "name": name,
        "version": package.version,
        "purl": package.purl,
        "scope": "required" if package.runs else "optional",
        **({"licenses": _licences(package.licence)} if package.licence else {}),
        # A Python package has a digest for each of its files; they stand in the lock.
        **({"hashes": [{"alg": a, "content": c} for a, c in package.hashes]} if package.kind == "npm" else {}),
    }


def _licences(expression: str) -> list[dict[str, Any]]:
    single = " " not in expression
    return [{"license": {"id": expression}}] if single else [{"expression": expression}]


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def _name_of(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower()  # type: ignore[index]


def _written(what: str) -> Iterator[Path]:
    if what == "licences":
        LICENCES.write_text(licences(), "utf-8")
        yield LICENCES
    elif what == "sbom":
        SBOM.parent.mkdir(exist_ok=True)
        SBOM.write_text(json.dumps(sbom(), indent=1) + "\n", "utf-8")
        yield SBOM


def main(arguments: list[str]) -> int:
    """Writes what is asked for; 2 when that is nothing."""
    files = [file for what in arguments for file in _written(what)]
    for file in files:
        print(f"written: {file.relative_to(ROOT)}")
    return 0 if files else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
