"""What an object or a list of JSON is by its shape: comments, articles, or a comment by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from backfile.importer.jsonfields import text_of, texts_of
from backfile.importer.jsonnames import PARENT, author_of, body_name, when
from backfile.importer.jsonplain import comment_plainly, plainly
from backfile.importer.jsontargets import names_another, own_address

Item = dict[str, Any]

_OF_COMMENT = frozenset((*PARENT, "issue_url", "link_id", "asset_id"))
_TEXT_OF_COMMENT = ("comment_text", "commentText")
_ARTICLES = frozenset("post page article story".split())
_DEEPEST = 4


def holds_comments(value: Any, depth: int = 0) -> bool:
    """True for a value with a list in it that looks like one of comments."""
    if look_like_comments(value):
        return True
    parts: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth < _DEEPEST and any(holds_comments(part, depth + 1) for part in parts if isinstance(part, dict | list))


def holds_articles(value: Any) -> bool:
    """True for a list of objects that mostly have a title, and a text or an address."""
    return _mostly(value, lambda item: bool(text_of(item, "title") and (has_text(item) or own_address(item))))


def holds_comments_alone(value: Any) -> bool:
    """True for a list of objects that mostly are comments that say what they answer or are about."""
    return _mostly(value, lambda item: is_comment_alone(comment_plainly(item)))


def _mostly(value: Any, is_one: Callable[[Item], bool]) -> bool:
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return sum(map(is_one, items)) * 2 > len(items)


def has_text(value: Item) -> bool:
    """True for what has a text, of an article or a comment."""
    told = plainly(value)
    return any(texts_of(told, name) for name in (body_name(told), "selftext", "raw_text"))


def is_comment_alone(value: Item) -> bool:
    """True for a record that is a comment, and no article: it has no title, and says what it answers or is about."""
    if "locator" in value and "pid" in value:
        return True  # Remark42 names the article with each, and its title
    if text_of(value, "title").strip() or value.get("comments") or text_of(value, "type") in _ARTICLES:
        return False
    return (
        value.get("type") == "comment"
        or not _OF_COMMENT.isdisjoint(value)
        or names_another(value)
        or any(text_of(value, name) for name in _TEXT_OF_COMMENT)
    )


def look_like_comments(value: Any) -> bool:
    """True for a list of what mostly looks like comments."""
    if not isinstance(value, list) or not value:
        return False
    likely = sum(isinstance(item, dict) and _looks_like_comment(item) for item in value)
    return likely * 2 > len(value)


def _looks_like_comment(item: Item) -> bool:
    told = text_of(item, body_name(item)) or text_of(item, "reply_text")
    names = ("title", "headline", "url", "link")
    return bool(told and (author_of(item)[0] or when(item)) and not any(text_of(item, name) for name in names))
