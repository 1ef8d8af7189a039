"""Frozen dataclasses that are made as quickly as others: an archive has a million comments, each made several times."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, make_dataclass
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Kind = TypeVar("_Kind", bound=type)

_change = object.__setattr__


@dataclass_transform(frozen_default=True)
def frozen(kind: _Kind) -> _Kind:
    """`dataclass(frozen=True, slots=True)` for plain fields, each with a plain default or none.

    The `__init__` that it would have sets each field by a call, since assigning is forbidden; that takes six times as
    long. This one makes the object one of a class with the same slots that allows it, for as long as it runs.
    """
    made: Any = dataclass(frozen=True, slots=True)(kind)
    names = [part.name for part in fields(made)]
    open_kind: Any = make_dataclass(f"_Open{made.__name__}", names, slots=True, eq=False, repr=False)
    assert open_kind.__slots__ == made.__slots__, "the two have the same layout"
    lines = [f"    self.{name} = {name}" for name in names]
    written = [f"def __init__(self, {', '.join(names)}):", "    change(self, '__class__', open_kind)", *lines]
    scope = {"change": _change, "open_kind": open_kind, "made": made}
    exec("\n".join([*written, "    self.__class__ = made"]), scope)  # noqa: S102 - as `dataclass` itself does
    quick: Any = scope["__init__"]
    generated = made.__init__
    parameters = inspect.signature(generated).parameters.values()
    quick.__defaults__ = tuple(part.default for part in parameters if part.default is not part.empty)
    quick.__annotations__, quick.__qualname__ = generated.__annotations__, generated.__qualname__
    made.__init__ = quick
    values: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
    made.__reduce__ = lambda one: (made, values(one))  # for who sends many to another process
    return made  # type: ignore[no-any-return]
