"""Writes content files: atomically, at stable addresses, and never over a person's correction."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Literal

from backfile import disk
from backfile.contentfile import ContentFile, read_content, write_content
from backfile.dates import parse_edtf
from backfile.errors import BackfileError, ContentError
from backfile.folders import IMPORTING
from backfile.importer.catalogue import Catalogue
from backfile.importer.changes import what_changed, what_is_lost
from backfile.importer.copies import Copies
from backfile.importer.identity import article_id, article_slug
from backfile.importer.images.image import Image, take
from backfile.importer.rehearsal import Rehearsal
from backfile.importer.uniting import is_whole, says_more, sources_besides, sources_left, unite, united_if_more
from backfile.model import Article, Source
from backfile.sourcetext import source_text_path

_LOOK = "corrected by hand, so what its source says now was not taken: look whether something new belongs into the file"
_TOGETHER = "its source has changed: that is taken in where all sources of the article are imported together and agree"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an article's file: path relative to the content folder, and why; notes are for a person to see.

    `united`: the file was not made of this article alone.
    """

    path: str
    status: Literal["new", "updated", "unchanged", "kept", "waiting"]
    reason: str = ""
    notes: tuple[str, ...] = ()
    united: bool = False


class ContentFolder:
    """The content files under a folder, found by their articles' ids and by the sources they name.

    The folder need not exist yet; it is made at the first write. One import at a time may have it: raises
    BackfileError while another has, or when a content file cannot be read.
    """

    def __init__(self, root: Path, *, dry_run: bool = False) -> None:
        self.root = root
        self._rehearsal = Rehearsal() if dry_run else None
        self._lock = disk.Lock(root / IMPORTING, "is importing into this folder")
        self._cut_off = False if dry_run else self._lock.take()
        self.copies = Copies()
        self._fresh: list[Path] = []
        try:
            self._catalogue = Catalogue(root)
        except BackfileError:
            if not self._cut_off:  # else the next import has to hear of it, too
                self._lock.release(remove=True)
            self._lock.abandon()
            raise

    def id_of(self, sources: Iterable[Source]) -> str:
        """The id of the article that was made of one of these sources alone; empty when there is none.

        So an article keeps its id, and its address, when a later version reads its text differently.
        """
        return self._catalogue.id_of(sources)

    def put(self, article: Article) -> Written:
        """Writes the article's file unless it is there already or a person has changed it."""
        name = self.place_of(article.id)
        if not name:
            article = replace(article, slug=article.slug or article_slug(article.title))
            name = _place(article)
            self._catalogue.add(article.id, name)
            path = self.root / name
            text = write_content(article)
            note = self._make_way(path, text)
            self._write(path, text)
            return Written(name, "new", note)
        return self._put_again(self.root / name, article)

    def close(self) -> None:
        """Lets another import begin, when all that was written has reached the disk. Raises WriteError.

        After an import that did not get so far, the next looks into every file that is there already.
        """
        try:
            disk.sync(self._fresh)
            self._lock.release(remove=True)
        finally:
            self._lock.abandon()
            self.copies.end()
            if self._rehearsal:
                self._rehearsal.end()

    def keep_source(self, sha256: str, original: Path | bytes, *, published: bool) -> None:
        """Copies a source, untouched, to where the archive shows it, or to where it is only kept.

        Raises OSError or ValueError when it cannot be read again, or is another by now.
        """
        self._keep(self.root / source_text_path(sha256, published=published), lambda: _still(original, sha256))

    def keep_image(self, image: Image) -> None:
        """Copies an image, freed of what it tells of people, to where the archive shows it."""
        self._keep(self.root / image.path, lambda: take(image.origin)[1])

    def _keep(self, target: Path, data: Callable[[], Path | bytes]) -> None:
        if self._rehearsal or (target.exists() and not self._cut_off):
            return
        content = data()
        if target.exists():  # a power cut may have left it half written
            with contextlib.suppress(OSError):
                if target.read_bytes() == (content if isinstance(content, bytes) else content.read_bytes()):
                    return
        self._put(target, content)

    def _put_again(self, path: Path, article: Article) -> Written:
        try:
            there = self._text(path)
            known = read_content(there, str(path))
        except FileNotFoundError:  # only in a dry run that had no room for what it would have written
            return Written(self._name(path), "unchanged")
        except ContentError as error:
            return Written(self._name(path), "waiting", f"the content file there cannot be read: {error}")
        except UnicodeDecodeError:
            return self._put_anew(path, article)
        # The address of an article does not change with its title.
        text = write_content(replace(article, slug=known.article.slug or article_slug(article.title)))
        if text == there or _same_but_for_the_tool(known.article, article, text):
            return Written(self._name(path), "unchanged")
        if self._cut_off and known.edited and text.startswith(there.rstrip("\0")):
            return self._put_anew(path, article)
        if others := sources_left(known.article, article):
            return self._of_more_sources(path, known, article, others)
        if known.edited:
            fresh = read_content(text).imported_as != known.imported_as
            reason = "corrected by hand, left as it is"
            if not (fresh and known.imported_as):
                return Written(self._name(path), "kept", reason)
            return Written(self._name(path), "kept", f"{reason}; the source has changed since", (_LOOK,))
        self._write(path, text)
        reason = what_changed(known.article, article)
        return Written(self._name(path), "updated", reason, self._told_of_loss(known.article, article))

    def _told_of_loss(self, known: Article, article: Article) -> tuple[str, ...]:
        """What an article had that a changed source has not, and where the earlier source is kept."""
        lost = what_is_lost(known, article)
        if not lost:
            return ()
        now = {source.sha256 for source in article.sources}
        earlier = (source.sha256 for source in known.sources if source.sha256 not in now)
        kept = [path for sha256 in earlier if (path := self._kept_source(sha256))]
        where = f"; the earlier source is kept: {', '.join(kept)}" if kept else ""
        return (f"{lost}{where}",)

    def _kept_source(self, sha256: str) -> str:
        """Where an untouched source is kept in the content folder; nothing where it is not."""
        places = (source_text_path(sha256, published=published) for published in (True, False))
        return next((place for place in places if (self.root / place).is_file()), "")

    def _put_anew(self, path: Path, article: Article) -> Written:
        """Writes a file once more that no person left as it is: cut short, or no text."""
        text = write_content(replace(article, slug=article.slug or article_slug(article.title)))
        note = self._make_way(path, text)
        self._write(path, text)
        return Written(self._name(path), "updated", note)

    def _make_way(self, path: Path, text: str) -> str:
        """Sets aside what stands where a text will, unless it is a beginning of that text; says what was found."""
        try:
            there = path.read_bytes()
        except FileNotFoundError:
            return ""
        if text.encode().startswith(there.rstrip(b"\0")):
            return "the content file there was cut off; it is written anew"
        names = (path.with_name(f"{path.name}.damaged{f'-{number}' if number > 1 else ''}") for number in count(1))
        aside = next(name for name in names if not name.exists())
        if not self._rehearsal:
            disk.put(aside, there)
        return f"the content file there is damaged; it is kept as {self._name(aside)}"

    def _of_more_sources(self, path: Path, file: ContentFile, article: Article, others: list[str]) -> Written:
        """An article that was made of more sources than these keeps what they gave it."""
        known = file.article
        if not sources_besides(article, known):
            named = {source.name: source.sha256 for source in known.sources}
            changed = any(named.get(source.name, source.sha256) != source.sha256 for source in article.sources)
            also = "; the source has changed since: import these sources together" if changed else ""
            told = (_LOOK if file.edited else _TOGETHER,) if changed and says_more(known, article) else ()
            return Written(self._name(path), "kept", f"already here, made of {', '.join(others)} too{also}", told)
        made_of = f"made of {', '.join(others)}"
        # The first source is that of the article itself; after it come discussions, and parts of exports.
        apart = known.sources[0].name in others and is_whole(article) and is_whole(known)
        if apart and known.body == article.body:
            alike = known.comments == article.comments and known.title == article.title
            if alike and (file.edited or united_if_more(known, article) is None):
                return Written(self._name(path), "kept", f"the same article is here already, {made_of}")
            if not file.edited and (united := unite(known, article)):
                self._write(path, write_content(united))
                more = len(united.comments) - len(known.comments)
                counted = f"{more} more comment{'' if more == 1 else 's'}"
                reason = f"united with the article that is here, {made_of}: {counted}"
                return Written(self._name(path), "updated", reason, united=True)
            reason = (
                f"an article with this text is here already, {made_of}; what else it says differs, and is not united"
            )
            counts = f"comments: {len(article.comments)}, that one has {len(known.comments)}"
            return Written(
                self._name(path), "waiting", f"{reason} ({counts}): to have this one instead, remove the file"
            )
        reason = f"an article is here already, {made_of}: import these sources together"
        return Written(self._name(path), "waiting", reason)

    def find(self, url: str) -> Article | None:
        """The article that stood at an address, if its content file is here and no person has changed it."""
        known = self._known(self._catalogue.place_at(url) or (self.place_of(article_id(url, ())) if url else ""))
        return None if known is None or known.edited else known.article

    def united(self, article: Article) -> Article | None:
        """The article with what its content file has of other sources; None where that cannot be done.

        It can where the file is as it was imported and a source of its own is added, or nothing at all.
        """
        known = self._known(self.place_of(article.id))
        if known is None or known.edited:
            return None
        both = unite(known.article, article)
        return both if sources_besides(article, known.article) or both == known.article else None

    def renewed(self, fresh: Article) -> Article | None:
        """An article as all copies that its file names make it now; None where some have not come, or none has changed.

        A person's correction stays.
        """
        known = self._known(self.place_of(fresh.id))
        if known is None or known.edited or sources_left(known.article, fresh):
            return None
        digests = {source.sha256 for source in known.article.sources}
        return fresh if any(source.sha256 not in digests for source in fresh.sources) else None

    def place_of(self, identity: str) -> str:
        """The file of an article, relative to the folder; empty when there is none."""
        return self._catalogue.place_of(identity)

    def read(self, identity: str) -> Article | None:
        """The article of an id as its content file has it now, if there is one."""
        known = self._known(self.place_of(identity))
        return known.article if known else None

    def _known(self, name: str) -> ContentFile | None:
        if not name:
            return None
        path = self.root / name
        try:
            return read_content(self._text(path), str(path))
        except (OSError, UnicodeDecodeError, ContentError):
            return None

    def _text(self, path: Path) -> str:
        """What a content file says, or would by now. Raises OSError or UnicodeDecodeError."""
        rehearsed = self._rehearsal.read(self._name(path)) if self._rehearsal else None
        return path.read_text("utf-8") if rehearsed is None else rehearsed

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _write(self, path: Path, text: str) -> None:
        if self._rehearsal:
            self._rehearsal.put(self._name(path), text)
        else:
            self._put(path, text.encode())

    def _put(self, path: Path, data: Path | bytes) -> None:
        disk.put(path, data)
        if len(self._fresh) < disk.SYNC_ALL or not hasattr(os, "sync"):  # else they need not be known one by one
            self._fresh.append(path)


def _still(original: Path | bytes, sha256: str) -> Path | bytes:
    """The source, if it still is the one that was read. Raises OSError or ValueError."""
    if isinstance(original, Path):
        with original.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                raise ValueError("it has changed since it was read")
    return original


def _same_but_for_the_tool(known: Article, article: Article, text: str) -> bool:
    """True when nothing but the importer's version is new: that alone rewrites no archive."""
    if known.tool == article.tool:
        return False
    return read_content(text).article == replace(known, tool=article.tool)


def _place(article: Article) -> str:
    """Where a new content file goes: `2009/03/slug-id.md`, as far as the date is known."""
    name = f"{article.slug}-{article.id}.md"
    published = parse_edtf(article.published)
    if published is None:
        return f"undated/{name}"
    month = "" if published.month is None else f"{published.month:02}/"
    return f"{published.year:04}/{month}{name}"
