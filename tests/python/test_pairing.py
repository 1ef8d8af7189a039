"""Extracts of one page are found by what they share and told from those that only quote each other."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from backfile.importer.alignment import align
from backfile.importer.merging import Merged, merge
from backfile.importer.pairing import SAME_PAGE, candidates, fingerprint, group, pair_up

WORDS = [f"{a}{b}{c}" for a in "bdgklmnprst" for b in "aeiou" for c in "lmnrst"]


def prose(seed: object, paragraphs: int = 6, words: int = 40) -> list[str]:
    """Made-up paragraphs, the same for the same seed."""
    chance = random.Random(repr(seed))
    return [" ".join(chance.choices(WORDS, k=words)).capitalize() + "." for _ in range(paragraphs)]


def pairs_of(*extracts: list[str]) -> list[tuple[int, int]]:
    found = pair_up([fingerprint(number, extract) for number, extract in enumerate(extracts)])
    return [(pair.first, pair.second) for pair in found if pair.containment >= SAME_PAGE]


def texts(merged: Merged) -> tuple[list[str], list[str]]:
    return [p.text for p in merged.article], [p.text for p in merged.comments]


def test_an_extract_with_comments_and_one_with_a_head_are_one_page():
    body, comments = prose("body"), prose("comments", 12)
    assert pairs_of(body + comments, ["A title", "A standfirst", *body], prose("other")) == [(0, 1)]


def test_a_review_that_quotes_a_paragraph_is_another_page():
    body, review = prose("body"), prose("review")
    assert pairs_of(body, [*review[:3], body[2], *review[3:]]) == []


def test_boilerplate_on_every_page_pairs_nobody():
    notice = prose("notice", 1)
    assert candidates(fingerprint(n, prose(n) + notice) for n in range(100)) == []


def test_candidates_stay_linear_in_the_number_of_pages():
    few, many = ([fingerprint(n, prose(n)) for n in range(count)] for count in (100, 800))
    assert len(candidates(many)) <= 8 * max(1, len(candidates(few))) + 8


def test_pages_that_are_linked_by_pairs_are_one_group():
    body = prose("body")
    prints = [fingerprint(n, text) for n, text in enumerate([body, prose("x"), ["T", *body], [*body, "Z."]])]
    assert group(4, pair_up(prints)) == [[0, 2, 3], [1]]


def test_what_two_extracts_share_is_article_and_what_one_tail_has_is_not():
    body, comments = prose("body"), prose("comments", 3)
    article, readers = texts(merge([body + comments, ["A title", "A lead", *body]], ()))
    assert (article, readers) == (["A title", "A lead", *body], comments)


def test_straightened_quotes_joined_and_dropped_paragraphs_do_no_harm():
    body, comments = prose("body", 8), prose("comments", 4)
    body[3] = "“" + body[3] + "” he said."
    plain = [text.replace("“", '"').replace("”", '"') for text in body]
    joined = [plain[0] + " " + plain[1], plain[2], plain[3], *plain[5:]]
    article, readers = texts(merge([joined + comments, ["Title", *body]], ()))
    assert (article, readers) == (["Title", *body], comments)


def test_a_paragraph_that_only_the_other_extract_has_finds_its_place():
    body, comments = prose("body", 8), prose("comments", 4)
    article, readers = texts(merge([body[:3] + body[4:] + comments, ["Title", *body[:6], *body[7:]]], ()))
    assert (article, readers) == (["Title", *body], comments)


def test_a_comment_that_quotes_the_article_stays_a_comment():
    body, comments = prose("body"), prose("comments", 3)
    quoting = [body[1], *comments]
    article, readers = texts(merge([body + quoting, ["Title", *body]], ()))
    assert (article, readers) == (["Title", *body], quoting)


def test_a_note_on_the_author_is_not_a_comment():
    body, comments = prose("body"), prose("comments", 3)
    note = "Ada Brook covers the harbour for the paper."
    article, readers = texts(merge([body + comments, ["Title", *body, note]], ["Ada Brook"]))
    assert (article, readers) == (["Title", *body, note], comments)


def test_a_third_extract_adds_its_comments_once():
    body, comments = prose("body"), prose("comments", 3)
    more = prose("more", 2)
    article, readers = texts(merge([body + comments, ["Title", *body], body + comments + more], ()))
    assert (article, set(readers)) == (["Title", *body], {*comments, *more})


@given(st.permutations(range(6)), st.integers(1, 5))
def test_alignment_survives_swapped_order(order, cut):
    body = prose("body")
    seen, beside = align([body[n] for n in order], [*body[:cut], "New words here entirely, quite.", *body[cut:]])
    assert all(seen.common)
    assert [seen.partners[n] for n in range(6)] == [n if n < cut else n + 1 for n in order]
    assert beside.common == tuple(n != cut for n in range(7))
