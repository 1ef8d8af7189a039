"""Kinds of query that stock Whoosh has otherwise, or not: expansions that always score, days, everything."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

from whoosh import query
from whoosh.matching import Matcher, NullMatcher, WrappingMatcher
from whoosh.query.compound import CompoundQuery

from backfile.search.whoosh.matcher import ListedMatcher
from backfile.search.whoosh.reader import StaticReader


class Expansion(query.Query):  # type: ignore[misc]
    """The OR of all keys that a prefix, pattern, range or fuzzy term stands for, each with its score.

    Stock Whoosh does the same, but scores 1 for each key when a segment has 5,000 documents or fewer,
    and forgets the boost when there is one key in a segment.
    """

    def __init__(self, fieldname: str, inner: query.MultiTerm, boost: float) -> None:
        self.fieldname = fieldname
        self.inner = inner
        self.boost = boost

    def __repr__(self) -> str:
        return f"Expansion({self.inner!r}, boost={self.boost})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expansion) and (self.inner, self.boost) == (other.inner, other.boost)

    def __hash__(self) -> int:
        return hash((self.inner, self.boost))

    def field(self) -> str:
        return self.fieldname

    def is_leaf(self) -> bool:
        return True

    def with_boost(self, boost: float) -> Expansion:
        return Expansion(self.fieldname, self.inner, boost)

    def normalize(self) -> Expansion:
        return self

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def estimate_min_size(self, ixreader: Any) -> int:  # noqa: ARG002 - Whoosh's name
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        found = list(self.inner._btexts(searcher.reader()))
        if not found:
            return NullMatcher()
        terms = [query.Term(self.fieldname, _string(key)) for key in found]
        matcher = terms[0].matcher(searcher, context) if len(terms) == 1 else _tree(terms, searcher, context)
        return matcher if self.boost == 1.0 else WrappingMatcher(matcher, boost=self.boost)


def _string(key: str | bytes) -> str:
    """Whoosh's kinds of query give keys as the one or the other."""
    return key.decode("utf-8") if isinstance(key, bytes) else key


def _tree(terms: list[query.Term], searcher: Any, context: Any) -> Matcher:
    return query.compound.DefaultOr(terms).matcher(searcher, context)


class Pattern(query.Wildcard):  # type: ignore[misc]
    """A wildcard in which `*` and `?` alone are special, not `[...]`."""

    SPECIAL_CHARS = frozenset("*?")

    def _get_pattern(self) -> str:
        return "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in self.text) + r"\Z"

    def _find_prefix(self, text: str) -> str:
        return re.split(r"[*?]", text, maxsplit=1)[0]


class DateRange(query.Query):  # type: ignore[misc]
    """The documents of which it is certain that they are of one of these days; each scores the boost."""

    def __init__(self, fieldname: str, first: int, last: int, boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.first, self.last, self.boost = first, last, boost

    def __repr__(self) -> str:
        return f"DateRange({self.first}, {self.last}, boost={self.boost})"

    def __eq__(self, other: object) -> bool:
        mine = (self.first, self.last, self.boost)
        return isinstance(other, DateRange) and mine == (other.first, other.last, other.boost)

    def __hash__(self) -> int:
        return hash((self.first, self.last))

    def field(self) -> str:
        return self.fieldname

    def is_leaf(self) -> bool:
        return True

    def with_boost(self, boost: float) -> DateRange:
        return DateRange(self.fieldname, self.first, self.last, boost)

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def estimate_min_size(self, ixreader: Any) -> int:  # noqa: ARG002 - Whoosh's name
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:  # noqa: ARG002 - Whoosh's name
        docs = [
            base + doc
            for reader, base in _leaves(searcher.reader())
            for doc in _days_between(reader, self.first, self.last)
        ]
        return ListedMatcher(docs, self.boost) if docs else NullMatcher()


def _leaves(reader: Any) -> Iterable[tuple[StaticReader, int]]:
    for leaf, base in reader.leaf_readers():
        if isinstance(leaf, StaticReader):
            yield leaf, base


def _days_between(reader: StaticReader, first: int, last: int) -> Iterable[int]:
    days = reader.source.days()
    low = bisect_left(days, max(first, 1), key=lambda day: day[0])
    high = bisect_right(days, last, key=lambda day: day[0])
    for doc in range(low, high):
        day, span = days[doc]
        if day + span <= last and not reader.is_deleted(doc):
            yield doc


class Everything(query.Query):  # type: ignore[misc]
    """All documents; each scores 1."""

    boost = 1.0

    def __repr__(self) -> str:
        return "Everything()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Everything)

    def __hash__(self) -> int:
        return hash("Everything")

    def field(self) -> None:
        return None

    def is_leaf(self) -> bool:
        return True

    def with_boost(self, boost: float) -> Everything:  # noqa: ARG002 - Whoosh's name
        return self

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def estimate_min_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:  # noqa: ARG002 - Whoosh's name
        return ListedMatcher(list(searcher.reader().all_doc_ids()))


class WordPhrase(query.Phrase):  # type: ignore[misc]
    """A phrase that, when it has one word, is that word with its boost. Stock Whoosh forgets the boost."""

    def normalize(self) -> Any:
        if len(self.words) == 1:
            return query.Term(self.fieldname, self.words[0], boost=self.boost)
        return super().normalize()


def rewritten(tree: Any) -> Any:
    """A parsed query with our kinds in place of Whoosh's."""
    if isinstance(tree, query.Every):
        return Everything()
    if isinstance(tree, query.Wildcard):
        if not tree.text.strip("*"):
            return Everything()
        return Expansion(tree.fieldname, Pattern(tree.fieldname, tree.text), tree.boost)
    if isinstance(tree, query.Prefix) and not tree.text:
        return Everything()
    if isinstance(tree, (query.Prefix, query.FuzzyTerm, query.TermRange)):
        inner = tree.with_boost(1.0)
        return Expansion(tree.fieldname, inner, tree.boost)
    if isinstance(tree, CompoundQuery) or hasattr(tree, "apply"):
        return tree.apply(rewritten) if not tree.is_leaf() else tree
    return tree
