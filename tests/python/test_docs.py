"""Every command, option and setting is documented, and the documents' links lead somewhere."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator

import pytest

from backfile.cli import build_parser
from project import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")


def options() -> Iterator[tuple[str, str]]:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command, parser in action.choices.items():
                yield command, ""
                for option in parser._actions:
                    yield from ((command, name) for name in option.option_strings if name not in ("-h", "--help"))


def settings_of(name: str) -> set[str]:
    tree = ast.parse((ROOT / name).read_text("utf-8"))
    targets = [target for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets]
    return {target.id for target in targets if isinstance(target, ast.Name)}


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_command_and_option_is_documented(command, option):
    section = re.search(rf"^## `backfile {command}\b.*?(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert section, f"docs/commands.md has no section for 'backfile {command}'"
    assert option in section[0]


@pytest.mark.parametrize("file", ["pelicanconf.py", "publishconf.py"])
def test_every_setting_in_use_is_documented(file):
    assert settings_of(file) - set(re.findall(r"`([A-Z_]+)`", SETTINGS)) == set()


def test_every_make_target_is_documented():
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {target for target in targets if f"make {target}" not in COMMANDS} <= {"help", "lint"}


def test_the_readme_names_the_test_command_that_ci_runs():
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_in_documents_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (path.parent / target).exists(), target
