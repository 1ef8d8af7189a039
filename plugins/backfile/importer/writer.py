"""Writes content files: atomically, at stable addresses, and never over a person's correction."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from backfile.contentfile import read_content, write_content
from backfile.dates import parse_edtf
from backfile.errors import ContentError
from backfile.importer.identity import article_slug, canonical_url
from backfile.importer.images.image import Image, take
from backfile.model import Article, Source
from backfile.sourcetext import source_text_path

_HEAD_BYTES = 16_384
_ID_LINE = re.compile(rb"^id:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_URL_LINE = re.compile(rb"^original-url:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_SOURCE_LINE = re.compile(rb"^source:[ \t]*sha256:([0-9a-f]{64})", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an article's file: path relative to the content folder, and why."""

    path: str
    status: Literal["new", "updated", "unchanged", "kept", "waiting"]
    reason: str = ""


class ContentFolder:
    """The content files under a folder, found by their articles' ids and by the sources they name.

    The folder need not exist yet; it is made at the first write.
    """

    def __init__(self, root: Path, *, dry_run: bool = False) -> None:
        self.root = root
        self._dry_run = dry_run
        self._paths: dict[str, Path] = {}
        self._by_source: dict[str, str] = {}
        self._by_url: dict[str, Path] = {}
        for path in _content_files(root):
            self._learn(path)

    def id_of(self, sources: Iterable[Source]) -> str:
        """The id of the article that was made of one of these sources alone; empty when there is none.

        So an article keeps its id, and its address, when a later version reads its text differently.
        """
        return next((found for s in sources if (found := self._by_source.get(s.sha256))), "")

    def _learn(self, path: Path) -> None:
        """Notes whose article a content file is; one that cannot be read is found again by nobody."""
        try:
            with path.open("rb") as stream:
                head = stream.read(_HEAD_BYTES).replace(b"\r\n", b"\n").split(b"\n\n")[0]
        except OSError:
            return
        if not (found := _ID_LINE.search(head)):
            return
        identity = found[1].decode()
        self._paths[identity] = path
        if address := _URL_LINE.search(head):
            self._by_url.setdefault(canonical_url(address[1].decode("utf-8", "replace")), path)
        for digest in map(bytes.decode, _SOURCE_LINE.findall(head)):
            # An export file is the source of many articles, and so tells nothing of any one of them.
            self._by_source[digest] = "" if digest in self._by_source else identity

    def put(self, article: Article) -> Written:
        """Writes the article's file unless it is there already or a person has changed it."""
        path = self._paths.get(article.id)
        if path is None:
            article = replace(article, slug=article.slug or article_slug(article.title))
            path = self.root / _place(article)
            self._paths[article.id] = path
            self._write(path, write_content(article))
            return Written(self._name(path), "new")
        return self._put_again(path, article)

    def keep_source(self, sha256: str, original: Path | bytes, *, published: bool) -> None:
        """Copies a source, untouched, to where the archive shows it, or to where it is only kept."""
        self._keep(self.root / source_text_path(sha256, published=published), lambda: original)

    def keep_image(self, image: Image) -> None:
        """Copies an image, freed of what it tells of people, to where the archive shows it."""
        self._keep(self.root / image.path, lambda: take(image.origin)[1])

    def _keep(self, target: Path, data: Callable[[], Path | bytes]) -> None:
        if self._dry_run or target.exists():
            return
        content = data()
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.part")
        try:
            if isinstance(content, bytes):
                beside.write_bytes(content)
            else:
                shutil.copyfile(content, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)

    def _put_again(self, path: Path, article: Article) -> Written:
        try:
            there = path.read_text("utf-8", errors="strict")
            known = read_content(there, str(path))
        except FileNotFoundError:  # only in a dry run, which remembers what it would have written
            return Written(self._name(path), "unchanged")
        except (UnicodeDecodeError, ContentError) as error:
            return Written(self._name(path), "kept", f"the content file there cannot be read: {error}")
        # The address of an article does not change with its title.
        text = write_content(replace(article, slug=known.article.slug or article_slug(article.title)))
        if text == there or _same_but_for_the_tool(known.article, article, text):
            return Written(self._name(path), "unchanged")
        if others := _sources_besides(known.article, article):
            return self._of_more_sources(path, known.article, article, others)
        if known.edited:
            fresh = read_content(text).imported_as != known.imported_as
            also = "; the source has changed since" if fresh and known.imported_as else ""
            return Written(self._name(path), "kept", f"corrected by hand, left as it is{also}")
        self._write(path, text)
        return Written(self._name(path), "updated", "the source has changed")

    def _of_more_sources(self, path: Path, known: Article, article: Article, others: list[str]) -> Written:
        """An article that was made of more sources than these keeps what they gave it."""
        if not _sources_besides(article, known):
            return Written(self._name(path), "kept", f"already here, made of {', '.join(others)} too")
        reason = f"an article is here already, made of {', '.join(others)}: import these sources together"
        return Written(self._name(path), "waiting", reason)

    def find(self, url: str) -> Article | None:
        """The article that stood at an address, if its content file is here and no person has changed it."""
        path = self._by_url.get(canonical_url(url)) if url else None
        if path is None:
            return None
        try:
            known = read_content(path.read_text("utf-8"), str(path))
        except (OSError, UnicodeDecodeError, ContentError):
            return None
        return None if known.edited else known.article

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _write(self, path: Path, text: str) -> None:
        """Writes beside the file and renames, so that no half-written file is ever seen.

        The name beside it is always the same: the next run takes away what a killed one left.
        """
        if self._dry_run:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.part")
        try:
            with beside.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def _same_but_for_the_tool(known: Article, article: Article, text: str) -> bool:
    """True when nothing but the importer's version is new: that alone rewrites no archive."""
    if known.tool == article.tool:
        return False
    return read_content(text).article == replace(known, tool=article.tool)


def _sources_besides(article: Article, other: Article) -> list[str]:
    """The names of an article's sources that another one's are not: by neither digest nor name."""
    names, digests = {s.name for s in other.sources}, {s.sha256 for s in other.sources}
    return [s.name for s in article.sources if s.name not in names and s.sha256 not in digests]


def _place(article: Article) -> str:
    """Where a new content file goes: `2009/03/slug-id.md`, as far as the date is known."""
    name = f"{article.slug}-{article.id}.md"
    published = parse_edtf(article.published)
    if published is None:
        return f"undated/{name}"
    month = "" if published.month is None else f"{published.month:02}/"
    return f"{published.year:04}/{month}{name}"


def _content_files(root: Path) -> Iterator[Path]:
    """The Markdown files under a folder, in the order of their paths."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(".md") and name[0] != ".")
