"""What a build leaves to the next: a file, versioned and checked, thrown away when in doubt.

    state         all that is remembered, under a mark
    state-since   what has changed since that was written, under the same mark, as long as it is little

Without the second, or with one of another mark, an earlier build is remembered: what it did not make is made anew.
It stands beside the output folder, never in it: `.backfile/<name of the output folder>/`. A journal beside it
names the pages that a build has begun to write; a build that was killed leaves it, and the next one trusts none
of those pages.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from backfile.build import sealed
from backfile.build.dependencies import Query
from backfile.build.scan import Stamp
from backfile.build.texts import Part
from backfile.disk import Lock, append, fill, place

_T = TypeVar("_T", bound=tuple[Any, ...])
_FEW, _SMALL = 64, 40
"""So many changes, or one in so many entries, are written apart from the rest."""

MANY = 100_000
"""Bytes of names, of some 3,000 files: so many are looked at by a process of their own."""


class Source(NamedTuple):
    """A content file as it was last read: enough for every list that names it, not its text.

    `metadata` is as the article's `Codec` writes it. `outside` says what beside the file had a hand in it. `leans_on`
    are other files, relative to the content folder, whose being there or not shows on its page.
    """

    stamp: Stamp
    digest: str
    metadata: tuple[Any, tuple[Any, ...]]
    outside: str
    leans_on: Sequence[str]


class Page(NamedTuple):
    """A file in the output folder, and what it was made from.

    `own` is the digest of the page's own inputs, `shape` the number of its list of questions, `answers`
    the digest of the answers, `stamp` the file's state on the disk. `parts` are those of a file of text.
    """

    own: str
    shape: int
    answers: str
    stamp: Stamp
    parts: Sequence[Part] = ()


@dataclass(slots=True)
class State:
    """All that is remembered. `key` stands for settings and code: another key makes it all worthless.

    `rules` are, by extension, those that the sources were read under.
    """

    key: str = ""
    sources: dict[str, Source] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    shapes: list[tuple[Query, ...]] = field(default_factory=list)
    templates: dict[str, list[Any]] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)

    def changed(
        self, sources: Any, no_sources: Any, pages: Any, no_pages: Any, shapes: Any, templates: Any, rules: Any
    ) -> State:
        """Another state: this one with what has changed since, as plain values."""
        other = _state(self.key, sources, pages, shapes, templates, rules)
        other.sources, other.pages = self.sources | other.sources, self.pages | other.pages
        for path in no_sources:
            del other.sources[path]
        for name in no_pages:
            del other.pages[name]
        return other

    def without_unused_shapes(self) -> State:
        """The same with the lists of questions that some page still asks, numbered anew."""
        used = sorted({page.shape for page in self.pages.values() if page.shape >= 0})
        number = {old: new for new, old in enumerate(used)} | {-1: -1}
        self.pages = {name: page._replace(shape=number[page.shape]) for name, page in self.pages.items()}
        self.shapes = [self.shapes[old] for old in used]
        return self


class Store:
    """The folder beside the output in which state, journal and unfinished files stand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scratch = folder / "unfinished"
        self._state = folder / "state"
        self._since = folder / "state-since"
        self._base = State()
        self._mark = ""
        self._journal = folder / "journal"
        self._names = folder / "files"
        self.standing = folder / "standing"
        self._lock = Lock(folder / "lock", "is building this archive")

    def open(self) -> None:
        """Makes the folder, and takes away what a killed build left unfinished, when its workers are gone.

        Raises OSError, or BackfileError that names another build which is at work.
        """
        self._lock.take()
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()

    def remembers_many(self) -> bool:
        """Whether earlier builds made so many files that it takes a while to look at them."""
        try:
            return self._names.stat().st_size > MANY
        except OSError:
            return False

    def load(self, key: str) -> tuple[State, set[str]]:
        """The state under a key, and every file that earlier builds may have written.

        A state under another key, of another version or damaged counts as none; the names of the files
        stand in a file of their own, so that what vanishes is found even then.
        """
        state = self._read()
        written = self._written() | set(state.pages)
        begun = self.begun()
        for name in begun:
            state.pages.pop(name, None)
        written |= begun
        if state.key != key:
            state = State(key=key)
        return state, written

    def _read(self) -> State:
        """What is remembered; nothing when it cannot be trusted."""
        plain = sealed.read(self._state)
        if plain is None:
            return State()
        self._mark, *whole = plain
        self._base = _state(*whole)
        since = sealed.read(self._since)
        mine = since is not None and since[0] == self._mark
        return self._base.changed(*since[1:]) if mine else self._base.changed({}, (), {}, (), *whole[3:])

    def _written(self) -> set[str]:
        try:
            return set(self._names.read_text("utf-8", "surrogateescape").split("\0")) - {""}
        except OSError:
            return set()

    def forget_standing(self) -> None:
        """Takes away the note that all stands."""
        self.standing.unlink(missing_ok=True)

    def is_settled(self) -> bool:
        """True when no build was killed here since the last that came to its end."""
        return not self._journal.exists()

    def begun(self) -> set[str]:
        """The pages that an unfinished build had begun to write."""
        try:
            lines = self._journal.read_text("utf-8", "surrogateescape").split("\n")
        except OSError:
            return set()
        # The last line has no end when the build was killed while it was being written.
        return {json.loads(line) for line in lines[:-1] if _is_text(line)}

    def begin(self, names: Iterable[str]) -> None:
        """Notes pages that will be written, before the first of them is."""
        text = "".join(f"{json.dumps(name)}\n" for name in names)
        append(self._journal, text.encode())

    def compiled(self, key: str) -> Path:
        """The folder for compiled templates under a key; those under another are taken away."""
        mine = self.folder / "templates" / key
        for other in (self.folder / "templates").glob("*"):
            if other != mine:
                shutil.rmtree(other, ignore_errors=True)
        mine.mkdir(parents=True, exist_ok=True)
        return mine

    def save(self, state: State) -> None:
        """Replaces the state and ends the journal."""
        if self._written() != set(state.pages):
            names = self.scratch / "files"
            fill(names, "\0".join(sorted(state.pages)).encode("utf-8", "surrogateescape"))
            place(names, self._names)
        since = self._changes(state) if state.key == self._base.key and self._mark else None
        if since is not None:
            sealed.write(self._since, self.scratch, since)
        else:
            sealed.write(self._state, self.scratch, (os.urandom(16).hex(), *_plain(state.without_unused_shapes())))
            self._since.unlink(missing_ok=True)
        self._journal.unlink(missing_ok=True)

    def _changes(self, state: State) -> tuple[Any, ...] | None:
        """What is other than in the file of the whole state, as plain values; None when that is much."""
        sources, no_sources = _other(self._base.sources, state.sources)
        pages, no_pages = _other(self._base.pages, state.pages)
        count = len(sources) + len(no_sources) + len(pages) + len(no_pages)
        if count > max(_FEW, (len(state.sources) + len(state.pages)) // _SMALL):
            return None
        rest = (state.shapes, state.templates, state.rules)
        return self._mark, _as_tuples(sources), no_sources, _as_tuples(pages), no_pages, *rest

    def close(self) -> None:
        """Takes away the folder for unfinished files."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.release()

    def release(self) -> None:
        """Lets another build begin."""
        self._lock.release()


def _is_text(line: str) -> bool:
    try:
        return isinstance(json.loads(line), str)
    except ValueError:
        return False


def _other(base: Mapping[str, _T], now: Mapping[str, _T]) -> tuple[dict[str, _T], list[str]]:
    """The entries that are not the very objects of another table, and the names that are gone."""
    return {name: one for name, one in now.items() if base.get(name) is not one}, [n for n in base if n not in now]


def _as_tuples(named: Mapping[str, Any]) -> dict[str, Any]:
    """Named tuples as plain ones, which a sealed file can hold."""
    return dict(zip(named, map(tuple, named.values()), strict=True))


def _named(kind: type[_T], plain: Mapping[str, Any]) -> dict[str, _T]:
    """The reverse. Of tens of thousands: so no call of Python's own is made for each."""
    return dict(zip(plain, map(functools.partial(tuple.__new__, kind), plain.values()), strict=True))


def _plain(state: State) -> tuple[Any, ...]:
    """The state as values that a sealed file can hold."""
    rest = (state.shapes, state.templates, state.rules)
    return state.key, _as_tuples(state.sources), _as_tuples(state.pages), *rest


def _state(key: str, sources: Any, pages: Any, shapes: Any, templates: Any, rules: Any) -> State:
    """The state of such values."""
    return State(
        key=key,
        sources=_named(Source, sources),
        pages=_named(Page, pages),
        shapes=shapes,
        templates=templates,
        rules=rules,
    )
