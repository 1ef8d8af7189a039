"""What was taken out of an article, as words and as runs of words that must be nowhere any more."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from itertools import accumulate

from backfile.comments.reading import Published
from backfile.markdown import plain_text
from backfile.model import Article
from backfile.takedown.canonical import file_identity, is_glued, words_of
from backfile.takedown.entries import Entry

RUN = 6
"""So many words in a row do not stand in two texts by chance."""
SHORTEST = 3
"""A text of fewer words says nothing by itself: only its words are looked for, and those of no other text."""
_SHORTEST_WORD, _SHORTEST_NUMBER = 3, 5

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """What is gone from one article: `label` says what in a message, `url` is the article's page.

    `known`: whoever wrote the entries knows that the words stand elsewhere, too. `gone`: nothing stands at `url`.
    """

    label: str
    url: str
    identity: str
    known: bool
    words: frozenset[str]
    runs: tuple[Run, ...]
    gone: bool = False

    @property
    def digest(self) -> str:
        """Stands for all that is looked for."""
        parts = (self.label, self.url, str(self.known), str(self.gone), *sorted(self.words), *map(" ".join, self.runs))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def secrets_of(found: Article, published: Published, known: frozenset[str]) -> Iterator[Secret]:
    """What is in an article as it was found, and not as it is published; `known` are actions, see `Secret.known`."""
    now = published.article

    def secret(action: str, label: str, texts: list[str], names: list[str]) -> Secret:
        words = {word for text in (*texts, *names) for word in words_of(text) if _tells(word)}
        runs = dict.fromkeys(run for text in texts for run in runs_of(words_of(text)))
        runs |= dict.fromkeys(tuple(words_of(name)) for name in names if words_of(name))
        identity = file_identity(found.id)
        gone = published.removal is not None and not published.removal.keep_address
        return Secret(label, published.address.url, identity, action in known, frozenset(words), tuple(runs), gone)

    if published.removal is not None:
        texts = [found.standfirst, found.author_note, plain_text(found.body)]
        texts += [] if published.removal.keep_title else [found.title]
        yield secret(
            "remove", "the removed article", [*texts, *(plain_text(comment.body) for comment in found.comments)], []
        )
    else:
        for before, after in zip(found.comments, now.comments, strict=True):
            if after.removed and not before.removed:
                yield secret("remove", f"the removed comment {before.id}", [plain_text(before.body)], [])
            elif after.author != before.author:
                yield secret("anonymise", f"the name on comment {after.id}", [], _telling([before.author]))
        gone = [name for name in found.authors if name not in now.authors]
        if gone:
            yield secret("anonymise", "the authors' names", [], _telling(gone))
    for passage in published.passages:
        yield secret("redact", "the passage taken out", [], [passage])


def everywhere(entries: Iterable[Entry]) -> Iterator[Secret]:
    """What is to be nowhere: passages, since an untouched text may have one that its article has not any more.

    And the names of those all of whose comments were removed: answers may call them by it.
    """
    for entry in entries:
        label, text = "the passage taken out", entry.passage if entry.everywhere else ""
        if entry.action == "remove" and entry.commenter and not (entry.article or entry.comment or entry.text):
            label, text = "the name of whom all comments were removed", "".join(_telling([entry.commenter]))
        if run := tuple(words_of(text)):
            yield Secret(label, "everywhere", "", entry.known_elsewhere, frozenset(), (run,), gone=True)


def _telling(names: Iterable[str]) -> list[str]:
    """Names but those of a single letter, which stands in other words as well."""
    return [name for name in names if len(words_of(name)) > 1 or not is_glued("".join(words_of(name)))]


def _tells(word: str) -> bool:
    return not is_glued(word) and len(word) >= (_SHORTEST_NUMBER if word.isdigit() else _SHORTEST_WORD)


def runs_of(words: list[str]) -> Iterator[Run]:
    """Every run of so many words of a text; the whole of a short one. Two letters count as a word where each is one."""
    if not any(map(is_glued, words)):
        ends = list(range(RUN, len(words) + 1))
    else:
        weights = list(accumulate((1 if is_glued(word) else 2 for word in words), initial=0))
        ends = [bisect_left(weights, weight + 2 * RUN) for weight in weights if weight + 2 * RUN <= weights[-1]]
        if weights[-1] < 2 * SHORTEST:
            return
    if not ends and len(words) >= SHORTEST:
        yield tuple(words)
    for at, end in enumerate(ends):
        yield tuple(words[at:end])


def texts_of(article: Article) -> Iterator[str]:
    """All that an article says as it is published, in every field of it and of its comments."""
    yield plain_text(article.body)
    yield from _strings(article)
    yield from (plain_text(comment.body) for comment in article.comments)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
