"""Stand-ins for what templates read: they behave as the value does, and note every question asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from backfile.build.dependencies import Query, Site, Trace


def watch(trace: Trace, path: Query, value: Any, *, noted: bool = False) -> Any:
    """A value for a template: itself when reading it can be noted here, else a stand-in.

    `noted`: the value is already part of an answer, as the members of a list are.
    """
    if trace.site.plain(value):
        if not noted:
            trace.note((*path, "="), value)
        return value
    return stand_in(trace, path, value, noted=noted)


def stand_in(trace: Trace, path: Query, value: Any, *, noted: bool = False) -> Any:
    """The stand-in of a value that is not read as a whole (`Site.plain`)."""
    if isinstance(value, tuple) and noted:
        # A pair in a list stays a pair, so that loops can take it apart and sorting can compare it.
        return tuple(watch(trace, (*path, "[", at), item, noted=True) for at, item in enumerate(value))
    if noted and isinstance(value, Mapping):
        return WatchedMapping(trace, path, value, noted=True)
    return way_to_watch(trace.site, value)(trace, path, value)


def way_to_watch(site: Site, value: Any) -> Callable[[Trace, Query, Any], Any]:
    """What makes the stand-in of a value; it is the same for every page."""
    if isinstance(value, Mapping):
        return WatchedMapping
    if site.kinds.record(value):
        return WatchedRecord
    if site.watchable(value):
        return WatchedSequence
    if callable(value) and not hasattr(value, "jinja_pass_arg"):
        return WatchedCall
    return _unwatched


def _unwatched(trace: Trace, path: Query, value: Any) -> Any:
    trace.give_up(f"{path}: a {type(value).__qualname__}")
    return value


class _Watched:
    """What all stand-ins share: where the value stands, and its truth."""

    __slots__ = ("_path", "_raw", "_trace")

    def __init__(self, trace: Trace, path: Query, raw: Any) -> None:
        self._trace, self._path, self._raw = trace, path, raw

    def __bool__(self) -> bool:
        self._trace.note((*self._path, "?"), self._raw)
        return bool(self._raw)

    def __str__(self) -> str:
        self._trace.give_up(f"{self._path}: written out as a whole")
        return str(self._raw)

    def __hash__(self) -> int:
        return hash(id(self._raw))


class WatchedSequence(_Watched, Sequence[Any]):
    """A list, a tuple or a view of a dictionary."""

    __slots__ = ()

    def __len__(self) -> int:
        self._trace.note((*self._path, "#"), self._raw)
        return len(self._raw)

    def __iter__(self) -> Iterator[Any]:
        members = self._members()
        return (watch(self._trace, (*self._path, "[", at), item, noted=True) for at, item in enumerate(members))

    def __getitem__(self, at: Any) -> Any:
        members = self._members()
        if isinstance(at, slice):
            return [self._member(number) for number in range(*at.indices(len(members)))]
        return self._member(at if at >= 0 else at + len(members))

    def __contains__(self, item: object) -> bool:
        return (item._raw if isinstance(item, _Watched) else item) in self._members()

    def __reversed__(self) -> Iterator[Any]:
        return iter(self[::-1])

    def __add__(self, other: Any) -> list[Any]:
        return [*self, *other]

    def __radd__(self, other: Any) -> list[Any]:
        return [*other, *self]

    def __eq__(self, other: object) -> bool:
        return bool(self._members() == (other._raw if isinstance(other, _Watched) else other))

    __hash__ = _Watched.__hash__

    def _members(self) -> Any:
        self._trace.note((*self._path, "*"), self._raw)
        return self._trace.site.members(self._raw)

    def _member(self, at: int) -> Any:
        return watch(self._trace, (*self._path, "[", at), self._members()[at], noted=True)


class WatchedMapping(_Watched, Mapping[Any, Any]):
    """A dictionary; every use of it counts as reading its keys and plain values."""

    __slots__ = ("_noted",)

    def __init__(self, trace: Trace, path: Query, raw: Any, *, noted: bool = False) -> None:
        super().__init__(trace, path, raw)
        self._noted = noted

    def __len__(self) -> int:
        self._touch()
        return len(self._raw)

    def __iter__(self) -> Iterator[Any]:
        self._touch()
        return iter(self._raw)

    def __getitem__(self, key: Any) -> Any:
        self._touch()
        if key not in self._raw:
            raise KeyError(key)
        return watch(self._trace, (*self._path, "[", key), self._raw[key], noted=True)

    def __eq__(self, other: object) -> bool:
        self._trace.give_up(f"{self._path}: compared as a whole")
        return bool(self._raw == (other._raw if isinstance(other, _Watched) else other))

    __hash__ = _Watched.__hash__

    def _touch(self) -> None:
        if not self._noted:
            self._trace.note((*self._path, "*"), self._raw)


class WatchedRecord(_Watched):
    """An object of which each attribute that is read is noted by itself."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            value = getattr(self._raw, name)
        except AttributeError:
            self._trace.note((*self._path, f"has {name}"), self._raw)
            raise
        return watch(self._trace, (*self._path, ".", name), value)

    def __eq__(self, other: object) -> bool:
        # Which member it is follows from the list it came from, whose order is noted.
        return self._raw is (other._raw if isinstance(other, _Watched) else other)

    __hash__ = _Watched.__hash__


class WatchedCall(_Watched):
    """A method: what it gave for which arguments is noted."""

    __slots__ = ()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Calls the method, with the values themselves in the place of stand-ins."""
        raw = [part._raw if isinstance(part, _Watched) else part for part in arguments]
        written = [self._trace.argument(part) for part in raw]
        if named or None in written:
            self._trace.give_up(f"{self._path}: called with what cannot be asked again")
            return self._raw(*raw, **named)
        return watch(self._trace, (*self._path, "(", tuple(written)), self._raw(*raw))
