"""Article and comments are told apart in plain text, and the splitter says how sure it is."""

from __future__ import annotations

import gzip
import json
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.errors import BackfileError
from backfile.split import DOUBTFUL_BELOW, boundary, contest, lines, split, stamps, trees, weights
from backfile.split.boundaries import Boundaries
from backfile.split.boundary_columns import NAMES
from backfile.split.plane import Plane
from backfile.split.stamps import Stamps
from project import CASES, shared

LANGUAGES = json.loads((CASES / "split" / "languages.json").read_text(encoding="utf-8"))
PARAGRAPHS = st.lists(
    st.one_of(
        st.text(max_size=120),
        st.sampled_from([text for page in LANGUAGES for text in page["paragraphs"]]),
        st.sampled_from(["12 comments", "Ann says:", "March 3, 2011 at 4:02 pm", "Reply"]),
    ),
    max_size=25,
)


@pytest.mark.parametrize("page", LANGUAGES, ids=lambda page: page["language"])
def test_news_is_split_from_what_readers_say_in_six_languages(page: dict[str, object]) -> None:
    assert split(page["paragraphs"]).boundary == page["boundary"]  # type: ignore[arg-type]


@pytest.mark.parametrize("page", LANGUAGES, ids=lambda page: page["language"])
def test_news_alone_is_not_split(page: dict[str, object]) -> None:
    paragraphs: list[str] = page["paragraphs"]  # type: ignore[assignment]
    assert split(paragraphs[: page["boundary"]]).boundary is None  # type: ignore[misc]


def test_the_seeds_first_file_is_split_before_its_first_comment() -> None:
    """The prior of its register (reported speech, nobody says "I") decides; the confidence is low."""
    text = (shared("seeds") / "000_7f6b6b1576a975d4.txt").read_text(encoding="utf-8")
    paragraphs = [line for line in text.split("\n") if line.strip()]
    found = split(paragraphs)
    assert found.boundary is not None
    assert paragraphs[found.boundary].startswith("Seriously?")


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("Der Stadtrat entscheidet im März über die Zukunft der Anlage, im Haushalt ist dafür kein Geld.", False),
        ("Im März entscheiden die Räte.", False),
        ("im so glad you wrote this, im going to try it for dinner", True),
        ("Im Zentrum, wo ich wohne, ist das nicht so.", True),
    ],
)
def test_im_is_a_first_person_in_english_alone(text: str, personal: bool) -> None:
    line = lines.read(text)
    assert (line.style[lines.INDEX["first"]] > 0) == personal
    assert (line.style[lines.INDEX["slang"]] > 0) == ("im" in line.voice) == text.startswith("im ")


def test_marks_of_a_thread_begin_the_comments() -> None:
    found = split(
        [
            "Baking bread in a cast-iron pot",
            "The crust comes from steam, and a closed pot keeps the steam where the dough is.",
            "Heat the pot for forty minutes, drop in the dough, and take off the lid after half an hour.",
            "3 comments",
            "Ann says:",
            "March 12, 2009 at 10:41 am",
            "Thanks for this, I never thought of the lid!",
            "Bob says:",
            "March 13, 2009 at 8:02 pm",
            "Mine burned. What did I do wrong?",
        ]
    )
    assert found.boundary in (3, 4)
    assert found.confidence > 0.5


@pytest.mark.parametrize("paragraphs", [[], [""], ["One."], ["", "One.", "  ", "…"]])
def test_less_than_two_paragraphs_have_no_boundary(paragraphs: list[str]) -> None:
    found = split(paragraphs)
    assert (found.boundary, found.doubtful) == (None, False)


@settings(deadline=None)
@given(PARAGRAPHS)
def test_a_boundary_lies_between_two_paragraphs(paragraphs: list[str]) -> None:
    found = split(paragraphs)
    assert found.boundary is None or 0 < found.boundary < len(paragraphs)
    assert 0 <= found.confidence <= 1
    assert found.doubtful == (found.confidence < DOUBTFUL_BELOW) or abs(found.confidence - DOUBTFUL_BELOW) < 1e-3


@settings(deadline=None)
@given(PARAGRAPHS)
def test_empty_paragraphs_are_counted_and_change_nothing_else(paragraphs: list[str]) -> None:
    spaced = [text for paragraph in paragraphs for text in (paragraph, "")]
    one, two = split(paragraphs), split(spaced)
    assert two.confidence == one.confidence
    assert two.boundary == (None if one.boundary is None else 2 * one.boundary)


def test_a_long_page_is_weighed_at_few_places() -> None:
    page = boundary.describe(LANGUAGES[0]["paragraphs"] * 700, weights.load())
    boundary.score_paragraphs(page, weights.load())
    assert page.n == 4900
    assert len(boundary.candidates(page, Boundaries(page))) <= 52


def test_every_column_has_its_name() -> None:
    page = boundary.describe(LANGUAGES[0]["paragraphs"], weights.load())
    boundary.score_paragraphs(page, weights.load())
    boundaries = Boundaries(page)
    for row in (boundaries.none_row(), *(boundaries.row(j) for j in range(1, page.n))):
        assert len(row) == len(NAMES)


def test_the_weights_are_small() -> None:
    file = resources.files("backfile.split") / weights.FILE
    assert len(file.read_bytes()) < 300_000


@pytest.mark.parametrize(("part", "value", "message"), [("format", 99, "format 99"), ("pair", None, "other features")])
def test_weights_that_do_not_fit_are_refused(part: str, value: object, message: str) -> None:
    data = json.loads(gzip.decompress((resources.files("backfile.split") / weights.FILE).read_bytes()))
    data[part] = value if part == "format" else {**data["pair"], "columns": ["other"]}
    with pytest.raises(BackfileError, match=message):
        weights.parse(gzip.compress(json.dumps(data).encode()))


TREES = st.recursive(
    st.integers(-500, 500),
    lambda inner: st.tuples(st.integers(0, 3), st.floats(-5, 5), inner, inner),
    max_leaves=12,
)


def _flat(tree: object) -> list[float]:
    if isinstance(tree, tuple):
        column, threshold, low, high = tree
        return [column, threshold, *_flat(low), *_flat(high)]
    return [-1, tree]  # type: ignore[list-item]


def _value(tree: object, row: list[float]) -> float:
    if isinstance(tree, tuple):
        column, threshold, low, high = tree
        return _value(low if row[column] <= threshold else high, row)
    return tree * 0.5  # type: ignore[operator]


@settings(deadline=None)
@given(st.lists(TREES, max_size=4), st.lists(st.floats(-6, 6), min_size=4, max_size=4))
def test_a_flat_forest_gives_what_its_trees_give(forest: list[object], row: list[float]) -> None:
    total = trees.forest([_flat(tree) for tree in forest], len(row), 0.5)
    assert total(*row) == sum(_value(tree, row) for tree in forest)


def test_only_numbers_go_into_the_text_of_a_forest() -> None:
    with pytest.raises((TypeError, ValueError)):
        trees.forest([[0, "0 or print()", -1, 1, -1, 2]], 1, 1.0)  # type: ignore[list-item]
    with pytest.raises((TypeError, ValueError)):
        trees.forest([[-1, "print()"]], 1, 1.0)  # type: ignore[list-item]


def _stamped(*kinds: str) -> Stamps:
    shown = {"T": "Some words that somebody wrote about it.", "D": "March 3, 2011 at 4:02 pm"}
    read = lines.read_all([shown[kind] for kind in kinds])
    return Stamps(read, [10.0 * j for j in range(len(read) + 1)])


def test_a_thread_that_signs_is_told_from_one_that_leads() -> None:
    """The page ends on the repeated line, or on text."""
    signs, leads = _stamped(*"TTTDTDTD"), _stamped(*"TTDTDTDT")
    at = stamps.NAMES.index
    assert (signs.row(2)[at("thread_tail")], leads.row(2)[at("thread_tail")]) == (0.0, 1.0)
    assert (signs.row(2)[at("thread_first")], leads.row(2)[at("thread_first")]) == (1.0, 0.0)
    assert signs.row(2)[at("thread_size")] == leads.row(2)[at("thread_size")] > 0
    assert len(signs.row(2)) == len(stamps.NAMES)


def test_rivals_are_the_strongest_on_either_side() -> None:
    page = boundary.describe(LANGUAGES[0]["paragraphs"], weights.load())
    boundary.score_paragraphs(page, weights.load())
    rivals = contest.Contest(Boundaries(page), {1: 0.5, 2: 2.0, 4: 1.0, 5: 3.0})
    at = contest.NAMES.index
    row = rivals.row(4)
    assert len(row) == len(contest.NAMES) == len(contest.NO_RIVALS)
    assert (row[at("before_best")], row[at("earlier_lead")], row[at("later_lead")]) == (-2.0, -1.0, -2.0)
    assert (row[at("earlier_gap")], row[at("later_gap")]) == (2.0, 1.0)
    assert rivals.row(5)[at("later_gap")] == 0.0


def test_a_plane_keeps_each_column_within_its_bounds() -> None:
    plane = Plane.of(1.0, [2.0, 0.0, -1.0], [-1.0, 0.0, 0.0], [1.0, 0.0, 3.0])
    assert plane.total([5.0, 100.0, -5.0]) == 3.0
    assert plane.total([0.5, 0.0, 9.0]) == -1.0


JAPANESE = [
    "港の古い橋が閉鎖される",
    "市議会は昨日、港の古い橋を来月から閉鎖すると発表した。",
    "市民からは不安の声が上がっている。",
]


@pytest.mark.parametrize(
    "heading",
    [
        "コメント",
        "コメント (4)",
        "4件のコメント",
        "読者のコメント一覧",
        "評論",
        "网友评论（12）",
        "3 条评论",
        "댓글 3개",
    ],
)
def test_a_heading_over_comments_that_the_weights_cannot_read_makes_a_page_without_comments_doubtful(heading):
    found = split([*JAPANESE, heading, "これは残念です。", "私も同じ意見です。"])
    assert found.boundary is not None or found.doubtful


def test_the_same_words_elsewhere_leave_a_page_as_sure_as_it_was():
    for page in (
        JAPANESE,
        [JAPANESE[0], "評論", *JAPANESE[1:]],
        [*JAPANESE, "市長はコメントを避けた。", JAPANESE[2]],
        [*JAPANESE, "コメント"],
    ):
        assert not split(page).doubtful
