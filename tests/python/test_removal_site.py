"""An article and a comment that were taken down: what readers see in their place, and that they are nowhere else."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

import pytest

from backfile.errors import BackfileError
from backfile.removal.command import Archive, removal_findings, run_check, run_find
from backfile.takedown.canonical import text_digest
from build_world import put
from project import ROOT, backfile
from removal_world import COMMENT, ENTRY, FERRY, REMOVE, SHA, SWANS, run, said, write
from takedown_world import everything_readable
from test_site import soup
from test_walking import as_nobody


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A site that stood for a while before an article and a comment were taken down."""
    folder = tmp_path_factory.mktemp("removal")
    write(folder)
    before = run(folder)
    assert before.returncode == 0, before.stderr
    assert "grumpelwitz" in "".join(everything_readable(folder / "output").values())
    write(folder, REMOVE + COMMENT)
    done = run(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_nothing_of_it_is_in_any_file_of_the_output(archive):
    gone = ("zwanenzang", "kortverhaal", "vollgeladen", "grumpelwitz", "krakelig")
    found = {
        (word, name) for name, text in everything_readable(archive / "output").items() for word in gone if word in text
    }
    assert not found


TEXT = f'{ENTRY}text = "{text_digest("A fine ship with a krakelig name.")}"\naction = "remove"\n'
REDACT = f'{ENTRY}passage = "krakelig"\neverywhere = true\naction = "redact"\n'


@pytest.mark.parametrize(
    "takedown",
    [COMMENT, COMMENT.replace('article = "ferry"\n', ""), TEXT, REDACT],
    ids=["comment", "comment of any article", "text", "passage"],
)
@pytest.mark.parametrize("whole", [False, True], ids=["edited", "deleted"])
def test_what_is_taken_down_and_deleted_at_once_leaves_the_index_too(tmp_path, takedown, whole):
    write(tmp_path)
    assert run(tmp_path).returncode == 0
    assert "krakelig" in "".join(everything_readable(tmp_path / "output").values())
    write(tmp_path, takedown, **{"b.md": FERRY.partition("<!-- comment c1")[0]})
    if whole:
        (tmp_path / "content/b.md").unlink()
    (tmp_path / f"content/sources/{SHA[1][:2]}/{SHA[1]}.txt").unlink()
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    found = [name for name, text in everything_readable(tmp_path / "output").items() if "krakelig" in text]
    assert not found


def test_a_source_text_that_says_what_an_article_said_once_is_not_published(tmp_path):
    write(tmp_path, REDACT, **{"b.md": FERRY.partition("<!-- comment c1")[0]})
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    found = [name for name, text in everything_readable(tmp_path / "output").items() if "krakelig" in text]
    assert not found
    assert (tmp_path / f"output/sources/{SHA[0][:2]}/{SHA[0]}.txt").is_file()
    assert not soup(tmp_path / "output/2009/03/13/ferry.html").select(f'a[href*="{SHA[1]}"]')


@pytest.mark.parametrize(
    "source",
    [
        "He is Müller Röe, of Quäy Strasse.".encode("utf-16"),
        "He is Müller Röe, of Quäy Strasse.".encode("cp1252"),
        '<meta charset="iso-8859-2"><p>He is Müller Röe, of Quäy Strasse.'.encode("iso-8859-2"),
        b"<p>He is M&uuml;ller R&ouml;e, of Qu&#228;y<br>Strasse.",
        "<p>He is M<b>ü</b>ller R<i>ö</i>e, of <!-- - -->Quäy Strasse.".encode(),
        json.dumps({"text": "He is\nMüller Röe,\nof Quäy\tStrasse."}).encode(),
    ],
)
def test_a_source_text_is_read_as_importing_reads_it(tmp_path, source):
    entry = f'{ENTRY}everywhere = true\naction = "redact"\npassage = "Müller Röe of Quäy Strasse"\n'
    write(tmp_path, entry)
    path = f"sources/{SHA[1][:2]}/{SHA[1]}.txt"
    (tmp_path / "content" / path).write_bytes(source)
    assert run(tmp_path).returncode == 0
    assert not (tmp_path / "output" / path).exists()
    checks = ("takedown", "check", tmp_path / "output", "--content", tmp_path / "content")
    assert backfile(*checks).returncode == 0
    (tmp_path / "output" / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "output" / path).write_bytes(source)
    done = backfile(*checks)
    assert done.returncode == 1
    assert f"LEFT OVER  {path} has “müller röe of quäy strasse”" in done.stdout


def test_a_page_stays_at_its_address_and_says_why(archive):
    page = soup(archive / "output" / "2009/03/12/swans.html")
    text = " ".join(page.find("main").get_text(" ").split())
    assert text == (
        "Removed article This article was taken out of the archive. Reason At the writer’s wish"
        " Taken out on 1 May 2024 Note Ask the library."
    )
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex, noarchive"
    assert not page.find("script", type="application/ld+json")
    assert not page.find("meta", attrs={"name": "description"})


def test_it_is_in_no_list_feed_map_download_or_reference(archive):
    naming = {name for name, text in everything_readable(archive / "output").items() if "swans" in text}
    assert naming == set()
    beside = [path.name for path in (archive / "output/2009/03/12").glob("swans*")]
    assert beside == ["swans.html"]
    assert "1 article and 1 comment" in soup(archive / "output/index.html").find(class_="coverage").get_text()


def test_its_images_go_where_no_other_article_shows_them(archive):
    assert [path.name for path in (archive / "output/images").iterdir()] == ["b.png"]


def test_its_images_go_however_their_paths_are_written(tmp_path):
    paths = {
        "images/my photo.png": "my%20photo.png",
        "images/caf\u00e9.png": "caf%C3%A9.png",
        "images/b c.png": "b%20c.png",
    }
    shown = "![]({static}/images/my%20photo.png) ![]({attach}/images/caf\u00e9.png) ![](|static|/images/b%20c.png)"
    swans = SWANS.replace("![a]({static}/images/a.png)", shown)
    page = "Title: About\n\n![]({static}/images/b%20c.png)\n"
    write(tmp_path, REMOVE, **{"a.md": swans, "pages/about.md": page, **dict.fromkeys(paths, "x")})
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    assert {path for path in paths if (tmp_path / "output" / path).exists()} == {"images/b c.png"}


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_an_image_of_a_removed_comment_was_called_is_not_published(tmp_path, by_hand):
    kept, gone = (
        f"Image: sha256:{digit * 64} images/{name}"
        for digit, name in (("1", "b.png pier.png"), ("2", "c.png krakelig-vexley.png"))
    )
    text = FERRY.replace("Summary:", f"{kept}\n{gone}\nSummary:").replace(
        "A fine ship", "![x]({static}/images/c.png) ship"
    )
    text = text.replace("Author: Quobin Vexley\n", "Removed: At the writer’s wish\n") if by_hand else text
    write(tmp_path, "" if by_hand else COMMENT, **{"b.md": text, "images/c.png": "c"})
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    found = everything_readable(tmp_path / "output")
    assert not [name for name, text in found.items() if "krakelig-vexley" in text or "2" * 64 in text]
    assert "pier.png" in found["downloads/provenance/2009.jsonl"]
    assert not (tmp_path / "output/images/c.png").exists()


def test_a_check_finds_its_images_in_an_output_that_has_them_still(tmp_path, archive):
    shutil.copytree(archive / "output", tmp_path / "output")
    check = ("takedown", "check", tmp_path / "output", "--content", archive / "content")
    assert backfile(*check).returncode == 0
    put(tmp_path / "output/images/a.png", "x")
    done = backfile(*check)
    assert done.returncode == 1
    assert "LEFT OVER  images/a.png must not be published" in done.stdout
    verified = backfile("verify", tmp_path / "output", "--content", archive / "content")
    assert verified.returncode == 1
    assert "images/a.png" in verified.stdout + verified.stderr


def test_source_texts_that_hold_it_are_not_published(archive):
    assert not (archive / "output/sources").exists()
    page = soup(archive / "output/2009/03/13/ferry.html")
    assert page.find("a", string="source text") is None


def test_a_removed_comment_keeps_its_place_in_the_thread(archive):
    page = soup(archive / "output/2009/03/13/ferry.html")
    gone = page.find(id="comment-c1")
    assert "At the writer’s wish (2024-05-01)" in gone.get_text()
    assert page.find(id="comment-c2") in gone.find_all("article")


def test_search_finds_neither(archive):
    for question in ("zwanenzang", "grumpelwitz", "krakelig", "commenter:quobin"):
        done = backfile("search", archive / "output", question, "--json")
        assert json.loads(done.stdout)["total"] == 0, question


def test_the_files_of_the_index_before_are_gone(archive):
    manifest = (archive / "output/search/manifest.js").read_text()
    named = set(re.findall(r'"id":"([0-9a-f]{16})"', manifest))
    assert {path.name for path in (archive / "output/search/x").iterdir()} == named
    assert '"previous":[]' in manifest


def test_a_build_in_which_nothing_changed_knows_it_until_the_takedown_file_changes(archive):
    assert "nothing changed" in said(run(archive))
    kept = (archive / "takedown.toml").read_text()
    (archive / "takedown.toml").write_text(COMMENT)
    assert "nothing changed" not in said(run(archive))
    assert "Zwanenzang" in (archive / "output/2009/03/12/swans.html").read_text()
    (archive / "takedown.toml").write_text(kept)
    assert run(archive).returncode == 0
    assert "Zwanenzang" not in (archive / "output/2009/03/12/swans.html").read_text()


def test_the_commands_find_it_and_prove_that_it_is_gone(archive):
    done = backfile("takedown", "find", "the Grumpelwitz", "--content", archive / "content")
    assert 'article = "swans"\n' in done.stdout
    assert 'comment = "c1"' in done.stdout
    [day] = re.findall(r"^date = (\d{4}-\d\d-\d\d) ", done.stdout, re.MULTILINE)
    assert day >= "2026"  # an entry that is copied as it is has no day of the past
    assert backfile("takedown", "find", "no such words", "--content", archive / "content").returncode == 1
    for task in (("find", "x"), ("check", archive / "output")):
        takedown = ("--takedown", archive / "takedown.toml")
        done = backfile("takedown", *task, "--content", archive / "nowhere", *takedown)
        assert (done.returncode, "nowhere: no such folder of content files" in done.stderr) == (1, True)
    options = ("--content", archive / "content", "--theme", ROOT / "theme")
    done = backfile("takedown", "check", archive / "output", *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nowhere in the archive" in done.stdout
    index = archive / "output" / "index.html"
    kept = index.read_bytes()
    index.write_bytes(kept.replace(b"</main>", b"grumpel<b>witz</b></main>"))
    done = backfile("takedown", "check", archive / "output", *options)
    assert done.returncode == 1
    assert "index.html has the word “grumpelwitz”" in done.stdout
    done = backfile("verify", archive / "output", *options)
    assert "removal index.html: has the word “grumpelwitz”" in done.stdout
    index.write_bytes(kept)
    assert backfile("verify", archive / "output", *options).returncode == 0


FIELDS = """Title: Swans
Id: swans
Slug: swans
Authors: Quobin Vexley
Category: Mirtha Case
Tags: Olgwen Dray
Original-Url: https://old.example/tarn-pell

Words ![Yorvik Dane](https://x.example/p.png) and [a link](https://x.example/zed-quux "Ann Elk").

<!-- comments -->

<!-- comment c1
Author: Joe Blogs
Author-Url: https://x.example/readers/joe_blogs_3
-->

He met **Frelda** "Wynn", who ![left Ulm](https://x.example/q.png).
"""


def test_words_are_found_wherever_a_page_shows_or_holds_them(tmp_path):
    put(tmp_path / "content/a.md", FIELDS)
    asked = (
        "Quobin Vexley|Mirtha Case|Olgwen Dray|tarn pell|Yorvik Dane|zed quux|Ann Elk|Joe Blogs|Frelda Wynn|left Ulm"
    )
    nowhere = [words for words in asked.split("|") if run_find(words, Archive(tmp_path / "content"))]
    assert not nowhere


@pytest.mark.parametrize("words", ["frelda wynn", "Frelda “Wynn”", "Quobin Vexley", "olgwen dray", "Joe Blogs"])
def test_the_digest_that_is_printed_takes_out_what_was_asked_for(tmp_path, words):
    put(tmp_path / "content/a.md", FIELDS)
    done = backfile("takedown", "find", words, "--content", tmp_path / "content")
    digest = "\n".join(done.stdout.splitlines()[-2:])
    put(tmp_path / "takedown.toml", f'{ENTRY}action = "redact"\narticle = "swans"\n{digest}\n')
    done = run(tmp_path)
    assert (done.returncode, "takes nothing down" in said(done)) == (0, False)
    first = words.split()[0].casefold()
    assert not [name for name, text in everything_readable(tmp_path / "output").items() if first in text]


def test_the_commands_look_behind_links_to_folders_as_a_build_does(tmp_path):
    write(tmp_path)
    (tmp_path / "content" / "2009").mkdir()
    (tmp_path / "content" / "b.md").rename(tmp_path / "content" / "2009" / "b.md")
    (tmp_path / "content" / "2009").rename(tmp_path / "elsewhere")
    (tmp_path / "content" / "2009").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere" / "round").symlink_to(tmp_path / "content", target_is_directory=True)
    assert run(tmp_path).returncode == 0
    write(tmp_path, COMMENT, **{"b.md": SWANS})
    (tmp_path / "content" / "b.md").unlink()
    at = ("--content", tmp_path / "content")
    assert 'comment = "c1"' in backfile("takedown", "find", "fine ship with a krakelig", *at).stdout
    done = backfile("takedown", "check", tmp_path / "output", *at)
    assert done.returncode == 1
    assert "krakelig" in done.stdout


def test_the_commands_take_the_takedown_file_that_the_settings_name(tmp_path):
    write(tmp_path)
    assert run(tmp_path).returncode == 0
    put(tmp_path / "kept" / "out.toml", COMMENT)
    put(tmp_path / "pelicanconf.py", "SITENAME = 'x'\nBACKFILE_TAKEDOWN = 'kept/out.toml'\nraise SystemExit\n")
    at = ("--content", tmp_path / "content")
    done = backfile("takedown", "check", tmp_path / "output", *at)
    assert (done.returncode, "krakelig" in done.stdout) == (1, True)
    assert "removal " in backfile("verify", tmp_path / "output", *at).stdout
    put(tmp_path / "pelicanconf.py", "BACKFILE_PSEUDONYMS = 'all'\n")
    assert "the name on comment" in backfile("takedown", "check", tmp_path / "output", *at).stdout
    assert "Nothing is to be" in backfile("takedown", "check", tmp_path / "output", *at, "--pseudonyms", "none").stdout
    put(tmp_path / "pelicanconf.py", "BACKFILE_TAKEDOWN = 'kept/out.toml'\n")
    (tmp_path / "kept" / "out.toml").unlink()
    assert "out.toml: the takedown file is not there" in backfile("verify", tmp_path / "output", *at).stderr


def test_a_takedown_file_without_entries_is_told_as_that(tmp_path, archive):
    put(tmp_path / "empty.toml", "")
    at = ("--content", archive / "content", "--takedown", tmp_path / "empty.toml")
    done = backfile("takedown", "check", archive / "output", *at)
    assert (done.returncode, done.stdout) == (0, "Nothing is to be taken down: empty.toml has no entry.\n")


def test_a_check_of_content_that_is_not_there_is_no_success(tmp_path, archive):
    done = backfile("takedown", "check", archive / "output", "--content", tmp_path / "wrong" / "content")
    assert (done.returncode, "no such folder of content files" in done.stderr) == (1, True)


@pytest.fixture
def closed(request):
    """A site with a content file that nobody may read, where others than its owner can look: its folder."""
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    request.addfinalizer(lambda: shutil.rmtree(folder))
    folder.chmod(0o755)
    write(folder, COMMENT)
    put(folder / "output" / "index.html", "<p>A fine ship with a krakelig name.</p>")
    (folder / "content" / "b.md").chmod(0)
    return folder


@pytest.mark.parametrize("what", ["find", "check", "verify"])
def test_content_that_may_not_be_read_is_not_said_to_be_nowhere(closed, what):
    at = Archive(closed / "content")
    looks = {
        "find": lambda: run_find("krakelig name", at),
        "check": lambda: run_check(closed / "output", at),
        "verify": lambda: list(removal_findings(closed / "output", at)),
    }

    "".encode("utf-8-sig")  # what Python loads when it first needs it, nobody may read

    def check() -> None:
        with pytest.raises(BackfileError, match=r"b\.md: cannot be read: Permission denied"):
            looks[what]()

    as_nobody(check)


def test_the_commands_name_files_that_are_no_articles(tmp_path, archive):
    shutil.copytree(archive / "content", tmp_path / "content")
    shutil.copy(archive / "takedown.toml", tmp_path)
    put(tmp_path / "content" / "notes.md", "Title: x\nId: n\n\n<!-- comments -->\n\n<!-- comment c1\nAuthor: Ann\n")
    at = ("--content", tmp_path / "content")
    for arguments in (("find", "grumpelwitz"), ("check", archive / "output")):
        assert "not looked into, since a build leaves it out: notes.md" in backfile("takedown", *arguments, *at).stdout
