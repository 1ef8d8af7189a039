"""Frozen dataclasses that are made as quickly as others: an archive has a million comments, each made several times."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Kind = TypeVar("_Kind", bound=type)
_Made = TypeVar("_Made")

_change = object.__setattr__


@dataclass_transform(frozen_default=True)
def frozen(kind: _Kind) -> _Kind:
    """`dataclass(frozen=True, slots=True)` for plain fields, each with a plain default or none.

    The `__init__` that it would have sets each field by a call, since assigning is forbidden; that takes six times as
    long. This one makes the object one of a class with the same slots that allows it, for as long as it runs.
    """
    made: Any = dataclass(frozen=True, slots=True)(kind)
    open_kind: Any = make_dataclass(f"_Open{made.__name__}", map(_as_it_is, fields(made)), slots=True, eq=False)
    assert open_kind.__slots__ == made.__slots__, "the two have the same layout"
    fill = open_kind.__init__

    @functools.wraps(made.__init__)
    def init(self: Any, *given: Any, **named: Any) -> None:
        _change(self, "__class__", open_kind)
        fill(self, *given, **named)
        self.__class__ = made

    names = open_kind.__slots__
    values: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
    made.__init__ = init
    made._open_kind = open_kind
    made.__reduce__ = lambda one: (made, values(one))  # for who sends many to another process
    return made  # type: ignore[no-any-return]


def made_of(kind: Callable[..., _Made], rows: Iterable[Iterable[Any]]) -> Iterator[_Made]:
    """One of a `frozen` class for each row of values, in the order of its fields; quicker than one call for each."""
    open_kind: Any = kind._open_kind  # type: ignore[attr-defined]
    for row in rows:
        one = open_kind(*row)
        one.__class__ = kind
        yield one


def _as_it_is(part: Any) -> Any:
    """A field as `make_dataclass` takes it."""
    return part.name if part.default is MISSING else (part.name, Any, field(default=part.default))
