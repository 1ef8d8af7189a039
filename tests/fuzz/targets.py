"""What is fuzzed: a function a target, that takes any bytes and fails when a promise is broken.

A reader may refuse what it is given, in words; it may raise nothing but that. What it does give must be writable as a
content file, read back as it was, and show nothing on a page but what is allowed there.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from backfile.contentfile import read_content, write_content
from backfile.errors import ContentError, IndexFormatError, SourceError
from backfile.importer.assembling import assemble
from backfile.importer.blogger import is_blogger, is_comments_of_blogger, read_blogger
from backfile.importer.bloggercomments import read_comments_of_blogger
from backfile.importer.blogml import is_blogml, read_blogml
from backfile.importer.completing import complete
from backfile.importer.csvrows import csv_rows, is_table
from backfile.importer.discussions import Discussion
from backfile.importer.disqus import read_disqus
from backfile.importer.foreign import foreign_kind, is_xml
from backfile.importer.fronted import is_fronted, read_fronted
from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.html.reader import is_html, read_html
from backfile.importer.images.rasters import without_metadata
from backfile.importer.jsonlines import read_json, read_json_lines, read_json_values
from backfile.importer.jsonremarks import read_remarks, remarks_in
from backfile.importer.jsonvalues import json_values
from backfile.importer.jsonwraps import opened
from backfile.importer.mhtml import is_mhtml, read_mhtml
from backfile.importer.moments import read_moment
from backfile.importer.movabletype import is_movable_type, read_movable_type
from backfile.importer.plaintext import read_plain_text
from backfile.importer.record import Problem, Record
from backfile.importer.shortcodes import expand
from backfile.importer.titles import with_title
from backfile.importer.warc import is_wacz, is_warc, read_wacz, read_warc
from backfile.importer.wordpress import read_wordpress
from backfile.markdown import ALLOWED_TAGS, escape_text, paragraphs_of, plain_text, render
from backfile.model import Article, Comment, Source
from backfile.privacy import find_addresses, mask_addresses, without_addresses
from backfile.search import manifest, shard
from backfile.search.manifest import Manifest
from backfile.search.segment_reader import SegmentReader
from backfile.search.store import StoreReader
from backfile.search.whoosh.archive import Archive
from backfile.text import clean_text
from backfile.threads import build_threads, in_reading_order

VECTORS = Path(__file__).parents[1] / "vectors" / "search"
SOURCE = Source("a.source", "0f" * 32)
_ALLOWED = "|".join(sorted(ALLOWED_TAGS))
_FORBIDDEN = re.compile(rf"<(?!/?(?:{_ALLOWED})[ />])")
_ADDRESS = re.compile(r'(?:href|src)="(?!https?:|mailto:|[^":]*(?:"|[/?#]))')


def _check_page(commonmark: str) -> None:
    shown = render(commonmark)
    assert not (bad := _FORBIDDEN.search(shown)), shown[bad.start() :][:60]
    assert not (bad := _ADDRESS.search(shown)), shown[bad.start() :][:60]


def _check_article(article: Article) -> None:
    """What a reader gave can be stored, and is what it was when it is read again."""
    article = replace(with_title(article), id="abc")
    article, _ = without_addresses(article)
    text = write_content(article)
    text.encode("utf-8")
    again = read_content(text, "a.md")
    assert again.article == article, _difference(again.article, article)
    assert not again.edited
    assert write_content(again.article) == text
    for part in (article.body, *(comment.body for comment in article.comments)):
        _check_page(part)
    assert len(in_reading_order(build_threads(article.comments))) == len(article.comments)


def _difference(one: Article, other: Article) -> str:
    names = [name for name in Article.__slots__ if getattr(one, name) != getattr(other, name)]
    return "; ".join(f"{name}: {getattr(one, name)!r} was {getattr(other, name)!r}"[:600] for name in names)


def _check(item: Record | Problem | Discussion) -> None:
    if isinstance(item, Discussion):
        _check_article(Article(id="", title="x", body="", comments=item.comments))
    elif isinstance(item, Record):
        found = complete(item)
        _check_article(assemble([found]).article if found.paragraphs else found.article)


def _read_all(items: Iterator[Record | Problem | Discussion]) -> None:
    with contextlib.suppress(SourceError):  # said in words
        for item in items:
            _check(item)


def jsonl(data: bytes) -> None:
    """JSON Lines, and the same bytes as an array or as objects that are spread over lines."""
    _read_all(read_json_lines(io.BytesIO(data), SOURCE))
    _read_all(read_json_values(io.BytesIO(data), SOURCE))
    values = [raw for raw in opened(json_values(io.BytesIO(data), SOURCE)) if not isinstance(raw, Problem)]
    remarks_in(values)
    _read_all(read_remarks(values, SOURCE, "all"))


def table(data: bytes) -> None:
    """A table, row by row."""
    assert isinstance(is_table(data, ".csv"), bool)
    _read_all(read_json(csv_rows(io.BytesIO(data), SOURCE), SOURCE))


def html(data: bytes) -> None:
    """A saved page."""
    is_html(data)
    _check(read_html(data, SOURCE))


def wordpress(data: bytes) -> None:
    """A WordPress export."""
    _read_all(read_wordpress(io.BytesIO(data), SOURCE, reopen=lambda: io.BytesIO(data)))


def movabletype(data: bytes) -> None:
    """A Movable Type export."""
    is_movable_type(data)
    _read_all(read_movable_type(io.BytesIO(data), SOURCE))


def blogger(data: bytes) -> None:
    """A backup of Blogger, and the same bytes as a feed of comments."""
    assert isinstance(is_blogger(data), bool) and isinstance(is_comments_of_blogger(data), bool)
    _read_all(read_blogger(io.BytesIO(data), SOURCE, lambda: io.BytesIO(data)))
    _read_all(read_comments_of_blogger(io.BytesIO(data), SOURCE))


def blogml(data: bytes) -> None:
    """An export in BlogML."""
    assert isinstance(is_blogml(data), bool)
    _read_all(read_blogml(io.BytesIO(data), SOURCE))


def fronted(data: bytes) -> None:
    """Markdown and HTML below front matter."""
    for name in ("a.md", "b.html"):
        is_fronted(name, data)
        if (item := read_fronted(data, Source(name, "0" * 64))) is not None:
            _check(item)


def mhtml(data: bytes) -> None:
    """A page saved as MHTML."""
    is_mhtml(data)
    _check(read_mhtml(data, SOURCE))


def foreign(data: bytes) -> None:
    """The beginning of any file, of which it is told whether it is data that cannot be read."""
    assert isinstance(foreign_kind(data), str) and isinstance(is_xml(data), bool)


def disqus(data: bytes) -> None:
    """A Disqus export."""
    _read_all(read_disqus(io.BytesIO(data), SOURCE))


def warc(data: bytes) -> None:
    """A WARC or ARC file, with its images looked for in itself."""
    is_warc(data)
    _read_all(read_warc(io.BytesIO(data), SOURCE, lambda: io.BytesIO(data)))


def wacz(data: bytes) -> None:
    """A WACZ package: the bytes as they are, and put into a package that is whole."""
    if is_wacz(io.BytesIO(data)):
        _read_all(read_wacz(io.BytesIO(data), SOURCE))
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as whole:
        whole.writestr("archive/data.warc.gz", gzip.compress(data, 1))
    _read_all(read_wacz(package, SOURCE))


def plain(data: bytes) -> None:
    """A plain text, split into article and comments."""
    _check(read_plain_text(data, SOURCE))


def fragment(data: bytes) -> None:
    """Piece of HTML to CommonMark, with WordPress's own markup."""
    text = data.decode("utf-8", "replace")
    for markup in (text, expand(text)):
        made = html_to_commonmark(markup)
        _check_page(made)
        paragraphs_of(made)


def markdown(data: bytes) -> None:
    """Plain text to CommonMark and back."""
    text = clean_text(data.decode("utf-8", "replace"))
    for paragraph in filter(str.strip, text.split("\n\n")):
        paragraph = paragraph.strip("\n")
        written = escape_text(paragraph)
        assert plain_text(written) == paragraph, (plain_text(written), paragraph)
    _check_page(text)
    mask_addresses(text)
    list(find_addresses(text))
    read_moment(text[:200])


def content(data: bytes) -> None:
    """A content file: any text is refused in words, or reads as an article that reads back the same."""
    text = data.decode("utf-8", "replace")
    try:
        article = read_content(text, "a.md").article
        again = read_content(write_content(article), "a.md").article
    except ContentError:
        return
    assert again == article, _difference(again, article)
    _check_page(article.body)


def thread(data: bytes) -> None:
    """Comments that answer one another in any way: a pair of bytes each, an id and a parent."""
    comments = [Comment(str(data[at]), "", parent=str(data[at + 1])) for at in range(0, len(data) - 1, 2)]
    nodes = in_reading_order(build_threads(comments))
    assert sorted(id(node.comment) for node in nodes) == sorted(map(id, comments))


def image(data: bytes) -> None:
    """An image freed of what it tells of people."""
    try:
        kept = without_metadata(data)
    except ValueError:
        return  # said in words
    assert without_metadata(kept) == kept


@cache
def _archive(name: str) -> Archive:
    return Archive(VECTORS / name)


def query(data: bytes) -> None:
    """A query to an index with stemmers of one language, and of several."""
    text = data.decode("utf-8", "replace")
    for name in ("small", "several"):
        _archive(name).search(text, 3)


@cache
def _whole() -> tuple[Manifest, dict[str, bytes]]:
    """The manifest of an index, and the payloads of its shards."""
    found = manifest.read(VECTORS / "small")
    assert found is not None
    payloads = {}
    for path in sorted((VECTORS / "small" / "x").glob("*/*.js")):
        name = f"{path.parent.name}/{path.stem}"
        payloads[name] = shard.unwrap(name, path.read_bytes())
    return found, payloads


class _Files:
    """The shards of an index, one of them exchanged."""

    def __init__(self, name: str, payload: bytes) -> None:
        self._payloads = {**_whole()[1], name: payload}

    def payload(self, name: str) -> bytes:
        if name not in self._payloads:
            raise IndexFormatError("the file is missing", place=f"x/{name}.js")
        return shard.checked(name, self._payloads[name])


def _read_index(files: _Files, found: Manifest) -> None:
    """Everything of an index; each part by itself, since damage of one is found before the next is read."""
    for segment in found.segments:
        reader = SegmentReader(files, segment)  # type: ignore[arg-type]
        for part in (lambda r=reader: list(r.entries()), reader.words, reader.facets, reader.table):
            _refused(part)
    for store in found.stores:
        texts = StoreReader(files, store)  # type: ignore[arg-type]
        for number in range(min(store.docs, 50)):
            _refused(lambda t=texts, n=number: t.document(n))


def _refused(read: Callable[[], object]) -> None:
    with contextlib.suppress(IndexFormatError):  # said in words
        read()


def shards(data: bytes) -> None:
    """A payload in the place of one of an index's own: the first byte says which, the rest is the payload."""
    found, payloads = _whole()
    names = sorted(payloads)
    if data:
        _read_index(_Files(names[data[0] % len(names)], data[1:]), found)


def script(data: bytes) -> None:
    """The file of a shard."""
    name = next(iter(_whole()[1]))
    _refused(lambda: shard.unwrap(name, data))


def manifests(data: bytes) -> None:
    """A manifest whose check is right, whatever it says, and the index read by it."""
    _refused(lambda: manifest.load(data))
    try:
        value = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return
    try:
        sealed = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        check = manifest._check(value)
    except (RecursionError, UnicodeEncodeError):
        return
    try:
        found = manifest.load(f'backfileSearch.manifest({sealed},"{check}");\n'.encode("ascii"))
    except IndexFormatError:
        return
    if sum(sum(segment.counts.values()) + segment.docs for segment in found.segments) < 10_000:
        _read_index(_Files("", b""), found)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        jsonl, table, html, wordpress, movabletype, blogger, blogml, fronted, disqus, mhtml, foreign, warc, wacz, plain,
        fragment, markdown, content, thread, image, query, shards, script, manifests,
    )
}  # fmt: skip
