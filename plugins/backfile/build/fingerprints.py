"""Digests of values: equal digests mean equal values, in this process and in the next."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import functools
import hashlib
import pathlib
import re
import types
from collections.abc import Callable, ItemsView, KeysView, Mapping, ValuesView

from backfile.build.code import behind

SCALARS = (str, bytes, int, float, bool, type(None), complex, decimal.Decimal)
_BY_REPR = (
    *SCALARS,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    datetime.tzinfo,
    pathlib.PurePath,
    enum.Enum,
    range,
)
VIEWS = (ItemsView, KeysView, ValuesView)


class UnknowableError(TypeError):
    """A value that cannot be told from another by what it holds."""


def fingerprint(*parts: str) -> str:
    """One digest of several texts."""
    whole, how = "\0".join(parts), b""
    if whole.count("\0") != len(parts) - 1:  # one has in it what stands between two: lengths then
        whole, how = "".join([f"{len(part)}:{part}" for part in parts]), b"lengths"
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16, person=how).hexdigest()


class Fingerprints:
    """Digests of any values; `leaf` gives the digest of objects that the site has digests for already.

    `far`: what a function of the site's own goes by beyond its own code is a part of it (`code.behind`).
    """

    def __init__(self, leaf: Callable[[object], str | None] = lambda _: None, *, far: bool = False) -> None:
        self._leaf = leaf
        self._far = far
        self._held: list[object] = []
        """What was made while looking far: an object that is gone leaves its id to another."""

    def of(self, value: object) -> str:
        """The digest of a value with everything inside it. Raises UnknowableError."""
        out: list[str] = []
        self._feed(value, out, {})
        return fingerprint(*out)

    def _feed(self, value: object, out: list[str], seen: dict[int, int]) -> None:
        known = None if isinstance(value, SCALARS) else self._leaf(value)
        if known is not None:
            out += ("leaf", known)
        elif isinstance(value, _BY_REPR):
            out += (type(value).__name__, repr(value))
        elif id(value) in seen:
            out += ("again", str(seen[id(value)]))
        else:
            seen[id(value)] = len(seen)
            self._feed_inside(value, out, seen)

    def _feed_inside(self, value: object, out: list[str], seen: dict[int, int]) -> None:
        name = f"{type(value).__module__}.{type(value).__qualname__}"
        inside: list[object]
        if isinstance(value, Mapping):
            inside = [part for pair in value.items() for part in pair]
        elif isinstance(value, (list, tuple, *VIEWS)):
            inside = list(value)
        elif isinstance(value, (set, frozenset)):
            inside = [*sorted(self.of(item) for item in value)]
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            # A field that takes no part in comparing follows from the others.
            inside = [getattr(value, part.name) for part in dataclasses.fields(value) if part.compare]
        elif isinstance(value, re.Pattern):
            inside = [value.pattern, value.flags]
        else:
            inside = _code_of(value)
            if self._far:
                inside += behind(value)
                self._held.append(inside)
        out += (name, str(len(inside)))
        for part in inside:
            self._feed(part, out, seen)


def _code_of(value: object) -> list[object]:
    """What a function or class does, as far as its own code says."""
    if isinstance(value, functools.partial):
        return [value.func, value.args, value.keywords]
    if isinstance(value, types.MethodType):
        return [value.__func__, value.__self__]
    if isinstance(value, types.BuiltinFunctionType):
        return [value.__module__, value.__qualname__]
    if isinstance(value, types.FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        return [value.__module__, value.__qualname__, value.__code__, value.__defaults__, value.__kwdefaults__, cells]
    if isinstance(value, types.CodeType):
        return [value.co_code, value.co_names, value.co_varnames, list(value.co_consts)]
    if isinstance(value, type):
        own = [part for _, part in sorted(vars(value).items()) if isinstance(part, types.FunctionType)]
        return [value.__module__, value.__qualname__, own]
    if value is Ellipsis:
        return ["..."]
    raise UnknowableError(f"nothing tells one {type(value).__qualname__} from another")
