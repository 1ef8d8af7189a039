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
_AT_HAND = (
    *("id", "title", "standfirst", "section", "language", "is_removed", "is_gone"),
    "told_apart",
    *("authors", "guessed", "tags", "comment_pages", "withheld", "taken", "images", "source_paths"),
)


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

    def __init__(self, card: dict[str, Any], load: Callable[[], ArticleView]) -> None:
        self._card, self._load = card, load
        self.undated = card["published"] is None

    @staticmethod
    def card(view: ArticleView) -> dict[str, Any]:
        """What lists show, as plain values."""
        model = view.model
        return {
            "id": model.id,
            "title": model.title,
            "standfirst": model.standfirst,
            "authors": model.authors,
            "section": model.section,
            "tags": model.tags,
            "language": model.language,
            "guessed": model.guessed,
            "published": view.published and _of_date(view.published),
            "total": len(model.comments),
            "told_apart": sum(comment.kind != "block" and not comment.removed for comment in model.comments),
            "blocks": any(comment.kind == "block" for comment in model.comments),
            "comment_pages": view.comment_pages
            if view.removal or len(model.comments) > view.comments_per_page > 0
            else (),
            "withheld": view.withheld,
            "taken": view.taken,
            "images": view.images,
            "is_removed": view.removal is not None,
            "is_gone": view.is_gone,
            "source_paths": view.source_paths,
            "found_url": view.found_url,
        }

    @staticmethod
    def leans_on(view: ArticleView) -> list[str]:
        """Paths, relative to the content folder, of which the view shows whether a file is there."""
        return sorted(set(view.source_paths))

    @staticmethod
    def outside(card: dict[str, Any]) -> str:
        """What has a hand in the view beside the content file: the takedowns that touch it."""
        return " ".join(card["taken"])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        card = self._card
        if name == "thread":  # made when first asked for, as the date is: few articles are looked at in a build
            self.thread = DeferredThread(card["total"], card["told_apart"], card["blocks"], self._load)
            return self.thread
        if name == "published":
            self.published = card["published"] and DateView(*card["published"])
            return self.published
        return getattr(self._load(), name)

    @property
    def when(self) -> When | None:
        """Its place among the dated articles."""
        known = self._card["published"]
        return known and (known[0], known[5], known[6], known[7])

    @property
    def title_guessed(self) -> bool:
        """True when the source had no title."""
        return "title" in self._card["guessed"]

    @property
    def comment_count(self) -> int | None:
        """How many comments there are; None when that cannot be known."""
        card = self._card
        return None if card["blocks"] else card["told_apart"]


def _of_card(name: str) -> property:
    """An attribute that stands in the card: asked of every article in every build, so it is found without a detour."""
    return property(lambda view: view._card[name])


for _name in _AT_HAND:
    setattr(DeferredView, _name, _of_card(_name))
