"""Floors of relevance, which may only fall on purpose."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from backfile.search import index
from backfile.search.whoosh.archive import Archive
from project import ROOT, shared


@pytest.fixture(scope="module")
def relevance() -> ModuleType:
    spec = importlib.util.spec_from_file_location("relevance", ROOT / "benchmarks" / "relevance.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_whole_sentences_find_what_is_relevant(relevance, tmp_path):
    folder = shared("data/cranfield")
    index.update(tmp_path, relevance.documents(folder))
    quality = relevance.measure(Archive(tmp_path), relevance.queries(folder), relevance.judgements(folder))
    assert quality.queries == 225
    assert quality.ndcg10 >= 0.400
    assert quality.map >= 0.315
