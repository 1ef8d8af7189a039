"""What commands print: no terminal, full disk or wrong name of a file ends them in a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from backfile.errors import WriteError
from backfile.importer.command import run_import
from project import PACKAGE, backfile, pelican, run

FULL = Path("/dev/full")


def test_a_name_that_the_terminal_cannot_show_is_shown_as_what_it_is(tmp_path):
    (tmp_path / "паром.txt").write_bytes(b"")
    (tmp_path / "ferry.txt").write_text("The ferry has left.\n")
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "cp1252"}
    done = backfile("import", tmp_path, "--content", tmp_path / "c", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u043f\\u0430\\u0440\\u043e\\u043c.txt: the file is empty" in done.stdout


def test_a_build_says_what_the_terminal_cannot_show_as_what_it_is(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "паром.md").write_bytes(b"")
    (tmp_path / "content" / "a.md").write_text("Title: A\nId: a\n\nText.\n")
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "cp1252", "COLUMNS": "200"}
    done = pelican(tmp_path / "content", tmp_path / "output", env=environment)
    assert (done.returncode, "UnicodeEncodeError" in done.stderr) == (0, False)
    assert "\\u043f\\u0430\\u0440\\u043e\\u043c.md" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are Unicode there")
def test_words_are_found_whatever_the_locale_takes_them_for(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("Title: A\n\nGrün ist die Fähre.\n\n<!-- comments -->\n", "utf-8")
    plain = {
        **os.environ,
        "PYTHONPATH": str(PACKAGE.parent),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    found = backfile("takedown", "find", "Fähre", "--content", tmp_path / "content", env=plain)
    assert (found.returncode, found.stderr) == (0, "")
    assert "a.md" in found.stdout


@pytest.mark.skipif(not FULL.exists(), reason="no such device here")
@pytest.mark.parametrize("command", ["import", "split"])
def test_output_that_cannot_be_written_is_told(command, tmp_path):
    (tmp_path / "ferry.txt").write_text("The ferry has left.\n")
    arguments = ["--jsonl"] if command == "split" else [tmp_path / "ferry.txt", "--content", tmp_path / "c"]
    with FULL.open("w") as full:
        done = backfile(
            command,
            *arguments,
            input='{"id": 1, "paragraphs": ["One."]}\n',
            capture_output=False,
            stdout=full,
            stderr=-1,
        )
    assert done.returncode == 1
    assert done.stderr == "backfile: the output cannot be written: No space left on device.\n"


@pytest.mark.parametrize("command", ["search output ferry", "takedown check output", "verify output"])
def test_a_file_that_the_system_refuses_is_named_and_no_command_ends_in_a_traceback(command, tmp_path):
    for name, text in {
        "content/a.md": "Title: A\nId: aaa\n\nThe ferry has left.\n",
        "takedown.toml": '[[takedown]]\narticle = "aaa"\naction = "remove"\nreason = "R"\ndate = 2024-05-01\n',
        "output/index.html": "<!doctype html><title>x</title>",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "output" / "search" / "manifest.js").mkdir(parents=True)  # refused to everybody, to root as well
    done = backfile(*command.split(), cwd=tmp_path)
    told = done.stdout + done.stderr
    assert (done.returncode, "Traceback" in told) == (1, False)
    assert "manifest.js" in told and "Is a directory" in told


@pytest.mark.parametrize("closed", ["stdin", "stdout", "stderr", "all"])
def test_a_command_whose_outputs_were_closed_does_its_work(closed, tmp_path):
    (tmp_path / "ferry.txt").write_text("The ferry has left.\n")
    shut = {"stdin": "<&-", "stdout": ">&-", "stderr": "2>&-", "all": "<&- >&- 2>&-"}[closed]
    for command, status in (("import ferry.txt --quiet", 0), ("split --jsonl", 0), ("verify .", 1)):
        shell = f'exec "$0" -m backfile {command} {shut}'
        done = run(["sh", "-c", shell, sys.executable], cwd=tmp_path, **{} if "stdin" in closed else {"input": ""})
        assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert len(list((tmp_path / "content").rglob("*.md"))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
def test_a_command_in_a_folder_that_is_gone_says_so(tmp_path):
    (tmp_path / "ferry.txt").write_text("The ferry has left.\n")
    for command in ("import ../ferry.txt --dry-run", "verify ../output", "bag ../output --to ../bag"):
        (tmp_path / "gone").mkdir()
        shell = f'cd "$1"; rmdir "$1"; exec "$0" -m backfile {command.replace("..", str(tmp_path))}'
        done = run(["sh", "-c", shell, sys.executable, str(tmp_path / "gone")])
        assert (done.returncode, "Traceback" in done.stderr, "be written" in done.stderr) == (1, False, False), command


def test_a_file_named_as_the_content_folder_is_told_before_anything_is_read(tmp_path, capsys):
    (tmp_path / "ferry.txt").write_text("The ferry has left.\n")
    for dry_run in (True, False):
        with pytest.raises(WriteError, match="content is a folder"):
            run_import([tmp_path / "ferry.txt"], tmp_path / "ferry.txt", dry_run=dry_run)
    assert capsys.readouterr().out == ""


def test_a_folder_named_as_the_report_is_told_before_anything_is_read(tmp_path, capsys):
    (tmp_path / "ferry.txt").write_text("The ferry has left.\n")
    with pytest.raises(WriteError, match="a report is a file"):
        run_import([tmp_path / "ferry.txt"], tmp_path / "c", report_file=tmp_path)
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "output", "--content", "nix"), "--content: there is no folder 'nix'"),
        (("verify", "output", "--content", "content"), "--content: there is no folder 'content'"),
        (("verify", "output", "--theme", "nix"), "--theme: there is no folder 'nix'"),
        (("takedown", "check", "output", "--theme", "nix"), "--theme: there is no folder 'nix'"),
        (("takedown", "find", ""), "there are no words to find"),
        (("search", "output", "ferry", "--limit", "-1"), "'-1' is no number from 0 on"),
        (("import", "output", "--jobs", "-1"), "'-1' is no number from 0 on"),
    ],
)
def test_what_means_nothing_is_wrong_use_and_no_success(tmp_path, arguments, said):
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    done = backfile(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
