"""Writes content files: atomically, at stable addresses, and never over a person's correction."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from backfile.contentfile import read_content, write_content
from backfile.dates import parse_edtf
from backfile.errors import ContentError
from backfile.importer.identity import ID_LENGTH, article_slug
from backfile.model import Article

_NAMED = re.compile(rf"-(?P<id>[a-z2-7]{{{ID_LENGTH}}})\.md")
_HEAD_BYTES = 4096
_ID_LINE = re.compile(rb"^id:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an article's file: path relative to the content folder, and why."""

    path: str
    status: Literal["new", "updated", "unchanged", "kept"]
    reason: str = ""


class ContentFolder:
    """The content files under a folder, found by their articles' ids.

    Raises nothing at construction when the folder does not exist yet; it is made at the first write.
    """

    def __init__(self, root: Path, *, dry_run: bool = False) -> None:
        self.root = root
        self._dry_run = dry_run
        self._paths = dict(_existing(root))

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
        if text == there:
            return Written(self._name(path), "unchanged")
        if known.edited:
            fresh = read_content(text).imported_as != known.imported_as
            also = "; the source has changed since" if fresh and known.imported_as else ""
            return Written(self._name(path), "kept", f"corrected by hand, left as it is{also}")
        self._write(path, text)
        return Written(self._name(path), "updated", "the source has changed")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _write(self, path: Path, text: str) -> None:
        """Writes beside the file and renames, so that no half-written file is ever seen."""
        if self._dry_run:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with beside.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def _place(article: Article) -> str:
    """Where a new content file goes: `2009/03/slug-id.md`, as far as the date is known."""
    name = f"{article.slug}-{article.id}.md"
    published = parse_edtf(article.published)
    if published is None:
        return f"undated/{name}"
    month = "" if published.month is None else f"{published.month:02}/"
    return f"{published.year:04}/{month}{name}"


def _existing(root: Path) -> Iterator[tuple[str, Path]]:
    """Ids and paths of the content files under a folder, in the order of their paths."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".md") and not name.startswith("."):
                path = Path(folder, name)
                if found := _NAMED.search(name):
                    yield found["id"], path
                elif identity := _id_inside(path):
                    yield identity, path


def _id_inside(path: Path) -> str:
    """The `Id:` of a content file that a person named; empty when it has none or cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError:
        return ""
    found = _ID_LINE.search(head.split(b"\n\n")[0])
    return found[1].decode() if found else ""
