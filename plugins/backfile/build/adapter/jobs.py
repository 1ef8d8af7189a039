"""Pages to be made: what each is made from, whether it still stands, and how it is rendered."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pelican.contents import Content, Page
from pelican.utils import get_relative_path, path_to_url

from backfile.build.adapter.deferred import DeferredArticle
from backfile.build.adapter.faces import Faces, short
from backfile.build.adapter.inputs import HOW
from backfile.build.adapter.session import Session
from backfile.build.dependencies import GONE, Query, Questions, Site, Trace, split_queries
from backfile.build.fingerprints import UnknowableError, fingerprint
from backfile.build.scan import Stamp
from backfile.build.store import Page as Record
from backfile.build.texts import Part, Text
from backfile.build.watching import stand_in, way_to_watch

# Changed while pages are rendered, and given to each page anew.
_OF_EACH_PAGE = frozenset(("localsiteurl", "SITEURL", "output_file"))
_LINKED = ("generated_content", "static_content")
_NO_ANSWER = (*GONE, UnknowableError)

Asked = tuple[int, int, list[Query] | None]
"""A list of questions: the process that met it, its number there, and the questions when it is met for the first time:
most pages ask what others ask."""

Made = tuple[Asked | None, str, Stamp, bool, Sequence[Part]]
"""A rendered page: its questions (None: they could not be watched) and the digest of their answers, the
file's stamp, whether it had to be written, and its parts."""


@dataclass(slots=True)
class Job:
    """A page to be made: where, from which template, and what is its own beside the shared context.

    Or a file of text, with a `Text` in the place of a template, and the digests of its parts once they are known.
    `is_list`: it shows many articles, each as other lists do.
    """

    name: str
    template: Any
    given: dict[str, Any]
    relative: bool
    is_list: bool = False
    own: str = ""
    parts: Sequence[str] = ()

    def moves_files(self) -> bool:
        """True when the text says `{attach}`: rendering it decides where other files go."""
        for value in self.given.values():
            if isinstance(value, Content):
                text = vars(value).get("_content")
                if isinstance(text, str) and ("attach}" in text or "attach|" in text):
                    return True
        return False


class Links(Mapping[str, Any]):
    """Pelican's table of what stands where, which notes what a text links to."""

    def __init__(self, name: str, raw: Mapping[str, Any], trace: Trace) -> None:
        self._name, self._raw, self._trace = name, raw, trace

    def __getitem__(self, path: str) -> Any:
        self._trace.note((self._name, f"link {path}"), self._raw)
        return self._raw[path]

    def __iter__(self) -> Iterator[str]:
        self._trace.give_up("the table of contents was read as a whole")
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


class _Shape:
    """A list of questions, asked again of one page after another."""

    def __init__(self, site: Site, queries: tuple[Query, ...]) -> None:
        shared, mine = split_queries(queries)
        self._last: tuple[list[str], str] | None = None
        try:
            self._shared = fingerprint(*(site.ask(query, {}) for query in shared))
            self._mine: Questions | None = Questions(mine, site)
            self._last = None if mine else ([], self._shared)
        except _NO_ANSWER:
            self._mine = None

    def answers(self, given: Mapping[str, Any]) -> str | None:
        """The digest of the answers that a page gets now; None when there is none to a question."""
        if self._mine is None:
            return None
        if self._last and not self._last[0]:  # it has no questions of its own
            return self._last[1]
        try:
            mine = self._mine.ask(given)
        except _NO_ANSWER:
            return None
        if self._last is None or self._last[0] != mine:  # most articles answer what the one before did
            self._last = (mine, digest_of_answers(self._shared, mine))
        return self._last[1]


@dataclass(slots=True)
class Batch:
    """The pages of one context, seen together."""

    session: Session
    context: dict[str, Any]
    site: Site = field(init=False)
    faces: Faces = field(init=False)
    _watched: list[tuple[str, Query, Callable[[Trace, Query, Any], Any]]] = field(init=False)
    """Variables whose reads are noted: name, question that begins with it, what makes the stand-in."""
    _checked: dict[int, _Shape] = field(default_factory=dict)
    """The lists of questions that were asked again, by number."""
    _met: dict[tuple[Query, ...], tuple[int, str, tuple[Query, ...]]] = field(default_factory=dict)
    """By what a page asked: the number of that, the digest of the answers that pages share, the other questions."""

    def __post_init__(self) -> None:
        settings = self.session.settings
        self.site = self.session.see(dict(self.context))
        extra = {
            name: value
            for name, value in self.context.items()
            if not (name in settings and settings[name] is value) and name not in _OF_EACH_PAGE
        }
        plain = {name: value for name, value in sorted(extra.items()) if self.site.plain(value)}
        self._watched = [(name, (name,), way_to_watch(self.site, extra[name])) for name in extra if name not in plain]
        self.faces = Faces(
            self.session, self.site, self.site.fingerprints.of([plain, sorted(self.context.keys() - HOW)])
        )

    def describe(self, job: Job) -> None:
        """Notes what stands for a page's own inputs: settings, code, templates and what it was given."""
        if isinstance(job.template, Text):
            job.parts = self.faces.of_text(job.template)
            job.own = short(job.parts)
        else:
            job.own = self.faces.of_page(job.template, job.relative, job.given)

    def stands(self, name: str, own: str, given: Mapping[str, Any]) -> Record | None:
        """The record of a file that is still what a clean build would make, or None."""
        old = self.session.state.pages.get(name)
        if old is None or old.own != own or old.shape < 0 or old.stamp != self.session.found(name):
            return None
        checked = self._checked.get(old.shape)
        if checked is None:
            checked = self._checked[old.shape] = _Shape(self.site, self.session.state.shapes[old.shape])
        return old if checked.answers(given) == old.answers else None

    def make(self, job: Job, *, watched: bool = True) -> Made:
        """Renders a page and puts it in its place."""
        if isinstance(job.template, Text):
            return self._assemble(job, job.template)
        trace = Trace(self.site, job.given)
        if not watched:
            trace.give_up("its text moves files")
        try:
            text = self._render(job, trace)
        except Exception:
            if trace.unwatched:
                raise
            # A template may do to a value what its stand-in cannot; a true mistake shows again.
            trace.give_up("its template could not be watched")
            text = self._render(job, trace)
        data = text.encode("utf-8", "replace")
        stamp, written = self.session.output.put(job.name, data)
        asked, answers = self._sealed(trace)
        return asked, answers, stamp, written, ()

    def _sealed(self, trace: Trace) -> tuple[Asked | None, str]:
        """A page's questions, and the digest of the answers."""
        if trace.unwatched:
            return None, ""
        reads = tuple(trace.reads)
        known, queries = self._met.get(reads), None
        if known is None:
            queries, shared, mine = sorted_out(trace)
            known = self._met[reads] = (len(self._met), shared, mine)
        number, shared, mine = known
        answers = digest_of_answers(shared, map(trace.reads.__getitem__, mine))
        return (os.getpid(), number, queries), answers

    def _assemble(self, job: Job, text: Text) -> Made:
        old = self.session.state.pages.get(job.name)
        here = b""
        if old is not None and old.parts and old.stamp == self.session.output.stamp(job.name):
            here = (self.session.output.root / job.name).read_bytes()
        data, parts = text.assemble(job.parts, here, old.parts if old is not None and here else ())
        stamp, written = self.session.output.put(job.name, data)
        return (os.getpid(), -1, []), fingerprint(), stamp, written, parts

    def _render(self, job: Job, trace: Trace) -> str:
        local = self.local(job)
        if not trace.unwatched:
            for name, path, way in self._watched:
                if name not in job.given:
                    local[name] = way(trace, path, local[name])
            for key, value in job.given.items():
                if (
                    self.session.leaves.digest(value) is None
                    and not isinstance(value, Page)
                    and not self.site.plain(value)
                ):
                    local[key] = stand_in(trace, (f"@{key}",), value)
        own = job.given.get("article")
        whole = own.at_hand() if isinstance(own, DeferredArticle) else contextlib.nullcontext()
        with self.linked(trace), whole:
            if local["localsiteurl"]:
                self.context["localsiteurl"] = local["localsiteurl"]
            return str(job.template.render(local))

    def local(self, job: Job) -> dict[str, Any]:
        """The variables of a page, as Pelican gives them."""
        local = {**self.site.variables, "localsiteurl": self.context.get("localsiteurl")}
        if job.relative:
            local["SITEURL"] = local["localsiteurl"] = path_to_url(get_relative_path(job.name))
        local["output_file"] = job.name
        local.update(job.given)
        return local

    @contextlib.contextmanager
    def linked(self, trace: Trace) -> Iterator[None]:
        """While this lasts, links that a text makes are noted."""
        if trace.unwatched:
            yield
            return
        before = {name: self.context[name] for name in _LINKED if name in self.context}
        self.context.update((name, Links(name, raw, trace)) for name, raw in before.items())
        try:
            yield
        finally:
            self.context.update(before)


def seal(trace: Trace) -> tuple[list[Query] | None, str]:
    """A trace's questions and the digest of the answers; no questions when they could not be watched."""
    if trace.unwatched:
        return None, ""
    queries, shared, mine = sorted_out(trace)
    return queries, digest_of_answers(shared, map(trace.reads.__getitem__, mine))


def sorted_out(trace: Trace) -> tuple[list[Query], str, tuple[Query, ...]]:
    """A trace's questions, the digest of the answers that all pages share, and the questions of the page alone."""
    shared, mine = split_queries(tuple(trace.reads))
    return [*shared, *mine], fingerprint(*map(trace.reads.__getitem__, shared)), mine


def digest_of_answers(shared: str, mine: Iterable[str]) -> str:
    """Stands for the answers that a page got: `shared` for those that others get, too."""
    own = list(mine)
    return fingerprint(shared, *own) if own else shared
