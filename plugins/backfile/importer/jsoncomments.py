"""Comments in an object of JSON: a list, in which each has its replies in it or says which it answers, or a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from backfile.importer import jsonnames
from backfile.importer.exported import kept_text
from backfile.importer.html.fragment import html_to_commonmark, text_to_commonmark
from backfile.importer.html.links import safe_url
from backfile.importer.html.metadata import language_tag
from backfile.importer.images.pictures import Pictures
from backfile.importer.jsonfields import looks_marked_up, markup_of, text_of, texts_of, without_entities
from backfile.importer.jsonplain import comment_plainly
from backfile.importer.jsontargets import names_read, spellings
from backfile.importer.jsonwraps import as_list, list_in
from backfile.importer.mentions import GUESSED, with_mentioned_parents
from backfile.importer.plaintext import paragraphs_of_text
from backfile.importer.threads import as_thread
from backfile.markdown import join_paragraphs
from backfile.model import Comment, CommentKind
from backfile.split import separate
from backfile.text import clean_line

_KINDS: tuple[CommentKind, ...] = ("comment", "block", "pingback", "trackback")
_READ = frozenset("id parent author author_url date text html language kind removed commonmark".split())
_REPLIES = ("replies", "children", "comments", "responses")
_PRIVATE = frozenset(
    "email e-mail mail author_email ip ip_address author_ip avatar avatar_url author_avatar author_avatar_urls".split()
)
"""What is never read, of no comment of any kind, and need not be told of each."""
_MOST_KEYS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The comments of an article, what was guessed of them, and what there is to say."""

    comments: tuple[Comment, ...] = ()
    guessed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_comments(given: Any, base: str, pictures: Pictures, article: str = "", *, ours: bool = True) -> Found:
    """The comments of a list, or those that a text is told apart into; what answers the article's id answers none.

    `ours` is a list that has the name of ours.
    """
    if count := jsonnames.count_of(given):
        return Found(
            notes=(f"the comments are only counted ({count[:20]}), and not in the file",) if count != "0" else ()
        )
    further = _named_beside(given)
    given = as_list(given)
    if isinstance(given, str):
        comments, mentions = with_mentioned_parents(_flat_comments(given))
        return Found(comments, (GUESSED,) if mentions else ())
    if not isinstance(given, list):
        wrong = "the comments are neither a list nor a text and were left out"
        return Found(notes=() if given is None else (wrong,))
    gathered = Gathered(base, pictures, ours=ours)
    for item in given:
        gathered.add(item)
    return gathered.found(article, further)


def is_plain_comment(item: Any) -> bool:
    """True for a comment that says nothing but what is read of it: what else there is may never have been public."""
    return (
        isinstance(item, dict)
        and item.keys() <= _READ | jsonnames.names_read(item) | {_name_of_text(item)}
        and not any(isinstance(found, dict | list) for found in item.values())
    )


class Gathered:
    """The comments of an article as they come, each with its id and its parent's, and before the replies in it.

    `ours` are those that stand where our own JSON has them: there a `text` is plain. `alone` are those that stand by
    themselves, and say what they are about.
    """

    def __init__(self, base: str, pictures: Pictures, *, ours: bool = False, alone: bool = False) -> None:
        self._base, self._pictures, self._ours, self._alone = base, pictures, ours, alone
        self._comments: list[Comment] = []
        self._wrong = self._withheld = self._named = self._again = 0
        self._unread: set[str] = set()
        self._dates: list[str] = []
        self._seen: dict[str, Comment] = {}

    def add(self, given: Any) -> None:
        """Takes a comment, and the replies that stand in it."""
        waiting = [(given, "")]
        while waiting:
            item, above = waiting.pop()
            if not isinstance(item, dict):
                self._wrong += 1
                continue
            item = comment_plainly(item)
            name = jsonnames.id_of(item)
            replies = [reply for key in _REPLIES for reply in list_in(item.get(key)) or ()]
            if _is_named_only(item, replies):
                self._named += len(replies)
                continue
            if replies and (not name or name in self._seen):  # they have to know whom they answer
                name = self._free_name()
            self._place(item, name, above or jsonnames.parent_of(item))
            waiting += ((reply, name) for reply in reversed(replies))

    def found(self, article: str, further: int = 0) -> Found:
        """All of them as a thread; what answers the article's id answers none. So many `further` ones are not here."""
        self._named += further
        comments, repairs = as_thread(
            replace(comment, parent=parent) if (parent := self._parent(comment, article)) != comment.parent else comment
            for comment in self._comments
        )
        empty = sum(not (comment.body or comment.removed) for comment in comments)
        notes = (f"{empty} of the comments have no text that could be read",) if empty else ()
        return Found(comments, notes=(*repairs, *self._left_out(), *notes))

    def _parent(self, comment: Comment, article: str) -> str:
        """Which comment it answers: ids may be written with what they are ids of, or without."""
        for parent in (comment.parent, *(spellings(comment.parent) - {comment.parent})):
            if parent in self._seen:
                return parent
        return "" if jsonnames.is_no_parent(comment.parent, article) else comment.parent

    def _place(self, item: dict[str, Any], name: str, parent: str) -> None:
        if not jsonnames.was_public(item):
            self._withheld += 1
            return
        body = _text(item, self._base, self._pictures, ours=self._ours)
        comment = _comment(item, name, parent, body)
        if not self._ours:
            comment = replace(comment, author=clean_line(without_entities(comment.author)))
        if name and self._seen.get(name) == comment:
            self._again += 1
            return
        self._seen.setdefault(name, comment)
        self._comments.append(comment)
        self._unread.update(set(_unread(item)).difference(names_read(item) if self._alone else ()))
        if wrong := jsonnames.unread_date(item):
            self._dates.append(wrong)

    def _free_name(self) -> str:
        name = f"r{len(self._comments) + 1}"
        while name in self._seen:
            name += "-r"
        return name

    def _left_out(self) -> Iterator[str]:
        """What was not read, in words for the report."""
        if self._wrong:
            yield f"{self._wrong} of the comments are not objects and were left out"
        if self._named:
            yield f"{self._named} further comments are only named, and not in the file"
        if self._again:
            yield f"{self._again} of the comments came again, the same with the same id, and were taken once"
        if self._withheld:
            yield f"{self._withheld} of the comments are deleted, spam or not approved, and were left out"
        if self._dates:
            yield f"{len(self._dates)} of the comments have a date that cannot be read: {self._dates[0][:40]}"
        if self._unread:
            names = sorted(clean_line(name)[:40] for name in self._unread)
            more = f" and {len(names) - _MOST_KEYS} more" if len(names) > _MOST_KEYS else ""
            yield f"keys of comments that were not read: {', '.join(names[:_MOST_KEYS])}{more}"


def _named_beside(given: Any) -> int:
    """How many more ids a list has that stands beside one of comments, and has theirs."""
    if not isinstance(given, dict):
        return 0
    ids = {str(item.get("id")) for item in list_in(given) or () if isinstance(item, dict)}
    lists = [part for part in given.values() if isinstance(part, list) and len(part) > len(ids) > 0]
    named = ({str(one) for one in part} for part in lists if all(isinstance(one, int | str) for one in part))
    return max((len(one - ids) for one in named if ids <= one), default=0)


def _is_named_only(item: dict[str, Any], replies: list[Any]) -> bool:
    """True for what stands in the place of comments, of which it has the ids."""
    told = texts_of(item, _name_of_text(item)) or jsonnames.when(item)
    return bool(replies) and not told and all(isinstance(reply, str) for reply in replies)


def _unread(item: dict[str, Any]) -> Iterator[str]:
    """The names of what a comment says and nobody reads."""
    others = frozenset() if kept_text(item) else jsonnames.other_texts(_name_of_text(item))
    read = (_READ | _PRIVATE | jsonnames.STATES | jsonnames.names_read(item) | {_name_of_text(item)}) - others
    if text_of(item, "type") in _KINDS:
        read |= {"type"}
    for key, found in item.items():
        if found in (None, "", False, [], {}) or (key in _REPLIES and list_in(found) is not None):
            continue
        if key not in read or (isinstance(found, dict | list) and not _is_understood(item, key)):
            yield key


def _is_understood(item: dict[str, Any], key: str) -> bool:
    """True for an object, or a list, that is read as the writer or the text, or that nobody wants to read."""
    if key in _PRIVATE or key in jsonnames.STATES:
        return True
    return bool(jsonnames.author_of(item)[0] if key != _name_of_text(item) else texts_of(item, key))


def _name_of_text(item: dict[str, Any]) -> str:
    """Under which name the text of a comment stands."""
    return "commonmark" if kept_text(item) else jsonnames.body_name(item)


def _comment(item: dict[str, Any], name: str, parent: str, body: str) -> Comment:
    """One comment; addresses of people (e-mail, IP, avatar) are not among what is read."""
    kind = text_of(item, "kind") or text_of(item, "type")
    author, profile = jsonnames.author_of(item)
    return Comment(
        id=name,
        body=body,
        author=author,
        author_url=safe_url(text_of(item, "author_url") or profile),
        date=jsonnames.when(item),
        parent=parent,
        language=language_tag(text_of(item, "language")),
        kind=next((known for known in _KINDS if known == kind), "comment"),
        removed=clean_line(text_of(item, "removed")),
    )


def _text(item: dict[str, Any], base: str, pictures: Pictures, *, ours: bool) -> str:
    """The text of a comment as CommonMark."""
    name = _name_of_text(item)
    if name == "commonmark":
        return kept_text(item)
    marked = jsonnames.is_marked_up(name)
    given = text_of(item, name) if marked else "\n\n".join(texts_of(item, name))
    if marked or ((jsonnames.is_alias(name) or not ours) and looks_marked_up(given)):
        return html_to_commonmark(given if marked else markup_of(given), base, pictures=pictures, of_reader=True)
    return text_to_commonmark(given if ours else without_entities(given))


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
