"""The index between builds: only what changed is written, and the result is that of a clean build."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.errors import BackfileError, IndexFormatError
from backfile.search import codec, columns, index, invert, inverted, manifest, occurrences, policy, schema, sorting
from backfile.search.check import read_whole
from backfile.search.document import CommentText, SearchDocument
from backfile.search.manifest import Manifest
from backfile.search.publish import locked
from backfile.search.whoosh.archive import Archive
from project import PACKAGE
from search_texts import many

DOCUMENTS = list(many(300))


def read(folder: Path) -> Manifest:
    found = manifest.read(folder)
    assert found is not None
    return found


def only_segment(folder: Path) -> str:
    (segment,) = read(folder).segments
    assert not segment.deleted
    return segment.id


@pytest.fixture(scope="module")
def clean_id(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("clean")
    index.update(folder, DOCUMENTS)
    return only_segment(folder)


def test_any_order_of_the_documents_gives_the_same_segment(tmp_path, clean_id):
    index.update(tmp_path, random.Random(1).sample(DOCUMENTS, len(DOCUMENTS)))
    assert only_segment(tmp_path) == clean_id


@pytest.mark.parametrize(
    "documents",
    [random.Random(5).sample(DOCUMENTS, len(DOCUMENTS)), sorted(DOCUMENTS, key=invert.order_of)],
    ids=["in any order", "in order"],
)
def test_documents_that_come_in_parts_give_the_same_segment(tmp_path, monkeypatch, clean_id, documents):
    parts = []
    bounds = sorting._bounds
    monkeypatch.setattr(inverted, "FEW", 0)
    monkeypatch.setattr(occurrences, "WAITING", 500)
    monkeypatch.setattr(sorting, "AT_ONCE", 2_000)
    monkeypatch.setattr(sorting, "_bounds", lambda *given: parts.extend(found := bounds(*given)) or found)
    index.update(tmp_path, documents, batch_characters=20_000)
    assert only_segment(tmp_path) == clean_id
    read_whole(tmp_path)
    assert len(parts) > 5


def test_a_small_index_does_without_numpy_which_takes_long_to_begin(tmp_path):
    made = (
        "import sys; from pathlib import Path; from backfile.search import index; from search_texts import many; "
        "index.update(Path(sys.argv[1]), many(50)); assert 'numpy' not in sys.modules"
    )
    paths = os.pathsep.join([str(PACKAGE.parent), str(Path(__file__).parent)])
    subprocess.run([sys.executable, "-c", made, str(tmp_path)], check=True, env={**os.environ, "PYTHONPATH": paths})
    assert read(tmp_path).segments[0].docs == 50


@given(st.lists(st.integers(0, 127) | st.integers(0, 1 << 30)))
def test_many_numbers_at_once_are_written_as_each_alone(numbers):
    data, places = columns.encoded(np.array(numbers, np.int64))
    assert data.tobytes() == columns.uints(np.array(numbers, np.int64)).tobytes() == codec.uints(numbers)
    written = [data[start:end].tobytes() for start, end in pairwise(places.tolist())]
    assert written == [codec.uint(number) for number in numbers]


def test_additions_changes_and_deletions_give_the_same_segment_after_a_merge(tmp_path, clean_id):
    shuffled = random.Random(2).sample(DOCUMENTS, len(DOCUMENTS))
    index.update(tmp_path, shuffled[:150])
    index.update(tmp_path, shuffled[:140] + [replace(d, body="other words") for d in shuffled[140:200]])
    index.update(tmp_path, [replace(shuffled[0], title="another title"), *shuffled[20:]])
    index.update(tmp_path, shuffled, merge_all=True)
    assert only_segment(tmp_path) == clean_id
    read_whole(tmp_path)


def build_part(folder: str, part: int) -> None:
    index.update(Path(folder), DOCUMENTS[part::2])


def test_parts_built_by_two_processes_and_merged_give_the_same_segment(tmp_path, clean_id):
    context = multiprocessing.get_context("spawn")
    parts = [tmp_path / str(part) for part in range(2)]
    processes = [context.Process(target=build_part, args=(str(part), n)) for n, part in enumerate(parts)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    index.combine(tmp_path / "whole", parts, merge_all=True)
    assert only_segment(tmp_path / "whole") == clean_id


@pytest.mark.skipif(sys.platform != "linux", reason="other systems use one process")
@pytest.mark.parametrize("batch_characters", [index.BATCH_CHARACTERS, 20_000])
def test_an_index_written_with_the_help_of_other_processes_is_the_same(tmp_path, monkeypatch, batch_characters):
    index.update(tmp_path / "here", DOCUMENTS, batch_characters=batch_characters)
    monkeypatch.setattr("backfile.search.helper.LARGE", 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    index.update(tmp_path / "beside", DOCUMENTS, batch_characters=batch_characters)
    assert read(tmp_path / "beside") == read(tmp_path / "here")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems use one process")
def test_a_helping_process_that_dies_is_told_of_and_leaves_no_index(tmp_path, monkeypatch):
    monkeypatch.setattr("backfile.search.helper.LARGE", 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr("backfile.search.store_process._serve", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(BackfileError, match="ended early"):
        index.update(tmp_path / "again", DOCUMENTS[:20])
    assert not (tmp_path / "again" / "manifest.js").exists()
    monkeypatch.undo()
    index.update(tmp_path / "again", DOCUMENTS[:20])
    index.update(tmp_path / "here", DOCUMENTS[:20])
    assert read(tmp_path / "again") == read(tmp_path / "here")


def test_nothing_changed_means_nothing_written(tmp_path):
    index.update(tmp_path, DOCUMENTS[:20])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    report = index.update(tmp_path, DOCUMENTS[:20])
    assert (report.unchanged, report.added, report.changed, report.removed) == (20, 0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_ten_more_documents_publish_one_small_segment_and_leave_the_rest(tmp_path):
    index.update(tmp_path, DOCUMENTS[:250])
    before = set(tmp_path.rglob("x/*/*"))
    report = index.update(tmp_path, DOCUMENTS[:260])
    after = set(tmp_path.rglob("x/*/*"))
    assert report.added == 10
    assert before < after
    assert len(after - before) < 16
    assert [segment.docs for segment in read(tmp_path).segments] == [250, 10]


def test_the_files_of_the_generation_before_are_kept_and_older_ones_go(tmp_path):
    index.update(tmp_path, DOCUMENTS[:5])
    first = read(tmp_path).ids()
    index.update(tmp_path, DOCUMENTS[5:10])
    assert first == set(read(tmp_path).previous)
    assert all((tmp_path / "x" / name).is_dir() for name in first)
    index.update(tmp_path, DOCUMENTS[10:15])
    assert not any((tmp_path / "x" / name).exists() for name in first)


def test_many_small_builds_leave_few_segments_and_stores(tmp_path):
    for count in range(1, 41):
        index.update(tmp_path, DOCUMENTS[:count])
    found = read(tmp_path)
    assert len(found.segments) <= 2 * policy.SEGMENTS_A_LEVEL
    assert len(found.stores) < 2 * policy.STORES_A_LEVEL
    assert {hit.url for hit in Archive(tmp_path).search("*", None).hits} == {d.url for d in DOCUMENTS[:40]}
    read_whole(tmp_path)


def test_records_scattered_by_many_insertions_are_put_in_order_again(tmp_path, monkeypatch):
    monkeypatch.setattr(policy, "MAX_RANGES", 20)
    shuffled = random.Random(4).sample(DOCUMENTS, 120)
    index.update(tmp_path, shuffled[:60])
    index.update(tmp_path, shuffled, merge_all=True)
    assert sum(len(segment.ranges) for segment in read(tmp_path).segments) <= 20
    assert {hit.url for hit in Archive(tmp_path).search("*", None).hits} == {d.url for d in shuffled}


def test_an_empty_site_has_an_empty_index(tmp_path):
    index.update(tmp_path, [])
    assert Archive(tmp_path).search("word1").total == 0


def test_a_site_that_loses_all_its_articles_has_an_empty_index(tmp_path):
    index.update(tmp_path, DOCUMENTS[:5])
    index.update(tmp_path, [])
    assert Archive(tmp_path).search("*").total == 0


def test_of_two_documents_with_one_url_the_first_is_searched_and_the_report_says_so(tmp_path):
    report = index.update(tmp_path, [DOCUMENTS[1], replace(DOCUMENTS[2], url=DOCUMENTS[1].url)])
    assert report.added == 1
    assert DOCUMENTS[1].url in report.warnings[0]


def test_another_schema_rebuilds_the_index_and_says_so(tmp_path, monkeypatch):
    index.update(tmp_path, DOCUMENTS[:5])
    monkeypatch.setattr(schema, "ANALYSIS", schema.ANALYSIS + 1)
    before = read(tmp_path).ids()
    report = index.update(tmp_path, DOCUMENTS[:5])
    assert (report.rebuilt, report.added) == ("its schema has changed", 5)
    assert all((tmp_path / "x" / name).is_dir() for name in before)


@pytest.mark.parametrize("kind", ["k0", "t0", "p0", "b0", "w0", "manifest"])
def test_a_damaged_index_is_rebuilt_and_says_so(tmp_path, kind):
    index.update(tmp_path, DOCUMENTS[:40])
    segment = read(tmp_path).segments[0].id
    path = tmp_path / ("manifest.js" if kind == "manifest" else f"x/{segment}/{kind}.js")
    path.write_bytes(path.read_bytes()[:60])
    report = index.update(tmp_path, DOCUMENTS[5:45], merge_all=True)
    assert report.rebuilt
    assert report.added == 40
    read_whole(tmp_path)


def test_an_index_of_a_newer_program_is_told_as_that_and_what_is_being_done_is_no_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    index.update(tmp_path, DOCUMENTS[:5])
    monkeypatch.undo()
    with pytest.raises(IndexFormatError, match="A newer Backfile wrote it: use that one, or go on with this one"):
        read(tmp_path)
    report = index.update(tmp_path, DOCUMENTS[:5])
    assert report.rebuilt == f"manifest.js: its version is {schema.VERSION + 1}, this program reads {schema.VERSION}"
    read_whole(tmp_path)


def test_a_missing_file_is_noticed_by_the_next_build(tmp_path):
    index.update(tmp_path, DOCUMENTS[:40])
    next((tmp_path / "x").glob("*/d0.js")).unlink()
    assert "missing" in index.update(tmp_path, DOCUMENTS[:40]).rebuilt
    read_whole(tmp_path)


def test_two_builds_at_once_are_kept_apart(tmp_path):
    with locked(tmp_path), pytest.raises(BackfileError, match="another build"):
        index.update(tmp_path, DOCUMENTS[:2])


def test_an_interrupted_build_leaves_the_old_index_whole(tmp_path):
    index.update(tmp_path, DOCUMENTS[:20])
    before = (tmp_path / "manifest.js").read_bytes()

    def breaking():
        yield DOCUMENTS[30]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.update(tmp_path, breaking())
    assert (tmp_path / "manifest.js").read_bytes() == before
    read_whole(tmp_path)


TEXTS = st.text(max_size=80)
DATES = st.sampled_from(["", "2009", "2009-03", "2009-03-12", "2010-01-01T10:20", "nonsense", "2009-03-12~"])
COMMENTS = st.builds(CommentText, TEXTS, TEXTS, DATES, TEXTS)
HOSTILE = st.builds(
    SearchDocument,
    url=st.text(min_size=1, max_size=20),
    title=TEXTS,
    body=st.text(max_size=2000),
    standfirst=TEXTS,
    comments=st.lists(COMMENTS, max_size=4).map(tuple),
    authors=st.lists(TEXTS, max_size=2).map(tuple),
    section=TEXTS,
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    language=st.sampled_from(["", "en", "de", "ja"]),
    date=DATES,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(HOSTILE, max_size=6, unique_by=lambda document: document.cleaned().url))
def test_any_texts_come_back_from_the_index_as_they_went_in(tmp_path_factory, documents):
    folder = tmp_path_factory.mktemp("hostile")
    index.update(folder, documents)
    read_whole(folder)
    archive = Archive(folder)
    hits = archive.search("*", None).hits
    kept = {hit.url: archive.document(hit.number) for hit in hits}
    assert kept == {document.cleaned().url: document.cleaned() for document in documents}


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab \"()[]{}*?~^:.-ANDORT2'", max_size=40))
def test_no_query_fails(small_archive, text):
    results = small_archive.search(text)
    assert 0 <= results.exact <= results.total


@pytest.fixture(scope="module")
def small_archive(tmp_path_factory) -> Archive:
    folder = tmp_path_factory.mktemp("small")
    index.update(folder, DOCUMENTS[:30])
    return Archive(folder)


def test_a_thousand_parentheses_are_no_question_but_no_failure(small_archive):
    assert small_archive.search("(" * 1000 + "word1" + ")" * 999).total >= 0


def test_hostile_sizes_are_bounded_told_and_harm_no_other_article(tmp_path):
    hostile = [
        SearchDocument(url="a", title="x" * 3_000_000, body="zz " * 900_000 + "beyond"),
        SearchDocument(url="b", title="", body="y" * 2_500_000),
        SearchDocument(
            url="c",
            title="thread",
            body="",
            comments=tuple(CommentText(f"c{n}", "Ann " * 300, "", "many words") for n in range(5_000)),
            tags=("t" * 5_000,) * 300,
        ),
    ]
    report = index.update(tmp_path, [*hostile, DOCUMENTS[0]])
    assert [warning.split()[0] for warning in report.warnings] == ["a", "b", "c"]
    read_whole(tmp_path)
    archive = Archive(tmp_path)
    assert [hit.url for hit in archive.search("comments:many").hits] == ["c"]
    assert [hit.url for hit in archive.search('"zz zz"').hits] == ["a"]
    assert archive.search("beyond").total == 0
