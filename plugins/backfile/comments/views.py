"""What templates see of an article and its comments: plain objects, documented in `docs/templates.md`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from backfile.dates import Edtf, Precision, parse_edtf
from backfile.markdown import paragraphs_of, render
from backfile.model import Article, Comment, Source, Split
from backfile.sourcetext import source_text_path
from backfile.threads import Node, build_threads, in_reading_order

MAX_INDENT = 4


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in words and for machines, no finer than it is known."""

    edtf: str
    text: str
    machine: str
    precision: Precision
    uncertain: bool
    year: int
    month: int | None
    day: int | None


@dataclass(slots=True)
class CommentView:
    """A comment on the page; `html` is safe, `anchor` the id of its element."""

    id: str
    anchor: str
    html: str
    author: str
    author_url: str
    date: DateView | None
    kind: str
    language: str
    depth: int
    indent: int
    position: int
    repair: str
    paragraphs: int
    parent: CommentView | None = None
    replies: list[CommentView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ThreadView:
    """All comments of an article; `count` is None when the source does not tell them apart."""

    roots: list[CommentView]
    flat: list[CommentView]

    @property
    def has_comments(self) -> bool:
        """True when there is anything to show."""
        return bool(self.flat)

    @property
    def blocks(self) -> list[CommentView]:
        """The comments that are several, not told apart."""
        return [comment for comment in self.flat if comment.kind == "block"]

    @property
    def count(self) -> int | None:
        """How many comments there are, or None when nobody can know."""
        return None if self.blocks else len(self.flat)

    @property
    def paragraphs(self) -> int:
        """Paragraphs of text whose single comments are not told apart."""
        return sum(block.paragraphs for block in self.blocks)

    @property
    def total(self) -> int:
        """How many entries there are, blocks of comments included."""
        return len(self.flat)

    @property
    def told_apart(self) -> int:
        """Comments that are known to be one each; how many a block holds nobody can know."""
        return self.total - len(self.blocks)

    @property
    def label(self) -> str:
        """The count in words."""
        return thread_label(self.count)


def thread_label(count: int | None) -> str:
    """A number of comments in words; None when nobody can know it."""
    if count is None:
        return "Readers’ comments, not told apart"
    return "1 comment" if count == 1 else f"{count} comments"


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
        from backfile.split import DOUBTFUL_BELOW  # a large module, and most articles were never split

        return self.confidence is not None and self.confidence < DOUBTFUL_BELOW


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source of an article; `url` is that of its untouched text, relative to the site, or empty."""

    name: str
    sha256: str
    parts: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class ArticleView:
    """An article as templates see it, beside Pelican's own attributes."""

    model: Article
    sources: tuple[SourceView, ...]

    @cached_property
    def thread(self) -> ThreadView:
        """The comments; rendered when a page first shows them."""
        return thread_view(self.model.comments)

    @property
    def anchors(self) -> dict[str, str]:
        """The elements of the comments by id, without rendering any."""
        taken: set[str] = set()
        nodes = in_reading_order(build_threads(self.model.comments))
        return {node.comment.id: _anchor(node.comment, taken) for node in nodes}

    @cached_property
    def published(self) -> DateView | None:
        """When the article appeared."""
        return date_view(self.model.published)

    @cached_property
    def modified(self) -> DateView | None:
        """When it was changed."""
        return date_view(self.model.modified)

    @cached_property
    def captured(self) -> DateView | None:
        """When it was saved."""
        return date_view(self.model.captured)

    def __getattr__(self, name: str) -> object:
        # Everything else reads as on the model: id, title, standfirst, authors, section, tags, ...
        return getattr(self.model, name)

    @property
    def undated(self) -> bool:
        """True when nobody knows when the article appeared."""
        return self.published is None

    @property
    def title_guessed(self) -> bool:
        """True when the source had no title."""
        return "title" in self.model.guessed

    @property
    def url_original(self) -> str:
        """Where the article stood."""
        return self.model.url

    @property
    def split(self) -> SplitView:
        """How article and comments were told apart, and how sure that is."""
        return split_view(self.model.split)


def split_view(split: Split) -> SplitView:
    """The view of a split."""
    return SplitView(split.method, split.confidence)


@lru_cache(maxsize=1 << 16)
def date_view(text: str) -> DateView | None:
    """The view of an EDTF string; None when it is empty or none."""
    parsed = parse_edtf(text)
    return _date_view(parsed) if parsed else None


def _date_view(parsed: Edtf) -> DateView:
    return DateView(
        edtf=str(parsed),
        text=parsed.text(),
        machine=parsed.machine(),
        precision=parsed.precision,
        uncertain=parsed.uncertain,
        year=parsed.year,
        month=parsed.month,
        day=parsed.day,
    )


def thread_view(comments: tuple[Comment, ...]) -> ThreadView:
    """The comments as threads; anchors are unique whatever the ids are."""
    roots = build_threads(comments)
    views: dict[int, CommentView] = {}
    anchors: set[str] = set()
    flat = []
    for position, node in enumerate(in_reading_order(roots), 1):
        view = _comment_view(node, position, anchors)
        views[id(node)] = view
        flat.append(view)
        if node.parent is not None:
            view.parent = views[id(node.parent)]
            view.parent.replies.append(view)
    return ThreadView([views[id(root)] for root in roots], flat)


def _comment_view(node: Node, position: int, anchors: set[str]) -> CommentView:
    comment = node.comment
    return CommentView(
        id=comment.id,
        anchor=_anchor(comment, anchors),
        html=render(comment.body),
        author=comment.author,
        author_url=comment.author_url if comment.author_url.startswith(("http://", "https://")) else "",
        date=date_view(comment.date),
        kind=comment.kind,
        language=comment.language,
        depth=node.depth,
        indent=min(node.depth, MAX_INDENT),
        position=position,
        repair=node.repair,
        paragraphs=len(paragraphs_of(comment.body)) if comment.kind == "block" else 0,
    )


def _anchor(comment: Comment, taken: set[str]) -> str:
    """The id of a comment's element, with a number when an earlier comment has it already."""
    anchor = f"comment-{comment.id}"
    name, number = anchor, 2
    while name in taken:
        name, number = f"{anchor}-{number}", number + 1
    taken.add(name)
    return name


def article_view(article: Article, is_kept: Callable[[str], bool]) -> ArticleView:
    """The view of an article and its comments; `is_kept` says of a path whether the archive has a file there."""
    return ArticleView(article, tuple(_source_view(source, is_kept) for source in article.sources))


def _source_view(source: Source, is_kept: Callable[[str], bool]) -> SourceView:
    path = source_text_path(source.sha256)
    return SourceView(source.name, source.sha256, source.parts, path if is_kept(path) else "")
