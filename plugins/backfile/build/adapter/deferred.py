"""Articles that are known without being read: what lists show is at hand, the text is loaded when asked for."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pelican.contents import Article, Author, Category, Content, Tag
from pelican.utils import SafeDatetime

_NAMES = {"author": Author, "category": Category, "tag": Tag}
_LATER = frozenset(("date_format", "timezone", "locale_date", "locale_modified"))
_FROM_OTHERS = frozenset(("metadata", "author", "authors"))
"""Attributes that are made of others."""

_MOMENTS = ("date", "modified")

_RENAMED = {"url": "override_url", "save_as": "override_save_as", "summary": "_summary", "status": "_status"}
"""Metadata whose name is that of a property: Pelican keeps it under another."""

_AT_HAND = 64
"""So many articles stay in memory with their text."""


Loaded = tuple[Callable[[], str], Mapping[str, Any]]
"""An article's text, made when it is asked for, and its deferred values."""


class Loader:
    """Reads articles again, and keeps the latest few: `load` as far as they were deferred, `whole` as Pelican does."""

    def __init__(self, load: Callable[[str], Loaded], whole: Callable[[str], Any]) -> None:
        self._load, self.whole = load, whole
        self._kept: OrderedDict[str, Loaded] = OrderedDict()

    def load(self, path: str) -> Loaded:
        """The text and the deferred values of a file."""
        kept = self._kept.get(path)
        if kept is None:
            kept = self._kept[path] = self._load(path)
            if len(self._kept) > _AT_HAND:
                self._kept.popitem(last=False)
        return kept


class DeferredArticle(Article):  # type: ignore[misc]  # Pelican carries no types
    """An article as the build remembers it. Made by `Codec.article`; behaves as Pelican's own.

    `_digest` stands for the file and its place. `_changed` are the attributes that others have set. `_stored` are
    metadata that became objects when they were read, as the plain values that such objects are made of.
    """

    def __getattr__(self, name: str) -> Any:
        inside = self.__dict__
        if name in _FROM_OTHERS and "_stored" in inside:
            value = getattr(self, f"_made_{name}")()
        elif name == "_content":
            return inside["_loader"].load(inside["relative_source_path"])[0]()
        elif name in _LATER:
            return getattr(inside["_loader"].whole(inside["relative_source_path"]), name)
        else:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        inside[name] = value
        return value

    def _made_metadata(self) -> dict[str, Any]:
        """What was read, by the names that it has in the file."""
        stored, codec, path = self._stored, self._codec, self.relative_source_path
        return {key: codec.value(key, value, path) for key, value in {**self._plain, **stored}.items()}

    def _made_author(self) -> Any:
        if "authors" in self._stored:
            return self.authors[0]
        if "AUTHOR" in self.settings:
            return self._codec.name("author", self.settings["AUTHOR"], "")
        raise AttributeError(f"{type(self).__name__} has no attribute 'author'")

    def _made_authors(self) -> list[Any]:
        return [self.author]

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__.setdefault("_changed", set()).add(name)
        object.__setattr__(self, name, value)

    @contextlib.contextmanager
    def at_hand(self) -> Iterator[None]:
        """While this lasts, the article is whole: for its own page, which shows all of it."""
        inside = self.__dict__
        text, values = self._loader.load(self.relative_source_path)
        cards = [name for name in self._cards if name in values and name not in inside.get("_changed", ())]
        deferred = {name: getattr(self, name) for name in cards}
        inside.update({name: values[name] for name in cards}, _content=text())
        try:
            yield
        finally:
            inside.update(deferred)
            del inside["_content"]

    @property
    def url(self) -> str:
        """Where the page is; asked for so often that Pelican's way to it would show."""
        known = self.__dict__.get("override_url")
        return str(super().url if known is None else known)

    @property
    def save_as(self) -> str:
        """Where its file is."""
        known = self.__dict__.get("override_save_as")
        return str(super().save_as if known is None else known)

    def get_content(self, siteurl: str) -> str:
        """The text with its links made; not kept, as Pelican would for every article."""
        return str(self._update_content(self._content, siteurl))

    def get_summary(self, siteurl: str) -> str:
        """The summary, as Pelican finds it."""
        return str(Content.__dict__["get_summary"].func(self, siteurl))


Stored = tuple[dict[str, Any], dict[str, Any]]
"""An article's metadata: plain values, and what has to be made of plain values."""


class Codec:
    """Metadata to plain values and back. `deferrable` are the reader's classes for values it can put off.

    Such a class has a function `card`, which gives what lists show of a value as JSON, and `leans_on`,
    which names the files whose presence the value shows; it makes a stand-in from a card and a function
    that loads the real value. It may have a function `outside`, which gives what beside the file had a
    hand in a card.
    """

    def __init__(self, settings: Mapping[str, Any], deferrable: Mapping[str, Any], loader: Loader) -> None:
        self._settings = settings
        self._deferrable = deferrable
        self._others = [(key, kind) for key, kind in deferrable.items() if hasattr(kind, "outside")]
        self._loader = loader
        self._made: dict[tuple[str, str, str], Any] = {}
        self._zone = ZoneInfo(settings.get("TIMEZONE", "UTC"))
        self._language = settings["DEFAULT_LANG"].lower()
        self._cards = frozenset(deferrable)

    def write(self, metadata: Mapping[str, Any]) -> Stored | None:
        """The metadata as plain values, or None when some of it cannot be written."""
        if "timezone" in metadata or any(key != key.lower() for key in metadata):
            return None
        plain, stored = {}, {}
        try:
            for key, value in metadata.items():
                if value is None or isinstance(value, (str, int, float, bool)):
                    plain[key] = value
                else:
                    stored[key] = (
                        ["card", self._deferrable[key].card(value)] if key in self._deferrable else _written(value)
                    )
        except TypeError:
            return None
        return plain, stored

    def leans_on(self, metadata: Mapping[str, Any]) -> list[str]:
        """Files whose being there or not shows on the article's page."""
        return [
            path for key, kind in self._deferrable.items() if key in metadata for path in kind.leans_on(metadata[key])
        ]

    def outside(self, metadata: Stored) -> str:
        """What beside the file had a hand in remembered metadata; most often nothing."""
        stored = metadata[1]
        return " ".join(filter(None, (kind.outside(stored[key][1]) for key, kind in self._others if key in stored)))

    def article(self, path: str, full_path: str, digest: str, metadata: Stored, context: Any) -> DeferredArticle:
        """The article that Pelican would make of this file, without reading it."""
        plain, stored = metadata
        article = DeferredArticle.__new__(DeferredArticle)
        inside = article.__dict__
        inside.update(plain)
        for key, name in _RENAMED.items():
            if key in inside:
                inside[name] = inside.pop(key)
        inside["_status"] = inside.get("_status", Article.default_status).lower()
        inside["in_default_lang"] = inside.setdefault("lang", self._language) == self._language
        inside["template"] = plain.get("template") or Article.default_template
        inside["settings"], inside["_context"], inside["_loader"], inside["_codec"] = (
            self._settings,
            context,
            self._loader,
            self,
        )
        inside["source_path"], inside["relative_source_path"], inside["_digest"] = full_path, path, digest
        inside["_plain"], inside["_stored"], inside["translations"] = plain, stored, []
        inside["_cards"] = self._cards if self._cards <= stored.keys() else self._cards & stored.keys()
        # Nearly all of these are asked of every article, to put them in order, to group them and to sum them up.
        for key, value in stored.items():
            inside[key] = self.attribute(key, value, path)
        return article

    def attribute(self, key: str, value: Any, path: str) -> Any:
        """An attribute, of its stored value: as metadata, with a zone when it is a moment without one."""
        made = self.value(key, value, path)
        if key in _MOMENTS and not made.tzinfo:
            return made.replace(tzinfo=self._zone)
        return made

    def value(self, key: str, value: Any, path: str) -> Any:
        """Metadata, of its stored value."""
        if not isinstance(value, list):
            return value
        kind = value[0]
        if kind in _NAMES:
            return self.name(*value)
        if kind == "list":
            return [self.value(key, part, path) for part in value[1]]
        if kind == "date":
            return SafeDatetime.fromisoformat(value[1])
        return self._deferrable[key](value[1], lambda: self._loader.load(path)[1][key])

    def name(self, kind: str, name: str, slug: str) -> Any:
        """Pelican's object for a name, one for all articles, so that grouping compares identities."""
        known = self._made.get((kind, name, slug))
        if known is None:
            known = self._made[kind, name, slug] = _NAMES[kind](name, self._settings)
            if slug:
                known.slug = slug
        return known


def _written(value: Any) -> Any:
    """A value of metadata as plain values, with its kind. Raises TypeError."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, SafeDatetime):
        return ["date", value.isoformat()]
    if isinstance(value, list):
        return ["list", [_written(part) for part in value]]
    for kind, made in _NAMES.items():
        if type(value) is made:
            return [kind, value.name, "" if value._slug_from_name else value.slug]
    raise TypeError(type(value).__name__)
