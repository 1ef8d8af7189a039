"""Builds with a takedown file: what readers see in its place, what is nowhere any more, and what ends a build."""

from __future__ import annotations

import hashlib
import json
import random
import re

import pytest

from backfile.takedown.canonical import text_digest
from build_world import World, put
from project import ROOT, backfile, pelican
from takedown_world import everything_readable
from test_site import soup

ARTICLE = """Title: {title}
Id: {name}
Slug: {name}
Date: 2009-03-{day}
Authors: Ada Brook
Summary: {summary}
Original-Url: https://old.example/{name}
Source: sha256:{sha} {name}.txt

{body}

<!-- comments -->

<!-- comment c1
Author: Quobin Vexley
-->

{said}

<!-- comment c2
Author: Joe
Parent: c1
-->

@Quobin Vexley: {name}? Never answered.
"""
SOURCES = [
    ARTICLE.format(
        title="Zwanenzang",
        name="swans",
        day=12,
        summary="Kortverhaal about it",
        sha="",
        body="The harbour is *vollgeladen* with swans.\n\n![a]({static}/images/a.png) ![b]({static}/images/b.png)",
        said="Nobody asked me about the grumpelwitz on the pier.",
    ),
    ARTICLE.format(
        title="The ferry",
        name="ferry",
        day=13,
        summary="It sails",
        sha="",
        body="The ferry sails again.\n\n![b]({static}/images/b.png)",
        said="A fine ship with a krakelig name.",
    ),
]
SHA = [hashlib.sha256(text.encode()).hexdigest() for text in SOURCES]
SWANS, FERRY = (text.replace("sha256: ", f"sha256:{sha} ") for text, sha in zip(SOURCES, SHA, strict=True))
ENTRY = '[[takedown]]\nreason = "At the writer’s wish"\ndate = 2024-05-01\n'
REMOVE = f'{ENTRY}article = "swans"\naction = "remove"\nnote = "Ask the library."\n'
COMMENT = f'{ENTRY}article = "ferry"\ncomment = "c1"\naction = "remove"\n'
WITH_READERS = ("-e", "BACKFILE_COMMENTERS=true", 'BACKFILE_REDIRECTS=["netlify"]')


def write(folder, takedown="", **more):
    """Content files, and a takedown file beside them."""
    files = {"a.md": SWANS, "b.md": FERRY, "images/a.png": "a", "images/b.png": "b", **more}
    files |= {f"sources/{sha[:2]}/{sha}.txt": text for sha, text in zip(SHA, SOURCES, strict=True)}
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if takedown:
        (folder / "takedown.toml").write_text(takedown, "utf-8")


def run(folder, *more):
    return pelican(folder / "content", folder / "output", *(more or WITH_READERS))


def said(done) -> str:
    return " ".join((done.stdout + done.stderr).split())


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


@pytest.mark.parametrize(
    ("takedown", "more", "message"),
    [
        ('[[takedown]]\naction = "remove"\n', (), "takedown.toml:1 (entry 1): 'date' is missing"),
        ("", ("-e", 'BACKFILE_TAKEDOWN="lost.toml"'), "lost.toml: the takedown file is not there"),
        (REMOVE, ("-e", "OUTPUT_SOURCES=true"), "OUTPUT_SOURCES publishes content files as they are"),
        ("", ("-e", 'BACKFILE_TAKEDOWN="content/a.md"'), "where files are published from"),
    ],
)
def test_a_takedown_that_cannot_be_carried_out_ends_the_build_before_anything_is_written(
    tmp_path, takedown, more, message
):
    write(tmp_path, takedown)
    done = run(tmp_path, *more)
    assert done.returncode != 0
    assert message in said(done)
    assert "Traceback" not in said(done)
    assert not list((tmp_path / "output").rglob("*.html"))


def test_an_entry_that_means_nothing_is_a_warning(tmp_path):
    write(tmp_path, COMMENT + COMMENT.replace("c1", "c9"))
    done = run(tmp_path)
    assert done.returncode == 0
    assert "takedown.toml:7 (entry 2) takes nothing down" in said(done)
    assert "entry 1" not in said(done)


def test_an_id_that_comments_of_several_articles_have_is_a_warning(tmp_path):
    write(tmp_path, f'{ENTRY}comment = "c1"\naction = "remove"\n')
    for _ in range(2):
        done = run(tmp_path)
        assert done.returncode == 0, said(done)
        assert "touches comments of 2 articles" in " ".join(said(done).split())


def test_words_that_stand_elsewhere_are_told_until_a_person_has_decided(tmp_path):
    quoting = FERRY.replace("It sails", "Somebody said: A fine ship with a krakelig name!")
    write(
        tmp_path,
        COMMENT.replace("ferry", "swans"),
        **{
            "b.md": quoting,
            "a.md": SWANS.replace(
                "Nobody asked me about the grumpelwitz on the pier.", "A fine ship with a krakelig name."
            ),
        },
    )
    done = run(tmp_path)
    assert done.returncode == 0
    assert "still said elsewhere: 2009/03/13/ferry.html says “a fine ship with a krakelig”" in said(done)
    again = run(tmp_path)
    assert "still said elsewhere" in said(again)
    (tmp_path / "takedown.toml").write_text(COMMENT.replace("ferry", "swans") + "known-elsewhere = true\n")
    assert "elsewhere" not in said(run(tmp_path))


def test_the_name_of_whom_all_comments_were_removed_is_told_where_answers_call_it(tmp_path):
    entry = f'{ENTRY}commenter = "quobin vexley"\naction = "remove"\n'
    write(tmp_path, entry)
    told = "ferry.html says “quobin vexley”, as the name of whom all comments were removed"
    assert told in said(run(tmp_path))
    done = backfile("takedown", "check", tmp_path / "output", "--content", tmp_path / "content")
    assert (done.returncode, told in done.stdout) == (0, True)
    (tmp_path / "takedown.toml").write_text(f"{entry}known-elsewhere = true\n")
    assert "elsewhere" not in said(run(tmp_path))
    (tmp_path / "takedown.toml").write_text(f'{entry}article = "swans"\n')
    assert "elsewhere" not in said(run(tmp_path))


def test_what_is_left_over_is_an_error_that_names_file_and_words(tmp_path):
    write(tmp_path, COMMENT, **{"images/note.txt": "The krakelig name again."})
    done = run(tmp_path)
    assert done.returncode != 0
    assert "images/note.txt has the word “krakelig” of the removed comment c1 (2009/03/13/ferry.html)" in said(done)
    assert "Traceback" not in said(done)
    assert "Traceback" in said(run(tmp_path, "--debug"))
    (tmp_path / "content/images/note.txt").unlink()
    assert run(tmp_path).returncode == 0


def test_all_commenters_have_pseudonyms_that_stay(tmp_path):
    write(tmp_path)
    options = ("-e", 'BACKFILE_PSEUDONYMS="all"', "BACKFILE_COMMENTERS=true")
    names = []
    for time in range(2):
        done = run(tmp_path, *options)
        assert done.returncode == 0, said(done)
        assert ("keep it with your backups" in said(done)) is (time == 0)
        page = soup(tmp_path / "output/2009/03/13/ferry.html")
        names.append([each.get_text() for each in page.select("[itemprop=author] [itemprop=name]")])
        (tmp_path / "content/a.md").write_text(SWANS.replace("pier", "quay"))
    assert names[0] == names[1]
    assert all(re.fullmatch(r"A reader \(\w{5}-\w{5}-\w{5}\)", name) for name in names[0])
    output = everything_readable(tmp_path / "output")
    assert not [name for name, text in output.items() if "quobin" in text or "vexley" in text]
    assert len(list((tmp_path / "output/commenter").glob("*.html"))) == 2
    assert not [name for name, text in output.items() if (tmp_path / "takedown.key").read_text().strip() in text]


def test_a_proof_makes_no_key_for_pseudonyms(tmp_path):
    write(tmp_path)
    assert run(tmp_path).returncode == 0
    write(tmp_path, f'{ENTRY}commenter = "Quobin Vexley"\naction = "anonymise"\n')
    at = ("--content", tmp_path / "content")
    assert "“quobin”" in backfile("takedown", "check", tmp_path / "output", *at).stdout
    assert not (tmp_path / "takedown.key").exists()
    assert run(tmp_path).returncode == 0
    (tmp_path / "takedown.key").rename(tmp_path / "elsewhere")
    assert "nowhere in the archive" in backfile("takedown", "check", tmp_path / "output", *at).stdout
    assert not (tmp_path / "takedown.key").exists()


def test_one_more_entry_renders_no_more_than_what_shows_it(tmp_path):
    more = {
        f"n{at}.md": FERRY.replace("ferry", f"n{at}").replace("-13", f"-{at:02}").replace(SHA[1], f"{at:064x}")
        for at in range(1, 30)
    } | {f"sources/00/{at:064x}.txt": "x" for at in range(1, 30)}
    write(tmp_path, REMOVE, **more)
    assert run(tmp_path).returncode == 0
    (tmp_path / "takedown.toml").write_text(REMOVE + COMMENT)
    done = said(run(tmp_path))
    read, _, rendered, every = map(
        int, re.search(r"read (\d+) of (\d+) files, rendered (\d+) of (\d+) pages", done).groups()
    )
    assert read == 1
    assert rendered < every / 8


def test_words_of_a_page_that_stands_are_no_leak_in_a_list_that_changed(tmp_path):
    """Without a search index, whose documents would say so."""
    comment = COMMENT.replace("ferry", "swans")
    plugins = ("-e", 'PLUGINS=["backfile.comments", "backfile.browse", "backfile.build"]')
    write(tmp_path, comment, **{"c.md": FERRY.replace("ferry", "grumpelwitz").replace("-13", "-14")})
    assert run(tmp_path, *plugins).returncode == 0
    write(tmp_path, comment, **{"d.md": FERRY.replace("ferry", "fourth").replace("-13", "-15")})
    done = run(tmp_path, *plugins)
    assert done.returncode == 0, said(done)


def long_thread(name: str, article: str) -> str:
    """The article with so many comments that each page holds two of them."""
    return article + "".join(
        f"\n<!-- comment d{at}\nAuthor: Joe\n-->\n\nSaid {name} for the {at}.\n" for at in range(4)
    )


PAGED = ("-e", "BACKFILE_COMMENTS_PER_PAGE=2")


def test_the_further_pages_of_a_long_thread_stay_and_say_the_same(tmp_path):
    more = {"a.md": long_thread("fluitketel", SWANS), "b.md": long_thread("ferries", FERRY)}
    write(tmp_path, **more)
    assert run(tmp_path, *PAGED).returncode == 0
    places = sorted(path.name for path in (tmp_path / "output/2009/03/12").glob("swans*.html"))
    assert places == ["swans.comments-2.html", "swans.comments-3.html", "swans.html"]
    write(tmp_path, REMOVE, **more)
    done = run(tmp_path, *PAGED)
    assert done.returncode == 0, said(done)
    assert sorted(path.name for path in (tmp_path / "output/2009/03/12").glob("swans*")) == places
    for place in places:
        text = soup(tmp_path / "output/2009/03/12" / place).find("main").get_text(" ")
        assert "At the writer’s wish" in text
        assert "fluitketel" not in text
    assert not [name for name, text in everything_readable(tmp_path / "output").items() if "fluitketel" in text]
    options = ("--content", tmp_path / "content", "--theme", ROOT / "theme")
    done = backfile("verify", tmp_path / "output", *options)
    assert done.returncode == 0, done.stdout
    assert "nothing changed" in said(run(tmp_path, *PAGED))


def test_an_article_can_leave_its_address_too(tmp_path):
    more = {"a.md": long_thread("fluitketel", SWANS).replace("Slug: swans", "Slug: zwanenzang")}
    write(tmp_path, **more)
    assert run(tmp_path, *PAGED).returncode == 0
    assert (tmp_path / "output/2009/03/12/zwanenzang-swans.comments-2.html").exists()
    write(tmp_path, REMOVE + "keep-address = false\n", **more)
    done = run(tmp_path, *PAGED)
    assert done.returncode == 0, said(done)
    assert "takes nothing down" not in said(done)
    assert not list((tmp_path / "output").rglob("*swans*"))
    gone = ("zwanenzang", "kortverhaal", "grumpelwitz", "fluitketel", "writer’s wish")
    found = {
        (word, name) for name, text in everything_readable(tmp_path / "output").items() for word in gone if word in text
    }
    assert not found
    options = ("--content", tmp_path / "content", "--theme", ROOT / "theme")
    assert backfile("verify", tmp_path / "output", *options).returncode == 0
    write(tmp_path, REMOVE, **more)
    assert run(tmp_path, *PAGED).returncode == 0
    assert (tmp_path / "output/2009/03/12/zwanenzang-swans.comments-2.html").exists()


def test_the_address_of_an_article_that_left_it_is_a_leak(tmp_path):
    more = {"a.md": SWANS.replace("Slug: swans", "Slug: zwanenzang"), "images/note.txt": "zwanenzang-swans.html"}
    write(tmp_path, REMOVE, **more)
    assert run(tmp_path).returncode == 0
    write(tmp_path, REMOVE + "keep-address = false\n", **more)
    done = run(tmp_path)
    assert done.returncode != 0
    assert "images/note.txt has the word" in said(done)


def test_a_passage_in_what_markdown_hides_is_in_no_file(tmp_path):
    hidden = SWANS.replace(
        "swans.\n", 'swans. [See][a] &#119;endeline Kroonsteen.\n\n[a]: https://x.example/ "Wendeline Kroonsteen"\n'
    ).replace("on the pier.", "on the `Wendeline\nKroonsteen` pier <!-- Wendeline Kroonsteen -->.")
    entry = f'{ENTRY}article = "swans"\naction = "redact"\npassage = "Wendeline Kroonsteen"\n'
    write(tmp_path, **{"a.md": hidden})
    assert run(tmp_path).returncode == 0
    write(tmp_path, entry, **{"a.md": hidden})
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    assert "elsewhere" not in said(done)
    found = everything_readable(tmp_path / "output")
    assert not [name for name, text in found.items() if "kroonsteen" in text or "wendeline" in text]
    assert "with swans" in (tmp_path / "output/2009/03/12/swans.html").read_text("utf-8")


def test_a_passage_in_a_text_without_spaces_is_in_no_file(tmp_path):
    said_there = "昨日、犯人は田中太郎です。"
    ferry = FERRY.replace("The ferry sails again.", said_there).replace(
        "A fine ship", "田中太郎、なぜ。私は田中太郎を知っている"
    )
    entry = f'{ENTRY}everywhere = true\naction = "redact"\npassage = "田中太郎"\n'
    write(tmp_path, entry, **{"a.md": SWANS.replace("on the pier.", "田中太郎は私の隣人でした。"), "b.md": ferry})
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    assert not [name for name, text in everything_readable(tmp_path / "output").items() if "田中太郎" in text]
    page = tmp_path / "output/2009/03/13/ferry.html"
    page.write_text(page.read_text("utf-8").replace("犯人は", "犯人は田中<b>太郎</b>"), "utf-8")
    checked = backfile("takedown", "check", tmp_path / "output", "--content", tmp_path / "content")
    assert checked.returncode == 1
    assert "LEFT OVER  2009/03/13/ferry.html" in checked.stdout


def test_a_passage_that_cannot_be_taken_out_ends_the_build_and_its_article_is_not_published(tmp_path):
    entry = (
        f'{ENTRY}article = "swans"\naction = "redact"\npassage-words = 1\npassage-sha256 = "{text_digest("removed")}"\n'
    )
    write(tmp_path, entry, **{"a.md": SWANS.replace("vollgeladen", "removed")})
    done = run(tmp_path)
    assert done.returncode != 0
    assert "“removed” cannot be taken out of the article swans" in said(done)
    assert not list((tmp_path / "output").rglob("*swans.html"))


@pytest.mark.parametrize("fatal", ["errors", "warnings"])
def test_a_warning_fails_the_build_that_asks_for_it_alone(tmp_path, fatal):
    write(tmp_path, COMMENT.replace("c1", "c9"))
    done = pelican(tmp_path / "content", tmp_path / "output", *WITH_READERS, "--fatal", fatal)
    assert (done.returncode != 0) is (fatal == "warnings")
    assert "takes nothing down: no article, comment or passage is as it says" in said(done)


def test_a_theme_without_a_page_for_it_shows_why_as_the_text(tmp_path):
    world = World(tmp_path, random.Random(1))
    put(tmp_path / "content" / "swans.md", SWANS)
    put(tmp_path / "takedown.toml", REMOVE)
    assert world.build() == 0
    page = (tmp_path / "output/2009/03/12/swans.html").read_text("utf-8")
    assert "At the writer’s wish (2024-05-01)" in page
    assert "Ask the library." in page
    assert "Zwanenzang" not in page


def test_a_page_of_the_keepers_is_redacted_as_well_and_looked_at(tmp_path):
    about = "Title: About\nId: about1\n\nAsk Wendeline Kroonsteen for more.\n\n<!-- comments -->\n"
    entry = f'{ENTRY}article = "about1"\naction = "redact"\npassage = "Wendeline Kroonsteen"\n'
    write(tmp_path, entry, **{"pages/about.md": about})
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    assert "takes nothing down" not in said(done)
    assert "Ask [passage removed] for more." in (tmp_path / "output/pages/about.html").read_text("utf-8")
    (tmp_path / "content/images/note.txt").write_text("Wendeline Kroonsteen")
    done = run(tmp_path)
    assert done.returncode != 0
    assert "images/note.txt has" in said(done)
