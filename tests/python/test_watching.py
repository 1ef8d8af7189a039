"""How far an import of exports is, and what of an export is published."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from backfile.importer.command import _Count, _Rate, _Shown
from backfile.importer.pipeline import import_files
from backfile.importer.walking import find_files
from backfile.importer.watching import Unwatched, open_followed
from backfile.importer.writer import ContentFolder
from backfile.model import Article
from project import CASES
from test_import import imported, tree

LINES = [
    {"id": "one", "title": "One", "text": "The ferry sails on Mondays.\n\nIt is full.", "comments": [{"text": "Good"}]},
    {"id": "two", "title": "Two", "text": "Nobody knows.", "comments": [{"text": "I do", "email": "ann@mail.example"}]},
    {"id": "three", "title": "Three", "text": "Write to us.", "comments": [{"text": "Ask bob@mail.example"}]},
    {"id": "four", "title": "Four", "text": "Write to desk@paper.example at once.", "comments": []},
]


def exports(folder: Path) -> Path:
    folder.mkdir()
    lines = [json.dumps(line).replace("bob@", "bob\\u0040") for line in LINES]
    (folder / "old.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    for case in ("wordpress-export", "disqus-export"):
        (folder / f"{case}.xml").write_bytes((CASES / case / "source.xml").read_bytes())
    return folder


class Noting(Unwatched):
    """A watch that adds up."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self.told: dict[str, int] = {}

    def follow(self, stage: str, total: int, /):  # type: ignore[no-untyped-def]
        self.totals[stage] = total

        def advance(size: int) -> None:
            assert size > 0
            self.told[stage] = self.told.get(stage, 0) + size

        return advance


def test_all_bytes_of_all_exports_are_told_once(tmp_path):
    watch = Noting()
    files = list(find_files([exports(tmp_path / "sources")]))
    folder = ContentFolder(tmp_path / "content")
    list(import_files(files, folder, watch=watch))
    folder.close()
    size = sum(path.stat().st_size for path in (tmp_path / "sources").iterdir())
    assert watch.told == watch.totals
    assert sum(watch.told.values()) == size
    assert set(watch.told) == {"reading exports", "reading discussions"}


def test_a_file_tells_what_is_read_of_it_as_it_is_read_and_never_more_than_it_holds(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(bytes(300_000))
    told: list[int] = []
    with open_followed(path, told.append) as stream:
        stream.read(100_000)
        assert 100_000 <= sum(told) < 300_000
        stream.seek(0)
        for _ in range(4):
            stream.read(90_000)
        assert sum(told) <= 300_000
    assert sum(told) == 300_000


def test_a_terminal_is_shown_bytes_of_bytes_and_items_of_items():
    out = io.StringIO()
    with Progress("{task.description}", _Count(), _Rate(), console=Console(file=out, force_terminal=True)) as progress:
        shown = _Shown(progress)
        shown.follow("reading exports", 4_000_000)(1_000_000)
        shown.follow("reading discussions", 0)
        list(shown("comparing", iter("abc"), 3))
    assert "1.0 MB/4.0 MB" in out.getvalue()
    assert "3/3" in out.getvalue()
    assert "reading discussions" not in out.getvalue()


def published(content: Path, article: Article) -> Iterator[bytes]:
    for source in article.sources:
        path = content / "sources" / source.sha256[:2] / f"{source.sha256}.txt"
        if path.exists():
            data = path.read_bytes()
            assert hashlib.sha256(data).hexdigest() == source.sha256
            yield data


def test_an_articles_own_line_is_published_and_one_with_readers_addresses_is_not(tmp_path):
    articles, _ = imported(exports(tmp_path / "sources"), tmp_path / "content")
    lines = {article.title: list(published(tmp_path / "content", article)) for article in articles}
    assert [json.loads(line) for line in lines["One"]] == [LINES[0]]
    assert lines["Two"] == lines["Three"] == []
    assert [json.loads(line) for line in lines["Four"]] == [LINES[3]]
    assert not any(b"mail.example" in path.read_bytes() for path in (tmp_path / "content" / "sources").rglob("*.txt"))


def test_of_a_wordpress_export_the_text_of_the_post_is_published_as_it_stands_there(tmp_path):
    sources = exports(tmp_path / "sources")
    articles, _ = imported(sources, tmp_path / "content")
    export = sources / "wordpress-export.xml"
    texts = [text for article in articles if article.url for text in published(tmp_path / "content", article)]
    assert texts
    whole = export.read_bytes().replace(b"]]]]><![CDATA[>", b"]]>")  # how CDATA holds its own end
    assert all(text in whole for text in texts)
    before = tree(tmp_path / "content")
    imported(sources, tmp_path / "content")
    assert tree(tmp_path / "content") == before
