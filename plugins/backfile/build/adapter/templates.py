"""The templates a page reaches: its own, and all that those extend, include or import."""

from __future__ import annotations

import contextlib
from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound, TemplateSyntaxError, meta

from backfile.build.fingerprints import fingerprint
from backfile.build.scan import digest_of


class Templates:
    """Digests of templates with everything they reach; what names what is remembered by `known`."""

    def __init__(self, known: dict[str, list[Any]]) -> None:
        self._known = known
        self._used: dict[str, list[Any]] = {}
        self._closed: dict[tuple[int, str], str] = {}
        self._reached: dict[tuple[int, str], list[str]] = {}
        self._globals: dict[Template, MutableMapping[str, Any]] = {}

    def used(self) -> dict[str, list[Any]]:
        """What to remember for the next build."""
        return self._used

    def compile(self, environment: Environment, name: str) -> None:
        """Makes a template and all it reaches ready, so that each worker need not; until `release`."""
        environment.auto_reload = False  # templates do not change while a build goes on
        for reached in self._reached.get((id(environment), name), ()):
            with contextlib.suppress(TemplateNotFound, TemplateSyntaxError):
                template = environment.get_template(reached)
                # Jinja's chain of dictionaries is walked for every page and every template that it includes.
                template.globals = dict(self._globals.setdefault(template, template.globals))

    def release(self) -> None:
        """Gives templates back their own globals, which follow those of their environment."""
        for template, chain in self._globals.items():
            template.globals = chain
        self._globals.clear()

    def digest(self, environment: Environment, name: str) -> str:
        """Stands for a template and all that it reaches."""
        key = (id(environment), name)
        if key not in self._closed:
            self._closed[key] = self._close(environment, name)
        return self._closed[key]

    def _close(self, environment: Environment, name: str) -> str:
        reached: dict[str, str] = {}
        pending = [name]
        while pending:
            at = pending.pop()
            if at in reached:
                continue
            try:
                source, _, _ = environment.loader.get_source(environment, at)  # type: ignore[union-attr]
            except TemplateNotFound:
                # `{% include ... ignore missing %}`: a template that appears later is a change.
                reached[at] = "absent"
                continue
            reached[at] = digest_of(source.encode("utf-8", "surrogatepass"))
            for other in self._named(environment, at, source, reached[at]):
                pending += environment.list_templates() if other is None else [other]
        self._reached[id(environment), name] = list(reached)
        return fingerprint(*(part for pair in sorted(reached.items()) for part in pair))

    def _named(self, environment: Environment, name: str, source: str, digest: str) -> list[str | None]:
        """The templates that a template names; None where a name is only known when it is rendered."""
        remembered = self._used.get(name) or self._known.get(name)
        if remembered is None or remembered[0] != digest:
            try:
                named = list(dict.fromkeys(meta.find_referenced_templates(environment.parse(source))))
            except TemplateSyntaxError:
                named = []  # rendering will say so, with the place
            remembered = [digest, named]
        self._used[name] = remembered
        return list(remembered[1])
