"""What templates see of an article and its comments: plain objects, documented in `docs/templates.md`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from backfile.comments.dateview import DateView, date_view
from backfile.comments.reading import Published
from backfile.comments.standfirst import opens_with
from backfile.comments.threadview import ThreadView, anchors_of, thread_view
from backfile.markdown import paragraphs_of
from backfile.model import DOUBTFUL_BELOW, Article, Source, Split
from backfile.sourcetext import source_text_path
from backfile.takedown.entries import Entry
from backfile.text import clean_line

When = tuple[str, int, int | None, int | None]
"""A date by which articles are put in order, its year, and its month and day as far as they are known."""


@dataclass(frozen=True, slots=True)
class SplitView:
    """How article and comments were told apart."""

    method: str
    confidence: float | None

    @property
    def percent(self) -> int | None:
        """The confidence in per cent."""
        return None if self.confidence is None else round(self.confidence * 100)

    @property
    def doubtful(self) -> bool:
        """True when a reader should be told not to rely on it."""
        return self.confidence is not None and self.confidence < DOUBTFUL_BELOW


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source of an article; `url` is that of its untouched text, relative to the site, or empty."""

    name: str
    sha256: str
    parts: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class RemovalView:
    """Why an article was taken out, when, and what else readers are told.

    `title` tells whether its title is kept, `address` whether anything stands where it stood.
    """

    reason: str
    date: DateView | None
    note: str
    title: bool
    address: bool = True


@dataclass(frozen=True)
class ArticleView:
    """An article as templates see it, beside Pelican's own attributes.

    `removal` is there when it was taken out as a whole, `former_pages` are then the further pages that its thread had;
    the rest is as in `Published`.
    """

    model: Article
    sources: tuple[SourceView, ...]
    place: str = ""
    comments_per_page: int = 0
    removal: RemovalView | None = None
    taken: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    found_url: str = ""
    former_pages: tuple[str, ...] = ()

    @cached_property
    def thread(self) -> ThreadView:
        """The comments."""
        return thread_view(self.model.comments, self.place, self.comments_per_page)

    @property
    def comment_count(self) -> int | None:
        """How many comments there are; None when that cannot be known."""
        return self.thread.count

    @property
    def told_apart(self) -> int:
        """How many comments are told apart."""
        return self.thread.told_apart

    @property
    def anchors(self) -> tuple[str, ...]:
        """The elements of the comments, in the order of the model's."""
        return anchors_of(self.model.comments)

    @property
    def source_paths(self) -> tuple[str, ...]:
        """Where the untouched texts of its sources stand, published or not."""
        return tuple(source_text_path(source.sha256) for source in self.model.sources)

    @property
    def comment_pages(self) -> tuple[str, ...]:
        """Where the further pages of a long thread stand; most articles have none."""
        return self.former_pages or tuple(page.url for page in self.thread.pages[1:])

    @cached_property
    def published(self) -> DateView | None:
        """When the article appeared."""
        return date_view(self.model.published)

    @property
    def when(self) -> When | None:
        """Its place among the dated articles."""
        date = self.published
        return (date.edtf, date.year, date.month, date.day) if date else None

    @cached_property
    def modified(self) -> DateView | None:
        """When it was changed."""
        return date_view(self.model.modified)

    @cached_property
    def captured(self) -> DateView | None:
        """When it was saved."""
        return date_view(self.model.captured)

    def __post_init__(self) -> None:
        # Everything else reads as on the model: id, title, standfirst, authors, section, tags, ... A page asks for
        # these so often that passing on each question would show.
        self.__dict__.update(zip(_AS_ON_THE_MODEL, _of_model(self.model), strict=True))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> object: ...

    @property
    def undated(self) -> bool:
        """True when nobody knows when the article appeared."""
        return self.published is None

    @property
    def is_removed(self) -> bool:
        """True when the article was taken out as a whole."""
        return self.removal is not None

    @property
    def is_gone(self) -> bool:
        """True when nothing is to stand in its place either."""
        return self.removal is not None and not self.removal.address

    @property
    def title_guessed(self) -> bool:
        """True when the source had no title, and the first words stand in its place.

        A title that was guessed from what the source shows is one that it has.
        """
        if "title" not in self.model.guessed:
            return False
        texts = [self.model.body, *(comment.body for comment in self.model.comments)]
        first = next((found[0] for text in texts if text and (found := paragraphs_of(text))), None)
        return first is None or clean_line(first).startswith(self.model.title.removesuffix("…").rstrip())

    @property
    def opens_with_standfirst(self) -> bool:
        """True when the text begins with the words of the standfirst, so that they need not stand above it."""
        return opens_with(self.model.body, self.model.standfirst)

    @property
    def url_original(self) -> str:
        """Where the article stood."""
        return self.model.url

    @property
    def split(self) -> SplitView:
        """How article and comments were told apart, and how sure that is."""
        return split_view(self.model.split)


_OF_ITS_OWN = {*dir(ArticleView), *(part.name for part in fields(ArticleView))}
_AS_ON_THE_MODEL = tuple(part.name for part in fields(Article) if part.name not in _OF_ITS_OWN)
_of_model = attrgetter(*_AS_ON_THE_MODEL)


def split_view(split: Split) -> SplitView:
    """The view of a split."""
    return SplitView(split.method, split.confidence)


def article_view(found: Published, is_kept: Callable[[str], bool], comments_per_page: int = 0) -> ArticleView:
    """The view of an article and its comments; `is_kept` says of a path whether the archive has a file there."""
    removal, article = found.removal, found.article
    former = thread_view(found.thread, found.address.url, comments_per_page).pages[1:] if removal else ()
    return ArticleView(
        article,
        tuple(_source_view(source, is_kept) for source in article.sources),
        found.address.url,
        comments_per_page,
        None if removal is None else _removal_view(removal),
        found.taken,
        found.withheld,
        found.images,
        found.found_url,
        tuple(page.url for page in former),
    )


def _removal_view(entry: Entry) -> RemovalView:
    return RemovalView(entry.reason, date_view(entry.date), entry.note, entry.keep_title, entry.keep_address)


def _source_view(source: Source, is_kept: Callable[[str], bool]) -> SourceView:
    path = source_text_path(source.sha256)
    return SourceView(source.name, source.sha256, source.parts, path if is_kept(path) else "")
