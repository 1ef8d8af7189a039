"""The objects of a site that have a digest of their own, and how the others are told apart."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from pelican.contents import Content, Page, Static
from pelican.urlwrappers import URLWrapper

from backfile.build.adapter.deferred import DeferredArticle
from backfile.build.adapter.paging import PageFromOldest, PaginatorFromOldest
from backfile.build.fingerprints import Fingerprints, UnknowableError, fingerprint


class Leaves:
    """Digests of Pelican's objects, as they are between two calls of `clear`."""

    def __init__(self) -> None:
        self._digests: dict[int, tuple[object, str]] = {}
        """By the identity of an object, which is kept beside its digest so that no other can get it."""
        self._ways: dict[type, Callable[[Any], str | None]] = {}
        """How the digest of an object of each type is found."""

    def clear(self) -> None:
        """Forgets all: the objects may have changed."""
        self._digests.clear()

    def digest(self, value: object) -> str | None:
        """The digest of an article, a static file, a section, tag or author; None of anything else."""
        known = self._digests.get(id(value))
        if known is not None:
            return known[1]
        kind = type(value)
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._way(kind)
        return way(value)

    def digests(self, values: Iterable[object]) -> list[str | None]:
        """The digests of several; an article stands in half a dozen lists, and is known from the first."""
        known, digest = self._digests.get, self.digest
        return [found[1] if (found := known(id(value))) is not None else digest(value) for value in values]

    def _way(self, kind: type) -> Callable[[Any], str | None]:
        if issubclass(kind, DeferredArticle):
            return self._deferred_digest
        if issubclass(kind, URLWrapper):
            return self._name_digest
        if issubclass(kind, Content) and not issubclass(kind, Page):
            return self.content_digest
        return _no_digest

    def content_digest(self, content: Any) -> str:
        """The digest of a content object that was read in this build, with all its attributes."""
        known = self._digests.get(id(content))
        if known is not None:
            return known[1]
        inside = Fingerprints(self._name)
        kept = {
            key: value
            for key, value in vars(content).items()
            if key not in ("settings", "_context", "translations", "_output_location_referenced")
        }
        others = [inside.of(vars(other).get("_content", "")) + identity(other) for other in content.translations]
        try:
            digest = fingerprint(inside.of(kept), *others, *_place(content))
        except UnknowableError:
            digest = os.urandom(16).hex()  # equal to nothing: what shows it is always made anew
        return self._known(content, digest)

    def _known(self, value: object, digest: str) -> str:
        self._digests[id(value)] = (value, digest)
        return digest

    def _name_digest(self, name: URLWrapper) -> str:
        """The digest of a section, tag or author: few objects, which every page and list shows."""
        return self._known(name, f"{type(name).__name__}:{name.slug}:{name.name}")

    def _deferred_digest(self, article: DeferredArticle) -> str:
        inside = article.__dict__
        changed = inside.get("_changed")
        if not changed and not inside["translations"]:
            return self._known(article, inside["_digest"])
        values = Fingerprints(self._name)
        parts = [inside["_digest"], *(f"{name}={values.of(inside.get(name))}" for name in sorted(changed or ()))]
        parts += (identity(other) + getattr(other, "_digest", "") for other in inside["translations"])
        return self._known(article, fingerprint(*parts))

    def _name(self, value: object) -> str | None:
        """The digest of an object that stands inside an article."""
        if isinstance(value, DeferredArticle):
            return str(value.__dict__["_digest"])
        if isinstance(value, URLWrapper):
            return self.digest(value)
        return identity(value) if isinstance(value, Content) else None


def _no_digest(_value: object) -> None:
    """Of most objects."""


def is_record(value: object) -> bool:
    """True when reads of an object's attributes can be watched one by one."""
    if isinstance(value, type):
        return False
    kinds = (Page, PageFromOldest, PaginatorFromOldest)
    return isinstance(value, kinds) or hasattr(value, "__dataclass_fields__") or hasattr(value, "_fields")


def identity(value: object) -> str:
    """A text that names an object."""
    if isinstance(value, Content):
        return f"{type(value).__name__} {value.relative_source_path}"
    return type(value).__qualname__


def _place(content: Any) -> list[str]:
    """Where a static file goes, without letting Pelican think that a link has asked for it."""
    if not isinstance(content, Static):
        return []
    asked: bool = content._output_location_referenced
    place = [str(content.url), str(content.save_as)]
    content._output_location_referenced = asked
    return place
