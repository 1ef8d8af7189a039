"""JSON that is not a value a line: arrays, and objects that are spread over lines."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.importer import jsonvalues
from backfile.importer.jsonlines import read_json_values
from backfile.importer.jsonvalues import are_json_values, json_values
from backfile.importer.limits import Limits
from backfile.importer.record import Problem, Record
from backfile.model import Source
from project import CASES
from test_import import imported, write

SOURCE = Source("a.json", "0" * 64)
INSIDE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from('{ } [ ] , " \\ \\" ]}'.split()),
    lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(max_size=5), of, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(max_size=8), INSIDE, min_size=1, max_size=4), min_size=1, max_size=6)
LAYOUTS: dict[str, dict[str, Any]] = {
    "one line": {"separators": (",", ":")},
    "with blanks": {},
    "no indent": {"indent": 0},
    "indented": {"indent": 2},
    "with tabs": {"indent": "\t"},
}


def cut(data: bytes) -> list[tuple[str, bytes] | Problem]:
    return list(json_values(io.BytesIO(data), SOURCE))


def values(data: bytes) -> list[Any]:
    return [json.loads(found[1]) for found in cut(data) if not isinstance(found, Problem)]


def places(data: bytes) -> list[str]:
    return [found.place if isinstance(found, Problem) else found[0] for found in cut(data)]


@settings(deadline=None, max_examples=150)
@given(OBJECTS, st.sampled_from(sorted(LAYOUTS)), st.booleans(), st.sampled_from([1, 7, 1 << 20]))
def test_an_array_is_cut_into_what_json_reads_from_it(objects, layout, ascii_only, chunk):
    text = json.dumps(objects, ensure_ascii=ascii_only, **LAYOUTS[layout])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonvalues, "_CHUNK", chunk)
        assert values(text.encode("utf-8")) == objects


@settings(deadline=None, max_examples=150)
@given(
    OBJECTS, st.sampled_from(sorted(LAYOUTS)), st.sampled_from(["\n", "\n\n", ",\n", " "]), st.sampled_from([3, 7, 99])
)
def test_objects_one_after_the_other_are_cut_apart(objects, layout, between, chunk):
    text = between.join(json.dumps(one, **LAYOUTS[layout]) for one in objects)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonvalues, "_CHUNK", chunk)
        assert values(b"\xef\xbb\xbf" + text.encode()) == objects


def test_each_value_has_a_place():
    assert places(b'[{"a":1},{"a":2},\n {"a":\n3}, {"a":4}\n]') == ["a.json:1", "a.json:1.2", "a.json:2", "a.json:3"]


@pytest.mark.parametrize(
    ("head", "are_values", "as_lines"),
    [
        (b'[{"title": "x"}]', True, True),
        (b'\xef\xbb\xbf [\r\n {\r\n "title"', False, False),  # a key's colon tells
        (b'[\n{"title": "x",', True, True),
        (b'{\n  "title": "x"', True, False),
        (b'{"title": "x",\n "text": "y"}', True, False),
        (b'{"title": "x"}\n{"title": "y"}', False, False),
        (b'{"title": "x', False, False),
        (b"[1, 2]", False, False),
        (b"[Editor's note] It was", False, False),
        (b"{curly} words,\nand others", False, False),
    ],
)
def test_what_begins_as_values(head, are_values, as_lines):
    assert are_json_values(head) is are_values
    assert are_json_values(head, said_to_be_lines=True) is as_lines


def _array(texts: list[str], blank: str) -> str:
    inside = ",\n".join(texts)
    return "[\n" + "\n".join(blank + line for line in inside.split("\n")) + "\n]"


@pytest.mark.parametrize("indent", [None, 4])
@pytest.mark.parametrize("lay_out", [lambda texts: _array(texts, "  "), "\n".join, lambda texts: _array(texts, "")])
def test_a_value_without_a_last_quotation_mark_costs_itself_only(indent, lay_out):
    texts = [
        json.dumps({"title": name, "text": "So [she] said, {so}."}, indent=indent) for name in ("one", "two", "three")
    ]
    texts[1] = texts[1].replace('two"', "two")
    found = list(read_json_values(io.BytesIO(lay_out(texts).encode()), SOURCE))
    told = [item.article.title if isinstance(item, Record) else item.reason[:21] for item in found]
    if indent and lay_out(["x"]).endswith("\nx\n]"):
        assert told == ["one", "the value does not en"]  # its values cannot be told from what is in them
    else:
        assert told == ["one", "the value is not JSON", "three"]


def test_a_value_that_never_ends_is_told_with_where_it_began():
    [first, lost] = cut(b'[{"a": 1},\n{"a": [1, 2}, {"a": 3}]')
    assert not isinstance(first, Problem)
    assert isinstance(lost, Problem)
    assert lost.place == "a.json:2"
    assert "does not end" in lost.reason


def test_a_bracket_too_many_costs_no_other_value():
    assert [json.loads(found[1]) for found in cut(b'[{"a": 1}}, {"a": 2}, {"a": 3}]')[:3] if found[1] != b"}"] == [
        {"a": 1}, {"a": 2}, {"a": 3},
    ]  # fmt: skip


def test_a_value_that_is_too_long_is_told_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr("backfile.importer.limits.current", Limits(record=1000))
    for size in (2000, 3 << 20):
        data = b'[{"a": "' + b"x" * size + b'"}, {"a": 2}]'
        long, short = cut(data)
        assert isinstance(long, Problem)
        assert (long.place, long.reason) == ("a.json:1", "the value is longer than 1,000 bytes")
        assert short == ("a.json:1.2", b'{"a": 2}')


def test_an_array_imports_as_its_lines_do(tmp_path):
    lines = (CASES / "jsonl-own" / "source.jsonl").read_text("utf-8").splitlines()
    whole = [line for line in lines if line.startswith("{")]
    for name, text in {
        "lines.jsonl": "\n".join(whole),
        "array.json": "[" + ",".join(whole) + "]",
        "called.jsonl": "[" + ",\n".join(whole) + "]",
        "spread.json": "\n".join(json.dumps(json.loads(line), indent=1) for line in whole),
    }.items():
        source = write(tmp_path / name, name, text)
        found, report = imported(source, tmp_path / name / "content")
        assert report["skipped"] == 0
        if name == "lines.jsonl":
            expected = found
        titles = [(one.title, one.body, one.comments) for one in found]
        assert titles == [(one.title, one.body, one.comments) for one in expected]


def test_what_scrapers_write_is_read_record_by_record(tmp_path):
    """An array with an object a line, as they write it by default; it once became one text."""
    records = [{"title": f"Number {n}", "text": f"A paragraph of its own: {n * 'word '}."} for n in range(3)]
    source = write(tmp_path, "items.json", "[\n" + ",\n".join(map(json.dumps, [*records, {"price": 3}])) + "\n]")
    articles, report = imported(source, tmp_path / "content")
    assert [article.title for article in articles] == ["Number 0", "Number 1", "Number 2"]
    [wrong] = [found for found in report["outcomes"] if found["status"] == "skipped"]
    assert (wrong["place"], wrong["reason"]) == ("items.json:5", "none of title, text, html has a value, only price")


DATA = "data of a kind that cannot be read; if it is a text, call it .txt"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("posts.csv", "id,title\n1,Ferry\n2,Harbour", DATA),
        (
            "feed.xml",
            '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
            "a feed",
        ),
        ("map.xml", '<?xml version="1.0"?>\n<urlset></urlset>', DATA),
        ("numbers.json", "[1, 2, 3]", DATA),
        ("dump.SQL", "INSERT INTO posts VALUES (1, 'Ferry');", "an SQL dump"),
    ],
)
def test_data_of_no_known_kind_is_told_and_is_no_article(tmp_path, name, text, told):
    write(tmp_path / "in", name, text)
    write(tmp_path / "in", "ferry.txt", "The ferry", "It left at noon, as it had done for years.")
    [article], report = imported(tmp_path / "in", tmp_path / "content")
    assert article.title == "The ferry"
    [wrong] = [found for found in report["outcomes"] if found["status"] == "skipped"]
    assert wrong["place"] == name
    assert told in wrong["reason"]


def test_a_page_that_is_called_xml_is_a_page(tmp_path):
    page = f"<?xml version='1.0'?><html><title>Ferry</title><body><p>{'It left at noon. ' * 30}</p></body></html>"
    [article], _ = imported(write(tmp_path, "page.xml", page), tmp_path / "content")
    assert article.title == "Ferry"
