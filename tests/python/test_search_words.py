"""A word is found however a page writes it: between signs, beside a full stop, with characters that nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.search import index
from backfile.search.document import CommentText, SearchDocument
from backfile.search.whoosh.archive import Archive

TEXTS = {
    "emphasis": ("en", "He was _furious_ at @harbour_master."),
    "stops": ("en", "I agree.But the U.S. paid 12.50, said www.gazette.example."),
    "hyphens": ("de", "Die Hafen\u00adbrücken\u200bverwaltung\u2060en kommen."),
    "arabic": ("ar", "كِتَابٌ جدًّا مدرســـة أحمد"),
    "hebrew": ("he", "בְּרֵאשִׁית"),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder: Path = tmp_path_factory.mktemp("index")
    files = "www.gazette.example 014_71ac.txt"
    documents = [
        SearchDocument(name, "", "", comments=(CommentText("c", "", "", text),), language=language, source=files)
        for name, (language, text) in TEXTS.items()
    ]
    index.update(folder, documents)
    return Archive(folder)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        *[(query, "emphasis") for query in ("furious", "_furious_", '"was furious"', "harbour", "harbour_master")],
        *[(query, "stops") for query in ("agree", "but", "U.S.", "12.50", "gazette", "gazette.example", "agree.But")],
        *[(query, "hyphens") for query in ("Hafenbrückenverwaltung", "Hafen\u00adbrückenverwaltungen", "hafenbr*")],
        *[(query, "arabic") for query in ("كتاب", "كِتَابٌ", "جدا", "مدرسة", "احمد", "أحمد")],
        *[(query, "hebrew") for query in ("בראשית", "בְּרֵאשִׁית")],
    ],
)
def test_a_word_is_found_however_it_is_written(archive: Archive, query: str, name: str):
    assert [hit.url for hit in archive.search(query, 10).hits] == [name]


@pytest.mark.parametrize("query", ["brücken", "s", "_", "12", "كتابة"])
def test_a_part_of_a_word_is_none(archive: Archive, query: str):
    assert not archive.search(query, 10).hits


@pytest.mark.parametrize("query", ["source:gazette", "source:71ac"])
def test_where_an_article_came_from_is_asked_for_by_a_part_of_it(archive: Archive, query: str):
    assert archive.search(query, 10).total == len(TEXTS)
