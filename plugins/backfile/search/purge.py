"""What must leave the index whole, and not only be marked as deleted: what takedowns mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from backfile.errors import TakedownError
from backfile.markdown import escape_text
from backfile.model import Article, Comment
from backfile.search.document import SearchDocument, clean
from backfile.takedown.pseudonyms import EVERYONE, is_pseudonym
from backfile.takedown.rules import Rules
from backfile.takedown.selecting import is_article

_ANCHOR = "comment-"
"""What the name of a comment's element has before the comment's id."""


class Withheld:
    """Says of a document that is searched no more whether takedowns mean anything in it: then nothing of it may stay.

    `articles` are all that the site has now. A document of one of them, as it was, is held against the takedowns
    itself, since what they mean may have left the article's file in the same moment. Of a document whose article is
    gone, or has another address, nobody can say what takedowns would have meant: where there are any, it goes.
    """

    def __init__(self, articles: Iterable[Any], rules: Rules) -> None:
        self._entries, self._everyone = replace(rules, everyone=False), rules.everyone
        views = [(article.url, article.archive) for article in articles if hasattr(article, "archive")] if rules else []
        self._here = {clean(str(url)): view for url, view in views}

    def __bool__(self) -> bool:
        return bool(self._entries or self._everyone)

    def __call__(self, url: str, load: Callable[[], SearchDocument]) -> bool:
        """Whether nothing of the document may stay; `load` gives it as the index has it."""
        if self._entries:
            view = self._here.get(url)
            if view is None or any(not each.startswith(EVERYONE) for each in view.taken):
                return True
            if self._means(load(), view):
                return True
        return self._everyone and not all(is_pseudonym(c.author) for c in load().comments if c.author)

    def _means(self, document: SearchDocument, view: Any) -> bool:
        """Whether a takedown means the article as an earlier build published it; one that names the article does."""
        addresses = (view.found_url, document.url)
        if any(entry.article and is_article(entry.article, view.id, addresses) for entry in self._entries.entries):
            return True
        was = Article(
            id=view.id,
            title=document.title,
            standfirst=document.standfirst,
            body=escape_text(document.body),
            authors=document.authors,
            url=view.found_url,
            comments=tuple(
                Comment(id=c.anchor.removeprefix(_ANCHOR), body=escape_text(c.text), author=c.author, date=c.date)
                for c in document.comments
            ),
        )
        try:
            return bool(self._entries.apply(was, document.url).taken)
        except TakedownError:  # it means something, and could not be taken out
            return True
