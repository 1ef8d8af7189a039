"""Whether a theme shows comments at all: in one that does not, a build would lose them without a word."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, TemplateError

_LEADS_TO = re.compile(r"{%-?\s{0,20}(?:extends|include|import|from)\s{1,20}(['\"])([^'\"]{1,200})\1")
_SHOWS = re.compile(r"\bthread\b|comments\.html")


def shows_comments(environment: Environment, template: str) -> bool:
    """Whether a template, or one that it leads to, speaks of a thread or takes our include."""
    seen: set[str] = set()
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        source = _source_of(environment, name)
        if _SHOWS.search(source):
            return True
        waiting += (found[2] for found in _LEADS_TO.finditer(source))
    return False


def _source_of(environment: Environment, name: str) -> Any:
    """The text of a template; empty where there is none, which is told where it is rendered."""
    try:
        return environment.loader.get_source(environment, name)[0] if environment.loader else ""
    except (TemplateError, OSError, UnicodeDecodeError):
        return ""
