"""Builds with entries of every kind: what ends them, what they warn of, and what each entry takes out."""

from __future__ import annotations

import random
import re
import shutil

import pytest

from backfile.takedown.canonical import text_digest
from build_world import World, put
from project import ROOT, backfile, pelican
from removal_world import COMMENT, ENTRY, FERRY, REMOVE, SHA, SWANS, WITH_READERS, run, said, write
from takedown_world import everything_readable
from test_site import soup


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


def test_a_takedown_file_with_another_name_is_noticed_by_a_build_in_which_nothing_else_changed(tmp_path):
    write(tmp_path, "")
    (tmp_path / "takedown.toml").unlink(missing_ok=True)
    assert run(tmp_path).returncode == 0
    (tmp_path / "takedown.toml.txt").write_text(REMOVE, "utf-8")
    done = run(tmp_path)
    assert done.returncode != 0
    assert "takedown.toml.txt: it looks like a takedown file, and is not read" in " ".join(said(done).split())


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


def test_an_article_that_has_no_page_gets_none_by_being_removed(tmp_path):
    write(tmp_path, REMOVE, **{"a.md": SWANS.replace("Slug: swans", "Slug: vollgeladen\nStatus: skip")})
    done = run(tmp_path)
    assert done.returncode == 0, said(done)
    assert not list((tmp_path / "output").rglob("vollgeladen*"))


def test_another_key_gives_others_in_the_next_build_as_in_a_clean_one(tmp_path):
    write(tmp_path, f'{ENTRY}commenter = "Quobin Vexley"\naction = "anonymise"\n')
    assert run(tmp_path).returncode == 0
    before = everything_readable(tmp_path / "output")
    (tmp_path / "takedown.key").write_text("0" * 63 + "1\n", "ascii")
    assert run(tmp_path).returncode == 0
    after = everything_readable(tmp_path / "output")
    shutil.rmtree(tmp_path / "output")
    shutil.rmtree(tmp_path / ".backfile")
    assert run(tmp_path).returncode == 0
    clean = {name: text for name, text in everything_readable(tmp_path / "output").items() if "search/" not in name}
    assert clean == {name: text for name, text in after.items() if "search/" not in name}
    [name] = {found for text in before.values() for found in re.findall(r"a reader \([a-z-]+\)", text)}
    assert not [file for file, text in after.items() if name in text]
