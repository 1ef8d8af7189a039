"""Related articles: they share rare words, and finding them costs what the archive is long."""

from __future__ import annotations

import random
import sys

from hypothesis import given
from hypothesis import strategies as st

from backfile.browse.related import REACH, WORDS, related
from backfile.browse.relations import from_plain, relate
from backfile.browse.terms import SIZE, TAG, signature, words

TAGS = range(1, 6)
signatures = st.lists(
    st.lists(st.integers(1, 30), max_size=8, unique=True).map(
        lambda terms: tuple((term, TAG if term in TAGS else 100 + term) for term in terms)
    ),
    max_size=40,
)


def test_words_are_folded_alike_with_and_without_case_and_accents():
    assert list(words("Cafés der Straße, 2009: a CAFÉ")) == ["cafes", "der", "strasse", "cafe"]


def test_a_text_without_blanks_between_words_is_cut_into_pairs():
    assert list(words("東京都知事")) == ["東京", "京都", "都知", "知事"]


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=4), st.text(max_size=2000))
def test_a_signature_is_small_and_always_the_same(title, tags, body):
    found = signature(title, tags, title, body)
    assert found == signature(title, tags, title, body)
    assert len(found) <= SIZE
    assert all(0 <= term < 1 << 32 and 1 <= weight <= 255 for term, weight in found)


def test_a_signature_looks_at_no_more_of_a_text_than_its_beginning():
    assert signature("t", (), "", "x" * 10 + " end" + " word" * 1_000_000) == signature(
        "t", (), "", "x" * 10 + " end" + " word" * 100_000
    )


def test_articles_of_one_story_find_each_other_among_many():
    rnd = random.Random(5)
    common = [f"common{n}" for n in range(300)]
    story = "swing bridge hydraulic lorries harbourmaster pontoon".split()
    texts = [" ".join(rnd.sample(common, 60)) for _ in range(300)]
    for at in (20, 150, 151, 290):
        texts[at] += " " + " ".join(story)
    found = related([signature("News", (), "", text) for text in texts], 3)
    assert sorted(found[20]) == [150, 151, 290]
    assert sorted(found[151]) == [20, 150, 290]


def test_a_tag_in_common_with_few_others_counts():
    body = [f"alpha{n} beta{n} gamma{n}" for n in range(40)]
    tags = [("sea wall", "flood") if n in (3, 30) else (f"tag{n}",) for n in range(40)]
    found = related([signature(f"title{n}", tags[n], "", body[n]) for n in range(40)], 4)
    assert found[3] == [30]
    assert found[30] == [3]
    assert found[4] == []


@given(signatures, st.integers(0, 5))
def test_related_articles_are_others_each_once_and_share_two_words_or_a_tag(given_, most):
    found = related(given_, most)
    assert len(found) == len(given_)
    for place, others in enumerate(found):
        assert len(set(others)) == len(others) <= most
        for other in others:
            assert other != place
            shared = {term for term, _ in given_[place]} & {term for term, _ in given_[other]}
            assert len(shared) >= 2 or shared & set(TAGS)


def steps(number: int) -> int:
    """How many lines run while an archive of so many articles on one theme is related."""
    rnd = random.Random(1)
    given_ = [tuple((rnd.randrange(1, 400), 100) for _ in range(20)) for _ in range(number)]
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        related([tuple(dict(terms).items()) for terms in given_], 4)
    finally:
        sys.settrace(None)
    return count


def test_the_work_grows_with_the_archive_and_no_faster():
    assert steps(1200) < 2.6 * steps(600)
    assert steps(600) < 600 * (WORDS * (2 * REACH + 1) * 6 + 600)


def test_one_more_article_changes_few_lists():
    rnd = random.Random(2)
    vocabulary = [f"word{n}" for n in range(3000)]
    given_ = [
        signature(" ".join(rnd.sample(vocabulary, 3)), (), "", " ".join(rnd.sample(vocabulary, 60))) for _ in range(800)
    ]
    before, after = related(given_[:-1], 4), related(given_, 4)
    assert sum(a != b for a, b in zip(before, after, strict=False)) <= 40


@st.composite
def histories(draw):
    """Archives one after the other: each as its articles' names and signatures, in an order that what stays keeps."""
    pool = draw(st.lists(signatures.filter(bool).map(lambda given: given[0]), min_size=1, max_size=60))
    shown = draw(st.lists(st.sets(st.integers(0, len(pool) - 1)), min_size=2, max_size=5))
    few = draw(st.booleans())
    if few:  # mostly the same articles, so that little is worked out again
        every = set(range(len(pool)))
        shown = [every - set(sorted(missing)[: len(pool) // 10]) for missing in shown]
    return pool, [sorted(there) for there in shown]


@given(histories(), st.integers(1, 4))
def test_from_one_archive_to_the_next_relations_are_those_that_are_found_anew(history, most):
    pool, archives = history
    known = None
    for there in archives:
        given_ = [pool[at] for at in there]
        known = from_plain(relate([str(at) for at in there], given_.__getitem__, most, known).plain())
        assert [list(others) for others in known.others] == related(given_, most)
        assert relate([str(at) for at in there], None, most, known) == known
