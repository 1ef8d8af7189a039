"""Gives each article its id, joins the comments that came apart, masks addresses, and has it written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from backfile import __version__
from backfile.importer.identity import ID_LENGTH, article_id, digest_id
from backfile.importer.joining import Waiting
from backfile.importer.record import Outcome, Record, Status
from backfile.importer.titles import with_title
from backfile.importer.writer import ContentFolder, Written
from backfile.markdown import paragraphs_of
from backfile.model import Article
from backfile.privacy import find_addresses, without_addresses

_OWN_ID = re.compile(rf"[a-z2-7]{{{ID_LENGTH}}}")


class Placing:
    """Places articles in a content folder; remembers which ids this import has used, and for what text.

    `originals` are the files that are one page each, by their names as sources.
    """

    def __init__(
        self, folder: ContentFolder, waiting: Waiting, originals: Mapping[str, Path], *, keep_addresses: bool
    ) -> None:
        self._folder = folder
        self._waiting = waiting
        self._originals = originals
        self._keep_addresses = keep_addresses
        self._used: dict[str, str] = {}
        self._joined: list[Outcome] = []

    def place(self, article: Article, record: Record, doubt: str = "", notes: tuple[str, ...] = ()) -> Outcome:
        """Writes one article; a second with the same id is the same article, or gets an id of its own."""
        article, joining, discussions = self._waiting.join(self._identified(article, record))
        article, masked = self._masked(article)
        notes = (*record.notes, *notes, *joining, *masked)
        text = digest_id(article.body + "\0" + "\0".join(comment.body for comment in article.comments))
        if article.id in self._used:
            other = digest_id(article.id + text)
            for known in (article.id, other):
                if self._used.get(known) == text:
                    return Outcome(record.place, "merged", "the same article as before", known, notes=notes)
            article = replace(article, id=other)
            notes = (*notes, "begins like another article, or has its address, but is a different text")
        self._used[article.id] = text
        # What an export says of its sources is no reason to keep files that happen to have their names.
        originals = {} if record.exported else self._originals
        outcome = self._written(article, record.place, doubt, notes, originals)
        self._joined += [
            Outcome(found.place, "merged", "comments of this article", outcome.article, outcome.file)
            for found in discussions
        ]
        return outcome

    def join_what_is_left(self) -> Iterator[Outcome]:
        """What became of every discussion; those of articles imported before are joined to them now."""
        yield from self._joined
        for discussion in list(self._waiting.left()):
            article = self._folder.find(discussion.url)
            if article is None:
                comments = len(discussion.comments)
                reason = f"no article here has the address or identifier of these {comments} comments"
                yield Outcome(discussion.place, "skipped", f"{reason}: {discussion.url or discussion.identifier}")
                continue
            joined, notes, _ = self._waiting.join(article)
            masked, more = self._masked(joined)
            yield self._written(masked, discussion.place, "", (*notes, *more), self._originals)

    def _identified(self, article: Article, record: Record) -> Article:
        """The article with a title and its id: its own, or made of its address, its source's id, its text."""
        article = with_title(article)
        if not record.exported:
            article = replace(article, tool=f"Backfile {__version__}")
        if record.paragraphs:
            return replace(article, id=self._folder.id_of(article.sources) or article.id)
        if _OWN_ID.fullmatch(article.id) or (record.exported and article.id):
            return article
        if article.id and not article.url:
            return replace(article, id=digest_id(f"id {article.id}"))
        return replace(article, id=article_id(article.url, paragraphs_of(article.body)))

    def _masked(self, article: Article) -> tuple[Article, tuple[str, ...]]:
        if self._keep_addresses:
            return article, ()
        article, touched = without_addresses(article)
        plural = "" if touched == 1 else "s"
        return article, (f"addresses of readers masked in {touched} comment{plural}",) if touched else ()

    def _written(
        self, article: Article, place: str, doubt: str, notes: tuple[str, ...], originals: Mapping[str, Path]
    ) -> Outcome:
        written = self._folder.put(article)
        for source in article.sources:
            if original := originals.get(source.name):
                self._folder.keep_source(source.sha256, original, published=_may_be_shown(original, article))
        status, reason = _fate(written, doubt)
        return Outcome(
            place=place,
            status=status,
            reason=reason,
            article=article.id,
            file=written.path,
            confidence=article.split.confidence,
            notes=notes,
        )


def _may_be_shown(original: Path, article: Article) -> bool:
    """True unless a source holds addresses that are not the article's own."""
    text = original.read_bytes().decode("utf-8", "replace")
    own = set(find_addresses(f"{article.body}\n{article.author_note}\n{article.url}"))
    return set(find_addresses(text)) <= own


def _fate(written: Written, doubt: str) -> tuple[Status, str]:
    """What to report of a record whose article was written, or not: a correction settles a doubt."""
    if written.status == "kept":
        return "unchanged", written.reason
    if written.status == "waiting":
        return "doubtful", written.reason
    if doubt:
        return "doubtful", doubt
    return ("unchanged", written.reason) if written.status == "unchanged" else ("imported", written.reason)
