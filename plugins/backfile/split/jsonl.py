"""`backfile split --jsonl`: a line in, a line out, in order, whatever a line holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from backfile.split.boundary import split

_MARK = "\ufeff"
"""What programs put before UTF-8 to say that it is that."""


def run(lines: Iterable[str]) -> Iterator[str]:
    """Answer each `{"id", "paragraphs"}` with `{"id", "boundary", "confidence"}`.

    A line that cannot be read is answered with `{"id": null, "error": ...}`, which names the line; the rest
    go on.
    """
    for number, line in enumerate(lines, start=1):
        line = line.removeprefix(_MARK) if number == 1 else line
        if line.strip():
            yield _written(_answer(line, number), number)


def tells_boundary(line: str) -> bool:
    """True for the answer to a line that could be read."""
    return "error" not in json.loads(line)


def _written(answer: dict[str, Any], number: int) -> str:
    """An answer as JSON: `NaN` and the like, which Python reads, are none, and nobody else could read it."""
    try:
        return json.dumps(answer, allow_nan=False)
    except (ValueError, RecursionError):
        return json.dumps(_error(None, number, '"id" has a number that is none of JSON, or is nested too deeply'))


def _answer(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _error(None, number, f"not JSON ({error})")
    if not isinstance(record, dict):
        return _error(None, number, 'expected an object {"id", "paragraphs"}')
    name = record.get("id")
    paragraphs = record.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs):
        return _error(name, number, '"paragraphs" must be a list of strings')
    result = split(paragraphs)
    return {"id": name, "boundary": result.boundary, "confidence": result.confidence}


def _error(name: object, number: int, message: str) -> dict[str, Any]:
    return {"id": name if isinstance(name, str | int) else None, "error": f"line {number}: {message}"}
