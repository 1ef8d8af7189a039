"""Comments of any source become a sequence that a tree can be built of, whatever their parents claim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backfile.importer.threads import as_thread
from backfile.model import Comment
from backfile.threads import build_threads, in_reading_order

names = st.sampled_from(["", "a", "b", "c", "a-2", "n1", "n2", "ü", "a b", "../x"])
comments = st.lists(st.builds(Comment, id=names, body=st.text(max_size=5), parent=names), max_size=12)


@given(comments)
def test_ids_are_usable_and_each_stands_once(given_comments):
    tree, _ = as_thread(given_comments)
    ids = [comment.id for comment in tree]
    assert len(set(ids)) == len(ids)
    assert all(name and name.isascii() and name.replace("-", "").replace("_", "").isalnum() for name in ids)


@given(comments)
def test_no_comment_is_lost_or_moved(given_comments):
    tree, _ = as_thread(given_comments)
    assert [comment.body for comment in tree] == [comment.body for comment in given_comments]


@given(comments)
def test_every_way_up_ends(given_comments):
    tree, _ = as_thread(given_comments)
    parents = {comment.id: comment.parent for comment in tree}
    for comment in tree:
        seen = set()
        at = comment.id
        while at in parents:
            assert at not in seen
            seen.add(at)
            at = parents[at]


@given(comments)
def test_what_was_made_safe_stays_as_it_is(given_comments):
    tree, _ = as_thread(given_comments)
    assert as_thread(tree)[0] == tree


def test_a_reply_to_a_repeated_id_goes_to_the_first_that_has_it():
    given_comments = [Comment("x", "1"), Comment("x", "2"), Comment("y", "3", parent="x")]
    tree, repairs = as_thread(given_comments)
    assert [(c.id, c.parent) for c in tree] == [("x", ""), ("x-2", ""), ("y", "x")]
    assert repairs == ("1 comment had the id of another and got a new one",)


def test_an_orphan_keeps_the_name_of_the_one_it_answers():
    tree, repairs = as_thread([Comment("1", "hi", parent="gone")])
    assert tree[0].parent == "gone"
    assert repairs == ("1 comment answered one that is not there",)


def test_ten_thousand_deep_needs_no_recursion():
    chain = [Comment(str(n), "x", parent=str(n - 1) if n else "") for n in range(10_000)]
    tree, repairs = as_thread(reversed(chain))
    assert repairs == ()
    assert max(node.depth for node in in_reading_order(build_threads(tree))) == 9_999


def test_a_circle_of_ten_thousand_is_cut_once():
    circle = [Comment(str(n), "x", parent=str((n + 1) % 10_000)) for n in range(10_000)]
    tree, repairs = as_thread(circle)
    assert sum(not comment.parent for comment in tree) == 1
    assert repairs == ("1 circle of comments answering each other cut",)


def test_a_reply_goes_to_the_one_whose_id_it_names_though_the_ids_look_alike_once_they_are_usable():
    address = "https://paper.example/2009/03/12/the-last-ferry-crosses-the-harbour/#comment-"
    for first, second in ((f"{address}1", f"{address}2"), ("a.b", "a:b"), ("Ж", "Я")):
        tree, repairs = as_thread([Comment(first, "1"), Comment(second, "2"), Comment("z", "3", parent=second)])
        assert tree[2].parent == tree[1].id != tree[0].id
        assert repairs == ()


def test_a_reply_that_names_an_id_in_another_spelling_goes_there_and_one_that_names_none_of_them_is_told():
    tree, repairs = as_thread([Comment("c1", "1"), Comment("z", "2", parent="#c1"), Comment("y", "3", parent="Щ")])
    assert [comment.parent for comment in tree] == ["", "c1", ""]
    assert repairs == ("1 comment answered one that is not there",)
