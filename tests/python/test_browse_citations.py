"""References: dates as far as they are known, and no text of a stranger can end a field or give a command."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.browse.citations import Citation, Paper, cite, place_of
from backfile.model import Article
from strategies import NASTY

ARTICLE = Article(
    id="ferry00001",
    title="Ferry to run on Sundays",
    body="Text.",
    authors=("Ada Brook", "Lind, Tom"),
    published="2009-03-12",
    captured="2014-01-02T10:00Z",
    section="Harbour",
    tags=("ferry", "transport"),
    language="en",
    url="https://example.org/2009/ferry",
    standfirst="The money was found",
)
PAPER = Paper("The Packet", "https://archive.example/2009/03/12/ferry-ferry00001.html")
HOSTILE = [*NASTY, r"\input{/etc/passwd}", "}\n@article{x,", "50% & $5 #1 a_b ~^", "x\r\nER  - \r\nTY  - BOOK", '"]}']

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
articles = st.builds(
    Article,
    id=st.one_of(st.just("a1"), texts),
    title=texts,
    body=st.just(""),
    authors=st.lists(texts, max_size=3).map(tuple),
    published=st.one_of(st.sampled_from(["", "2009", "2009-03~", "0009-03-12", "soon"]), texts),
    captured=texts,
    section=texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    language=texts,
    url=st.one_of(texts, texts.map("https://e.org/".__add__)),
    standfirst=texts,
)


def cited(**changes: object) -> Citation:
    return cite(replace(ARTICLE, **changes), PAPER)


def bib_fields(bibtex: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{(.*)\},$", bibtex, re.MULTILINE))


def ris_lines(ris: str) -> list[tuple[str, str]]:
    return [(line[:2], line[6:]) for line in ris.removesuffix("\r\n").split("\r\n")]


def test_a_reference_has_what_is_known():
    found = cited()
    assert bib_fields(found.bibtex) == {
        "title": "{Ferry to run on Sundays}",
        "author": "Ada Brook and {Lind, Tom}",
        "journal": "The Packet",
        "year": "2009",
        "date": "2009-03-12",
        "month": "3",
        "day": "12",
        "url": "https://example.org/2009/ferry",
        "urldate": "2014-01-02",
        "language": "en",
        "keywords": "ferry, transport",
    }
    assert ris_lines(found.ris)[:3] == [("TY", "NEWS"), ("ID", "ferry00001"), ("TI", "Ferry to run on Sundays")]
    assert ("DA", "2009/03/12/") in ris_lines(found.ris)
    assert [value for tag, value in ris_lines(found.ris) if tag == "AU"] == ["Ada Brook", "Lind, Tom"]
    (item,) = json.loads(found.csl_json)
    assert item["issued"] == {"date-parts": [[2009, 3, 12]]}
    assert item["author"] == [{"literal": "Ada Brook"}, {"literal": "Lind, Tom"}]


@pytest.mark.parametrize(
    ("published", "bib", "ris", "csl"),
    [
        ("2009", {"year": "2009", "date": "2009"}, "2009///", {"date-parts": [[2009]]}),
        ("2009-03", {"year": "2009", "month": "3", "date": "2009-03"}, "2009/03//", {"date-parts": [[2009, 3]]}),
        ("2009~", {"year": "2009", "date": "2009~"}, "2009///~", {"date-parts": [[2009]], "circa": True}),
    ],
)
def test_a_date_is_given_as_far_as_it_is_known(published, bib, ris, csl):
    found = cited(published=published)
    fields = bib_fields(found.bibtex)
    assert bib.items() <= fields.items()
    assert "day" not in fields
    assert dict(ris_lines(found.ris))["DA"] == ris
    assert json.loads(found.csl_json)[0]["issued"] == csl


@pytest.mark.parametrize("published", ["2009-03-12T10:41", "2009-03-12T10:41:05+02:00", "2009-03-12T10:41Z"])
def test_bibtex_gives_the_day_alone_since_its_readers_refuse_a_date_with_hours_and_minutes(published):
    assert bib_fields(cited(published=published).bibtex)["date"] == "2009-03-12"


def test_a_name_that_bibtex_would_take_apart_is_kept_whole():
    authors = ("Marsh and Sons", "others", "King, Jr.", "Ada Anderson")
    assert bib_fields(cited(authors=authors).bibtex)["author"] == (
        "{Marsh and Sons} and {others} and {King, Jr.} and Ada Anderson"
    )


def test_an_undated_article_is_cited_as_undated():
    found = cited(published="")
    assert "year" not in bib_fields(found.bibtex)
    assert bib_fields(found.bibtex)["note"] == "undated"
    assert not {"PY", "DA"} & dict(ris_lines(found.ris)).keys()
    assert "issued" not in json.loads(found.csl_json)[0]


def test_the_page_is_cited_where_the_original_address_is_unknown():
    for url in ("", "javascript:alert(1)"):
        assert bib_fields(cited(url=url).bibtex)["url"] == PAPER.page
    assert "url" not in bib_fields(cite(replace(ARTICLE, url=""), Paper("x")).bibtex)


@pytest.mark.parametrize("title", ["A } smile", "{ and {", ":-}", "}, } @article{x,", "\\{"])
def test_a_brace_of_a_title_neither_ends_nor_opens_anything(title):
    line = next(line for line in cited(title=title).bibtex.split("\n") if line.startswith("  title ="))
    depths = list(accumulate((char == "{") - (char == "}") for char in line))
    assert depths[-1] == 0
    assert 0 not in depths[depths.index(1) : -2]


@given(articles, texts)
def test_bibtex_is_one_entry_whatever_the_texts_are(article, paper):
    bibtex = cite(article, Paper(paper)).bibtex
    lines = bibtex.split("\n")
    assert re.fullmatch(r"@article\{[A-Za-z0-9-]+,", lines[0])
    assert lines[-2:] == ["}", ""]
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", line) for line in lines[1:-2])
    for line in lines[1:-2]:
        depth = 0
        for char in line:  # BibTeX counts them so, behind a backslash too
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0
        bare = re.sub(r"\\text(?:backslash|asciitilde|asciicircum|braceleft|braceright)\{\}|\\[%&#$_]", "", line)
        assert "\\" not in bare
        if not line.startswith(("  url =", "  date =")):
            assert not set("%&#$_~^") & set(bare)


@given(articles, texts)
def test_ris_is_one_record_whatever_the_texts_are(article, paper):
    ris = cite(article, Paper(paper)).ris
    lines = ris.split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("TY  - NEWS", "ER  - ", "")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines].count("ER") == 1
    assert not re.search(r"[\r\n\x0b\x0c\x85\u2028\u2029]", ris.replace("\r\n", ""))


@given(articles, texts)
def test_csl_json_is_one_item_with_the_texts_in_it(article, paper):
    (item,) = json.loads(cite(article, Paper(paper)).csl_json)
    assert item["type"] == "article-newspaper"
    assert len(item.get("author", [])) == len(article.authors)


def test_a_reference_stands_beside_its_page():
    assert place_of("2009/03/a-b1.html", "csl.json") == "2009/03/a-b1.csl.json"
