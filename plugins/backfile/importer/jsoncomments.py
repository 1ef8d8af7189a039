"""Comments in an object of JSON: a list, in which each has its replies in it or says which it answers, or a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from backfile.importer.exported import kept_text
from backfile.importer.html.fragment import html_to_commonmark, text_to_commonmark
from backfile.importer.html.links import safe_url
from backfile.importer.html.metadata import language_tag
from backfile.importer.images.pictures import Pictures
from backfile.importer.jsonfields import date_of, list_of, looks_marked_up, text_of, texts_of
from backfile.importer.mentions import GUESSED, with_mentioned_parents
from backfile.importer.plaintext import paragraphs_of_text
from backfile.importer.threads import as_thread
from backfile.markdown import join_paragraphs
from backfile.model import Comment, CommentKind
from backfile.split import separate
from backfile.text import clean_line

_KINDS: tuple[CommentKind, ...] = ("comment", "block", "pingback", "trackback")
_READ = frozenset("id parent author author_url date text html language kind removed commonmark".split())
_BODIES = ("text", "body", "content", "message")
"""What the text of a comment is called; only that of the first name is plain for certain."""
_REPLIES = ("replies", "children")
_PRIVATE = frozenset("email e-mail mail author_email ip ip_address author_ip avatar avatar_url author_avatar".split())
"""What is never read, of no comment of any kind, and need not be told of each."""
_MOST_KEYS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The comments of an article, what was guessed of them, and what there is to say."""

    comments: tuple[Comment, ...] = ()
    guessed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_comments(given: Any, base: str, pictures: Pictures) -> Found:
    """The comments of a list, or those that a text is told apart into."""
    if isinstance(given, str):
        comments, mentions = with_mentioned_parents(_flat_comments(given))
        return Found(comments, (GUESSED,) if mentions else ())
    if not isinstance(given, list):
        wrong = "the comments are neither a list nor a text and were left out"
        return Found(notes=() if given is None else (wrong,))
    placed = _Placed(given)
    comments, repairs = as_thread(_comment(item, name, parent, base, pictures) for item, name, parent in placed.items)
    return Found(comments, notes=(*repairs, *placed.left_out()))


def is_plain_comment(item: Any) -> bool:
    """True for a comment that says nothing but what is read of it: what else there is may never have been public."""
    return (
        isinstance(item, dict)
        and item.keys() <= _READ
        and not any(isinstance(found, dict | list) for found in item.values())
    )


class _Placed:
    """The comments of a list, each with its id and its parent's, and before the replies that stand in it."""

    def __init__(self, given: list[Any]) -> None:
        self.items: list[tuple[dict[str, Any], str, str]] = []
        self._wrong = 0
        self._unread: set[str] = set()
        seen: set[str] = set()
        waiting = [(item, "") for item in reversed(given)]
        while waiting:
            item, above = waiting.pop()
            if not isinstance(item, dict):
                self._wrong += 1
                continue
            name = text_of(item, "id")
            replies = [reply for key in _REPLIES if isinstance(item.get(key), list) for reply in item[key]]
            if replies and (not name or name in seen):  # they have to know whom they answer
                name = self._free_name(seen)
            seen.add(name)
            self.items.append((item, name, above or text_of(item, "parent")))
            self._unread.update(_unread(item))
            waiting += ((reply, name) for reply in reversed(replies))

    def _free_name(self, seen: set[str]) -> str:
        name = f"r{len(self.items) + 1}"
        while name in seen:
            name += "-r"
        return name

    def left_out(self) -> Iterator[str]:
        """What was not read, in words for the report."""
        if self._wrong:
            yield f"{self._wrong} of the comments are not objects and were left out"
        if self._unread:
            names = sorted(clean_line(name)[:40] for name in self._unread)
            more = f" and {len(names) - _MOST_KEYS} more" if len(names) > _MOST_KEYS else ""
            yield f"keys of comments that were not read: {', '.join(names[:_MOST_KEYS])}{more}"


def _unread(item: dict[str, Any]) -> Iterator[str]:
    """The names of what a comment says and nobody reads."""
    others = {*_BODIES, "html", "commonmark"} - {_name_of_text(item)} if not kept_text(item) else set()
    read = (_READ | _PRIVATE | {_name_of_text(item)}) - others
    for key, found in item.items():
        if found in (None, "", False, [], {}) or key in read or (key in _REPLIES and isinstance(found, list)):
            continue
        yield key


def _name_of_text(item: dict[str, Any]) -> str:
    """Under which name the text of a comment stands."""
    if kept_text(item):
        return "commonmark"
    return "html" if text_of(item, "html") else next((name for name in _BODIES if texts_of(item, name)), "text")


def _comment(item: dict[str, Any], name: str, parent: str, base: str, pictures: Pictures) -> Comment:
    """One comment; addresses of people (e-mail, IP, avatar) are not among what is read."""
    kind = text_of(item, "kind")
    author = item.get("author")
    profile = text_of(item, "author_url") or (text_of(author, "url") if isinstance(author, dict) else "")
    return Comment(
        id=name,
        body=_text(item, base, pictures),
        author=" ".join(list_of(item, "author")) if isinstance(author, dict) else clean_line(text_of(item, "author")),
        author_url=safe_url(profile),
        date=date_of(item, "date"),
        parent=parent,
        language=language_tag(text_of(item, "language")),
        kind=next((known for known in _KINDS if known == kind), "comment"),
        removed=clean_line(text_of(item, "removed")),
    )


def _text(item: dict[str, Any], base: str, pictures: Pictures) -> str:
    """The text of a comment as CommonMark."""
    name = _name_of_text(item)
    if name == "commonmark":
        return kept_text(item)
    given = text_of(item, "html") if name == "html" else "\n\n".join(texts_of(item, name))
    if name == "html" or (name != "text" and looks_marked_up(given)):
        return html_to_commonmark(given, base, pictures=pictures, of_reader=True)
    return text_to_commonmark(given)


def _flat_comments(text: str) -> Iterator[Comment]:
    """trafilatura's comments are one text; what can be told apart in it is."""
    paragraphs = paragraphs_of_text(text)
    for number, found in enumerate(separate(paragraphs) if paragraphs else [], start=1):
        yield Comment(
            id=f"n{number}",
            body=join_paragraphs(found.paragraphs),
            author=found.author,
            date=found.date,
            kind="comment" if found.known else "block",
        )
