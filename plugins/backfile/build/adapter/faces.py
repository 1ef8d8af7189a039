"""What stands for a page's own inputs: settings, code, templates, and what it was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pelican.contents import Page
from pelican.urlwrappers import URLWrapper

from backfile.build.adapter.deferred import DeferredArticle
from backfile.build.adapter.paging import PageFromOldest, PaginatorFromOldest
from backfile.build.adapter.session import Session
from backfile.build.dependencies import Site
from backfile.build.fingerprints import fingerprint
from backfile.build.texts import Text

_SHORT = 200
_SCALARS = (str, bool, int, type(None))


class Faces:
    """Digests of the inputs of the pages of one context. `shared` stands for what all of them are given."""

    def __init__(self, session: Session, site: Site, shared: str) -> None:
        self._session, self._site, self.shared = session, site, shared
        self._heads: dict[tuple[int, str, bool], str] = {}
        self._codes: dict[Callable[..., str], str] = {}
        self._ways: dict[type, Callable[[Any], str]] = {}
        """What stands for a value that a page was given, by type."""

    def of_page(self, template: Any, relative: bool, given: Mapping[str, Any]) -> str:
        """What stands for the inputs of a page; asked of every page in every build."""
        ways, faces = self._ways, [self.head(template, relative)]
        for key, value in given.items():
            way = ways.get(type(value)) or self._way(type(value))
            faces.append(f"{key}={way(value)}")
        return short(faces)

    def of_text(self, text: Text) -> list[str]:
        """What stands for each part of a file of text."""
        code = self._codes.get(text.make)
        if code is None:
            code = self._codes[text.make] = fingerprint(self._session.key, text.name)
        return [short([code, *map(self._whole, part.values())]) for part in text.arguments]

    def head(self, template: Any, relative: bool) -> str:
        """What stands for all that pages of a template have in common."""
        head = (id(template.environment), template.name, relative)
        known = self._heads.get(head)
        if known is None:
            code = self._session.templates.digest(template.environment, template.name)
            known = self._heads[head] = fingerprint(self._session.key, self.shared, str(relative), code)
        return known

    def _whole(self, value: Any) -> str:
        """The digest of an argument, with all that is in it."""
        leaf = self._session.leaves.digest(value)
        if leaf is not None:
            return leaf
        return repr(value) if isinstance(value, _SCALARS) else self._site.fingerprints.of(value)

    def _way(self, kind: type) -> Callable[[Any], str]:
        """How the digest of a value is found that a page was given."""
        way: Callable[[Any], str] = self._of_any
        if issubclass(kind, _SCALARS):
            way = repr
        elif issubclass(kind, (PageFromOldest, PaginatorFromOldest)):
            way = lambda _: kind.__name__  # noqa: E731 - its reads are watched
        elif issubclass(kind, (DeferredArticle, URLWrapper)):
            way = self._session.leaves.digest  # type: ignore[assignment]  # these have one
        elif issubclass(kind, Page):
            way = self._session.leaves.content_digest
        self._ways[kind] = way
        return way

    def _of_any(self, value: Any) -> str:
        """The digest of a leaf, or of what is read as a whole; else only its kind, since its reads are watched."""
        leaf = self._session.leaves.digest(value)
        if leaf is not None:
            return leaf
        return self._site.fingerprints.of(value) if self._site.plain(value) else type(value).__name__


def short(parts: Sequence[str]) -> str:
    """Several texts as one: as they are when that is short, which spares a digest for each of many pages."""
    text = "\0".join(parts)
    return text if len(text) < _SHORT else fingerprint(*parts)
