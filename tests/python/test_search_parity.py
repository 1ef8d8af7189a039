"""What our segments answer is what a fresh stock Whoosh index of the same documents answers."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from backfile.search import index
from backfile.search.schema import DEFAULT_FIELDS
from backfile.search.whoosh.archive import Archive
from project import VECTORS, shared
from search_oracle import Oracle, questions
from search_texts import many, reuters

TOLERANCE = 1e-9


def assert_same_answers(archive: Archive, oracle: Oracle, asked: list[str]) -> None:
    differing = []
    for text in asked:
        question = archive.ask(text)
        ours, theirs = archive.numbers(question), oracle.ask(question)
        same = len(ours) == len(theirs) and all(
            a == b and abs(x - y) <= TOLERANCE for (a, x), (b, y) in zip(ours[:20], theirs[:20], strict=True)
        )
        if not same:
            differing.append((text, len(ours), len(theirs), ours[:3], theirs[:3]))
    assert differing == []


@pytest.fixture(scope="module")
def one_segment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    documents = list(many(300))
    index.update(folder, documents)
    return Archive(folder), Oracle([documents], ["porter", "none"]), documents


def test_360_questions_of_every_kind_have_stock_whooshs_answers(one_segment):
    archive, oracle, documents = one_segment
    assert_same_answers(archive, oracle, questions(documents, 360))


def test_the_questions_of_the_vectors_have_stock_whooshs_answers(one_segment):
    archive, oracle, _ = one_segment
    asked = json.loads((VECTORS / "search" / "queries.json").read_text("utf-8"))
    assert_same_answers(archive, oracle, sorted({item["query"] for item in asked}))


def test_several_segments_with_deletions_answer_like_stock_whoosh_before_a_merge(tmp_path):
    documents = list(many(400))
    first, second, third = documents[:300], documents[300:350], documents[350:]
    index.update(tmp_path, first)
    index.update(tmp_path, first + second)
    changed = [replace(document, title="changed title") for document in first[:20]]
    index.update(tmp_path, changed + first[30:] + second + third[:10])
    archive = Archive(tmp_path)
    segments = archive.manifest.segments
    assert len(segments) > 1
    assert sum(len(segment.deleted) for segment in segments) == 30
    oracle = Oracle([first, second, changed + third[:10]][-len(segments) :], ["porter", "none"])
    if len(segments) == 2:  # the policy has joined the two small ones
        oracle = Oracle([first, second + changed + third[:10]], ["porter", "none"])
    bases = archive.manifest.bases()
    oracle.delete(base + doc for base, s in zip(bases, segments, strict=False) for doc in s.deleted)
    assert_same_answers(archive, oracle, questions(documents, 360, seed=11))


def test_a_word_without_field_is_looked_for_in_every_default_field(one_segment):
    archive = one_segment[0]
    assert {term[0] for term in archive.ask("word3").iter_all_terms()} == {f.name for f in DEFAULT_FIELDS}


def test_2000_stories_of_reuters_answer_like_stock_whoosh(tmp_path):
    documents = random.Random(3).sample(list(reuters(shared("data/reuters21578"))), 2000)
    index.update(tmp_path, documents)
    assert_same_answers(Archive(tmp_path), Oracle([documents], ["porter"]), questions(documents, 300))
