"""`backfile split --jsonl`: one answer a line, in order, whatever a line holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.split.jsonl import run
from project import backfile


def answers(*lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(lines)]


def test_each_page_is_answered_with_its_id_in_order() -> None:
    page = {"paragraphs": ["One paragraph.", "And another."]}
    found = answers(*(json.dumps({"id": name, **page}) for name in ("b", "a", 3)))
    assert [a["id"] for a in found] == ["b", "a", 3]
    assert all(a.keys() == {"id", "boundary", "confidence"} for a in found)


def test_a_bad_line_is_named_and_the_rest_go_on() -> None:
    found = answers(
        "{",
        '{"id": 1, "paragraphs": []}',
        "[]",
        '{"id": 2, "paragraphs": "x"}',
        '{"id": 3, "paragraphs": ["x"]}',
    )
    assert [a["id"] for a in found] == [None, 1, None, 2, 3]
    assert [str(a.get("error", ""))[:7] for a in found] == ["line 1:", "", "line 3:", "line 4:", ""]


def test_a_number_that_json_does_not_have_is_in_no_answer() -> None:
    for value in ("NaN", "[-Infinity]", "1e999"):
        [line] = run([f'{{"id": {value}, "paragraphs": ["x"]}}'])
        found = json.loads(line, parse_constant=float)
        assert (found["id"], found["error"][:7]) == (None, "line 1:")


def test_a_byte_order_mark_before_the_first_line_is_none_of_it() -> None:
    line = '{"id": 1, "paragraphs": ["x"]}'
    found = answers("\ufeff" + line, "\ufeff" + line)
    assert ["error" in answer for answer in found] == [False, True]


def test_deep_nesting_is_a_bad_line() -> None:
    [found] = answers('{"paragraphs": ' + "[" * 100_000)
    assert str(found["error"]).startswith("line 1:")


@settings(deadline=None)
@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_is_answered(lines: list[str]) -> None:
    assert len(answers(*lines)) == sum(1 for line in lines if line.strip())


def test_text_that_cannot_be_encoded_is_answered_in_ascii() -> None:
    [line] = run(['{"id": "\\ud800", "paragraphs": ["\\ud800 one", "two"]}'])
    assert line.isascii()


@pytest.mark.parametrize(("lines", "status"), [("{\nno\n", 1), ('{\n{"id": 1, "paragraphs": ["x"]}\n', 0), ("\n", 0)])
def test_the_exit_status_says_when_no_line_could_be_read(lines, status) -> None:
    assert backfile("split", "--jsonl", input=lines).returncode == status
