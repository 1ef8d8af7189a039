"""What a function or class of a site's own goes by beyond its own code: helpers, values, modules that it names.

Libraries and Backfile itself stand apart: their versions, and their files, are part of every page's inputs.
"""

from __future__ import annotations

import dis
import logging
import os
import sys
import sysconfig
import types
from collections.abc import Iterator, Mapping
from typing import Any

from backfile.build.scan import digest_of

_LIBRARIES = frozenset(
    os.path.realpath(sysconfig.get_path(kind)) for kind in ("stdlib", "platstdlib", "purelib", "platlib")
)
_INSTALLED = ("site-packages", "dist-packages")
_CONTAINERS = (str, bytes, int, float, complex, bool, type(None), list, tuple, dict, set, frozenset)


def behind(value: object) -> list[object]:
    """The values that a function or class goes by, each after its name; nothing for other values."""
    if isinstance(value, types.FunctionType):
        named = _globals_of(value) if _is_own(value.__globals__) else {}
    elif isinstance(value, type):
        module = sys.modules.get(value.__module__)
        named = _inside(value) if module is not None and _is_own(vars(module)) else {}
    else:
        named = {}
    return [part for name in sorted(named) for part in (name, _plain(named[name]))]


def _plain(value: object) -> object:
    """What stands for a module: its name, or names and bytes where it is the site's own; for a logger, its name."""
    if isinstance(value, logging.Logger):
        return value.name
    if not isinstance(value, types.ModuleType):
        return value
    return tuple((module.__name__, _bytes_of(module)) for module in _own_modules(value)) or value.__name__


def _globals_of(function: types.FunctionType) -> dict[str, Any]:
    """The globals that a function's code names."""
    held = function.__globals__
    return {name: held[name] for name in _names(function.__code__) if name in held}


def _names(code: types.CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
    for inside in code.co_consts:
        if isinstance(inside, types.CodeType):
            yield from _names(inside)


def _inside(kind: type) -> dict[str, Any]:
    """What a class has beside plain methods."""
    found: dict[str, Any] = {"bases": list(kind.__bases__)}
    for name, part in vars(kind).items():
        if isinstance(part, (staticmethod, classmethod)):
            found[name] = part.__func__
        elif isinstance(part, property):
            found[name] = [part.fget, part.fset]
        elif isinstance(part, _CONTAINERS) and not name.startswith("__"):
            found[name] = part
    return found


def _own_modules(module: types.ModuleType) -> list[types.ModuleType]:
    """A module of the site's own, and those that it imports, or takes something from; none when it is a library's."""
    found: dict[str, types.ModuleType] = {}
    pending = [module]
    while pending:
        at = pending.pop()
        if at.__name__ in found or not _is_own(vars(at)):
            continue
        found[at.__name__] = at
        parts = list(vars(at).values())
        pending += [part for part in parts if isinstance(part, types.ModuleType)]
        homes = (getattr(part, "__module__", None) for part in parts if isinstance(part, (type, types.FunctionType)))
        pending += [sys.modules[home] for home in homes if home in sys.modules]
    return [found[name] for name in sorted(found)]


def _is_own(module: Mapping[str, Any]) -> bool:
    """Whether a module, by what it holds, is neither a library's nor ours."""
    name = str(module.get("__name__", ""))
    if name == "backfile" or name.startswith("backfile."):
        return False
    file = module.get("__file__")
    if not file:
        return name not in sys.builtin_module_names and module.get("__loader__") is None
    folder = os.path.dirname(os.path.realpath(file))
    return not any(part in _INSTALLED for part in folder.split(os.sep)) and not any(
        folder == library or folder.startswith(f"{library}{os.sep}") for library in _LIBRARIES
    )


def _bytes_of(module: types.ModuleType) -> str:
    try:
        with open(str(module.__file__), "rb") as file:
            return digest_of(file.read())
    except OSError:
        return ""
