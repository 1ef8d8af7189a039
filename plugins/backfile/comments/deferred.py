"""An article's view that lists can show without reading the article: its text and comments load when asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from backfile.comments.dateview import DateView
from backfile.comments.threadview import thread_label
from backfile.comments.views import ArticleView, When

_of_date = attrgetter(*(part.name for part in fields(DateView)))
_MODEL = ("id", "title", "standfirst", "authors", "section", "tags", "language", "guessed")
_VIEW = ("withheld", "taken", "images", "is_removed", "is_gone", "source_paths", "found_url", "title_guessed")
_of_model, _of_view = attrgetter(*_MODEL), attrgetter(*_VIEW)

Card = tuple[Any, ...]
"""What lists show of an article, as values that `marshal` can write."""

_CARD = (*_MODEL, "date", "total", "told_apart", "blocks", "comment_pages", *_VIEW)
_ID, _DATE, _TOTAL, _TOLD_APART, _BLOCKS, _TAKEN, _FOUND_URL = map(
    _CARD.index, ("id", "date", "total", "told_apart", "blocks", "taken", "found_url")
)
_NOT_ASKED = frozenset(("date", "total", "blocks"))


class DeferredThread:
    """The sums of a thread; the comments themselves come from the whole view."""

    __slots__ = ("_load", "count", "told_apart", "total")

    def __init__(self, total: int, told_apart: int, blocks: bool, load: Callable[[], ArticleView]) -> None:
        self.total, self.told_apart, self._load = total, told_apart, load
        self.count = None if blocks else told_apart

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._load().thread, name)

    @property
    def has_comments(self) -> bool:
        """True when there is anything to show."""
        return self.total > 0

    @property
    def label(self) -> str:
        """The count in words."""
        return thread_label(self.count)


class DeferredView:
    """Reads as the `ArticleView` it was made from."""

    __slots__ = ("_card", "_load", "published", "thread", "undated")

    published: DateView | None
    thread: DeferredThread

    def __init__(self, card: Card, load: Callable[[], ArticleView]) -> None:
        self._card, self._load = card, load
        self.undated = card[_DATE] is None

    @staticmethod
    def card(view: ArticleView) -> Card:
        """What lists show, as plain values in the order of `_CARD`."""
        model = view.model
        told_apart = sum(comment.kind != "block" and not comment.removed for comment in model.comments)
        has_pages = view.removal or len(model.comments) > view.comments_per_page > 0
        return (
            *_of_model(model),
            view.published and _of_date(view.published),
            len(model.comments),
            told_apart,
            any(comment.kind == "block" for comment in model.comments),
            view.comment_pages if has_pages else (),
            *_of_view(view),
        )

    @staticmethod
    def leans_on(view: ArticleView) -> list[str]:
        """Paths, relative to the content folder, of which the view shows whether a file is there."""
        return sorted(set(view.source_paths))

    @staticmethod
    def identity(card: Card) -> tuple[str, str]:
        """What takedowns name an article by: its id, and the address that it had before any of them."""
        return card[_ID], card[_FOUND_URL]

    @staticmethod
    def outside(card: Card) -> str:
        """What has a hand in the view beside the content file: the takedowns that touch it."""
        return " ".join(card[_TAKEN])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        card = self._card
        if name == "thread":  # made when first asked for, as the date is: few articles are looked at in a build
            self.thread = DeferredThread(card[_TOTAL], card[_TOLD_APART], card[_BLOCKS], self._load)
            return self.thread
        if name == "published":
            self.published = card[_DATE] and DateView(*card[_DATE])
            return self.published
        return getattr(self._load(), name)

    @property
    def when(self) -> When | None:
        """Its place among the dated articles."""
        known = self._card[_DATE]
        return known and (known[0], known[5], known[6], known[7])

    @property
    def comment_count(self) -> int | None:
        """How many comments there are; None when that cannot be known."""
        return None if self._card[_BLOCKS] else self._card[_TOLD_APART]


def _of_card(at: int) -> property:
    """An attribute that stands in the card: asked of every article in every build, so it is found without a detour."""
    return property(lambda view: view._card[at])


for _at, _name in enumerate(_CARD):
    if _name not in _NOT_ASKED:
        setattr(DeferredView, _name, _of_card(_at))
