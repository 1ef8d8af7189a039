"""NOT, ANDNOT and ANDMAYBE as they are meant: stock Whoosh 2.7.4 has errors in their matchers and in their parsing."""

from __future__ import annotations

from typing import Any

from whoosh import query
from whoosh.matching import AndMaybeMatcher, AndNotMatcher, InverseMatcher, Matcher, ReadTooFar
from whoosh.qparser import syntax
from whoosh.qparser.common import attach
from whoosh.qparser.plugins import OperatorsPlugin


class Outside(InverseMatcher):  # type: ignore[misc]
    """The documents that the child does not match. Stock Whoosh can give a deleted one after the child's last."""

    def _find_next(self) -> None:
        while self._id < self.limit:
            if self.child.is_active() and self.child.id() < self._id:
                self.child.skip_to(self._id)
            inside = self.child.is_active() and self.child.id() == self._id
            if not inside and not self.missing(self._id):
                return
            self._id += 1

    def replace(self, minquality: float = 0) -> Matcher:  # noqa: ARG002 - what the child scores does not count
        child = self.child.replace()
        return self if child is self.child else self._replacement(child)


class Without(AndNotMatcher):  # type: ignore[misc]
    """The documents of `a` that `b` does not match. Stock Whoosh lets the first pass when `b` begins earlier."""

    def _find_first(self) -> None:
        self._find_next()

    def _find_next(self) -> None:
        while self.a.is_active() and self.b.is_active():
            if self.b.id() < self.a.id():
                self.b.skip_to(self.a.id())
            if not self.b.is_active() or self.b.id() != self.a.id():
                return
            self.a.next()

    def next(self) -> None:
        if not self.a.is_active():
            raise ReadTooFar
        self.a.next()
        self._find_next()

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        if not self.a.is_active():
            raise ReadTooFar
        if id > self.a.id():
            self.a.skip_to(id)
            self._find_next()


class Perhaps(AndMaybeMatcher):  # type: ignore[misc]
    """The documents of `a`; those that `b` has too score more. Stock Whoosh may lose `b`'s score after a skip."""

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        if not self.a.is_active():
            raise ReadTooFar
        self.a.skip_to(id)
        self._follow()

    def next(self) -> None:
        if not self.a.is_active():
            raise ReadTooFar
        self.a.next()
        self._follow()

    def _first_b(self) -> None:
        self._follow()

    def _follow(self) -> None:
        if self.a.is_active() and self.b.is_active() and self.b.id() < self.a.id():
            self.b.skip_to(self.a.id())

    def weight(self) -> float:
        both = self.b.is_active() and self.a.id() == self.b.id()
        return float(self.a.weight() + self.b.weight() if both else self.a.weight())


class Not(query.Not):  # type: ignore[misc]
    """All documents but those of a query; each scores 1."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:  # noqa: ARG002 - Whoosh's name
        reader = searcher.reader()
        child = self.query.matcher(searcher, searcher.boolean_context())
        return Outside(child, reader.doc_count_all(), missing=reader.is_deleted)


class AndNot(query.AndNot):  # type: ignore[misc]
    """The documents of `a` that are none of `b`."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        return Without(self.a.matcher(searcher, context), self.b.matcher(searcher, searcher.boolean_context()))


class AndMaybe(query.AndMaybe):  # type: ignore[misc]
    """The documents of `a`, with the scores of `b` added."""

    matcherclass = Perhaps


class _NotGroup(syntax.Wrapper):  # type: ignore[misc]
    qclass = Not

    def query(self, parser: Any) -> Any:
        # Empty after NOT NOT or NOT AND: the NOT took an operator, which had nothing to work on.
        return super().query(parser) if self.nodes else None


class _PairGroup(syntax.BinaryGroup):  # type: ignore[misc]
    def query(self, parser: Any) -> Any:
        # Stock Whoosh asks every node twice, which takes 2^n steps for n operators in a row.
        found = [part for part in (node.query(parser) for node in self.nodes) if part is not None]
        if len(found) < 2:
            return found[0] if found else query.NullQuery
        return attach(self.qclass(*found), self)


class _AndNotGroup(_PairGroup):
    qclass = AndNot


class _AndMaybeGroup(_PairGroup):
    qclass = AndMaybe


_OURS = {
    syntax.NotGroup: _NotGroup,
    syntax.AndNotGroup: _AndNotGroup,
    syntax.AndMaybeGroup: _AndMaybeGroup,
}


def operators() -> OperatorsPlugin:
    """Whoosh's operators without REQUIRE, with our groups."""
    plugin = OperatorsPlugin(Require=None)
    for tagger, _ in plugin.ops:
        tagger.grouptype = _OURS.get(tagger.grouptype, tagger.grouptype)
    return plugin
