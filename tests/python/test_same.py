"""Values that are equal become one object, and stay what they are."""

from hypothesis import given
from hypothesis import strategies as st

from backfile.build import same
from backfile.build.same import Same

plain = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.floats(0, 2) | st.sampled_from(["", "a", "b", "1"]),
    lambda parts: st.lists(parts, max_size=3).map(tuple) | st.lists(parts, max_size=2),
    max_leaves=8,
)


@given(st.lists(plain, max_size=12))
def test_a_value_stays_what_it_is(values):
    share = Same()
    for value in values:
        assert repr(share(value)) == repr(value)  # 1, 1.0 and True are equal, but not the same


def test_texts_and_tuples_of_texts_are_one_object():
    share = Same()
    first, second = (share(("card", (number, "news " * 3, ("tag", str(number)[:0] + "usa")))) for number in (1, 2))
    assert first[1][1] is second[1][1]
    assert first[1][2] is second[1][2]


def test_it_forgets_before_there_is_too_much(monkeypatch):
    monkeypatch.setattr(same, "_MANY", 8)
    share = Same()
    for number in range(100):
        assert share((f"tag {number}",)) == (f"tag {number}",)
    assert len(share._texts) <= 8
    assert len(share._tuples) <= 8
