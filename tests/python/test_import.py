"""`backfile import`: nothing lost, nothing invented, nothing overwritten, and a report that reconciles."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backfile.cli import main
from backfile.contentfile import read_content
from backfile.markdown import paragraphs_of
from backfile.model import Article
from project import PACKAGE, ROOT, backfile, shared
from test_pairing import prose

TITLE = "Ukraine Says Talks With Russia are on Pause, Will Continue Tuesday"


def imported(source: Path, content: Path, *more: str) -> tuple[list[Article], dict[str, object]]:
    """The articles an import makes, by their files' paths, and its report."""
    report = content.with_name(f"{content.name}-report.json")
    arguments = ["import", str(source), "--content", str(content), "--report", str(report)]
    if more:
        done = backfile(*arguments, *more)
        assert done.returncode == 0, done.stderr
    else:  # in this process, which has all modules already
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            assert main(arguments) == 0, said.getvalue()
    files = sorted(content.rglob("*.md"))
    return [read_content(file.read_text("utf-8")).article for file in files], json.loads(report.read_text("utf-8"))


def tree(folder: Path) -> dict[str, str]:
    """Every file under a folder with its digest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def write(folder: Path, name: str, *paragraphs: str, between: str = "\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(between.join(paragraphs) + "\n", "utf-8")
    return path


def test_json_lines_of_which_the_first_is_broken_are_no_text(tmp_path):
    source = write(tmp_path, "a.jsonl", "{not json", '{"title": "Whole", "text": "A paragraph."}')
    articles, report = imported(source, tmp_path / "content")
    assert [article.title for article in articles] == ["Whole"]
    [wrong] = [found for found in report["outcomes"] if found["status"] == "skipped"]
    assert wrong["place"] == "a.jsonl:1"
    assert "not JSON" in wrong["reason"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a"])
def test_json_in_utf_16_is_no_text(tmp_path, name):
    write(tmp_path / "in", "b.txt", "A paragraph of a text.")
    (tmp_path / "in" / name).write_text('{"title": "Whole", "text": "A paragraph."}\n' * 2, "utf-16")
    articles, report = imported(tmp_path / "in", tmp_path / "content")
    assert [article.sources[0].name for article in articles] == ["b.txt"]
    [wrong] = [found for found in report["outcomes"] if found["status"] == "skipped"]
    assert wrong["reason"] == "JSON in UTF-16, which JSON is not written in: save it as UTF-8"


# The two extracts of a real page that the project started from.


def test_two_extracts_of_a_page_make_one_article(tmp_path):
    articles, report = imported(shared("seeds"), tmp_path / "content")
    [article] = articles
    assert (article.title, article.authors) == (TITLE, ("Dave DeCamp",))
    assert article.standfirst.startswith("The head of Russia's delegation")
    assert article.author_note.startswith("Dave DeCamp is the news editor")
    body = paragraphs_of(article.body)
    assert (len(body), body[0][:24], body[-1][:20]) == (7, "Ukraine’s leading negoti", "Russia has said it w")
    [block] = article.comments
    readers = paragraphs_of(block.body)
    assert (block.kind, block.author, len(readers), readers[0][:10]) == ("block", "", 11, "Seriously?")
    assert (article.split.method, article.published, article.modified, article.captured) == (
        "alignment",
        "",
        "",
        "",
    )
    counts = [report[key] for key in ("records", "articles", "imported", "merged", "skipped", "doubtful")]
    assert counts == [2, 1, 1, 1, 0, 0]


def test_each_source_is_named_with_its_digest_and_what_came_from_it(tmp_path):
    seeds = shared("seeds")
    [article], _ = imported(seeds, tmp_path / "content")
    named = {source.name: source for source in article.sources}
    for path in seeds.iterdir():
        assert named[path.name].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    parts = [source.parts for source in sorted(article.sources, key=lambda source: source.name)]
    assert parts == [("comments",), ("title", "standfirst", "byline", "body", "author-note")]


def test_the_extract_with_comments_alone_is_split_by_its_text_and_says_how_sure(tmp_path):
    [article], report = imported(shared("seeds") / "000_7f6b6b1576a975d4.txt", tmp_path / "content")
    assert len(paragraphs_of(article.body)) == 7
    assert paragraphs_of(article.comments[0].body)[0].startswith("Seriously?")
    assert article.split.method == "text"
    assert article.split.confidence == report["outcomes"][0]["confidence"]
    assert 0 < article.split.confidence < 1
    assert "title" in article.guessed


def test_the_extract_without_comments_alone_is_an_article_without(tmp_path):
    [article], _ = imported(shared("seeds") / "001_02a3af0da11151d8.txt", tmp_path / "content")
    assert (article.title, article.comments, article.authors) == (TITLE, (), ("Dave DeCamp",))
    assert article.author_note.startswith("Dave DeCamp is the news editor")


def test_the_id_is_the_same_whichever_extracts_are_there(tmp_path):
    seeds = shared("seeds")
    sources = [seeds, *sorted(seeds.iterdir())]
    articles = [imported(source, tmp_path / str(number))[0][0] for number, source in enumerate(sources)]
    assert len({article.id for article in articles}) == 1


# Made-up sources.


@pytest.fixture
def pages(tmp_path):
    """Three pages: one as two extracts, one dated, one with Windows-1252 bytes."""
    folder = tmp_path / "sources"
    body, readers = prose("a"), prose("readers", 4)
    write(folder, "01.txt", *body, *readers)
    write(folder, "02.txt", "A quiet town", "Nothing happened", *body, "Author: Ada Brook", between="\n\n")
    write(
        folder,
        "sub/03.txt",
        "Ferry back",
        "Date: 12 March 2009",
        "Section: Harbour",
        *prose("b"),
        between="\n\n",
    )
    (folder / "04.txt").write_bytes(("Café\n\n" + "\n\n".join(prose("c"))).encode("cp1252"))
    return folder


def test_importing_twice_changes_no_byte(pages, tmp_path):
    imported(pages, tmp_path / "content")
    before = tree(tmp_path / "content")
    _, report = imported(pages, tmp_path / "content")
    assert tree(tmp_path / "content") == before
    assert (report["unchanged"] + report["doubtful"], report["merged"], report["imported"]) == (3, 1, 0)


def test_file_names_and_their_order_change_nothing(pages, tmp_path):
    imported(pages, tmp_path / "one")
    (pages / "01.txt").rename(pages / "99.txt")
    imported(pages, tmp_path / "two")
    first, second = (
        [path.read_text("utf-8") for path in sorted((tmp_path / name).rglob("*.md"))] for name in ("one", "two")
    )
    renamed = [text.replace("99.txt", "01.txt") for text in second]
    assert [text.split("Imported-As")[0] for text in first] == [text.split("Imported-As")[0] for text in renamed]


def test_a_correction_survives_a_new_import(pages, tmp_path):
    content = tmp_path / "content"
    imported(pages, content)
    [file] = content.rglob("2009/03/*.md")
    file.write_text(file.read_text("utf-8").replace("Title: Ferry back", "Title: The ferry is back"), "utf-8")
    corrected = file.read_bytes()
    (pages / "sub/03.txt").write_text((pages / "sub/03.txt").read_text("utf-8") + "\n\n" + prose("z", 1)[0], "utf-8")
    _, report = imported(pages, content)
    assert file.read_bytes() == corrected
    [told] = [outcome for outcome in report["outcomes"] if outcome["place"].startswith("sub/03")]
    assert told["status"] == "unchanged"
    assert "corrected by hand" in told["reason"]
    assert "has changed" in told["reason"]


def test_a_correction_is_found_again_under_another_file_name(pages, tmp_path):
    content = tmp_path / "content"
    imported(pages, content)
    [file] = content.rglob("2009/03/*.md")
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    file.rename(content / "the-ferry.md")
    imported(pages, content)
    assert not list(content.rglob("2009/03/*.md"))


def test_a_correction_behind_a_link_to_a_folder_survives_a_new_import(pages, tmp_path):
    content = tmp_path / "content"
    imported(pages, content)
    (content / "2009").rename(tmp_path / "elsewhere")  # as where content is spread over disks
    (content / "2009").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    [file] = (tmp_path / "elsewhere" / "03").glob("*.md")
    file.write_text(file.read_text("utf-8").replace("Title: Ferry back", "Title: The ferry is back"), "utf-8")
    before = tree(tmp_path / "elsewhere")
    _, report = imported(pages, content)
    assert tree(tmp_path / "elsewhere") == before
    assert report["imported"] == 0


def test_an_article_in_a_hidden_bin_is_none_and_one_with_the_longer_ending_is(pages, tmp_path):
    content = tmp_path / "content"
    imported(pages, content)
    [file] = content.rglob("2009/03/*.md")
    (content / ".trash").mkdir()
    file.rename(content / ".trash" / file.name)
    imported(pages, content)
    assert file.is_file()
    file.rename(file.with_suffix(".markdown"))
    _, report = imported(pages, content)
    assert (report["imported"], file.exists()) == (0, False)


def test_an_address_does_not_change_with_a_title(pages, tmp_path):
    content = tmp_path / "content"
    imported(pages, content)
    text = (pages / "sub/03.txt").read_text("utf-8").replace("Ferry back", "Ferry back at last")
    (pages / "sub/03.txt").write_text(text, "utf-8")
    articles, _ = imported(pages, content)
    [ferry] = [article for article in articles if article.title == "Ferry back at last"]
    assert ferry.slug == "ferry-back"


def test_labels_are_read_and_taken_off_the_text(pages, tmp_path):
    articles, _ = imported(pages, tmp_path / "content")
    [ferry] = [article for article in articles if article.title == "Ferry back"]
    assert (ferry.published, ferry.section) == ("2009-03-12", "Harbour")
    assert "Section:" not in ferry.body


NEWS = (
    "The ferry across the lower harbour may run again next summer, the council said on Tuesday after long talks.",
    "Its last boat was sold to a yard up the coast when the bridge opened, and the stage has been closed since then.",
    "A spokesman for the council said that the money for a new boat had been found, and that firms had made an offer.",
    "According to the harbour master, the stage itself is sound; only the planks and lamps would have to be replaced.",
    "The council is to vote on the offers in March. The mayor declined to comment before the meeting on Thursday.",
)


def everything(article: Article) -> str:
    said = [article.title, article.standfirst, article.body, article.author_note, *article.authors]
    return "\n".join([*said, *(part for comment in article.comments for part in (comment.author, comment.body))])


def test_no_line_above_the_common_text_is_lost(tmp_path):
    body, readers = NEWS, ["I loved that old boat!", "Me too. When do you think we can ride it again?"]
    lines = ["HARBOUR", "Ferry may run again", "The council has found the money", "By Dora Lind", "Photo: Karl Kamera"]
    write(tmp_path / "s", "a.txt", *lines, *body)
    write(tmp_path / "s", "b.txt", "Another headline of it", *body, *readers)
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    told = everything(article)
    assert [line for line in [*lines, "Another headline of it"] if line.removeprefix("By ") not in told] == []
    [alone], _ = imported(write(tmp_path / "t", "b.txt", "Another headline of it", *body), tmp_path / "alone")
    assert alone.id == article.id


def test_a_paragraph_that_was_rewritten_is_kept_in_both_ways(tmp_path):
    body = prose("a", 8)
    other = body.copy()
    other[3] = " ".join([*body[3].split()[:12], *prose("rewritten", 1)[0].split()])
    write(tmp_path / "s", "a.txt", *body)
    write(tmp_path / "s", "b.txt", "A title", *other)
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert body[3] in everything(article)
    assert other[3] in everything(article)


def test_what_a_reader_wrote_like_a_label_is_no_label(tmp_path):
    readers = ["Title: Bobs remark", "Source: https://en.example/Ferry"]
    marks = [
        "2 comments",
        "Ann says:",
        "March 12, 2009 at 10:00 am",
        "I think you are right, and I said so!",
        "Bob says:",
    ]
    text = ["Ferry may run again", *prose("a"), *marks, "March 13, 2009 at 9:10 am", "You may look it up.", *readers]
    [article], _ = imported(write(tmp_path, "a.txt", *text, between="\n\n"), tmp_path / "content")
    assert (article.title, article.url, len(article.comments)) == ("Ferry may run again", "", 2)
    assert [line for line in readers if line.partition(": ")[2] not in everything(article)] == []
    alone = write(tmp_path, "b.txt", "Ferry to run", *NEWS, "Source: https://paper.example/ferry")
    [article], _ = imported(alone, tmp_path / "alone")
    assert article.url == "https://paper.example/ferry"


def test_a_headline_beside_another_title_is_kept(tmp_path):
    text = ["Title: The ferry - Harbour News", "Summary: How it went", "Steamer sails no more", *prose("a")]
    [article], _ = imported(write(tmp_path, "a.txt", *text, between="\n\n"), tmp_path / "content")
    assert article.title == "The ferry - Harbour News"
    assert "Steamer sails no more" in article.body


def test_a_text_without_blanks_has_a_short_title_and_a_long_head_keeps_its_correction(tmp_path):
    source = write(tmp_path, "a.txt", "昨日、議会は港の渡し船を再開することを決めた。" * 300)
    content = tmp_path / "content"
    [article], _ = imported(source, content)
    assert len(article.title) < 70
    [file] = content.rglob("*.md")
    summary = "Summary: " + "A long summary of it. " * 2000
    text = (
        file.read_text("utf-8")
        .replace("Id: ", f"{summary}\nId: ", 1)
        .replace("<!-- comments", "Corrected.\n\n<!-- comments")
    )
    file.write_text(text, "utf-8")
    [article], report = imported(source, content)
    assert article.body.endswith("Corrected.")
    assert [found["status"] for found in report["outcomes"]] == ["unchanged"]


def test_a_partial_date_stays_partial(tmp_path):
    write(tmp_path / "s", "a.txt", "A title", "Date: March 2009", *prose("a"), between="\n\n")
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert article.published == "2009-03"


def test_every_record_is_in_the_report_with_a_reason(pages, tmp_path):
    write(pages, "empty.txt", "")
    (pages / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")
    (pages / "program.bin").write_bytes(b"\x7fELF\x00\x01")
    (pages / "controls.txt").write_bytes(b"Title\n\n" + "\n\n".join(prose("d")).encode() + b"\x08\x00"[:1])
    _, report = imported(pages, tmp_path / "content")
    statuses = ("imported", "merged", "unchanged", "doubtful", "skipped")
    assert report["records"] == sum(report[status] for status in statuses) == len(report["outcomes"]) == 8
    reasons = {outcome["place"]: outcome.get("reason") for outcome in report["outcomes"]}
    assert reasons["empty.txt"] == "the file is empty"
    assert "binary" in reasons["program.bin"]
    assert reasons["picture.jpg"] == "an image that no imported article shows"
    notes = [note for outcome in report["outcomes"] for note in outcome.get("notes", [])]
    assert any("Windows-1252" in note for note in notes)
    assert any("control characters" in note for note in notes)


def test_two_articles_that_begin_alike_stay_two(tmp_path):
    opening = prose("same", 3)
    write(tmp_path / "s", "a.txt", *opening, *prose("a", 9))
    write(tmp_path / "s", "b.txt", *opening, *prose("b", 9))
    articles, report = imported(tmp_path / "s", tmp_path / "content")
    assert (len(articles), len({article.id for article in articles}), report["articles"]) == (2, 2, 2)


def test_a_dry_run_writes_nothing(pages, tmp_path):
    done = backfile("import", pages, "--content", tmp_path / "content", "--dry-run")
    assert done.returncode == 0
    assert "3 articles" in done.stdout
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_report_takes_the_place_of_no_other_file(pages, tmp_path, more):
    before = tree(pages)
    done = backfile("import", pages, "--content", tmp_path / "c", "--report", pages / "01.txt", *more)
    assert (done.returncode, "01.txt: this file is no report" in done.stderr) == (1, True)
    assert tree(pages) == before
    (tmp_path / "r.json").touch()
    for _ in range(2):
        assert backfile("import", pages, "--content", tmp_path / "c", "--report", tmp_path / "r.json").returncode == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_report_takes_the_place_of_no_pipe_and_of_no_device(pages, tmp_path, more):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        done = backfile("import", pages, "--content", tmp_path / "c", "--report", tmp_path / name, *more)
        assert (done.returncode, f"{name}: a report is a file, and this is none" in done.stderr) == (1, True)
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "link").is_symlink()


def test_a_report_that_could_not_be_written_is_not_said_to_be_there(pages, tmp_path):
    (tmp_path / "file").write_text("x")
    done = backfile("import", pages, "--content", tmp_path / "c", "--report", tmp_path / "file" / "r.json")
    assert (done.returncode, "cannot be written" in done.stderr, "whole report" in done.stdout) == (1, True, False)


def test_a_source_that_is_not_there_is_named(tmp_path):
    done = backfile("import", tmp_path / "nowhere", "--content", tmp_path / "content")
    assert done.returncode == 1
    assert "nowhere: no such file or folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_to_import_is_a_failure(tmp_path):
    (tmp_path / "s").mkdir()
    done = backfile("import", tmp_path / "s", "--content", tmp_path / "content")
    assert (done.returncode, "0 records in" in done.stdout) == (1, True)


def test_an_import_that_is_killed_leaves_whole_files_and_goes_on(tmp_path):
    for number in range(400):
        write(tmp_path / "s", f"{number:03}.txt", f"Title {number}", *prose(number), between="\n\n")
    content = tmp_path / "content"
    command = [sys.executable, "-m", "backfile", "import", str(tmp_path / "s"), "--content", str(content)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)}, stdout=-3, stderr=-3)
    while not list(content.rglob("*.md")) and process.poll() is None:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    for file in content.rglob("*.md"):
        assert not read_content(file.read_text("utf-8"), str(file)).edited
    articles, report = imported(tmp_path / "s", content)
    assert (len(articles), report["articles"]) == (400, 400)
    assert not list(content.rglob("*.part"))


def test_importing_one_of_two_extracts_again_takes_nothing_away(pages, tmp_path):
    content = tmp_path / "content"
    imported(pages, content)
    before = tree(content)
    _, report = imported(pages / "02.txt", content)
    assert tree(content) == before
    assert "made of 01.txt too" in report["outcomes"][0]["reason"]


def test_another_extract_of_an_article_that_is_there_is_not_lost(pages, tmp_path):
    content = tmp_path / "content"
    imported(pages / "01.txt", content)
    before = {path: digest for path, digest in tree(content).items() if path.endswith(".md")}
    _, report = imported(pages / "02.txt", content)
    [outcome] = report["outcomes"]
    after = {path: digest for path, digest in tree(content).items() if path.endswith(".md")}
    assert before.items() <= after.items()
    assert outcome["status"] == "doubtful" or len(after) == 2


def test_records_of_every_kind_end_in_one_report(tmp_path):
    folder = tmp_path / "s"
    write(folder, "a.txt", "A title", *prose("a"), between="\n\n")
    line = {"title": "From JSON", "text": "\n\n".join(prose("j")), "url": "https://old.example/j", "date": "2011-05-04"}
    comment = {"id": "1", "author": "Joe", "date": "2011-05-05", "text": "So it is."}
    write(folder, "b.jsonl", json.dumps({**line, "comments": [comment]}), "{broken", json.dumps({"nothing": 1}))
    paragraphs = "".join(f"<p>{text}</p>" for text in prose("h", 8))
    page = f"<title>From HTML</title></head><body><article>{paragraphs}</article></body></html>"
    write(folder, "c.html", f"<!doctype html><html><head>{page}")
    articles, report = imported(folder, tmp_path / "content")
    assert {article.title for article in articles} >= {"A title", "From JSON", "From HTML"}
    assert report["records"] == 5
    assert report["skipped"] == 2
    skipped = [outcome["place"] for outcome in report["outcomes"] if outcome["status"] == "skipped"]
    assert skipped == ["b.jsonl:2", "b.jsonl:3"]
    [told] = [article for article in articles if article.title == "From JSON"]
    assert [(c.author, c.date) for c in told.comments] == [("Joe", "2011-05-05")]


def test_the_sample_archive_is_what_importing_its_sources_gives(tmp_path):
    imported(ROOT / "sources", tmp_path / "content")
    kept = {path: digest for path, digest in tree(ROOT / "content").items() if not path.startswith("pages/")}
    assert tree(tmp_path / "content") == kept, "run 'make site' and commit content/"
