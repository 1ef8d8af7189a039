"""`backfile verify`: a whole archive passes, and each kind of harm is named with its file."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time

import pytest

from backfile import disk
from backfile.search import shard
from backfile.verify.wellformed import faults
from images import jpeg, jpeg_with_position
from project import backfile, pelican, run
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


def test_digests_written_anew_say_what_the_list_before_said_otherwise(output):
    assert "Since the list before" not in backfile("verify", output, "--write-sums").stdout
    page(output).write_bytes(page(output).read_bytes() + b"\n")
    (output / "robots.txt").unlink()
    (output / "new.txt").write_text("new", "utf-8")
    told = backfile("verify", output, "--write-sums").stdout
    assert "Since the list before: 1 changed: 2009/03/12/the-ferry-ferry00001.html\n" in told
    assert "Since the list before: 1 gone: robots.txt\n" in told
    assert "Since the list before: 1 new: new.txt\n" in told
    (output / "sha256sums.txt").unlink()
    assert "Since the list before" not in backfile("verify", output, "--write-sums").stdout


ODD_NAMES = [
    "a b.txt",
    "a\nb.txt",
    "x\u2028y.txt",
    "back\\slash.txt",
    "cr\rx.txt",
    "n\\n.txt",
    os.fsdecode(b"bad\xff.txt"),
]


def test_what_a_killed_run_left_of_the_list_of_digests_is_not_in_the_next_list(output):
    disk.unfinished(output / "sha256sums.txt").touch()
    for more in (["--write-sums"], []):
        done = backfile("verify", output, *more)
        assert (done.returncode, "Nothing is wrong." in done.stdout) == (0, True), done.stdout


def test_names_of_any_kind_are_noted_as_sha256sum_does(output):
    for name in ODD_NAMES:
        (output / name).write_text("1", "utf-8")
    done = backfile("verify", output, "--write-sums")
    told = [line for line in done.stdout.splitlines() if line.startswith(("fixity", "files"))]
    assert len(told) == 1
    assert r"bad\udcff.txt: has a name that is not UTF-8" in told[0]
    assert told[0].endswith("Rename it.")
    if shutil.which("sha256sum"):
        theirs = subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "sha256sums.txt"], cwd=output, check=False)
        assert theirs.returncode == 0
    for name in ODD_NAMES:
        (output / name).write_text("2", "utf-8")
    changed = [line for line in findings(output) if "has changed since" in line]
    assert len(changed) == len(ODD_NAMES)


def test_a_damaged_list_of_digests_is_told_and_the_rest_is_looked_at(output):
    sums = output / "sha256sums.txt"
    sums.write_bytes(
        sums.read_bytes() + b"\xff\xfe\n" + b"0" * 64 + b"  a\0b\n" + b"0" * 64 + b"  " + b"n" * 5000 + b"\n"
    )
    page(output).write_bytes(page(output).read_bytes() + b"\n")
    told = "\n".join(findings(output))
    assert told.count("is not a digest and a path") == 2
    assert "nnn: is not there any more" in told
    assert "the-ferry-ferry00001.html: has changed" in told


def test_a_folder_in_the_place_of_the_digests_is_told_and_the_rest_is_looked_at(output):
    (output / "sha256sums.txt").unlink()
    (output / "sha256sums.txt").mkdir()
    page(output).write_text(page(output).read_text("utf-8").replace("</main>", ""), "utf-8")
    told = "\n".join(findings(output))
    assert "sha256sums.txt: cannot be read: Is a directory" in told
    assert "where <main> is open" in told
    written = backfile("verify", output, "--write-sums")
    assert (written.returncode, "Traceback" in written.stderr, "sha256sums.txt" in written.stderr) == (1, False, True)


def test_what_is_no_file_is_told(output):
    (output / "gone.txt").symlink_to("nowhere")
    (output / "round.txt").symlink_to("round.txt")
    (output / "loop").symlink_to(output, target_is_directory=True)
    (output / "tags.html").unlink()
    (output / "tags.html").symlink_to("tags.html")
    os.mkfifo(output / "pipe.html")
    told = [line for line in findings(output) if line.startswith("files")]
    assert [line.split(":")[0].split()[1] for line in told] == [
        "loop",
        "gone.txt",
        "pipe.html",
        "round.txt",
        "tags.html",
    ]


@pytest.mark.skipif(not shutil.which("setpriv") or os.getuid() != 0, reason="only root becomes another user")
def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_looked_at(output, tmp_path):
    (output / "robots.txt").chmod(0)
    (output / "feeds").chmod(0)
    page(output).write_text(page(output).read_text("utf-8").replace("</main>", ""), "utf-8")
    (tmp_path / "content").mkdir()
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == 0 and folder.is_relative_to("/tmp/pytest-of-root"):  # noqa: S108
            folder.chmod(0o755)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable]
    if run([*nobody, "-c", "import backfile.cli"]).returncode:
        pytest.skip("other users cannot run this Python")
    done = run([*nobody, "-m", "backfile", "verify", str(output), "--content", str(tmp_path / "content")])
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert "robots.txt: cannot be read: Permission denied" in done.stdout
    assert "feeds: cannot be read: Permission denied" in done.stdout
    assert "where <main> is open" in done.stdout


def test_an_untouched_text_is_what_its_name_stands_for_without_digests_too(output):
    (output / "sha256sums.txt").unlink()
    name = hashlib.sha256(b"The ferry sails.").hexdigest()
    text = output / "sources" / name[:2] / f"{name}.txt"
    text.parent.mkdir(parents=True)
    text.write_bytes(b"The ferry sails.")
    assert backfile("verify", output).returncode == 0
    text.write_bytes(b"The ferry sail")
    told = [line for line in findings(output) if line.startswith("files")]
    assert len(told) == 1
    assert f"{name}.txt: is not the untouched text that its name" in told[0]


@pytest.mark.parametrize(
    ("name", "end", "fault"),
    [
        ("feeds/all.atom.xml", 0, "no well-formed XML"),
        ("feeds/all.atom.xml", 500, "no well-formed XML"),
        ("downloads/jsonl/2009.jsonl", 0, "is empty"),
        ("downloads/jsonl/2009.jsonl", 300, "line 1 is no JSON"),
        ("feeds/all.json", 100, "is no JSON"),
        ("downloads/csv/articles-2009.csv", 0, "is empty"),
        ("downloads/csv/comments-2009.csv", 100, "ends within a line"),
    ],
)
def test_data_that_was_cut_off_is_told_without_digests_too(output, name, end, fault):
    (output / "sha256sums.txt").unlink()
    (output / name).write_bytes((output / name).read_bytes()[:end])
    told = [line for line in findings(output) if line.startswith("files")]
    assert len(told) == 1
    assert name in told[0]
    assert fault in told[0]


def test_entities_of_xml_are_not_followed(output):
    (output / "sha256sums.txt").unlink()
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    (output / "other.xml").write_text(f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><x>&l12;</x>', "utf-8")
    begun = time.monotonic()
    findings_of_it = backfile("verify", output)
    assert "Traceback" not in findings_of_it.stderr
    assert time.monotonic() - begun < 10


def test_a_link_to_nowhere_and_a_missing_anchor_are_named(output):
    text = page(output).read_text("utf-8")
    more = '<a href="../../../gone.html">x</a><a href="#nowhere">y</a><a href="/rooted.html">z</a>'
    page(output).write_text(text.replace("</main>", more + "</main>"), "utf-8")
    told = "\n".join(findings(output))
    assert "leads to gone.html, which is not there" in told
    assert "'#nowhere' leads to the anchor 'nowhere', which 2009" in told
    assert "'/rooted.html' does not stay inside" in told


@pytest.mark.parametrize(
    "written",
    [
        '<audio src="gone.mp3"></audio>',
        '<video src="gone.mp4"></video>',
        '<video poster="gone.png"></video>',
        '<video><source src="gone.mp4"></video>',
        '<video><track src="gone.vtt"></video>',
        '<picture><source srcset="gone.webp"><img alt="" src="../../../theme/favicon.svg"></picture>',
        '<img alt="" src="data:image/gif;base64,AA==" srcset="data:image/gif;base64,AA== 1x,gone.png 2x">',
        '<object data="gone.pdf"></object>',
        '<embed src="gone.pdf">',
        '<map name="m"><area alt="" href="gone.html"></map>',
    ],
)
def test_all_that_a_page_shows_or_leads_to_must_be_there(output, written):
    text = page(output).read_text("utf-8")
    page(output).write_text(text.replace("</main>", written + "</main>"), "utf-8")
    told = [line for line in findings(output) if line.startswith("links") and "gone." in line]
    assert len(told) == 1
    assert "leads to 2009/03/12/gone." in told[0]


def test_a_link_to_a_folder_is_told_as_that(output):
    text = page(output).read_text("utf-8")
    page(output).write_text(text.replace("</main>", '<a href="../../../">Home</a></main>'), "utf-8")
    assert "'../../../' leads to the folder /, where no page opens from a disk" in "\n".join(findings(output))


def test_each_address_of_a_srcset_is_looked_for(output):
    text = page(output).read_text("utf-8")
    there = "../../../index.html"
    more = f'<img alt="" src="{there}" srcset="{there}, a.png 1.5x , {there} 2x,b,c.png 300w">'
    page(output).write_text(text.replace("</main>", more + "</main>"), "utf-8")
    told = [line.split("'")[1] for line in findings(output) if line.startswith("links")]
    assert sorted(told) == ["a.png", "b,c.png"]


def test_a_file_whose_name_is_not_utf_8_is_looked_into_all_the_same(output):
    (output / os.fsdecode(b"bad\xff.txt")).write_text("joe@example.org", "utf-8")
    assert any("joe@example.org" in line for line in findings(output))


def test_a_readers_address_is_found_and_the_articles_own_is_not(output):
    text = page(output).read_text("utf-8")
    text = text.replace("First!", "First! joe@example.org").replace("paragraph.", "paragraph. desk@example.org", 1)
    page(output).write_text(text, "utf-8")
    told = [line for line in findings(output) if line.startswith("privacy")]
    assert len(told) == 1
    assert "joe@example.org" in told[0]


def test_an_address_that_only_a_link_says_is_found(output):
    text = page(output).read_text("utf-8")
    page(output).write_text(text.replace("First!", '<a href="mailto:joe%40example.org">write</a>'), "utf-8")
    assert any("'joe@example.org' is an address" in line for line in findings(output))


@pytest.mark.parametrize(
    "said", ["joe@example.org".encode("utf-16"), b"joe&#64;example.org", b"joe<b>@</b>example.org"]
)
def test_an_address_in_an_untouched_source_is_found_however_it_is_written(output, said):
    (output / "sources/ab").mkdir(parents=True)
    (output / "sources/ab/a.txt").write_bytes(said)
    told = [line for line in findings(output) if line.startswith("privacy")]
    assert told == ["privacy sources/ab/a.txt: 'joe@example.org' is an address that no article prints"]


def test_a_picture_that_tells_where_it_was_taken_is_named(output):
    (output / "images").mkdir()
    (output / "images" / "a.jpg").write_bytes(jpeg_with_position())
    (output / "images" / "b.jpg").write_bytes(jpeg(note=True))
    told = [line for line in findings(output) if line.startswith("privacy")]
    assert told == ["privacy images/a.jpg: the picture tells where it was taken"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("First!", "First! <b>"), "</p> where <b> is open"),
        (("First!", "First! </em>"), "</em> where <"),
        (("First!", '<b title="a" title="b">x</b>'), "<b> has title twice"),
        (("First!", '<b id="main">x</b>'), '<b> has the id "main"'),
        (("First!", "1 < 2"), "is no whole tag"),
        (("First!", "<a href=x><a href=y>z</a></a>"), "<a> inside of <a>"),
        (("First!", "a\x0bb"), "U+000B"),
        (("</main>", ""), "where <main> is open"),
        (("<!DOCTYPE html>", ""), "line 1: does not begin with"),
    ],
)
def test_a_page_that_is_not_well_formed_is_named_with_its_line(output, change, fault):
    text = page(output).read_text("utf-8")
    assert change[0] in text
    page(output).write_text(text.replace(*change), "utf-8")
    told = [line for line in findings(output) if line.startswith("pages")]
    assert fault in told[0]
    assert "the-ferry-ferry00001.html: line " in told[0]


def test_end_tags_that_html_lets_a_page_leave_out_are_no_fault():
    page = (
        "<!doctype html><html><title>a<b</title><ul><li>a<li>b</ul><p>c<br><script>1<2</script><svg><path d=x /></svg>"
    )
    assert list(faults(page)) == []


def test_an_address_in_the_search_files_of_an_article_that_was_deleted_is_told_with_what_to_do(tmp_path):
    texts = [ARTICLE.format(date="2009-03-12").replace("ferry00001", f"ferry0000{number}") for number in range(6)]
    texts[0] = texts[0].replace("The *first* paragraph.", "Write to joe@example.org.")
    output = build(tmp_path, {f"{number}.md": text for number, text in enumerate(texts)})
    assert "Nothing is wrong." in backfile("verify", output).stdout
    (tmp_path / "content" / "0.md").unlink()
    assert pelican(tmp_path / "content", output).returncode == 0
    [told] = [line for line in backfile("verify", output).stdout.splitlines() if line.startswith("privacy")]
    assert told.startswith("privacy search/")
    assert told.endswith("delete the folder search in the output and build again")
    shutil.rmtree(output / "search")
    assert pelican(tmp_path / "content", output).returncode == 0
    assert "Nothing is wrong." in backfile("verify", output).stdout


def test_an_address_inside_of_a_search_file_is_found(tmp_path):
    text = ARTICLE.format(date="2009-03-12").replace("First!", "First! joe@example.org")
    allowed = ("-e", 'BACKFILE_ALLOW_ADDRESSES=["joe@example.org"]')
    output = build(tmp_path, {"a.md": text}, *allowed)
    told = [line for line in findings(output) if line.startswith("privacy")]
    assert any("search/x/" in line for line in told)
    assert any("downloads/" in line for line in told)
    assert backfile("verify", output, "--allow-address", "joe@example.org").returncode == 0


@pytest.mark.parametrize(("kind", "told"), [("p", 0), ("t", 0), ("k", 0), ("x", 1), ("d", 1), ("f", 1)])
def test_numbers_of_search_files_that_look_like_an_address_are_none(output, kind, told):
    (output / "sha256sums.txt").unlink()
    folder = output / "search" / "x" / "00112233445566aa"
    folder.mkdir()
    payload = shard.head(kind) + b"\x03\x97qp@example.net\x80\x01"
    script = shard.script(f"{folder.name}/{kind}0", len(payload), shard.pack(payload))
    (folder / f"{kind}0.js").write_bytes(script)
    done = backfile("verify", output)
    assert (done.returncode, done.stdout.count("privacy search/x")) == (told, told)


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
