"""The proof by itself: whatever a file does to words, they are found; and what the index must let go of is gone."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from backfile.comments.reading import published
from backfile.model import Article, Comment
from backfile.removal.proof import House, Proof
from backfile.removal.secrets import runs_of, secrets_of
from backfile.search import index, shard
from backfile.search.document import CommentText, SearchDocument
from backfile.search.manifest import read
from backfile.search.texts import searched_texts
from backfile.takedown.entries import Entry
from backfile.takedown.pseudonyms import Pseudonyms
from backfile.takedown.rules import Rules
from takedown_world import everything_readable

GONE = "The grumpelwitz crossed <the> café & harbour at the old “pier”."
THREAD = (Comment("c1", "The grumpelwitz crossed \\<the> café & harbour at the old “pier”.", author="Mirtha Vexley"),)
ARTICLE = Article("swans", "Swans", "They came to the old harbour.", comments=THREAD, published="2009")
OTHER = Article("ferry", "Ferry", "A ferry crossed. It crossed the café and harbour at the old pier, too.")
RULES = Rules((Entry("remove", "r", "2024", comment="c1"),))
PAGES = {"2009/swans.html": ARTICLE, "undated/ferry.html": OTHER}


def proof(house: House | None = None) -> Proof:
    shown = {page: published(article, RULES).article for page, article in PAGES.items()}
    secrets = secrets_of(ARTICLE, published(ARTICLE, RULES), frozenset())
    return Proof(secrets, shown.get, lambda: house or House())


def looked(output, house=None):
    found = proof(house)
    found.look(output, lambda _file, _stamp: False)
    return list(found.findings())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("index.html", "<p>grumpel<b>wit</b>z</p>"),
        ("index.html", '<a title="Grumpelwitz">x</a>'),
        ("index.html", "<!-- grumpelwitz -->"),
        ("index.html", "grumpel&#119;itz"),
        ("feeds/all.atom.xml", "<content>&lt;p&gt;grumpel&amp;#119;itz&lt;/p&gt;</content>"),
        ("feeds/all.json", json.dumps({"t": "GRUMPELWITZ"})),
        ("feeds/all.json", '{"t": "\\u0067rumpelwitz"}'),
        ("downloads/jsonl/2009.jsonl", json.dumps({"t": "said\nGrumpelwitz"})),
        ("downloads/jsonl/2009.jsonl", json.dumps({"t": 'said\t"Grumpelwitz"'})),
        ("downloads/csv/c.csv", 'a,"said ""grumpelwitz"""\r\n'),
        ("2009/swans.bib", "title = {{A Grumpelwitz}}"),
        ("_redirects", "/grumpelwitz /x 301!\n"),
        ("theme/x.js", "var a = 'grumpelwitz'"),
        ("sources/ab/x.txt", "grumpelwitz"),
        ("index.html~", "<p>grumpel<b>wit</b>z</p>"),
        ("index.html.bak", "grumpel&#119;itz"),
        ("OLD.HTML", "<p>grumpel<b>wit</b>z</p>"),
        ("table.tsv", "a\tgrumpelwitz\n"),
        ("page.XHTML", "<p>grumpelwitz</p>"),
    ],
)
def test_a_word_of_its_own_is_found_whatever_a_file_does_to_it(tmp_path, name, data):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data, "utf-8")
    found = looked(tmp_path)
    assert [finding.file for finding in found if finding.left_over] == [name]
    assert "“grumpelwitz” of the removed comment c1 (2009/swans.html)" in found[0].message


def test_every_file_that_has_it_is_named_and_what_is_no_text_is_not_looked_into(tmp_path):
    names = [f"{number}.html" for number in range(9)]
    for name in names:
        (tmp_path / name).write_text("grumpelwitz")
    (tmp_path / "x.dat").write_bytes(b"grumpelwitz \0\xff")
    (tmp_path / "x.jpg").write_bytes(b"grumpelwitz")
    (tmp_path / "x.notes").write_bytes("grumpelwitz".encode("utf-16"))
    assert [finding.file for finding in looked(tmp_path)] == [*names, "x.notes"]


def test_common_words_are_no_leak_while_an_article_says_them(tmp_path):
    (tmp_path / "undated").mkdir()
    (tmp_path / "undated/ferry.html").write_text("A ferry crossed the café to the old harbour and pier.")
    assert looked(tmp_path) == []
    (tmp_path / "about.html").write_text("Café!")
    (tmp_path / "undated/ferry.html").write_text("A ferry.")
    assert [(finding.file, finding.left_over) for finding in looked(tmp_path)] == [("about.html", True)]
    assert looked(tmp_path, House(texts=["Our café"])) == []


@pytest.mark.parametrize("name", ["downloads/jsonl/2009.jsonl", "feeds/all.json"])
def test_an_escape_for_a_line_end_is_no_letter_of_the_next_word(tmp_path, name):
    """In JSON `\\nEver` is a line end and "Ever", not "never"."""
    gone = Article("a", "T", "x", comments=(Comment("c1", "Never nice"),))
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"t": "Yes.\nEver so good\nIce \\nix"}), "utf-8")
    found = Proof(secrets_of(gone, published(gone, RULES), frozenset()), lambda _page: None, House)
    found.look(tmp_path, lambda _file, _stamp: False)
    assert list(found.findings()) == []


def test_words_in_a_row_that_an_article_says_are_told_and_no_leak(tmp_path):
    (tmp_path / "undated").mkdir()
    quote = "café harbour at the old pier"
    (tmp_path / "undated/ferry.html").write_text(f"It crossed the {quote}.")
    said = Article("ferry", "Ferry", f"It crossed the {quote}.")
    found = Proof(
        secrets_of(ARTICLE, published(ARTICLE, RULES), frozenset()), {"undated/ferry.html": said}.get, lambda: House()
    )
    found.look(tmp_path, lambda _file, _stamp: False)
    assert [(each.file, each.left_over) for each in found.findings()] == [("undated/ferry.html", False)]
    known = Proof(
        secrets_of(ARTICLE, published(ARTICLE, RULES), frozenset({"remove"})),
        {"undated/ferry.html": said}.get,
        lambda: House(),
    )
    known.look(tmp_path, lambda _file, _stamp: False)
    assert list(known.findings()) == []


def test_short_texts_are_looked_for_as_a_whole():
    assert list(runs_of(["me", "too"])) == []
    assert list(runs_of(["so", "do", "i"])) == [("so", "do", "i")]
    assert len(list(runs_of(list("abcdefgh")))) == 3


def test_where_each_letter_is_a_word_two_count_as_one():
    assert list(runs_of(list("田中太郎は"))) == []
    assert list(runs_of(list("田中太郎は隣"))) == [tuple("田中太郎は隣")]
    assert len(list(runs_of(list("昨日の夜、犯人は田中太郎です".replace("、", ""))))) == 2
    assert list(runs_of(["jane", "roe", "は"])) == []
    assert list(runs_of(["jane", "roe", *"は隣"])) == [("jane", "roe", "は", "隣")]


@pytest.mark.parametrize(("text", "left"), [("犯人は李明です", True), ("<p>行李</p><p>明日</p>", False)])
def test_two_letters_that_end_and_begin_texts_are_no_name(tmp_path, text, left):
    article = Article("a", "T", "x", comments=(Comment("c1", "y", author="李明"),))
    rules = Rules((Entry("anonymise", "r", "2024", commenter="李明"),), Pseudonyms(b"k" * 32, "A reader"))
    (tmp_path / "x.html").write_text(text, "utf-8")
    found = Proof(secrets_of(article, published(article, rules), frozenset()), lambda _page: None, House)
    found.look(tmp_path, lambda _file, _stamp: False)
    assert bool(list(found.findings())) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("x.html", "<p>Thank you, Walter.</p> <b>x</b>", False),
        ("x.html", "<p>Thank you, Walter <b>x</b>", False),
        ("x.atom", "<content>&lt;p&gt;Thank you, Walter.&lt;/p&gt;</content>", False),
        ("x.html", "<p>Thank you, Walter P.</p>", True),
        ("x.html", "<p>Thank you, &lt;Walter P&gt;</p>", True),
        ("x.html", "<p>Thank you, Walter &lt;P&gt;</p>", True),
        ("x.atom", "<content>Walter &amp;lt;P&amp;gt;</content>", True),
        ("x.html", '<i title="Walter P.">x</i>', True),
    ],
)
def test_the_name_of_a_tag_is_no_word_of_anybody(tmp_path, name, text, left):
    article = Article("a", "T", "x", comments=(Comment("c1", "y", author="Walter P."),))
    rules = Rules((Entry("anonymise", "r", "2024", commenter="Walter P."),), Pseudonyms(b"k" * 32, "A reader"))
    (tmp_path / name).write_text(text, "utf-8")
    found = Proof(
        secrets_of(article, published(article, rules), frozenset()), lambda _page: None, lambda: House(texts=["Walter"])
    )
    found.look(tmp_path, lambda _file, _stamp: False)
    assert bool(list(found.findings())) == left


def test_a_passage_of_a_title_that_stays_is_looked_for():
    why = {"reason": "r", "date": "2024-05-01"}
    entries = (
        Entry(action="remove", article=ARTICLE.id, keep_title=True, **why),
        Entry(action="redact", everywhere=True, passage=ARTICLE.title.split()[0], **why),
    )
    found = published(ARTICLE, Rules(entries))
    assert ARTICLE.title.split()[0] not in found.article.title
    labels = {secret.label for secret in secrets_of(ARTICLE, found, frozenset())}
    assert labels == {"the removed article", "the passage taken out"}


# The index


def document(number: int, text: str) -> SearchDocument:
    comments = (CommentText("comment-c1", "Mirtha", "", text),)
    return SearchDocument(f"undated/d{number}.html", f"T{number}", "A harbour.", comments=comments)


def filled(folder, count=40):
    documents = [document(at, f"said word{at} grumpelwitz" if at == 3 else "said it") for at in range(count)]
    index.update(folder / "search", documents)
    return documents


def test_marks_of_deletion_leave_a_document_in_the_index_and_the_proof_sees_it(tmp_path):
    documents = filled(tmp_path)
    documents[3] = document(3, "said nothing")
    index.update(tmp_path / "search", documents)
    assert any("grumpelwitz" in text for text in everything_readable(tmp_path).values())
    assert any(each.kind == "deleted" and each.text == "undated/d3.html" for each in searched_texts(tmp_path))
    assert any(each.kind == "document" and "grumpelwitz" in each.text for each in searched_texts(tmp_path))
    files = {finding.file for finding in looked(tmp_path) if finding.left_over}
    assert files & {"search: undated/d3.html"}


def test_records_of_an_earlier_generation_are_read(tmp_path):
    documents = [replace(each, title="A grumpelwitz") for each in filled(tmp_path, 3)]
    index.update(tmp_path / "search", documents)
    index.update(tmp_path / "search", filled(tmp_path / "other", 3))
    left = [each.text for each in searched_texts(tmp_path) if each.place.endswith("/d0.js")]
    assert any("grumpelwitz" in text for text in left)
    assert not [text for text in left if ".html" in text]


@pytest.mark.parametrize("aside", ["search-old", "search/x/copied", "old/archive/search"])
def test_search_files_that_somebody_kept_aside_are_read(tmp_path, aside):
    filled(tmp_path)
    (tmp_path / aside).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(tmp_path / "search" / "x", tmp_path / "kept")
    for at, folder in enumerate(sorted((tmp_path / "kept").iterdir())):
        shutil.move(folder, tmp_path / f"{aside}{at}")
    files = [finding.file for finding in looked(tmp_path) if finding.left_over]
    assert files
    assert all(file.startswith(aside) for file in files)


def test_search_files_of_another_version_of_the_format_are_read(tmp_path):
    payload = b"BF\x63d" + json.dumps(["said the grumpelwitz", "again"]).encode()
    path = tmp_path / "search/x/0123456789abcdef/d0.js"
    path.parent.mkdir(parents=True)
    path.write_bytes(shard.script("0123456789abcdef/d0", len(payload), shard.pack(payload)))
    assert [finding.file for finding in looked(tmp_path)] == ["search/x/0123456789abcdef/d0.js"]


def test_an_ending_cut_off_is_no_word_that_somebody_wrote(tmp_path):
    index.update(tmp_path / "search", [document(1, "The mayor has resigned twice."), document(2, "She resides here.")])
    written = {word for each in searched_texts(tmp_path) if each.kind == "words" for word in each.text.split("\n")}
    assert {"resigned", "resides", "mayor"} <= written
    assert not {"resign", "resid"} & written


@pytest.mark.parametrize("name", ["John Johnson", "Peter Peters"])
def test_words_that_follow_each_other_in_a_list_of_words_are_no_name(tmp_path, name):
    """The index lists words in the order of the alphabet: there `johnson` stands behind `john`."""
    article = Article("a", "T", "x", comments=(Comment("c1", "y", author=name),))
    rules = Rules((Entry("anonymise", "r", "2024", commenter=name),), Pseudonyms(b"k" * 32, "A reader"))
    index.update(tmp_path / "search", [document(1, " and ".join(name.split()))])

    def left() -> set[str]:
        secrets = secrets_of(article, published(article, rules), frozenset())
        found = Proof(secrets, lambda _page: None, lambda: House(texts=name.split()))
        found.look(tmp_path, lambda _file, _stamp: False)
        return {finding.file for finding in found.findings() if finding.left_over}

    assert left() == set()
    index.update(tmp_path / "search", [document(1, "said"), document(2, name)])
    assert "search: undated/d2.html" in left()


@pytest.mark.parametrize("removed", [True, False])
def test_what_must_go_leaves_every_file_of_the_index_at_once(tmp_path, removed):
    documents = filled(tmp_path)
    now = documents[:3] + ([] if removed else [document(3, "said nothing")]) + documents[4:]
    report = index.update(tmp_path / "search", now, purge=lambda url, _load: url == "undated/d3.html")
    assert report.purged
    assert not [name for name, text in everything_readable(tmp_path).items() if "grumpelwitz" in text]
    found = read(tmp_path / "search")
    assert found is not None
    assert found.previous == ()
    assert {path.name for path in (tmp_path / "search/x").iterdir()} == found.ids()
    again = index.update(tmp_path / "search", now, purge=lambda url, _load: url == "undated/d3.html")
    assert (again.purged, again.added, again.changed) == (0, 0, 0)


def test_a_version_that_was_only_marked_before_goes_as_well(tmp_path):
    documents = filled(tmp_path)
    documents[3] = document(3, "said nothing")
    index.update(tmp_path / "search", documents)
    index.update(tmp_path / "search", documents, purge=lambda url, _load: url == "undated/d3.html")
    assert not [name for name, text in everything_readable(tmp_path).items() if "grumpelwitz" in text]


def test_a_generation_older_than_the_takedowns_goes_with_the_first_of_them(tmp_path):
    documents = filled(tmp_path)
    index.update(tmp_path / "search", [document(9, "comes and goes"), *documents])
    index.update(tmp_path / "search", documents)
    assert any("comes and goes" in text for text in everything_readable(tmp_path).values())
    for _ in range(2):
        index.update(tmp_path / "search", documents, purge=lambda _url, _load: False)
        assert not [name for name, text in everything_readable(tmp_path).items() if "comes and goes" in text]
        found = read(tmp_path / "search")
        assert found is not None
        assert (found.previous, found.generation) == ((), 4)
    assert {path.name for path in (tmp_path / "search/x").iterdir()} == found.ids()


def test_what_a_killed_build_left_is_cleared_away(tmp_path):
    documents = filled(tmp_path)
    (tmp_path / "search/x/0123456789abcdef").mkdir()
    index.update(tmp_path / "search", documents)
    assert not (tmp_path / "search/x/0123456789abcdef").exists()
