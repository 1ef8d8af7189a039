"""What others call the parts of comments in JSON, where it can mean nothing else, and which were never public."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from backfile.importer.exported import is_exported
from backfile.importer.jsonfields import NAMES, date_of, text_of, texts_of
from backfile.text import clean_line

Item = dict[str, Any]

_ID = ("id", "comment_id", "commentId", "short_id", "_id")
_ANSWERS_NUMBER = "reply_to_post_number"
PARENT = (
    "parent",
    *("parent_id", "parentId", "parentID", "parent_comment", "parentComment", "pid"),
    *("in_reply_to", "in_reply_to_id", "inReplyTo", "reply_to", "replyTo"),
    _ANSWERS_NUMBER,
)
_AUTHOR = (
    "author",
    "author_name",
    "authorName",
    *NAMES,
    "user_name",
    "userName",
    "user",
    "commenter",
    "commenting_user",
    *("by", "from", "account", "userDisplayName", "authorDisplayName", "user_display_name"),
)
_DATE = (
    "date",
    *("created_at", "createdAt", "created_utc", "created", "date_created", "dateCreated"),
    *("creation_date", "creationDate", "create_date", "createDate"),
    *("published_at", "publishedAt", "published", "posted_at", "postedAt", "posted"),
    *("timestamp", "datetime", "time"),
)
_BODIES = ("text", "body", "content", "message", "comment", "comment_text", "commentText")
"""What the text of a comment is called; only that of the first name is plain for certain."""
MARKED = (
    *("body_html", "bodyHtml", "bodyHTML", "content_html", "contentHtml", "contentHTML"),
    *("comment_html", "text_html", "cooked"),
)
LISTS = ("comments", "Comments", "comment_list", "commentList", "replies", "children", "responses")
_NOT_SEEN = frozenset(
    "spam trash deleted removed pending hold held unapproved rejected hidden draft private premod withheld"
    " system_withheld".split()
)
_TO_COME = frozenset("auto-draft future scheduled unpublished".split())
_SAYS_NOT = (
    *("deleted", "is_deleted", "isDeleted", "delete", "dead"),
    *("spam", "is_spam", "isSpam", "hidden", "is_hidden", "isHidden", "user_deleted"),
)
_SAYS_WHEN = ("deleted_at", "deletedAt", "removed_at", "removedAt")
"""Tells that it was taken out by any value."""
_SAYS_SEEN = (
    "approved",
    "is_approved",
    "isApproved",
    "is_published",
    "isPublished",
    "is_public",
    "isPublic",
    "visible",
    "is_visible",
    "isVisible",
    "published",
)
_STATES = ("status", "state", "moderation_status")
STATES = frozenset((*_SAYS_NOT, *_SAYS_WHEN, *_SAYS_SEEN, *_STATES))
"""The names of what says whether readers saw a comment."""
_ANSWERS_NONE = frozenset(("0", "root"))
_GONE = re.compile(r"\[ ?(?:deleted|removed)(?: by [\w ]{1,30})? ?\]", re.IGNORECASE)
"""What some put in the place of a text, or of a name, that was taken out."""


def id_of(item: Item) -> str:
    """The comment's own id, which is its number where that is what others answer."""
    return text_of(item, _id_name(item))


def parent_of(item: Item) -> str:
    """The id of the comment that it answers."""
    return _text(item, PARENT)


def is_no_parent(name: str, article: str) -> bool:
    """True for what some write where a comment answers the article with that id, unless a comment has it."""
    return name in _ANSWERS_NONE or name == article


def author_of(item: Item) -> tuple[str, str]:
    """Who wrote it, and the address that an object for the writer names."""
    name = _author_name(item)
    value = item.get(name)
    if isinstance(value, dict):
        return _text_line(value, NAMES), text_of(value, "url")
    told = "" if value == 0 else clean_line(text_of(item, name))
    return ("" if is_gone(told) and not is_exported(item) else told), ""


def is_gone(text: str) -> bool:
    """True for words that stand where a text or a name was taken out."""
    return "[" in text[:100] and _GONE.fullmatch(text.strip()) is not None


def when(item: Item) -> str:
    """When it was written, as EDTF."""
    return date_of(item, _date_name(item))


def unread_date(item: Item) -> str:
    """A date as it is written that could not be read; empty where there is none."""
    return "" if when(item) else next((line for name in _DATE if (line := clean_line(text_of(item, name)))), "")


def body_name(item: Item) -> str:
    """Under which name its text stands."""
    if text_of(item, "html"):
        return "html"
    bodies = (name for name in _BODIES if name in item and texts_of(item, name))
    return next(bodies, "") or next((name for name in MARKED if name in item and text_of(item, name)), "text")


def is_marked_up(name: str) -> bool:
    """True for the name of a text that is HTML for certain."""
    return name == "html" or name in MARKED


def is_alias(name: str) -> bool:
    """True for a name of texts that may be either."""
    return name in _BODIES[1:]


def names_read(item: Item) -> frozenset[str]:
    """The names under which the comment's parts are read, its text aside."""
    return frozenset((_id_name(item), _name(item, PARENT), _author_name(item), _date_name(item)))


def other_texts(name: str) -> frozenset[str]:
    """The names of texts that are not read where one is."""
    return frozenset(("html", "commonmark", *_BODIES, *MARKED)) - {name}


def was_public(item: Item) -> bool:
    """False for a comment that says that readers did not see it: it was deleted, is spam, or waited for approval."""
    if is_gone(text_of(item, body_name(item))) and not is_exported(item):
        return False
    if STATES.isdisjoint(item) and "removed" not in item:
        return True
    if any(_is(item.get(name), meant=True) for name in _SAYS_NOT) or item.get("removed") is True:
        return False
    if any(item.get(name) for name in _SAYS_WHEN):
        return False
    if any(_is(item.get(name), meant=False) for name in _SAYS_SEEN):
        return False
    return not any(text_of(item, name).strip().lower() in _NOT_SEEN for name in (*_STATES, *_SAYS_SEEN))


def was_published(article: Item) -> bool:
    """False for an article that says that it was a draft, was to come, or was taken back."""
    if article.get("draft") is True or article.get("published") is False:
        return False
    return was_public(article) and text_of(article, "status").strip().lower() not in _TO_COME


def count_of(given: Any) -> str:
    """The number that stands where comments should; empty where it is none."""
    return str(given).strip() if _is_count(given) else ""


def _id_name(item: Item) -> str:
    return "post_number" if _ANSWERS_NUMBER in item else _name(item, _ID)


def _author_name(item: Item) -> str:
    """Under which name its writer stands: a number is one only under the name that is ours, where nothing else is."""
    return next((name for name in _AUTHOR if name in item and _names_somebody(item[name])), "author")


def _names_somebody(value: Any) -> bool:
    """True for a name, or an object that has one."""
    if isinstance(value, dict):
        return bool(_text_line(value, NAMES))
    return isinstance(value, str) and bool(value.strip())


def _date_name(item: Item) -> str:
    return next((name for name in _DATE if item.get(name) and date_of(item, name)), "date")


def _text_line(item: Item, names: Iterable[str]) -> str:
    return next(_lines(item, names), "")


def _lines(item: Item, names: Iterable[str]) -> Iterator[str]:
    return (line for name in names if (line := clean_line(text_of(item, name))))


def _name(item: Item, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in item and text_of(item, name).strip()), names[0])


def _text(item: Item, names: tuple[str, ...]) -> str:
    return text_of(item, _name(item, names))


def _is(value: Any, *, meant: bool) -> bool:
    """True for a value that says yes, or no, however it is written; for one that says nothing neither."""
    text = str(value).strip().lower()
    return text in (("true", "1", "yes") if meant else ("false", "0", "no"))


def _is_count(value: Any) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.strip().isdecimal()
    )
