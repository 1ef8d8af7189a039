"""The way through the house: who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from project import PACKAGE

BASE = {"frozen", "model", "errors", "text", "hooks"}
MIDDLE = {
    "dates",
    "decoding",
    "months",
    "written_dates",
    "metadata",
    "markdown",
    "tables",
    "contentfile",
    "settings",
    "threads",
    "privacy",
    "sourcetext",
    "whereabouts",
    "takedown",
    "disk",
    "folders",
    "begun",
}
PEERS = {"importer", "split", "comments", "browse", "search", "build", "verify", "removal"}
MAY_USE = {
    **dict.fromkeys(BASE, BASE),
    **dict.fromkeys(MIDDLE, BASE | MIDDLE),
    **{room: BASE | MIDDLE | {room} for room in PEERS},
    "importer": BASE | MIDDLE | {"importer", "split"},
    "comments": BASE | MIDDLE | {"comments", "split"},
    "removal": BASE | MIDDLE | {"removal", "comments", "search"},
    "commands": BASE | MIDDLE | PEERS,
    "cli": BASE | {"commands"},
    "__main__": {"cli"},
    "__init__": set(),
}
# Where objects of the two hosts may appear.
ADAPTERS = {"pelican": ("hooks.py", "plugin.py", "comments/reader.py", "build/adapter/"), "whoosh": ("search/whoosh/",)}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "backfile" else set()
    return names


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_its_own_layer_and_those_below(path):
    used = {name.split(".")[1] for name in imported(path) if name.startswith("backfile.")}
    used.discard("__version__")
    used.discard("theme_path")
    assert used - MAY_USE[room_of(path)] == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_hosts_appear_only_in_their_adapters(path):
    for host, places in ADAPTERS.items():
        if any(name.split(".")[0] == host for name in imported(path)):
            assert any(place in path.relative_to(PACKAGE).as_posix() for place in places), host
