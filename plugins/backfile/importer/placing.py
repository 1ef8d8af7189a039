"""Gives each article its id, joins the comments that came apart, masks addresses, and has it written."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from backfile.importer.discussions import Discussion, with_comments
from backfile.importer.doubts import UNSEEN, Doubt, doubts_of_dates
from backfile.importer.drafts import is_draft
from backfile.importer.images.image import Image, tells_of_people
from backfile.importer.images.pictures import image_lines
from backfile.importer.images.placeholder import count_placeholders
from backfile.importer.joining import Waiting
from backfile.importer.likeness import Likeness
from backfile.importer.naming import Naming
from backfile.importer.openings import Openings
from backfile.importer.originals import Originals
from backfile.importer.record import Outcome, Part, Record, Status
from backfile.importer.shingles import containment, digests, fold
from backfile.importer.uniting import united_if_more
from backfile.importer.walking import SourceFile
from backfile.importer.writer import ContentFolder, Written
from backfile.model import Article, Source
from backfile.privacy import find_shown, without_addresses
from backfile.sourcetext import find_in_source

_MOST_KEYS = 12


class Placing:
    """Places articles in a content folder; remembers which ids this import has used, and for what text."""

    def __init__(
        self,
        folder: ContentFolder,
        waiting: Waiting,
        originals: Originals,
        *,
        keep_addresses: bool,
        aliases: Mapping[str, str],
    ) -> None:
        self._folder = folder
        self._waiting = waiting
        self._originals = originals
        self._kept: set[str] = set()
        self._naming = Naming(folder, originals, aliases)
        self._keep_addresses = keep_addresses
        self._used: dict[str, Likeness] = {}
        self._openings = Openings(folder)
        self._joined: list[Outcome] = []
        self._put_off: list[Record] = []
        self._shown: dict[Path, Outcome] = {}

    def place(self, article: Article, record: Record, doubt: str = "", merges: tuple[Doubt, ...] = ()) -> Outcome:
        """Writes one article; a second with the same id is the same article, or gets an id of its own."""
        named = bool(article.url or (article.id and not record.paragraphs))
        named_article = self._naming.named(article, record)
        article, joining, discussions = self._waiting.join(
            named_article, record.called or record.article.id, record.source
        )
        article, masked = self._masked(article)
        notes, doubts = (*record.notes, *joining, *masked, *self._left(article, record)), (*merges, *record.doubts)
        alike = Likeness.of(article, named=named)
        article, originals = self._with_part(article, record)
        article = replace(article, extra=(*article.extra, *image_lines(record.images)))
        united = None
        if article.id in self._used:
            name, doubt_of_it = self._apart(article, alike)
            united = self._united(article) if doubt_of_it or self._adds(article, name) else None
            if united is None:
                if doubt_of_it is None:
                    return Outcome(record.place, "merged", "the same article as before", name, notes=notes)
                doubts = (*doubts, doubt_of_it)
                article = replace(article, id=name)
            elif name != article.id and (twin := self._folder.place_of(name)):
                notes = (*notes, f"an earlier import made a second article of this copy: remove {twin}")
        self._used.setdefault(article.id, alike)
        outcome = self._written(united or article, record.place, doubt, notes, originals, record.images, doubts)
        if united is not None and outcome.status != "doubtful":
            left = outcome.reason if outcome.status == "unchanged" else ""
            reason = f"another copy of an article: {left or 'united with it'}"
            outcome = replace(outcome, status="merged", reason=reason)
        self._joined += _merged_into(outcome, discussions)
        return self._compared(outcome, united or article)

    def _adds(self, article: Article, name: str) -> bool:
        """True where a copy of the same text and comments tells something else that is not known of the article."""
        known = self._folder.read(article.id) if name == article.id else None
        return known is not None and united_if_more(known, article) is not None

    def _compared(self, outcome: Outcome, article: Article) -> Outcome:
        """What became of a record, with a doubt where its article is new, and a copy of one under another id."""
        doubt = self._openings.doubt_of(article)
        told = outcome.status not in ("imported", "doubtful") or any(one.kind == "merge" for one in outcome.doubts)
        return outcome if doubt is None or told else replace(outcome, doubts=(*outcome.doubts, doubt))

    def _left(self, article: Article, record: Record) -> Iterator[str]:
        """What to tell of articles that earlier imports made of the same sources, and that nothing makes any more."""
        if record.paragraphs:
            yield from self._openings.made_alone(article)
        elif self._originals.is_export(record.source):
            yield from self._openings.read_as_text(record.source)

    def _united(self, article: Article) -> Article | None:
        """The article with the copies of it that are here; None where they contradict each other.

        Where a copy has changed since, it is made of those of this import alone, once all have come.
        """
        united = self._folder.united(article)
        fresh = self._folder.copies.unite(article)
        return united if fresh is None else self._folder.renewed(fresh) or united or fresh

    def _with_part(self, article: Article, record: Record) -> tuple[Article, Mapping[str, Path | bytes]]:
        """The article with the part of an export that it was made of among its sources; and all there is of sources."""
        # What an export says of its sources is no reason to keep files that happen to have their names.
        if record.exported:
            return article, {}
        if record.original:
            return article, ChainMap({record.source.sha256: record.original}, self._originals.files)
        if (part := record.part) and _may_be_shown_of(part, article):
            # What may not be shown need not be kept twice: the export is kept whole.
            article = replace(article, sources=(*article.sources, part.source))
            return article, ChainMap({part.source.sha256: part.data}, self._originals.files)
        if frame := record.frame:
            return article, ChainMap({frame.source.sha256: frame.data}, self._originals.files)
        return article, self._originals.files

    def _apart(self, article: Article, alike: Likeness) -> tuple[str, Doubt | None]:
        """An id for an article whose own is taken, and what to tell of it; no doubt when it is the same article."""
        by_text, by_all = alike.ids_of_another(article.id)
        for known in (article.id, by_text, by_all):
            if self._used.get(known) == alike:
                return known, None
        if any(known in self._used and self._used[known].text == alike.text for known in (article.id, by_text)):
            return by_all, self._doubt_of_another(
                article, "has the text of another article, but not what is said of it"
            )
        if (first := self._used[article.id]).body == alike.body:
            alike_in = "text" if article.body else "address"
            counts = f"{alike.comments}, that one has {first.comments}"
            return by_text, self._doubt_of_another(
                article, f"has the {alike_in} of another article, but other comments: {counts}"
            )
        reason = "begins like another article, or has its address, but is a different text"
        return by_text, self._doubt_of_another(article, reason)

    def _doubt_of_another(self, article: Article, reason: str) -> Doubt:
        """What to tell of an article whose id another has: it may be the same page, saved at another time."""
        known = self._folder.read(article.id)
        sure = containment(*(digests(fold(one.body)) for one in (known, article))) if known else UNSEEN
        return Doubt("merge", round(sure, 4), f"{reason}, and was not merged with it")

    def puts_off(self, record: Record) -> bool:
        """True for comments whose article may come from elsewhere yet: they wait for it."""
        if record.elsewhere:
            self._put_off.append(record)
        return record.elsewhere

    def _place_late(self, record: Record) -> Outcome:
        """Joins comments to the article of their address; where there is none, they are one if they have a title."""
        article = self._folder.find(record.article.url)
        comments = record.article.comments
        if article is None or not article.body:
            if record.article.title:
                return self.place(record.article, record)
            return Outcome(record.place, "skipped", _without_article(len(comments), record.article.url))
        sources = (*article.sources, *((record.source,) if record.source not in article.sources else ()))
        joined, masked = self._masked(replace(with_comments(article, comments), sources=sources))
        notes = (*record.notes, *_not_taken(record.article), *masked)
        outcome = self._written(joined, record.place, "", notes, self._originals.files)
        return replace(outcome, status="merged", reason="comments of this article")

    def join_what_is_left(self) -> Iterator[Outcome]:
        """What became of every discussion; those of articles imported before are joined to them now."""
        yield from map(self._place_late, self._put_off)
        yield from self._joined
        for discussion in self._waiting.left():
            article = self._folder.find(discussion.url)
            if article is None:
                name = discussion.url or discussion.identifier or discussion.local
                yield Outcome(discussion.place, "skipped", _without_article(len(discussion.comments), name))
                continue
            joined, notes, found = self._waiting.join(article)
            masked, more = self._masked(joined)
            outcome = self._written(masked, discussion.place, "", (*notes, *more), self._originals.files)
            yield outcome
            yield from _merged_into(outcome, (other for other in found if other is not discussion))

    def _masked(self, article: Article) -> tuple[Article, tuple[str, ...]]:
        if self._keep_addresses:
            return article, ()
        article, touched = without_addresses(article)
        plural = "" if touched == 1 else "s"
        return article, (f"addresses of readers masked in {touched} comment{plural}",) if touched else ()

    def _keep_source(self, source: Source, original: Path | bytes, article: Article) -> Iterator[str]:
        """Keeps what an article was made of, or says why it is not; an export holds what was never public."""
        if source.sha256 in self._kept:
            return
        self._kept.add(source.sha256)
        try:
            hidden = is_draft(article) or self._originals.is_export(source)
            published = not hidden and _may_be_shown(original, article)
            self._folder.keep_source(source.sha256, original, published=published)
        except (OSError, ValueError) as error:  # it has changed or gone since it was read
            yield f"{source.name} is not kept: {error}"

    def image_fate(self, file: SourceFile) -> Outcome:
        """What became of a file that is an image."""
        if shown := self._shown.get(file.path.resolve()):
            return Outcome(file.name, "merged", "an image of the article", shown.article, shown.file)
        return Outcome(file.name, "skipped", "an image that no imported article shows")

    def _written(
        self,
        article: Article,
        place: str,
        doubt: str,
        notes: tuple[str, ...],
        originals: Mapping[str, Path | bytes],
        images: Sequence[Image] = (),
        doubts: tuple[Doubt, ...] = (),
    ) -> Outcome:
        written = self._folder.put(article)
        notes = (*notes, *written.notes)
        if written.united or written.status == "kept":
            self._folder.copies.hold(article)
        for source in article.sources:
            if original := originals.get(source.sha256):
                notes = (*notes, *self._keep_source(source, original, article))
        status, reason = _fate(written, doubt)
        outcome = Outcome(
            place=place,
            status=status,
            reason=reason,
            article=article.id,
            file=written.path,
            confidence=article.split.confidence,
            doubts=(*_doubt_of_split(article, status, doubt), *doubts_of_dates(article), *doubts),
            notes=notes,
            images=len(images),
            missing_images=count_placeholders(article.body)
            + sum(count_placeholders(comment.body) for comment in article.comments),
        )
        if written.status in ("new", "updated", "unchanged"):
            for image in images:
                try:
                    self._folder.keep_image(image)
                except (OSError, ValueError) as error:  # it has changed or gone since the page was read
                    outcome = replace(outcome, notes=(*outcome.notes, f"{image.origin.name} cannot be copied: {error}"))
                    continue
                if image.origin.file is not None:
                    self._shown.setdefault(image.origin.file, outcome)
        return outcome


def _not_taken(article: Article) -> Iterator[str]:
    """What to tell of what is said of comments alone, and belongs to no article."""
    names = [name for name in ("standfirst", "published", "modified", "section", "tags") if getattr(article, name)]
    if others := ", ".join((*names, *(name for name, _ in article.extra[:_MOST_KEYS]))):
        yield f"only its comments were taken, not what it says of their article: {others}"


def _without_article(count: int, name: str) -> str:
    """What to say of so many comments whose article is not there, and did not come."""
    these = "this comment" if count == 1 else f"these {count} comments"
    return f"no article here has the address or identifier of {these}: {name}; import it together with them"


def _merged_into(outcome: Outcome, discussions: Iterable[Discussion]) -> Iterator[Outcome]:
    """What became of discussions that were joined to an article."""
    for found in discussions:
        yield Outcome(found.place, "merged", "comments of this article", outcome.article, outcome.file)


def _doubt_of_split(article: Article, status: Status, doubt: str) -> Iterator[Doubt]:
    """A split that is not sure; once a person has corrected it, there is nothing to go through."""
    if doubt and status == "doubtful":
        yield Doubt("split", article.split.confidence or 0.0, doubt)


def _may_be_shown(original: Path | bytes, article: Article) -> bool:
    """True unless a source holds addresses that are not the article's own, or images that tell of people."""
    data = original if isinstance(original, bytes) else original.read_bytes()
    if tells_of_people(data):
        return False
    own = set(find_shown(f"{article.body}\n{article.author_note}\n{article.url}"))
    return find_in_source(data) <= own


def _may_be_shown_of(part: Part, article: Article) -> bool:
    """The same of a part of an export; one that is the whole export is not shown."""
    shown = (data for data in (part.data, part.told) if data)
    whole = any(source.sha256 == part.source.sha256 for source in article.sources)
    return not whole and not is_draft(article) and all(_may_be_shown(data, article) for data in shown)


def _fate(written: Written, doubt: str) -> tuple[Status, str]:
    """What to report of a record whose article was written, or not: a correction settles a doubt."""
    if written.status == "kept":
        return "unchanged", written.reason
    if written.status == "waiting":
        return "doubtful", written.reason
    if doubt:
        return "doubtful", f"{doubt}; {written.reason}" if written.reason else doubt
    return ("unchanged", written.reason) if written.status == "unchanged" else ("imported", written.reason)
