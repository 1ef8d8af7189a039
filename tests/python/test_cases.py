"""Golden folders: a source shaped like the real thing, and what it must become, side by side.

`expected.json` holds what the readers give, empty fields left out. A new case is a new folder.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from backfile.importer.kinds import read_comments, read_container, read_page_file, tell_kind
from backfile.importer.record import Problem, Record
from backfile.importer.walking import SourceFile
from project import CASES, backfile

SOURCES = sorted(CASES.glob("*/source.*"))


def filled(value: Any) -> Any:
    """The value without what is empty, at any depth."""
    if isinstance(value, dict):
        return {key: found for key, part in value.items() if (found := filled(part)) not in ("", [], {}, None, False)}
    return [filled(part) for part in value] if isinstance(value, list | tuple) else value


def told(path: Path) -> list[dict[str, Any]]:
    """What the readers say of a file, as plain data; digests are left out."""
    file = SourceFile(path, path.name)
    kind = tell_kind(file).kind
    items = [read_page_file(file)] if kind == "page" else [*read_container(file)]
    if kind == "remarks":
        items = [*read_comments(file), *items]
    records = []
    for item in items:
        record = asdict(item)
        record.pop("source")
        record.get("article", {}).pop("sources", None)
        if isinstance(item, Record):
            part = item.part.source.name if item.part else ""
            record |= {"images": [image.line for image in item.images], "original": None, "part": part}
        records.append({"problem": record} if isinstance(item, Problem) else record)
    return [filled(record) for record in records]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_a_source_becomes_what_its_folder_says(path):
    assert told(path) == json.loads(path.with_name("expected.json").read_text("utf-8"))


FOLDERS = sorted(CASES.glob("*/sources"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_files_of_one_page_become_the_content_file_beside_them(folder, tmp_path):
    done = backfile("import", folder, "--content", tmp_path)
    assert done.returncode == 0, done.stderr
    [made] = tmp_path.rglob("*.md")
    tool = re.compile(r"^Imported-(?:By|As): .*\n", re.MULTILINE)  # changes with the version
    assert tool.sub("", made.read_text("utf-8")) == (folder.parent / "expected.md").read_text("utf-8")


def test_there_are_cases():
    assert len(SOURCES) > 30
    assert FOLDERS
