"""The takedown file, and what its entries make of an article: pure functions, without a build."""

from __future__ import annotations

import marshal
import resource
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.contentfile import comment_identity
from backfile.errors import BackfileError, TakedownError
from backfile.markdown import plain_text
from backfile.model import Article, Comment, Source
from backfile.takedown.canonical import text_digest, words_of
from backfile.takedown.entries import Entry, read_entries
from backfile.takedown.finding import find_file, load_rules
from backfile.takedown.images import images_of
from backfile.takedown.passages import MARK, in_text, redact_line, redact_markdown
from backfile.takedown.pseudonyms import Pseudonyms, is_pseudonym, read_key, without_mentions
from backfile.takedown.rules import Rules
from strategies import articles, texts

GIVEN = Pseudonyms(b"k" * 32, "A reader")
WHY = {"reason": "asked for", "date": "2024-05-01"}
PAGE = "2009/03/12/swans-s1.html"
ARTICLE = Article(
    "s1",
    "Swans of Zedville",
    "The swans are *back*, said **Zed** Quux loudly.\n\n![x]({static}/images/a.png)\n\nMore of Zed\\\nQuux here.",
    standfirst="Zed Quux speaks",
    authors=("Ada Brook",),
    author_note="Ada Brook covers swans.",
    published="2009-03-12",
    url="https://www.paper.example/swans/",
    tags=("Zed Quux", "swans"),
    sources=(Source("zed-quux.html", "ab" * 32),),
    comments=(
        Comment("c1", "Lovely  \n*indeed*.", author="Ann Lee", author_url="https://ann.example/", date="2009"),
        Comment("c2", "@Ann Lee: no. @ann lee, no!", author="Joe", parent="c1"),
        Comment("c3", "Me too", author="ANN LEE", parent="c2"),
    ),
)


def entry(action: str, **given: object) -> Entry:
    return Entry(action=action, **{**WHY, **given})


def applied(*entries: Entry, article: Article = ARTICLE, everyone: bool = False):
    return Rules(entries, GIVEN, everyone).apply(article, PAGE)


# The file


def read(text: str):
    return read_entries(text.encode(), "takedown.toml")


HEAD = '\n[[takedown]]\nreason = "r"\ndate = 2024-05-01\n'


def test_every_kind_of_entry_is_read():
    found = read(
        f'# kept by the editors{HEAD}article = "s1"\naction = "remove"\nkeep-title = true\nnote = "n"\n'
        f'{HEAD}article = "s1"\ncomment = "c1"\naction = "anonymise"\n'
        f'{HEAD}everywhere = true\naction = "redact"\npassage = "Zed  Quux"\n'
    )
    assert [each.action for each in found] == ["remove", "anonymise", "redact"]
    assert found[0].told == "r (2024-05-01) n"
    assert found[2].passage == "Zed Quux"
    assert [each.place for each in found][1:] == [
        "takedown.toml:10 (entry 2)",
        "takedown.toml:17 (entry 3)",
    ]


def test_an_empty_file_takes_nothing_down():
    assert read("# nothing yet\n") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[takedown]\n", "not TOML"),
        ("[[takedown]]\narticle = \u201cs1\u201d\n", 'Quotation marks must be straight, ".'),
        ("[[takedowns]]\n", "[[takedown]]"),
        ('takedown = "x"\n', "[[takedown]]"),
        (f'{HEAD}artikel = "s1"\naction = "remove"\n', "unknown key 'artikel'"),
        (f'{HEAD}action = "remove"\n', "does not say what it means"),
        (f'{HEAD}article = "s1"\naction = "delete"\n', "'remove', 'anonymise', 'redact'"),
        (f'{HEAD}article = "s1"\n', "'action' is missing"),
        (f'{HEAD}article = ""\naction = "remove"\n', "'article' must be a text"),
        (f'{HEAD}article = 7\naction = "remove"\n', "'article' must be a text"),
        ('[[takedown]]\nreason = "r"\narticle = "s1"\naction = "remove"\n', "'date' is missing"),
        ('[[takedown]]\nreason = "r"\ndate = "soon"\narticle = "s1"\naction = "remove"\n', "no date"),
        ('[[takedown]]\ndate = 2024-05-01\narticle = "s1"\naction = "remove"\n', "'reason' is missing"),
        (f'{HEAD}text = "abc"\naction = "remove"\n', "no SHA-256"),
        (f'{HEAD}article = "s1"\naction = "redact"\n', "needs a 'passage'"),
        (f'{HEAD}article = "s1"\naction = "redact"\npassage = "..."\n', "no word"),
        (f'{HEAD}article = "s1"\naction = "remove"\npassage = "x"\n', "goes with the action 'redact'"),
        (f'{HEAD}article = "s1"\naction = "redact"\npassage-sha256 = "{"a" * 64}"\n', "go together"),
        (f'{HEAD}everywhere = true\naction = "remove"\n', "'everywhere' goes with"),
        (f'{HEAD}article = "s1"\ncomment = "c"\nkeep-title = true\naction = "remove"\n', "'keep-title' goes with"),
        (
            f'{HEAD}article = "s1"\ncomment = "c"\nkeep-address = false\naction = "remove"\n',
            "'keep-address = false' goes",
        ),
        (f'{HEAD}article = "s1"\nkeep-title = "yes"\naction = "remove"\n', "true or false"),
    ],
)
def test_a_mistake_is_an_error_that_names_the_file_and_says_what_to_do(text, said):
    with pytest.raises(TakedownError) as error:
        read(text)
    assert said in str(error.value)
    assert str(error.value).startswith("takedown.toml")


def test_a_file_that_is_not_utf_8_is_an_error():
    with pytest.raises(TakedownError, match="not UTF-8 at byte 0"):
        read_entries(b"\xff", "takedown.toml")


def test_a_file_that_was_said_to_be_there_and_is_not_is_an_error(tmp_path):
    with pytest.raises(TakedownError, match=r"lost\.toml: the takedown file is not there"):
        find_file(tmp_path / "content", "lost.toml")
    assert not load_rules(tmp_path / "content")


@pytest.mark.parametrize("name", ["takedown.toml.txt", "takedowns.toml", "content/takedown.toml"])
def test_a_file_that_was_meant_to_be_the_takedown_file_is_an_error(tmp_path, name):
    (tmp_path / "content").mkdir()
    (tmp_path / name).write_text("")
    with pytest.raises(TakedownError, match=rf"{name}: it looks like a takedown file.*Make it .*takedown\.toml"):
        find_file(tmp_path / "content")
    (tmp_path / "takedown.toml").write_text("")
    assert find_file(tmp_path / "content") == tmp_path / "takedown.toml"


def test_two_files_are_an_error(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder in (tmp_path, tmp_path / "here"):
        (folder / "takedown.toml").write_text("")
    with pytest.raises(TakedownError, match="two takedown files"):
        find_file(tmp_path / "content")


# Removing


@pytest.mark.parametrize(
    "named", ["s1", "http://paper.example/swans", PAGE, f"/{PAGE}", f"https://now.example/a/{PAGE}#comments"]
)
def test_an_article_is_named_by_its_id_or_by_where_it_stood_or_stands(named):
    found = applied(entry("remove", article=named, note="See *x*"))
    assert found.removal is not None
    assert found.article.title == "Removed article"
    assert found.article.published == "2009-03-12"
    assert plain_text(found.article.body) == "asked for (2024-05-01)\nSee *x*"
    said = repr(found.article)
    assert not [word for word in ("Zed", "swans", "Ann", "Ada", "ab" * 32) if word in said]


def test_a_removed_article_keeps_its_title_where_the_entry_says_so():
    assert applied(entry("remove", article="s1", keep_title=True)).article.title == ARTICLE.title


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_entries_that_remove_an_article_what_one_takes_is_gone(turned):
    kept = entry("remove", article="s1", keep_title=True)
    for taken in (entry("remove", article="s1"), entry("remove", article="s1", keep_address=False)):
        both = [taken, kept] if turned else [kept, taken]
        found = applied(*both)
        assert ARTICLE.title not in found.article.title
        assert found.removal.keep_address is taken.keep_address
        assert found.removal.told == both[0].told
        assert set(found.taken) == {kept.digest, taken.digest}


def test_a_title_that_stays_loses_the_passages_that_go():
    whole = entry("remove", article="s1", keep_title=True)
    title = applied(whole, entry("redact", everywhere=True, passage="Zedville")).article.title
    assert title == f"Swans of {MARK}"


@pytest.mark.parametrize("named", ["s2", "https://paper.example/swan", "/swans-s1.html", "x" + PAGE])
def test_another_article_is_left_as_it_is(named):
    found = applied(entry("remove", article=named))
    assert found.article is ARTICLE
    assert found.taken == ()


@pytest.mark.parametrize(
    ("given", "gone"),
    [
        ({"article": "s1", "comment": "c1"}, ["c1"]),
        ({"comment": "c2"}, ["c2"]),
        ({"commenter": "ann  lee"}, ["c1", "c3"]),
        ({"text": text_digest("Lovely\nindeed.")}, ["c1"]),
        ({"commenter": "Joe", "comment": "c1"}, []),
    ],
)
def test_comments_are_named_by_id_writer_or_text_and_leave_their_places(given, gone):
    found = applied(entry("remove", **given))
    assert [comment.id for comment in found.article.comments if comment.removed] == gone
    for before, after in zip(ARTICLE.comments, found.article.comments, strict=True):
        kept = Comment(before.id, "", parent=before.parent, removed="asked for (2024-05-01)")
        assert after == (kept if before.id in gone else before)
    assert bool(found.taken) is bool(gone)


# Pseudonyms


def test_a_comment_that_was_posted_twice_is_named_as_its_page_names_it():
    twice = comment_identity("Ann", "2009", "Hello!")
    comments = (Comment(twice, "Hello!", author="Ann", date="2009"), Comment("c9", "x")) * 2
    article = replace(ARTICLE, comments=comments)
    found = applied(entry("remove", article="s1", comment=f"{twice}-2"), article=article).article
    assert [bool(comment.removed) for comment in found.comments] == [False, False, True, False]
    for named in (f"{twice}-3", f"{twice}-1x", "c9-2"):
        assert applied(entry("remove", article="s1", comment=named), article=article).article == article


def test_a_commenter_has_one_pseudonym_wherever_the_name_stands():
    found = applied(entry("anonymise", commenter="Ann Lee")).article
    first, second, third = found.comments
    assert first.author == third.author == GIVEN.name("Ann Lee")
    assert is_pseudonym(first.author)
    assert first.author_url == ""
    assert second.body == "@{0}: no. @{0}, no!".format(GIVEN.code("Ann Lee"))
    assert second.author == "Joe"
    other = replace(ARTICLE, id="s2", comments=ARTICLE.comments[:1])
    assert applied(entry("anonymise", commenter="ANN LEE"), article=other).article.comments[0].author == first.author


def test_one_comment_alone_can_be_made_nameless():
    found = applied(entry("anonymise", article="s1", comment="c3")).article
    assert [is_pseudonym(comment.author) for comment in found.comments] == [False, False, True]


def test_everyone_gets_a_pseudonym_and_nobody_the_same():
    found = applied(everyone=True)
    names = [comment.author for comment in found.article.comments]
    assert all(map(is_pseudonym, names))
    assert len(set(names)) == 2
    assert found.article.authors == ("Ada Brook",)
    assert "Ann" not in found.article.comments[1].body


def test_an_articles_authors_are_made_nameless():
    found = applied(entry("anonymise", article="s1")).article
    assert found.authors == (GIVEN.name("Ada Brook"),)
    assert found.author_note == ""
    assert found.comments == ARTICLE.comments


def test_an_id_that_a_name_went_into_gives_way_and_replies_follow():
    made = comment_identity("Ann", "2009", "Hello")
    thread = (Comment(made, "Hello", author="Ann", date="2009"), Comment("r", "Hi", author="Joe", parent=made))
    found = applied(entry("anonymise", commenter="Ann"), article=replace(ARTICLE, comments=thread)).article
    assert found.comments[0].id not in (made, comment_identity(found.comments[0].author, "2009", "Hello"))
    assert found.comments[1].parent == found.comments[0].id


def test_another_key_gives_other_names():
    assert Pseudonyms(b"o" * 32, "A reader").code("Ann") != GIVEN.code("Ann")


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "takedown.key"
    key = read_key(path)
    assert len(key) == 32
    assert read_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("lost")
    with pytest.raises(TakedownError, match="Put back the file"):
        read_key(path)


def test_a_key_for_which_there_is_no_room_is_named_and_made_by_the_next(tmp_path):
    path = tmp_path / "takedown.key"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        with pytest.raises(BackfileError, match=r"takedown\.key: cannot be written"):
            read_key(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
    assert len(read_key(path)) == 32
    assert list(tmp_path.iterdir()) == [path]


def test_a_mention_is_replaced_as_a_whole_name_only():
    text = "@Ann, @Anna and @ann\\_lee; ann@example.org"
    code = GIVEN.code("Ann")
    assert without_mentions(text, ["Ann"], GIVEN) == f"@{code}, @Anna and @ann\\_lee; ann@example.org"
    assert without_mentions(text, ["Ann", "Ann_Lee"], GIVEN).split("; ")[0].endswith(GIVEN.code("ann_lee"))


def test_a_mention_is_found_where_no_space_ends_a_name():
    code = GIVEN.code("田中")
    assert without_mentions("@田中さん、@Annさん", ["田中", "Ann"], GIVEN) == f"@{code}さん、@{GIVEN.code('Ann')}さん"
    assert without_mentions("@สี่ @สี", ["สี"], GIVEN) == f"@สี่ @{GIVEN.code('สี')}"


# Passages


def test_a_passage_is_taken_out_of_every_field_through_any_markup():
    found = applied(entry("redact", article="s1", passage="zed quux")).article
    assert found.body.startswith(r"The swans are *back*, said")
    assert not in_text(plain_text(found.body), "Zed Quux")
    assert plain_text(found.body).count(MARK) == 2
    assert found.standfirst == f"{MARK} speaks"
    assert found.tags == ("swans",)
    assert found.sources[0].name == f"{MARK}.html"
    assert found.title == ARTICLE.title


def test_a_passage_of_a_comment_leaves_the_article_alone():
    found = applied(entry("redact", article="s1", comment="c1", passage="lovely indeed")).article
    assert plain_text(found.comments[0].body) == f"{MARK}."
    assert replace(found, comments=()) == replace(ARTICLE, comments=())


def test_a_passage_can_be_named_by_its_digest():
    digest = text_digest("said Zed Quux")
    found = applied(entry("redact", article="s1", passage_sha256=digest, passage_words=3))
    assert plain_text(found.article.body).startswith(f"The swans are back, {MARK} loudly.")
    assert found.passages == ("said Zed Quux",)


def test_passages_that_overlap_go_as_one():
    for passages in (["a b c", "b c d", "b"], ["b", "b c d", "a b c"]):
        assert redact_line("x a b c d y", passages) == f"x {MARK} y"
        assert plain_text(redact_markdown("x a *b* c d y", passages)) == f"x {MARK} y"


def test_a_link_whose_address_says_it_leads_nowhere():
    assert redact_markdown("[her page](https://x.example/Jane-Roe) [x](y)", ["jane roe"]) == "[her page](#) [x](y)"


def test_doing_the_same_twice_is_doing_it_once():
    for once in (entry("anonymise", article="s1"), entry("redact", everywhere=True, passage="zed quux")):
        again = replace(once, reason="again")
        assert applied(once, again).article == applied(once).article
        assert Rules((once, again), GIVEN).unmet(applied(once, again).taken) == []


def test_a_name_that_is_redacted_in_a_text_is_a_pseudonym_as_well():
    found = applied(
        entry("anonymise", commenter="Ann Lee"), entry("redact", article="s1", passage="@ann lee: no")
    ).article
    assert found.comments[1].body == r"@\[passage removed\]. @\[passage removed\]!"
    assert is_pseudonym(found.comments[0].author)


@pytest.mark.parametrize("part", ["](.)", "&a;", "*", "\\", "![", "[a](b)", "a ", "] ("])
def test_no_text_makes_the_search_for_a_passage_slow(part):
    for size in (200, 20_000):
        assert redact_markdown(f"a {part * size} c", ["a b c"]).count("removed") == 0


def test_a_passage_within_a_word_is_none():
    assert redact_line("Rowena", ["Rowe"]) == "Rowena"
    assert redact_markdown("Rowena", ["Rowe"]) == "Rowena"


@pytest.mark.parametrize(
    "text", ["Ja[ne](http://x) Roe", "J*an*e R&#111;e", "Jane\n\n> Roe", "![Jane](x) [Roe][r]\n\n[r]: x"]
)
def test_where_markup_hides_a_passage_more_goes_but_the_passage_goes(text):
    assert not in_text(plain_text(redact_markdown(text, ["Jane Roe"])), "Jane Roe")


@given(texts, st.data())
def test_no_passage_stays_in_any_text(text, data):
    words = plain_text(text).split()
    if not words:
        return
    at = data.draw(st.integers(0, len(words) - 1))
    passage = " ".join(words[at : at + data.draw(st.integers(1, 4))])
    if words_of(passage):
        assert not in_text(plain_text(redact_markdown(text, [passage])), passage) or in_text(MARK, passage)


# Together


@given(articles())
def test_without_entries_every_article_stays_as_it_is(article):
    assert Rules().apply(article, PAGE).article is article


def test_the_order_of_entries_says_nothing_but_for_the_reason():
    entries = [
        entry("redact", article="s1", passage="said zed"),
        entry("anonymise", commenter="Joe"),
        entry("remove", comment="c1"),
    ]
    assert applied(*entries) == applied(*reversed(entries))


def test_what_rules_remember_tells_which_articles_may_differ():
    before = Rules((entry("remove", article="s1"), entry("anonymise", commenter="Ann")), GIVEN)
    plain = marshal.loads(marshal.dumps(before.plain()))  # noqa: S302 - our own value
    one_more = Rules((*before.entries, entry("redact", article="s2", passage="x")), GIVEN)
    for_all = Rules((*before.entries, entry("remove", commenter="Joe")), GIVEN)
    other_key = Rules(before.entries, Pseudonyms(b"o" * 32, "A reader"))
    addresses = ("", "undated/x.html")
    assert not before.may_differ(plain, "s2", addresses)
    assert one_more.may_differ(plain, "s2", addresses)
    assert not one_more.may_differ(plain, "s3", addresses)
    assert for_all.may_differ(plain, "s3", addresses)
    assert other_key.may_differ(plain, "s3", addresses)
    assert Rules(before.entries[::-1], GIVEN).may_differ(plain, "s3", addresses)
    assert before.may_differ(None, "s3", addresses)


def test_what_touched_nothing_is_named():
    entries = (entry("remove", article="s1"), entry("remove", article="s9"))
    rules = Rules(entries)
    assert rules.unmet(rules.apply(ARTICLE, PAGE).taken) == [entries[1]]


def test_what_goes_with_something_larger_counts_as_done():
    entries = (
        entry("redact", article="s1", comment="c1", passage="lovely"),
        entry("anonymise", commenter="Joe"),
        entry("remove", comment="c1"),
        entry("remove", article="s1"),
    )
    for some in (entries[:3], entries):
        rules = Rules(some, GIVEN)
        assert rules.unmet(rules.apply(ARTICLE, PAGE).taken) == []


def test_images_of_a_text_are_known():
    assert images_of(ARTICLE) == ("images/a.png",)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("![a]({static}/images/my%20photo.png)", "images/my photo.png"),
        ("![a](<{static}/images/my photo.png>)", "images/my photo.png"),
        ("![a]({static}/images/%61b.png?x#y)", "images/ab.png"),
        ("![a]({static}/images/caf\u00e9.png)", "images/café.png"),
        ("![a]({static}/images/a(b)\\_&amp;.png)", "images/a(b)_&.png"),
        ("![a]({attach}/images/a.png)", "images/a.png"),
        ("![a]({filename}/images/a.png)", "images/a.png"),
        ("![a](|static|/images/a.png)", "images/a.png"),
        ("![a](%7Bstatic%7D/images/a.png)", "images/a.png"),
        ("![a](&#123;static&#125;/images/a.png)", "images/a.png"),
        ("![a]({static}../images/./a.png)", "images/a.png"),
        ("![a][x]\n\n[x]: {static}/images/a.png 'A'", "images/a.png"),
        ("[![a]({static}/images/b.png)]({attach}/images/a.png)", "images/a.png"),
    ],
)
def test_images_of_a_text_are_known_however_their_paths_are_written(text, path):
    assert path in images_of(replace(ARTICLE, body=text))
    assert path in images_of(replace(ARTICLE, comments=(Comment("c1", text),)))
