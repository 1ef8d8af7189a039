"""A worker that dies or hangs costs one record, which is named; the others go in."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import signal
import time
from dataclasses import replace

import pytest

from backfile.build import render
from backfile.errors import BackfileError
from backfile.importer import limits
from backfile.importer.workers import ordered_map
from project import backfile
from test_pairing import prose


def work(item):
    """What a worker does, as the item asks for it."""
    what, number = item
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "gone":
        os._exit(3)
    if what == "hung":
        time.sleep(3600)
    if what == "deaf":
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        time.sleep(3600)
    if what == "wrong":
        raise ValueError("no such thing")
    return number * number


def lost(item, why):
    return f"{item[1]}: {why}"


ENDINGS = {
    "killed": "ended by SIGKILL",
    "gone": "ended with status 3",
    "hung": "longer than 1 seconds",
    "deaf": "longer than 1 seconds",
    "wrong": "ValueError: no such thing",
}


@pytest.mark.parametrize(("ending", "jobs"), [*((ending, 2) for ending in ENDINGS), ("hung", 1), ("wrong", 1)])
def test_one_item_is_lost_and_the_others_are_done_in_order(monkeypatch, ending, jobs):
    monkeypatch.setattr(limits, "current", replace(limits.current, seconds=1))
    places = (3, 70, 71) if ending in ("killed", "gone") else (70,)
    items = [(ending if number in places else "", number) for number in range(150)]
    results = list(ordered_map(work, iter(items), jobs, lost))
    assert [result for result in results if isinstance(result, int)] == [n * n for n in range(150) if n not in places]
    for place in places:
        assert results[place].startswith(f"{place}: ")
        assert ENDINGS[ending] in results[place]


def test_nothing_is_asked_of_workers_that_nobody_waits_for():
    results = ordered_map(work, (("", number) for number in range(10**9)), 2, lost)
    assert [next(results) for _ in range(40)] == [number * number for number in range(40)]
    results.close()


def test_a_page_that_ends_its_reader_is_reported_and_the_others_go_in(tmp_path):
    for number in range(70):
        text = "\n\n".join([f"Title {number}", *prose(number)])
        (tmp_path / "s").mkdir(exist_ok=True)
        (tmp_path / "s" / f"{number:02}.txt").write_text(text, "utf-8")
    # Python runs `sitecustomize` in every process: in workers too, a reader meets its end there.
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import os, signal\nimport backfile.importer.kinds as kinds\nread = kinds.read_page_file\n"
        "def reads(file):\n"
        "    if file.name == '30.txt': os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    return read(file)\n"
        "kinds.read_page_file = reads\n",
        "utf-8",
    )
    from project import PACKAGE

    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'site'}:{PACKAGE.parent}"}
    report = tmp_path / "report.json"
    content = tmp_path / "content"
    done = backfile("import", tmp_path / "s", "--content", content, "--report", report, "--jobs", 2, env=environment)
    assert done.returncode == 0, done.stderr
    outcomes = json.loads(report.read_text("utf-8"))["outcomes"]
    [skipped] = [outcome for outcome in outcomes if outcome["status"] == "skipped"]
    assert skipped["place"] == "30.txt"
    assert "ended by SIGSEGV" in skipped["reason"]
    assert len(list(content.rglob("*.md"))) == 69


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_for_temporary_files_ends_an_import_in_words_and_is_no_fault_of_a_page(tmp_path, jobs):
    if not hasattr(os, "fork"):
        pytest.skip("no limit on files here")
    (tmp_path / "s").mkdir()
    for number in range(70):
        (tmp_path / "s" / f"{number:02}.txt").write_text("\n\n".join([f"Title {number}", *prose(number)]), "utf-8")

    def no_large_file() -> None:  # what tells languages is unpacked into one
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    at = ("--content", tmp_path / "content", "--jobs", jobs)
    done = backfile("import", tmp_path / "s", *at, preexec_fn=no_large_file)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert (
        "the folder for temporary files: what is needed to read sources cannot be kept: File too large." in done.stderr
    )
    assert "cannot be read" not in done.stdout
    assert backfile("import", tmp_path / "s", *at).returncode == 0
    assert len(list((tmp_path / "content").rglob("*.md"))) == 70


def test_a_record_that_takes_too_long_is_left_out(monkeypatch):
    monkeypatch.setattr(limits, "current", replace(limits.current, seconds=0.2))
    assert limits.attempt(lambda: 7) == (7, "")
    assert limits.attempt(lambda: time.sleep(60)) == (None, "it takes longer than 0.2 seconds to read")
    assert limits.attempt(lambda: re.match(r"(a+)+b", "a" * 40))[1]


def pages(endings, tmp_path):
    """The work of building pages, some of which end their process: always, or only at their first try."""

    def make(number):
        ending = endings.get(number)
        tried = tmp_path / f"tried-{number}"
        if ending and (ending == "always" or not tried.exists()):
            tried.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if ending == "hangs":
            time.sleep(3600)
        logging.getLogger("a.page").debug("made")
        return number * number

    return make


def test_a_page_that_ends_its_process_once_is_made_by_another(tmp_path):
    told = []
    made = dict(render.spread(pages({7: "once", 8: "once"}, tmp_path), 60, 2, lost=lambda *gone: told.append(gone)))
    assert made == {number: number * number for number in range(60)}
    assert told == []


def test_a_page_that_ends_every_process_is_given_up_and_the_others_are_made(tmp_path):
    told = []
    made = dict(render.spread(pages({7: "always", 0: "always"}, tmp_path), 60, 2, lost=lambda *gone: told.append(gone)))
    assert made == {number: number * number for number in range(60) if number not in (0, 7)}
    assert sorted(told) == [(0, "by SIGKILL"), (7, "by SIGKILL")]


def test_a_page_that_hangs_is_given_up(tmp_path):
    told = []
    work = pages({9: "hangs"}, tmp_path)
    (tmp_path / "tried-9").touch()
    made = dict(render.spread(work, 60, 2, seconds=0.5, lost=lambda *gone: told.append(gone)))
    assert (len(made), told) == (59, [(9, "by SIGKILL")])


def test_what_is_best_done_together_is_done_by_one():
    def work(number):
        time.sleep(0.001 if number % 3 == 0 else 0.02)
        return os.getpid()

    made = dict(render.spread(work, 60, 3, together=range(0, 60, 3)))
    assert len(made) == 60
    assert len({made[number] for number in range(0, 60, 3)}) == 1
    assert len(set(made.values())) == 3


def test_all_are_done_at_about_the_same_time_whatever_the_jobs_are():
    def work(number):
        time.sleep(0.1 if number < 8 else 0.001)
        return os.getpid()

    made = dict(render.spread(work, 64, 2))
    first = made[0]
    assert sum(process == first for process in made.values()) < 32  # it had the long ones, so others did the rest


def test_workers_that_yield_do_so():
    assert set(dict(render.spread(lambda _: os.nice(0), 60, 2)).values()) == {os.nice(0)}
    assert all(nice > os.nice(0) for nice in dict(render.spread(lambda _: os.nice(0), 60, 2, yielding=True)).values())


def test_a_worker_that_has_no_room_says_so_in_words():
    def fill(_number=0):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for work in (render.aside(fill), lambda: list(render.spread(fill, 60, 2))):
        with pytest.raises(
            BackfileError, match=r"^a temporary file: No space left on device\. Nothing .* TMPDIR"
        ) as told:
            work()
        assert "Traceback" not in str(told.value)


def test_work_of_which_all_is_wanted_ends_with_its_worker():
    waits = render.aside(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(BackfileError, match="a worker process ended"):
        waits()
