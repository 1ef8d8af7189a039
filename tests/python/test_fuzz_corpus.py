"""Inputs that fuzzing found, each of which reaches something that the others do not, or once broke a promise."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from project import ROOT

FUZZ = ROOT / "tests" / "fuzz"
sys.path.append(str(FUZZ))

from targets import TARGETS  # noqa: E402 - it stands beside the fuzzers

from strategies import raw_text  # noqa: E402


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_breaks_no_promise(target):
    inputs = sorted((FUZZ / "corpus" / target).iterdir())
    assert inputs, f"no corpus for {target}"
    for path in inputs:
        TARGETS[target](path.read_bytes())


def test_every_corpus_has_a_target_and_all_of_them_are_small():
    files = [path for path in (FUZZ / "corpus").rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} <= TARGETS.keys()
    assert len(files) <= 200
    assert sum(path.stat().st_size for path in files) <= 300_000


@pytest.mark.parametrize("target", ["content", "fragment", "jsonl", "markdown", "query", "script", "thread"])
def test_nothing_that_is_made_up_breaks_one(target):
    @given(st.one_of(raw_text.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=200)))
    def tried(data):
        TARGETS[target](data)

    tried()
