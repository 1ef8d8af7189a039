"""`backfile verify`: a whole archive passes, and each kind of harm is named with its file."""

from __future__ import annotations

import shutil

import pytest

from project import backfile
from test_site import ARTICLE, build


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A built site with its digests written."""
    output = build(tmp_path_factory.mktemp("verify"), {"a.md": ARTICLE.format(date="2009-03-12")})
    backfile("verify", output, "--write-sums")
    return output


@pytest.fixture
def output(archive, tmp_path):
    shutil.copytree(archive, tmp_path / "output")
    return tmp_path / "output"


def findings(output) -> list[str]:
    done = backfile("verify", output)
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()[:-1]
    assert done.returncode == (1 if lines else 0), done.stdout
    return lines


def page(output):
    return output / "2009/03/12/the-ferry-ferry00001.html"


def test_a_whole_archive_passes(output):
    assert findings(output) == []


def test_a_new_archive_passes_and_is_told_that_its_files_have_nothing_to_be_compared_with(output):
    (output / "sha256sums.txt").unlink()
    done = backfile("verify", output)
    assert done.returncode == 0
    assert "Fixity was not checked" in done.stdout


def test_sha256sum_reads_the_same_digests(output):
    lines = (output / "sha256sums.txt").read_text("utf-8").splitlines()
    assert lines == sorted(lines, key=lambda line: line.split("  ", 1)[1])
    assert len(lines) == sum(path.is_file() for path in output.rglob("*")) - 1


def test_a_changed_a_missing_and_a_new_file_are_named(output):
    page(output).write_bytes(page(output).read_bytes() + b"\n")
    (output / "tags.html").unlink()
    (output / "new.txt").write_text("new", "utf-8")
    told = "\n".join(findings(output))
    assert "the-ferry-ferry00001.html: has changed" in told
    assert "tags.html: is not there" in told
    assert "new.txt: is not in sha256sums.txt" in told


def test_a_link_to_nowhere_and_a_missing_anchor_are_named(output):
    text = page(output).read_text("utf-8")
    more = '<a href="../../../gone.html">x</a><a href="#nowhere">y</a><a href="/rooted.html">z</a>'
    page(output).write_text(text.replace("</main>", more + "</main>"), "utf-8")
    told = "\n".join(findings(output))
    assert "leads to gone.html, which is not there" in told
    assert "'#nowhere' leads to the anchor 'nowhere', which 2009" in told
    assert "'/rooted.html' does not stay inside" in told


def test_a_readers_address_is_found_and_the_articles_own_is_not(output):
    text = page(output).read_text("utf-8")
    text = text.replace("First!", "First! joe@example.org").replace("paragraph.", "paragraph. desk@example.org", 1)
    page(output).write_text(text, "utf-8")
    told = [line for line in findings(output) if line.startswith("privacy")]
    assert len(told) == 1
    assert "joe@example.org" in told[0]


def test_an_address_inside_of_a_search_file_is_found(tmp_path):
    text = ARTICLE.format(date="2009-03-12").replace("First!", "First! joe@example.org")
    told = [line for line in findings(build(tmp_path, {"a.md": text})) if line.startswith("privacy")]
    assert any("search/x/" in line for line in told)


def test_a_damaged_search_file_is_named(output):
    shard = next(iter(sorted((output / "search" / "x").rglob("t0.js"))))
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(bytes(data))
    assert any(line.startswith("search") and "t0.js" in line for line in findings(output))


def test_a_search_file_exchanged_for_another_whole_one_is_noticed(output, tmp_path):
    other = build(tmp_path / "other", {"a.md": ARTICLE.format(date="2009-03-13").replace("First!", "Second!")})
    ours, theirs = (next(iter(sorted((folder / "search" / "x").rglob("k0.js")))) for folder in (output, other))
    name = ours.parent.name
    ours.write_bytes(theirs.read_bytes().replace(theirs.parent.name.encode(), name.encode()))
    assert any(f"x/{name}: its files are not those" in line for line in findings(output))


def test_a_folder_without_an_archive_is_told_apart_from_a_broken_one(tmp_path):
    done = backfile("verify", tmp_path)
    assert done.returncode == 1
    assert "no archive here" in done.stderr
