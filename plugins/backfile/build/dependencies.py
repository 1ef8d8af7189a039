"""What a page depends on: the questions its template asked of the site, and what the answers were.

A page is a pure function of its own inputs (`Page.own`) and of the answers it got to questions about
the rest of the site. Both are kept; when all are as they were, so is the page. A question is a path:

    ("archive", ".", "undated", "?")                 is archive.undated empty?
    ("categories", "#")                              how many are there?
    ("@articles", "*")                               which articles, in which order, as they are now?
    ("archive", ".", "beside", "(", ("@article",), ".", "next", "=")

The first part names a variable of the context, with `@` one that belongs to the page alone. Then come
steps (`.` attribute, `[` item, `(` call) and at last what was asked: `=` the value, `?` whether it is
true, `#` its length, `*` its members, `has NAME` whether it has an attribute, `link PATH` the address
of what stands under a path.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backfile.build.fingerprints import VIEWS, Fingerprints, UnknowableError, fingerprint

Query = tuple[Any, ...]
"""A question; made of strings, numbers and tuples of them, so that it survives as JSON."""

_NOTHING: Mapping[str, Any] = {}

_FEW = 16
"""The members of so short a list are their own digest."""

# What can go wrong when an old question is asked of a site that has changed: then the answer differs.
GONE = (LookupError, AttributeError, TypeError, ValueError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Kinds:
    """How to tell the host's objects apart.

    `leaf`: the digest of an object that templates may read freely, since the digest stands for all of
    it (an article, the name of a section); `leaves`: those of many, one after the other. `record`: whether
    reads of an object's attributes can be watched one by one (a page, a paginator). `identity`: a text that
    names such an object.
    """

    leaf: Callable[[object], str | None]
    leaves: Callable[[Iterable[object]], list[str | None]]
    record: Callable[[object], bool]
    identity: Callable[[object], str]


@dataclass(slots=True)
class Site:
    """The site as templates can ask about it. `variables` are those all pages share."""

    variables: Mapping[str, Any]
    kinds: Kinds
    fingerprints: Fingerprints = field(init=False)
    _answers: dict[Query, str] = field(default_factory=dict)
    _lists: dict[int, tuple[object, list[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fingerprints = Fingerprints(self.kinds.leaf)

    def ask(self, query: Query, own: Mapping[str, Any]) -> str:
        """The answer to a question now; `own` are the page's variables. Raises what `GONE` names."""
        known = self._answers.get(query)
        if known is None:
            known = Questions((query,), self).ask(own)[0]
            if _is_shared(query):
                self._answers[query] = known
        return known

    def step(self, value: Any, step: str, name: Any, own: Mapping[str, Any]) -> Any:
        """What stands one step further in a question. Raises what `GONE` names."""
        if step == ".":
            return getattr(value, name)
        if step == "[":
            return self.members(value)[name]
        return value(*[own[part[1:]] if isinstance(part, str) else part[0] for part in name])

    def known(self, query: Query) -> str | None:
        """The answer to a question about shared variables, when it was asked before."""
        return self._answers.get(query)

    def keep(self, query: Query, answer: str) -> None:
        """Remembers an answer about shared variables."""
        self._answers[query] = answer

    def answer(self, asked: str, value: Any) -> str:
        """What a value answers. Raises UnknowableError."""
        if asked == "=":
            if value is None or isinstance(value, (str, int, float)) or (type(value) is tuple and not value):
                return repr(value)
            return self.kinds.leaf(value) or self.fingerprints.of(value)
        if asked == "*":
            return self._shape(value)
        if asked == "?":
            return str(bool(value))
        if asked == "#":
            return str(len(value))
        if asked.startswith("link "):
            return str(getattr(value.get(asked[5:]), "url", "nothing there"))
        return str(hasattr(value, asked.removeprefix("has ")))

    def members(self, value: Any) -> Any:
        """A container whose items can be got by number or key; made once for views of dictionaries."""
        if not isinstance(value, VIEWS):
            return value
        if id(value) not in self._lists:
            # The view is kept beside the list, so that no other object can get its id.
            self._lists[id(value)] = (value, list(value))
        return self._lists[id(value)][1]

    def plain(self, value: Any, budget: int = 200) -> bool:
        """True when a value is small and made of scalars and leaves alone: then it is read as a whole."""
        if isinstance(value, (str, int, float, bool, type(None), bytes)):
            return True
        if self.kinds.leaf(value) is not None:
            return True
        if isinstance(value, (set, frozenset)):
            return self._knowable(value)
        if isinstance(value, Mapping):
            value = [*value.keys(), *value.values()] if len(value) <= budget else [value]
        if isinstance(value, (list, tuple)):
            return len(value) <= budget and all(
                isinstance(part, (str, int, float, bool, type(None), bytes)) for part in value
            )
        return not self.watchable(value) and not callable(value) and self._knowable(value)

    def watchable(self, value: Any) -> bool:
        """True when reads inside a value can be watched."""
        return isinstance(value, (list, tuple, Mapping, *VIEWS)) or self.kinds.record(value)

    def _knowable(self, value: Any) -> bool:
        try:
            self.fingerprints.of(value)
        except UnknowableError:
            return False
        return True

    def _shape(self, value: Any) -> str:
        """The digest of a container's members, without what stands inside containers in it."""
        if type(value) is not list and isinstance(value, Mapping):
            return fingerprint(
                "mapping", *(part for key, item in value.items() for part in (repr(key), self.face(item)))
            )
        members = [*self.members(value)]
        faces = [leaf or self.face(item) for leaf, item in zip(self.kinds.leaves(members), members, strict=True)]
        return "\0".join(("list", *faces)) if len(faces) <= _FEW else fingerprint("list", *faces)

    def face(self, value: Any) -> str:
        """What is known of a member when its list has been read."""
        leaf = self.kinds.leaf(value)
        if leaf is not None:
            return leaf
        if self.plain(value):
            return self.fingerprints.of(value)
        if isinstance(value, tuple):
            return "(" + ",".join(self.face(part) for part in value) + ")"
        if isinstance(value, Mapping):
            return self._shape(value)
        return self.kinds.identity(value) if self.kinds.record(value) else type(value).__name__


class Questions:
    """Questions that are asked together, of one page after another: what several begin with is looked up once.

    Raises what `GONE` names, when one begins with something shared that is no longer there.
    """

    def __init__(self, queries: Iterable[Query], site: Site) -> None:
        self._site = site
        self._own: dict[str, _Node] = {}
        """What the page's own variables are asked."""
        self._calls: list[tuple[Any, Any, _Node]] = []
        """What is called with the page's own: the value, the arguments, what the result is asked."""
        self._answers: list[str] = []
        """Those to questions about what all pages share; the others are empty."""
        shared: dict[str, _Node] = {}
        for number, query in enumerate(queries):
            name = query[0]
            node = self._own.setdefault(name[1:], _Node()) if name[0] == "@" else shared.setdefault(name, _Node())
            for at in range(1, len(query) - 1, 2):
                node = node.further.setdefault((query[at], query[at + 1]), _Node())
            node.asked.append((number, query[-1]))
            self._answers.append("")
        self._ask([(site.variables[name], node) for name, node in shared.items()], self._answers, None)

    def ask(self, own: Mapping[str, Any]) -> list[str]:
        """The answers now, in the order of the questions. Raises what `GONE` names."""
        answers, step = self._answers.copy(), self._site.step
        pending = [(step(value, "(", arguments, own), node) for value, arguments, node in self._calls]
        for name, node in self._own.items():
            pending.append((own[name], node))
        self._ask(pending, answers, own)
        return answers

    def _ask(self, pending: list[tuple[Any, _Node]], answers: list[str], own: Mapping[str, Any] | None) -> None:
        """Asks values, and what stands further; `own` is None while no page is looked at: then its calls wait."""
        site = self._site
        while pending:
            value, node = pending.pop()
            for number, asked in node.asked:
                answers[number] = site.answer(asked, value)
            for (step, name), further in node.further.items():
                if own is None and step == "(" and _needs_own(name):
                    self._calls.append((value, name, further))
                else:
                    pending.append((site.step(value, step, name, own or _NOTHING), further))


@dataclass(slots=True)
class _Node:
    """A value on the way of some questions: what is asked of it, by number, and the steps that go on from it."""

    asked: list[tuple[int, str]] = field(default_factory=list)
    further: dict[tuple[str, Any], _Node] = field(default_factory=dict)


@functools.lru_cache(maxsize=1 << 14)
def _is_shared(query: Query) -> bool:
    """True for a question about what all pages share."""
    return query[0][0] != "@" and not _mentions_own(query)


def _mentions_own(query: Query) -> bool:
    return any(step == "(" and _needs_own(query[at + 1]) for at, step in enumerate(query[:-1]) if at % 2)


def _needs_own(arguments: Iterable[Any]) -> bool:
    """Whether one of the arguments of a call is a variable of the page's own."""
    return any(isinstance(part, str) for part in arguments)


@dataclass(slots=True)
class Trace:
    """The questions one page asks, with their answers.

    `unwatched` says why a page's reads could not all be seen; such a page is rendered in every build.
    """

    site: Site
    own: Mapping[str, Any]
    reads: dict[Query, str] = field(default_factory=dict)
    unwatched: str = ""

    def note(self, query: Query, value: Any) -> None:
        """Records what is asked of a value, and what it answers."""
        if query in self.reads:
            return
        shared = _is_shared(query)
        answer = self.site.known(query) if shared else None
        if answer is None:
            try:
                answer = self.site.answer(query[-1], value)
            except UnknowableError as error:
                self.give_up(f"{query}: {error}")
                return
            if shared:
                self.site.keep(query, answer)
        self.reads[query] = answer

    def give_up(self, why: str) -> None:
        """Says that something was read that cannot be watched."""
        self.unwatched = self.unwatched or why

    def argument(self, value: Any) -> Any:
        """How an argument of a call stands in a question; None when it cannot."""
        for name, mine in self.own.items():
            if value is mine:
                return f"@{name}"
        return (value,) if isinstance(value, (str, int, float, bool, type(None))) else None


def split_queries(queries: tuple[Query, ...]) -> tuple[tuple[Query, ...], tuple[Query, ...]]:
    """The questions about what all pages share, and those about the page's own variables."""
    shared = tuple(query for query in queries if _is_shared(query))
    chosen = set(shared)
    return shared, tuple(query for query in queries if query not in chosen)
