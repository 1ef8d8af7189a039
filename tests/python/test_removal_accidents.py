"""Where a proof of removal could go wrong round about the archive: settings, folders, files of earlier programs."""

from __future__ import annotations

import pytest

from build_world import put
from project import backfile
from removal_world import COMMENT, REMOVE, run, said, write


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            "import os\nBACKFILE_TAKEDOWN = os.path.join('kept', 'out.toml')\n",
            "pelicanconf.py:2: only Python could tell",
        ),
        ("if True:\n    BACKFILE_TAKEDOWN = 'kept/out.toml'\n", "pelicanconf.py:2: only Python could tell"),
        ("BACKFILE_TAKEDOWN = ''\nBACKFILE_TAKEDOWN += 'kept/out.toml'\n", "pelicanconf.py:2: only Python could tell"),
        ("BACKFILE_TAKEDOWN = 'kept/out.toml'\nx = (\n", "pelicanconf.py:2: is no Python: '(' was never closed"),
        (None, "pelicanconf.py: cannot be read: Is a directory"),
    ],
)
def test_settings_that_do_not_tell_which_takedown_file_are_no_proof(tmp_path, settings, told):
    write(tmp_path)
    put(tmp_path / "output" / "index.html", "<p>A fine ship with a krakelig name.</p>")
    put(tmp_path / "kept" / "out.toml", COMMENT)
    if settings is None:
        (tmp_path / "pelicanconf.py").mkdir()
    else:
        put(tmp_path / "pelicanconf.py", settings)
    at = ("--content", tmp_path / "content")
    for command in (("takedown", "check"), ("verify",)):
        done = backfile(*command, tmp_path / "output", *at)
        assert (done.returncode, told in done.stderr, "--takedown" in done.stderr) == (1, True, True), done
    named = ("--takedown", tmp_path / "kept" / "out.toml", "--pseudonyms", "none")
    done = backfile("takedown", "check", tmp_path / "output", *at, *named)
    assert (done.returncode, "krakelig" in done.stdout, done.stderr) == (1, True, "")
    bagged = backfile("bag", tmp_path / "output", "--to", tmp_path / "bag", *at)
    assert (bagged.returncode, told in bagged.stderr) == (0, True)


def test_a_setting_with_its_type_is_read(tmp_path):
    write(tmp_path)
    put(tmp_path / "output" / "index.html", "<p>A fine ship with a krakelig name.</p>")
    put(tmp_path / "kept" / "out.toml", COMMENT)
    put(tmp_path / "pelicanconf.py", "BACKFILE_TAKEDOWN: str = 'kept/out.toml'\n")
    done = backfile("takedown", "check", tmp_path / "output", "--content", tmp_path / "content")
    assert (done.returncode, "krakelig" in done.stdout) == (1, True)


def test_a_verification_away_from_the_content_says_that_removal_was_not_checked(tmp_path):
    write(tmp_path)
    put(tmp_path / "output" / "index.html", "<p>A fine ship with a krakelig name.</p>")
    (tmp_path / "away").mkdir()
    verify = ("verify", tmp_path / "output")
    assert "Removal" not in backfile(*verify, cwd=tmp_path / "away").stdout
    put(tmp_path / "takedown.toml", COMMENT)
    said = f"Removal was not checked: there is {tmp_path / 'takedown.toml'}, and no folder content. Name it"
    assert said in backfile(*verify, cwd=tmp_path / "away").stdout
    named = backfile(*verify, "--takedown", tmp_path / "takedown.toml", cwd=tmp_path / "away")
    assert (named.returncode, "content: no such folder of content files" in named.stderr) == (1, True)
    assert "removal " in backfile(*verify, cwd=tmp_path).stdout


def test_what_an_earlier_program_left_is_named_with_what_to_do_about_it(tmp_path):
    write(tmp_path, COMMENT)
    old = tmp_path / "output" / "page" / "2.html"
    put(old, "<p>A fine ship with a krakelig name.</p>")
    advice = "Delete the files that are named, and build again"
    done = run(tmp_path)
    assert (done.returncode, "page/2.html has" in said(done), advice in said(done)) == (1, True, True)
    checks = ("takedown", "check", tmp_path / "output", "--content", tmp_path / "content")
    assert advice in backfile(*checks).stdout
    old.unlink()
    assert run(tmp_path).returncode == 0
    assert advice not in backfile(*checks).stdout


def test_takedowns_that_a_file_has_no_more_are_told_of_before_it_is_published_again(tmp_path):
    write(tmp_path, REMOVE + COMMENT)
    assert run(tmp_path).returncode == 0
    write(tmp_path, REMOVE.replace("Ask the library.", "Ask us.") + COMMENT)
    assert "knew" not in said(run(tmp_path))
    put(tmp_path / "takedown.toml", REMOVE)  # the file was cut where an entry ends
    done = run(tmp_path)
    assert done.returncode == 0
    assert "1 of 2 takedowns that the build before knew is not in takedown.toml any more" in said(done)
    assert "krakelig" in (tmp_path / "output" / "2009/03/13/ferry.html").read_text("utf-8")
    (tmp_path / "takedown.toml").unlink()
    assert "1 of 1 takedowns that the build before knew is not in a takedown file any more" in said(run(tmp_path))
    assert "knew" not in said(run(tmp_path))
    put(tmp_path / "takedown.toml", REMOVE + COMMENT)
    assert run(tmp_path).returncode == 0
    put(tmp_path / "takedown.toml", "")
    assert "2 of 2 takedowns that the build before knew are not in takedown.toml any more" in said(run(tmp_path))
    put(tmp_path / "takedown.toml", REMOVE)
    assert run(tmp_path).returncode == 0
    (tmp_path / "takedown.toml").rename(tmp_path / "out.toml")
    assert run(tmp_path, "-e", 'BACKFILE_TAKEDOWN="out.toml"').returncode == 0
    assert "1 of 1 takedowns that the build before knew is not" in said(run(tmp_path, "-e", 'SITENAME="Other"'))
