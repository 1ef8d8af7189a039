"""An article's view that lists can show without reading the article: its text and comments load when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backfile.comments.views import ArticleView, DateView, date_view, thread_label


class DeferredThread:
    """The sums of a thread; the comments themselves come from the whole view."""

    __slots__ = ("_load", "count", "total")

    def __init__(self, count: int | None, total: int, load: Callable[[], ArticleView]) -> None:
        self.count, self.total, self._load = count, total, load

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

    __slots__ = ("_card", "_load", "thread")

    def __init__(self, card: dict[str, Any], load: Callable[[], ArticleView]) -> None:
        self._card, self._load = card, load
        self.thread = DeferredThread(card["count"], card["total"], load)

    @staticmethod
    def card(view: ArticleView) -> dict[str, Any]:
        """What lists show, as JSON."""
        model = view.model
        total = len(model.comments)
        return {
            "id": model.id,
            "title": model.title,
            "standfirst": model.standfirst,
            "authors": model.authors,
            "section": model.section,
            "tags": model.tags,
            "language": model.language,
            "published": model.published,
            "count": None if any(comment.kind == "block" for comment in model.comments) else total,
            "total": total,
        }

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ("authors", "tags"):
            return tuple(self._card[name])
        if name != "published" and name in self._card:
            return self._card[name]
        return getattr(self._load(), name)

    @property
    def published(self) -> DateView | None:
        """When the article appeared."""
        return date_view(self._card["published"])

    @property
    def undated(self) -> bool:
        """True when nobody knows when the article appeared."""
        return self.published is None
