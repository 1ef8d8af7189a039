"""What builds remember: it comes back as it was, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backfile.build import sealed

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_a_value_comes_back_as_it_was(tmp_path_factory, value):
    folder = tmp_path_factory.mktemp("sealed")
    sealed.write(folder / "value", folder, value)
    assert sealed.read(folder / "value") == value


@given(st.data())
def test_a_file_with_one_bit_turned_over_says_nothing(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("sealed")
    sealed.write(folder / "value", folder, {"a.html": ("0f", b"12345678"), "b/ü.html": ("1f", b"87654321")})
    raw = bytearray((folder / "value").read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (folder / "value").write_bytes(bytes(raw))
    assert sealed.read(folder / "value") is None


@given(st.data())
def test_a_file_that_was_cut_says_nothing(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("sealed")
    sealed.write(folder / "value", folder, list(range(50)))
    raw = (folder / "value").read_bytes()
    (folder / "value").write_bytes(raw[: data.draw(st.integers(0, len(raw) - 1))])
    assert sealed.read(folder / "value") is None
