"""One object for values that are equal: what articles have in common with others is kept, written and read once."""

from __future__ import annotations

from typing import Any

_MANY = 1 << 16


class Same:
    """Gives, for a plain value, an equal one of which the texts are those of earlier values.

    It forgets from time to time: then there may be two of a kind.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._tuples: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def __call__(self, value: Any) -> Any:
        """The value, of which texts and tuples of texts are shared; numbers are not, since 1 equals True."""
        kind = type(value)
        if kind is str:
            return _shared(self._texts, value)
        if kind is not tuple:
            return value
        made = tuple(map(self, value))
        tuples = self._tuples
        try:
            # Only tuples of texts are in the table, so that nothing else can equal one.
            texts = all(type(part) is str or (type(part) is tuple and part in tuples) for part in made)
        except TypeError:  # there is a list in it
            return made
        return _shared(tuples, made) if texts else made


def _shared(known: dict[Any, Any], value: Any) -> Any:
    if len(known) >= _MANY:
        known.clear()
    return known.setdefault(value, value)
