"""One article saved at different times: the comments of all its copies, each once, whatever comes in first."""

import json
from pathlib import Path

import pytest

from backfile.importer.uniting import unite
from backfile.model import Article, Comment
from project import backfile
from test_import import imported, tree, write


def commented(name: str, *numbers: int, dated: bool = False, **other: str) -> str:
    said = [
        {"id": str(place), "author": "Ann", "text": f"Number {number}"}
        | ({"date": f"2009-03-{number + 10}T10:00"} if dated else {})
        for place, number in enumerate(numbers)
    ]
    boats = {
        "title": "Boats",
        "url": f"https://boats.example/{name}",
        "text": "Of boats and ferries.",
        "comments": said,
    }
    return json.dumps(boats | other)


def told(article) -> list[str]:
    return [comment.body for comment in article.comments]


def fates(report) -> list[str]:
    return [outcome["status"] for outcome in report["outcomes"]]


@pytest.mark.parametrize("text", ["Of boats and ferries.", ""])
def test_copies_of_one_article_become_one_with_all_comments(text, tmp_path):
    write(tmp_path / "s", "three.jsonl", *(commented("1", *numbers, text=text) for numbers in ((0, 1), (1, 2), (2, 3))))
    [article], report = imported(tmp_path / "s", tmp_path / "content")
    assert told(article) == ["Number 0", "Number 1", "Number 2", "Number 3"]
    assert len({comment.id for comment in article.comments}) == 4
    assert fates(report) == ["imported", "merged", "merged"]
    assert {outcome["article"] for outcome in report["outcomes"]} == {article.id}
    before = tree(tmp_path / "content")
    _, report = imported(tmp_path / "s", tmp_path / "content")
    assert set(fates(report)) <= {"unchanged", "merged"}
    assert tree(tmp_path / "content") == before


@pytest.mark.parametrize("first", ["old", "new"])
def test_a_copy_imported_later_gives_its_comments_to_the_article_that_is_here(first, tmp_path):
    files = {
        "old": write(tmp_path, "old.jsonl", commented("1", 0), commented("2", 0, 1)),
        "new": write(tmp_path, "new.jsonl", commented("1", 0), commented("2", 1, 2)),
    }
    other = "new" if first == "old" else "old"
    imported(files[first], tmp_path / "content")
    articles, report = imported(files[other], tmp_path / "content")
    assert [outcome["status"] for outcome in report["outcomes"]] == ["unchanged", "imported"]
    reason = report["outcomes"][1]["reason"]
    assert reason.startswith(f"united with the article that is here, made of {first}.jsonl")
    assert reason.endswith(": 1 more comment")
    assert sorted(len(article.comments) for article in articles) == [1, 3]
    before = tree(tmp_path / "content")
    for name in ("new", "old"):
        _, report = imported(files[name], tmp_path / "content")
        assert fates(report) == ["unchanged", "unchanged"]
    assert tree(tmp_path / "content") == before


def test_comments_of_all_copies_stand_in_the_order_of_time_and_replies_keep_what_they_answer(tmp_path):
    later = json.loads(commented("1", 0, 1, 3, dated=True))
    later["comments"].append({"id": "r", "parent": "1", "author": "Ben", "text": "No", "date": "2009-03-14T10:00"})
    write(tmp_path / "s", "two.jsonl", commented("1", 1, 2, dated=True), json.dumps(later))
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert told(article) == ["Number 0", "Number 1", "Number 2", "Number 3", "No"]
    named = {comment.body: comment for comment in article.comments}
    assert named["No"].parent == named["Number 1"].id


@pytest.mark.parametrize(
    ("ours", "theirs", "order"),
    [
        ((4, 5), (1, 2), [1, 2, 4, 5]),
        ((1, 4), (2, 5), [1, 2, 4, 5]),
        ((5, 4), (1, 2), [5, 4, 1, 2]),
        ((4, 5), (2, 1), [4, 5, 2, 1]),
    ],
)
def test_comments_without_a_time_stand_in_the_order_of_their_numbers_if_those_of_both_copies_do(ours, theirs, order):
    first, second = (
        Article(
            "a", "Boats", "", comments=tuple(Comment(str(n), f"I saw the boat number {n}.", "Ann") for n in numbers)
        )
        for numbers in (ours, theirs)
    )
    assert [int(comment.id) for comment in unite(first, second).comments] == order


def test_what_only_one_copy_says_is_taken_from_it(tmp_path):
    write(
        tmp_path / "s",
        "two.jsonl",
        commented("1", 0, standfirst="A harbour story", tags=["boats"], mood="calm"),
        commented("1", 1, published="2009-03-10", tags=["boats", "sea"], mood="rough", editor="Eve"),
    )
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert (article.standfirst, article.published, article.tags) == ("A harbour story", "2009-03-10", ("boats", "sea"))
    assert ("mood", "calm") in article.extra and ("editor", "Eve") in article.extra


@pytest.mark.parametrize("together", [True, False])
def test_what_a_copy_of_the_same_text_and_comments_says_besides_is_taken_from_it(together, tmp_path):
    later = commented("1", 0, published="2009-03-10", authors=["Eve"], tags=["boats"])
    again = commented("1", 0, captured="2010-01-01T10:00:00Z", published="2009-03-10")
    copies = [write(tmp_path / "s", f"{at}.jsonl", line) for at, line in enumerate((commented("1", 0), later, again))]
    for source in [tmp_path / "s"] if together else copies:
        [article], report = imported(source, tmp_path / "content")
    assert (article.published, article.authors, article.tags) == ("2009-03-10", ("Eve",), ("boats",))
    assert (article.captured, len(article.comments)) == ("", 1)
    assert {source.name.partition("#")[0] for source in article.sources} == {"0.jsonl", "1.jsonl"}
    assert fates(report) == (["imported", "merged", "merged"] if together else ["unchanged"])
    assert not any("remove" in note for outcome in report["outcomes"] for note in outcome.get("notes", ()))
    before = tree(tmp_path / "content")
    imported(tmp_path / "s", tmp_path / "content")
    assert tree(tmp_path / "content") == before


def test_what_is_guessed_gives_way_and_stays_marked_as_a_guess_where_it_does_not():
    known = Article("a", "Boats", "Text.", guessed=("title", "published"), published="2009", language="en")
    other = Article("a", "Ships", "Text.", authors=("Ann",), guessed=("authors", "parent", "language"), language="de")
    both = unite(known, other)
    assert (both.title, both.published, both.authors, both.language) == ("Ships", "2009", ("Ann",), "en")
    assert both.guessed == ("published", "authors", "parent")


@pytest.mark.parametrize(
    ("dates", "kept"),
    [
        (("2009-03-11~", "2009-03-13~"), ["2009-03-11~"]),
        (("2009-03-12", "2009-03-12T10:20Z"), ["2009-03-12T10:20Z"]),
        (("", "2009-03-12"), ["2009-03-12"]),
        (("2009-03-12T10:20", "2009-03-13~"), ["2009-03-12T10:20"]),
        (("2009-03-12T10:20", "2009-03-12T10:21"), ["2009-03-12T10:20", "2009-03-12T10:21"]),
    ],
)
def test_a_comment_is_known_again_whose_date_is_told_less_exactly_and_keeps_the_better_one(dates, kept):
    first, second = (
        Article("a", "Boats", "Text.", comments=(Comment(name, "The ferry was late again.", "Ann", date=date),))
        for name, date in zip("xy", dates, strict=True)
    )
    assert [comment.date for comment in unite(first, second).comments] == kept


def test_a_comment_of_the_same_id_is_known_again_and_a_short_one_of_another_is_not():
    def article(name, date):
        return Article("a", "Boats", "Text.", comments=(Comment(name, "Yes.", "Ann", date=date),))

    assert len(unite(article("x", "2009-03-12T10:20"), article("x", "2009-03-12T11:20")).comments) == 1
    assert len(unite(article("x", "2009-03-12T10:20"), article("y", "")).comments) == 2


@pytest.mark.parametrize("other", [{"title": "Ships"}, {"text": "Of boats, and of ferries."}, {"published": "2009-03"}])
def test_copies_that_contradict_each_other_stay_two_and_are_told_of(other, tmp_path):
    here = {"published": "2008-01-01"}
    write(tmp_path / "s", "two.jsonl", commented("1", 0, **here), commented("1", 0, 1, **(here | other)))
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert len(articles) == 2
    [doubt] = [doubt for outcome in report["outcomes"] for doubt in outcome.get("doubts", ())]
    assert doubt["kind"] == "merge" and "was not merged with it" in doubt["reason"]


@pytest.mark.parametrize("dates", [("2009-03-12", "2009-03-12T08:30:00Z"), ("2009-03-12T08:30:00Z", "2009-03-12")])
def test_copies_of_which_one_tells_the_date_less_exactly_are_one_with_the_better_date(dates, tmp_path):
    write(tmp_path / "s", "two.jsonl", *(commented("1", at, published=date) for at, date in enumerate(dates)))
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert (article.published, len(article.comments)) == (max(dates, key=len), 2)
    for place, other in enumerate(("2009-03-12?", "2009-03")):
        lines = (commented("1", at, published=date) for at, date in enumerate(("2009-03-12", other)))
        write(tmp_path / f"t{place}", "two.jsonl", *lines)
        assert len(imported(tmp_path / f"t{place}", tmp_path / f"other{place}")[0]) == 2


def test_a_correction_is_not_touched_by_a_later_copy(tmp_path):
    old = write(tmp_path, "old.jsonl", commented("1", 0))
    new = write(tmp_path, "new.jsonl", commented("1", 0, 1))
    imported(old, tmp_path / "content")
    [file] = (tmp_path / "content").rglob("*.md")
    file.write_text(file.read_text("utf-8").replace("Of boats", "Of many boats"), "utf-8")
    before = file.read_bytes()
    _, report = imported(new, tmp_path / "content")
    assert fates(report) == ["doubtful"]
    assert file.read_bytes() == before


def test_exports_of_two_years_make_one_archive(tmp_path):
    def export(*comments: str) -> str:
        said = "".join(
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{text[:3]}</wp:comment_author>"
            f"<wp:comment_date_gmt>2009-03-{number:02} 10:00:00</wp:comment_date_gmt><wp:comment_approved>1"
            f"</wp:comment_approved><wp:comment_content>{text}</wp:comment_content></wp:comment>"
            for number, text in enumerate(comments, 10)
        )
        return (
            '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour</title><item>'
            "<title>The last ferry</title><link>https://harbour.example/ferry/</link>"
            "<content:encoded>It left at noon.</content:encoded><wp:post_type>post</wp:post_type>"
            f"<wp:status>publish</wp:status>{said}</item></channel></rss>"
        )

    write(tmp_path / "s", "2010.xml", export("Ann was there"))
    write(tmp_path / "s", "2015.xml", export("Ann was there", "Ben was not"))
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert told(article) == ["Ann was there", "Ben was not"]
    assert {Path(source.name.partition("#")[0]).name for source in article.sources} == {"2010.xml", "2015.xml"}
    before = tree(tmp_path / "content")
    backfile("import", tmp_path / "s", "--content", tmp_path / "content")
    assert tree(tmp_path / "content") == before


@pytest.mark.parametrize("way", ["comment-page-2/", "?cpage=2", "?replytocom=7#respond", "?utm_source=x&utm_medium=y"])
def test_a_page_of_an_articles_comments_is_that_article_at_its_own_address(way, tmp_path):
    write(tmp_path / "s", "two.jsonl", commented(f"1/{way}", 0, 1), commented("1/", 1, 2))
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert article.url == "https://boats.example/1/"
    assert told(article) == ["Number 0", "Number 1", "Number 2"]


@pytest.mark.parametrize("other", ["?p=2", "comment-page-two/", "?page=2", "?utm=2", "?replytocomment=3"])
def test_an_address_that_only_looks_so_is_of_another_article(other, tmp_path):
    write(tmp_path / "s", "two.jsonl", commented("1/", 0), commented(f"1/{other}", 0, 1))
    articles, _ = imported(tmp_path / "s", tmp_path / "content")
    assert len(articles) == 2


def test_a_dry_run_tells_of_copies_what_a_real_one_does(tmp_path):
    lines = (
        commented("1", 0, 1),
        commented("1", 1, 2),
        commented("1", 2, 3, title="Other boats"),
        commented("1", 0, 1),
    )
    write(tmp_path / "s", "copies.jsonl", *lines)
    reports = [tmp_path / "dry.json", tmp_path / "real.json"]
    for report, more in zip(reports, (["--dry-run"], []), strict=True):
        backfile("import", tmp_path / "s", "--content", tmp_path / "content", "--report", report, *more)
        assert (tmp_path / "content").exists() == (not more)
    assert reports[0].read_text() == reports[1].read_text()
    assert [outcome["status"] for outcome in json.loads(reports[1].read_text())["outcomes"]] != ["imported"] * 4
