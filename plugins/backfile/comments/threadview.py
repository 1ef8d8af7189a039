"""What templates see of a conversation: its comments as threads, on one page or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from backfile.comments.dateview import DateView, date_view
from backfile.comments.headings import below
from backfile.comments.paging import finding_aid, page_numbers, page_url
from backfile.comments.pictures import with_kept_images
from backfile.markdown import paragraphs_of, render
from backfile.model import Comment
from backfile.threads import Node, build_threads, in_reading_order

MAX_INDENT = 4


@dataclass(slots=True)
class CommentView:
    """A comment on the page; `anchor` is the id of its element, `removed` why it was taken out.

    `replies` are those on the same page, `further` those that had to go to a later one; `indent` is its depth on its
    page, at most 4, `before` that of the comment before it there, -1 of the first. `next_root` is the element of the
    next thread on the page, when this begins one.
    """

    id: str
    anchor: str
    body: str
    author: str
    author_url: str
    date: DateView | None
    kind: str
    language: str
    depth: int
    indent: int
    position: int
    repair: str
    removed: str
    page: int
    url: str
    before: int = -1
    next_root: str = ""
    parent: CommentView | None = None
    replies: list[CommentView] = field(default_factory=list)
    further: list[CommentView] = field(default_factory=list)

    @property
    def html(self) -> str:
        """The text as safe HTML; made when it is shown, since a page shows few of a long thread."""
        return with_kept_images(below(3, render(self.body)), self.url)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs a block has."""
        return len(paragraphs_of(self.body)) if self.kind == "block" else 0


@dataclass(slots=True)
class ThreadPage:
    """A page of a thread: its number from 1, its address, its comments as `ThreadView` has them."""

    number: int
    url: str
    roots: list[CommentView] = field(default_factory=list)
    flat: list[CommentView] = field(default_factory=list)


@dataclass(frozen=True)
class ThreadView:
    """All comments of an article; `count` is None when the source does not tell them apart."""

    roots: list[CommentView]
    flat: list[CommentView]
    pages: list[ThreadPage]

    @property
    def has_comments(self) -> bool:
        """True when there is anything to show."""
        return bool(self.flat)

    @cached_property
    def blocks(self) -> list[CommentView]:
        """The comments that are several, not told apart."""
        return [comment for comment in self.flat if comment.kind == "block"]

    @property
    def count(self) -> int | None:
        """How many comments there are, or None when nobody can know."""
        return None if self.blocks else self.told_apart

    @property
    def paragraphs(self) -> int:
        """Paragraphs of text whose single comments are not told apart."""
        return sum(block.paragraphs for block in self.blocks)

    @property
    def total(self) -> int:
        """How many entries there are, blocks of comments included."""
        return len(self.flat)

    @cached_property
    def told_apart(self) -> int:
        """Comments that are known to be one each, and are there; how many a block holds nobody can know."""
        return sum(comment.kind != "block" and not comment.removed for comment in self.flat)

    @property
    def places(self) -> str:
        """On which page which comment is, for the script of the first; empty when there is one page."""
        pages = [[comment.anchor for comment in page.flat] for page in self.pages[1:]]
        return finding_aid(pages) if pages else ""

    @property
    def label(self) -> str:
        """The count in words."""
        return thread_label(self.count)


def thread_label(count: int | None) -> str:
    """A number of comments in words; None when nobody can know it."""
    if count is None:
        return "Readers’ comments, not told apart"
    return "1 comment" if count == 1 else f"{count} comments"


def thread_view(comments: tuple[Comment, ...], place: str = "", per_page: int = 0) -> ThreadView:
    """The comments as threads, in pages of about so many (0: one page); anchors are unique whatever the ids are."""
    roots = build_threads(comments)
    numbers = page_numbers(roots, comments, per_page)
    pages = [ThreadPage(number, page_url(place, number)) for number in range(1, max(numbers.values(), default=1) + 1)]
    views: dict[int, CommentView] = {}
    anchors: set[str] = set()
    flat = []
    for position, node in enumerate(in_reading_order(roots), 1):
        page = pages[numbers.get(id(node), 1) - 1]
        view = views[id(node)] = _comment_view(node, position, anchors, page)
        flat.append(view)
        view.parent = views[id(node.parent)] if node.parent else None
        if view.parent is None or view.parent.page != view.page:
            if page.roots:
                page.roots[-1].next_root = view.anchor
            page.roots.append(view)
        else:
            view.indent = min(view.parent.indent + 1, MAX_INDENT)
        if page.flat:
            view.before = page.flat[-1].indent
        page.flat.append(view)
        if view.parent:
            (view.parent.replies if view.parent.page == view.page else view.parent.further).append(view)
    return ThreadView([views[id(root)] for root in roots], flat, pages)


def _comment_view(node: Node, position: int, anchors: set[str], page: ThreadPage) -> CommentView:
    comment = node.comment
    link = comment.author_url if comment.author_url.startswith(("http://", "https://")) else ""
    # In the order of the fields: names for so many of them take a third longer, and there are a million comments.
    return CommentView(
        comment.id,
        _anchor(comment, anchors),
        comment.body,
        comment.author,
        link,
        date_view(comment.date),
        comment.kind,
        comment.language,
        node.depth,
        0,
        position,
        node.repair,
        comment.removed,
        page.number,
        page.url,
    )


def anchors_of(comments: Sequence[Comment]) -> tuple[str, ...]:
    """The elements of comments, in their order; the thread has a part in it only where two have the same id."""
    if len({comment.id for comment in comments}) == len(comments):
        return tuple(map(_element, comments))
    taken: set[str] = set()
    found = {id(node.comment): _anchor(node.comment, taken) for node in in_reading_order(build_threads(comments))}
    return tuple(found[id(comment)] for comment in comments)


def _element(comment: Comment) -> str:
    return f"comment-{comment.id}"


def _anchor(comment: Comment, taken: set[str]) -> str:
    """The id of a comment's element, with a number when an earlier comment has it already."""
    anchor = _element(comment)
    name, number = anchor, 2
    while name in taken:
        name, number = f"{anchor}-{number}", number + 1
    taken.add(name)
    return name
