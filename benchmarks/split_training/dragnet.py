"""The Dragnet gold set as records, in the two variants of the scorer that comes with it.

The data and the scorer's loader are not part of this project; `BACKFILE_SHARED` (or a folder `shared`
beside the project) holds both. In the easy variant the lines of the page are as found; in the hard one
names, dates and buttons are dropped on both sides. What was dropped says where each comment starts, which
is worth more than the boundaries alone.
"""

from __future__ import annotations

import importlib
import os
import sys
import tarfile
import tempfile
from pathlib import Path
from types import ModuleType

from backfile.split import marks
from benchmarks.split_training.corpus import Record, grouped

TWINS_OF_TEST = frozenset("T177 9 R513 R520 R504 R518 R947 R519".split())
"""Pages that stand in the held-out list too, nearly word for word: left out of training and of the figures."""
MARKED = frozenset("DSNCUQ#PB")


def shared() -> Path:
    """The folder with the data sets that are used but not distributed."""
    return Path(os.environ.get("BACKFILE_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def loader() -> ModuleType:
    """The scorer's own loader, with the data unpacked to a temporary folder."""
    source = shared() / "data" / "dragnet-dev"
    if not source.is_dir():
        raise SystemExit(f"{source} is not there; name the folder of the data sets in BACKFILE_SHARED")
    target = Path(tempfile.gettempdir()) / "backfile-dragnet"
    if not (target / "training.txt").exists():
        target.mkdir(exist_ok=True)
        with tarfile.open(source / "corrected.tar.xz") as archive:
            archive.extractall(target, filter="data")
        (target / "training.txt").write_text((source / "training.txt").read_text())
    os.environ["DRAGNET"] = str(target)
    sys.path.insert(0, str(shared() / "tools"))
    return importlib.import_module("dragnet")


def records() -> list[Record]:
    """All usable training pages, easy and hard."""
    data = loader()
    found = []
    for name in data.ids("train"):
        if name in TWINS_OF_TEST:
            continue
        easy, cut = data.load_easy(name)
        if data.usable(name, "easy"):
            found.append(Record(name, tuple(easy), cut, _marked_openers(easy, cut), "easy"))
        if data.usable(name, "hard"):
            hard, hard_cut = data.load_hard(name)
            found.append(Record(name, tuple(hard), hard_cut, _hidden_openers(data, easy, hard, hard_cut), "hard"))
    return grouped(found)


def _marked_openers(paragraphs: list[str], cut: int | None) -> frozenset[int]:
    """Where a comment starts when its marks are seen: before its marks when they lead, after them when they
    sign.
    """
    if cut is None:
        return frozenset()
    kinds = [marks.kind(p) for p in paragraphs]
    leads = kinds[cut] in MARKED or kinds[cut] == "M"
    found = {cut}
    for j in range(cut + 1, len(paragraphs)):
        mark, before = kinds[j] in MARKED, kinds[j - 1] in MARKED
        if (
            kinds[j] == "M"
            or (leads and mark and not before)
            or (not leads and ((before and not mark) or kinds[j - 1] == "G"))
        ):
            found.add(j)
    return frozenset(found)


def _hidden_openers(data: ModuleType, easy: list[str], hard: list[str], cut: int | None) -> frozenset[int]:
    """Where a comment starts when its marks were dropped: wherever something was dropped."""
    found = set()
    place, gap = 0, True
    for line in easy:
        kept = "" if data.is_marker(line) else data.strip_inline(line)
        if not kept or data.is_marker(kept):
            gap = True
            continue
        if cut is not None and place >= cut and (gap or place == cut or not line.startswith(kept)):
            found.add(place)
        gap = kept != line and line.startswith(kept)
        place += 1
    assert place == len(hard)
    return frozenset(found)
