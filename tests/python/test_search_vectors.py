"""The vectors of the search files: JavaScript reads the same ones."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from backfile.errors import IndexFormatError
from backfile.search import analysis, codec, manifest
from backfile.search.check import check_index, read_whole
from backfile.search.days import days_of
from backfile.search.languages import LANGUAGES, stemmer_name
from backfile.search.whoosh.archive import Archive
from backfile.search.whoosh.stemmer import porter
from project import VECTORS

FOLDER = VECTORS / "search"
RUN_HERE = {"analysis", "codec", "damaged", "days", "languages", "many", "queries", "several", "small", "stems"}


def load(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_vectors", FOLDER / "make.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_vector_file_has_a_runner():
    assert {path.stem for path in FOLDER.glob("*.json")} == RUN_HERE


@pytest.mark.parametrize("case", load("codec")["uint"], ids=lambda case: case["value"])
def test_a_number_is_written_and_read_as_the_vector_says(case):
    data = bytes.fromhex(case["hex"])
    assert codec.uint(case["value"]) == data
    assert codec.Cursor(data).uint() == case["value"]


@pytest.mark.parametrize("data", load("codec")["uint_refused"])
def test_what_is_no_number_is_refused(data):
    with pytest.raises(IndexFormatError):
        codec.Cursor(bytes.fromhex(data)).uint()


@pytest.mark.parametrize("case", load("codec")["gaps"], ids=lambda case: case["hex"])
def test_ascending_numbers_are_written_and_read_as_the_vector_says(case):
    assert codec.gaps(case["values"]).hex() == case["hex"]
    assert codec.Cursor(bytes.fromhex(case["hex"])).gaps(len(case["values"])) == case["values"]


def test_length_bytes_are_whooshs():
    from whoosh.util.numeric import byte_to_length, length_to_byte

    vector = load("codec")
    assert vector["length_bytes"] == codec.LENGTHS == [byte_to_length(byte) for byte in range(256)]
    for case in vector["lengths"]:
        assert codec.length_byte(case["length"]) == case["byte"] == length_to_byte(case["length"])


@pytest.mark.parametrize("case", load("analysis"), ids=lambda case: case["text"][:20])
def test_a_text_gives_the_tokens_and_keys_of_the_vector(case):
    tokens = list(analysis.tokens(case["text"]))
    assert [list(token) for token in tokens] == case["tokens"]
    assert [analysis.fold(token) for _, token in tokens] == case["folded"]
    assert analysis.keys_for("porter").of(case["text"]) == case["porter"]
    assert analysis.keys_for("none").of(case["text"]) == case["none"]


def test_stems_are_those_of_the_vector():
    assert {word: porter(word) for word in load("stems")} == load("stems")


@pytest.mark.parametrize("name", load("languages")["languages"])
def test_words_of_a_language_have_the_keys_of_the_vector(name):
    vector = load("languages")["languages"][name]
    known = LANGUAGES[name]
    assert (sorted(known.stops), sorted(known.weak)) == (vector["stops"], vector["weak"])
    assert {word: analysis.keys_for(name).of(word) for word in vector["keys"]} == vector["keys"]
    assert {word: analysis.accented(word, name) for word in vector["accented"]} == vector["accented"]


def test_languages_have_the_stemmers_of_the_vector():
    vector = load("languages")["stemmers"]
    assert {code: stemmer_name(code, "en") for code in vector} == vector
    assert {*load("languages")["languages"], "porter", "none"} == set(LANGUAGES)


def test_dates_mean_the_days_of_the_vector():
    assert {text: list(days_of(text)) for text in load("days")} == load("days")


@pytest.mark.parametrize("name", ["small", "many", "several"])
def test_an_index_decodes_to_what_the_vector_says(recipe, name):
    keys = {
        "small": None,
        "many": {"harbour", "word0", "word399", "News", "ann"},
        "several": {"harbour", "word0", "chang"},
    }
    assert json.loads(json.dumps(recipe.described(FOLDER / name, keys=keys[name]))) == load(name)


@pytest.mark.parametrize("name", ["small", "many", "several"])
def test_whoosh_answers_as_the_vector_says(name):
    archive = Archive(FOLDER / name)
    asked = [case for case in load("queries") if case["index"] == name]
    assert asked
    for case in asked:
        results = archive.search(case["query"], 20)
        assert (results.total, results.exact) == (case["total"], case["exact"]), case["query"]
        assert [hit.url for hit in results.hits] == [url for _, _, url in case["hits"]], case["query"]
        assert [hit.score for hit in results.hits] == pytest.approx([score for _, score, _ in case["hits"]], abs=1e-9)


def test_the_recipe_still_makes_the_same_segments(recipe, tmp_path):
    from backfile.search import index

    index.update(tmp_path, recipe.SMALL)
    made, kept = manifest.read(tmp_path), manifest.read(FOLDER / "small")
    assert made is not None and kept is not None
    assert made.segments == kept.segments
    assert made.stores == kept.stores


@pytest.mark.parametrize("case", load("damaged"), ids=lambda case: case["name"])
def test_damage_is_named_and_never_answered_over(case, tmp_path):
    folder = tmp_path / "search"
    shutil.copytree(FOLDER / "small", folder)
    damage(folder / case["file"], case)
    with pytest.raises(IndexFormatError, match=case["says"]) as raised:
        read_whole(folder)
    assert raised.value.place == case["file"]
    assert raised.value.advice


def damage(path: Path, case: dict[str, Any]) -> None:
    if case["do"] == "remove":
        path.unlink()
        return
    data = path.read_bytes()
    if case["do"] == "flip":
        at = data.index(case["at"].encode()) if isinstance(case["at"], str) else case["at"] % len(data)
        at += case.get("offset", 0)
        data = data[:at] + bytes([data[at] ^ case["mask"]]) + data[at + 1 :]
    elif case["do"] == "cut":
        data = data[: case["to"]]
    elif case["do"] == "replace":
        data = case["with"].encode()
    else:
        data = data.replace(case["old"].encode(), case["new"].encode(), 1)
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["small", "many", "several"])
def test_undamaged_files_are_what_their_names_say(name, tmp_path):
    shutil.copytree(FOLDER / name, tmp_path / "search")
    assert read_whole(tmp_path / "search").segments
    assert list(check_index(tmp_path)) == []
