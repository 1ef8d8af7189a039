"""NOT, ANDNOT and ANDMAYBE do with documents and scores what sets and sums do; whatever is asked is answered."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.matching import Matcher

from backfile.search import index
from backfile.search.document import SearchDocument
from backfile.search.whoosh.archive import Archive
from backfile.search.whoosh.boolean import Outside, Perhaps, Without
from backfile.search.whoosh.matcher import ListedMatcher
from search_texts import many

FIRST = ["word1", "word2", "word5", "word9", "title:word3", "zzzz"]
SECOND = ["word1", "word3", "word20", "title:word2", "date:2003", "zzzz", "word4*"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Archive:
    """Several segments, with documents deleted at both ends of each."""
    folder = tmp_path_factory.mktemp("boolean")
    documents = list(many(400))
    random.Random(1).shuffle(documents)
    index.update(folder, documents[:300])
    index.update(folder, documents[:350])
    index.update(folder, [replace(documents[9], title="changed"), *documents[20:345], *documents[350:]])
    made = Archive(folder)
    assert len(made.manifest.segments) > 1
    assert any(segment.deleted for segment in made.manifest.segments)
    return made


def scores(archive: Archive, text: str) -> dict[int, float]:
    return dict(archive.numbers(archive.ask(text)))


def alive(archive: Archive) -> set[int]:
    bases = archive.manifest.bases()
    gone = {base + doc for base, s in zip(bases, archive.manifest.segments, strict=False) for doc in s.deleted}
    return set(range(bases[-1])) - gone


@pytest.mark.parametrize(("a", "b"), list(product(FIRST, SECOND)))
def test_andnot_takes_away_and_leaves_the_scores(archive, a, b):
    left, right = scores(archive, a), scores(archive, b)
    expected = {doc: score for doc, score in left.items() if doc not in right}
    assert scores(archive, f"{a} ANDNOT {b}") == pytest.approx(expected)


@pytest.mark.parametrize("weighed", ["{}^0", "({})^0", "{}^0 ANDMAYBE word2^0"])
@pytest.mark.parametrize("a", FIRST)
def test_what_counts_nothing_is_found_all_the_same(archive, a, weighed):
    asked = archive.numbers(archive.ask(weighed.format(a)))
    assert asked == [(number, 0.0) for number in sorted(scores(archive, a))]
    both = scores(archive, f"{a}^0 word1")
    alone = scores(archive, "word1")
    assert both == pytest.approx({doc: alone[doc] for doc in scores(archive, a) if doc in alone})


@pytest.mark.parametrize(("a", "b"), list(product(FIRST, SECOND)))
def test_andmaybe_adds_scores_and_no_document(archive, a, b):
    left, right = scores(archive, a), scores(archive, b)
    expected = {doc: score + right.get(doc, 0) for doc, score in left.items()}
    assert scores(archive, f"{a} ANDMAYBE {b}") == pytest.approx(expected)


@pytest.mark.parametrize("a", [*FIRST[:-1], *SECOND[:-2], "*", "date:*"])
def test_not_gives_all_other_documents_that_are_there(archive, a):
    assert scores(archive, f"NOT {a}") == dict.fromkeys(alive(archive) - scores(archive, a).keys(), 1.0)


@pytest.mark.parametrize(("a", "b", "c"), list(product(FIRST[:4], SECOND[:5], ["word2", "word30", "title:word1"])))
def test_they_do_so_when_another_word_makes_them_skip(archive, a, b, c):
    left, right, other = (scores(archive, text) for text in (a, b, c))
    both = left.keys() & other.keys()
    added = {doc: left[doc] + right.get(doc, 0) + other[doc] for doc in both}
    assert scores(archive, f"{c} AND ({a} ANDMAYBE {b})") == pytest.approx(added)
    without = {doc: left[doc] + other[doc] for doc in both - right.keys()}
    assert scores(archive, f"{c} AND ({a} ANDNOT {b})") == pytest.approx(without)
    outside = {doc: other[doc] + 1 for doc in other.keys() - right.keys()}
    if a != "zzzz" and right:
        assert scores(archive, f"{c} AND (NOT {b})") == pytest.approx(outside)


def test_all_dates_are_all_documents(archive):
    assert scores(archive, "date:*") == dict.fromkeys(alive(archive), 1.0)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("word1 NOT NOT word2", "word1 word2"),
        ("NOT AND word1", "word1"),
        ("NOT NOT NOT word1", "NOT word1"),
        ("word1 ANDNOT ANDMAYBE word2", "word1 word2"),
        ("word1 NOT AND word2", "word1 word2"),
    ],
)
def test_an_operator_with_nothing_to_work_on_is_left_out(archive, text, same):
    assert archive.ask(text) == archive.ask(same)


PIECES = [
    "NOT",
    "AND",
    "OR",
    "ANDNOT",
    "ANDMAYBE",
    "(",
    ")",
    "word1",
    '"word2 word3"',
    "title:",
    "date:",
    "*",
    "word1~",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@settings(max_examples=150)
def test_whatever_is_asked_is_answered(archive, pieces):
    found = scores(archive, " ".join(pieces))
    assert found.keys() <= alive(archive)


@pytest.mark.parametrize("operator", ["ANDNOT", "ANDMAYBE"])
def test_a_query_full_of_operators_comes_to_an_end(archive, operator):
    assert scores(archive, f" {operator} ".join(["word1"] + ["word2"] * 150)).keys() <= scores(archive, "word1").keys()


DOCS = st.lists(st.integers(0, 19), unique=True, max_size=12).map(sorted)
STEPS = st.lists(st.integers(0, 6), max_size=12)


def walked(matcher: Matcher, steps: list[int]) -> dict[int, float]:
    """What a matcher gives when it is led on by `next`, for 0, and by skips of so many documents, for others."""
    found = {}
    for step in [*steps, *[0] * 20]:
        if not matcher.is_active():
            break
        found[matcher.id()] = matcher.score()
        matcher.skip_to(matcher.id() + step) if step else matcher.next()
    return found


def expected(scores: dict[int, float], steps: list[int]) -> dict[int, float]:
    """The same of a list."""
    found, left = {}, sorted(scores)
    for step in [*steps, *[0] * 20]:
        if left:
            found[left[0]] = scores[left[0]]
            left = [doc for doc in left if doc >= left[0] + step] if step else left[1:]
    return found


@given(DOCS, DOCS, STEPS)
def test_a_matcher_of_andnot_can_skip(a, b, steps):
    scores = {doc: 2.0 for doc in a if doc not in b}
    assert walked(Without(ListedMatcher(a, 2.0), ListedMatcher(b)), steps) == expected(scores, steps)


@given(DOCS, DOCS, STEPS)
def test_a_matcher_of_andmaybe_can_skip(a, b, steps):
    scores = {doc: 2.0 + 3.0 * (doc in b) for doc in a}
    assert walked(Perhaps(ListedMatcher(a, 2.0), ListedMatcher(b, 3.0)), steps) == expected(scores, steps)


@given(DOCS, DOCS, STEPS)
def test_a_matcher_of_not_can_skip_and_gives_nothing_deleted(inside, deleted, steps):
    scores = {doc: 1.0 for doc in range(20) if doc not in inside and doc not in deleted}
    outside = Outside(ListedMatcher(inside), 20, missing=deleted.__contains__)
    assert walked(outside, steps) == expected(scores, steps)


def test_a_phrase_is_looked_for_with_the_keys_of_every_stemmer_in_use(tmp_path):
    documents = [
        SearchDocument(url=f"{language}.html", title="operating plans", body="", language=language)
        for language in ("en", "ja")
    ]
    index.update(tmp_path, documents)
    archive = Archive(tmp_path)
    assert len(archive.manifest.stemmers) == 2
    assert {hit.url for hit in archive.search('"operating plans"').hits} == {"en.html", "ja.html"}
