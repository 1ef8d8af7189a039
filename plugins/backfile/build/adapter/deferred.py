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
_NAME = 3  # a stored name: kind, name, slug

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

    `_digest` stands for the file and its place. `_changed` are the attributes that others have set. `_metadata` is
    what was read, as it is remembered. What all articles of a build share stands in a class of their own.
    """

    _codec: Codec
    _loader: Loader
    _cards: frozenset[str]

    def __getattr__(self, name: str) -> Any:
        inside = self.__dict__
        if name in _FROM_OTHERS and "_metadata" in inside and (name == "metadata" or self.has_authors()):
            value = inside[name] = getattr(self, f"_made_{name}")()
            return value
        if name == "_content":
            return self._loader.load(inside["relative_source_path"])[0]()
        if name in _LATER:
            return getattr(self._loader.whole(inside["relative_source_path"]), name)
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def has_authors(self) -> bool:
        """Whether it has an attribute `authors`: many have none, which is dear to find out by asking for it."""
        inside = self.__dict__
        return "authors" in inside or "author" in inside or "AUTHOR" in self.settings

    def _made_metadata(self) -> dict[str, Any]:
        """What was read, by the names that it has in the file."""
        codec, path = self._codec, self.relative_source_path
        made = {key: codec.value(key, value, path) for key, value in _stored(self._metadata)}
        return _plain(self._metadata) | made

    def _made_author(self) -> Any:
        if "authors" in vars(self):
            return self.authors[0]
        return self._codec.name("author", self.settings["AUTHOR"])

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
        changed = inside.get("_changed", ())
        cards = [name for name in self._cards if name in values and name in inside and name not in changed]
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


Form = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The names of metadata, which nearly all articles have in common: of plain values as they are in the file; of the
attributes that Pelican makes of those, in the same order and some more; of values that objects have to be made of."""

Stored = tuple[Form, tuple[Any, ...]]
"""An article's metadata: its form, the values of the attributes, then those of which objects have to be made."""


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
        self._loader = loader
        self._names = _Names(settings)
        self._zone = ZoneInfo(settings.get("TIMEZONE", "UTC"))
        self._language = settings["DEFAULT_LANG"].lower()
        self._context: Any = None
        self._kind: Any = DeferredArticle
        self._shared = {"settings": settings, "_loader": loader, "_codec": self, "_cards": frozenset(deferrable)}

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
                        ("card", self._deferrable[key].card(value)) if key in self._deferrable else _written(value)
                    )
        except TypeError:
            return None
        derived = self._derived(plain)
        keys = (*(_RENAMED.get(key, key) for key in plain), *derived)
        return (tuple(plain), keys, tuple(stored)), (*plain.values(), *derived.values(), *stored.values())

    def _derived(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        """What Pelican makes of plain metadata beside what stands there; it takes the place of that."""
        language = plain.get("lang", self._language)
        return {
            "_status": plain.get("status", Article.default_status).lower(),
            "lang": language,
            "in_default_lang": language == self._language,
            "template": plain.get("template") or Article.default_template,
        }

    def leans_on(self, metadata: Mapping[str, Any]) -> tuple[str, ...]:
        """Files whose being there or not shows on the article's page."""
        return tuple(
            path for key, kind in self._deferrable.items() if key in metadata for path in kind.leans_on(metadata[key])
        )

    def remembered(self, metadata: Stored) -> tuple[dict[str, Any], dict[str, Any]]:
        """The plain values of metadata as they were read, and the cards of deferred ones."""
        return _plain(metadata), {key: value[1] for key, value in _stored(metadata) if key in self._deferrable}

    def outside(self, metadata: Stored) -> str:
        """What beside the file had a hand in metadata; most often nothing."""
        kinds = self._deferrable
        said = [kinds[key].outside(value[1]) for key, value in _stored(metadata) if hasattr(kinds.get(key), "outside")]
        return " ".join(filter(None, said))

    def article(self, path: str, full_path: str, digest: str, metadata: Stored, context: Any) -> DeferredArticle:
        """The article that Pelican would make of this file, without reading it."""
        if context is not self._context:
            shared = {**self._shared, "_context": context, "__doc__": DeferredArticle.__doc__}
            self._context, self._kind = context, type(DeferredArticle.__name__, (DeferredArticle,), shared)
        article: DeferredArticle = self._kind.__new__(self._kind)
        inside = dict(zip(metadata[0][1], metadata[1], strict=False))
        inside["source_path"] = full_path
        inside["relative_source_path"] = path
        inside["translations"] = []
        inside["_digest"] = digest
        inside["_metadata"] = metadata
        # Nearly all of these are asked of every article, to put them in order, to group them and to sum them up.
        names, value = self._names, self.value
        for key, held in _stored(metadata):
            if type(held) is not tuple:
                inside[key] = held
            elif len(held) == _NAME:
                inside[key] = names[held]
            elif held[0] == "list":
                inside[key] = [
                    names[part] if type(part) is tuple and len(part) == _NAME else value(key, part, path)
                    for part in held[1]
                ]
            elif key in _MOMENTS and held[0] == "moment":
                inside[key] = SafeDatetime(*held[1], self._zone)  # a moment without a zone is of the site's
            else:
                inside[key] = value(key, held, path)
        object.__setattr__(article, "__dict__", inside)
        return article

    def value(self, key: str, value: Any, path: str) -> Any:
        """Metadata, of its stored value."""
        if type(value) is not tuple:
            return value
        if len(value) == _NAME:
            return self._names[value]
        kind, inside = value
        if kind == "list":
            return [self.value(key, part, path) for part in inside]
        if kind == "moment":
            return SafeDatetime(*inside)
        if kind == "date":
            return SafeDatetime.fromisoformat(inside)
        return self._deferrable[key](inside, lambda: self._loader.load(path)[1][key])

    def name(self, kind: str, name: str) -> Any:
        """Pelican's object for a name."""
        return self._names[kind, name, ""]


class _Names(dict[tuple[str, str, str], Any]):
    """Pelican's objects for names, one for all articles, so that grouping compares identities."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()
        self._settings = settings

    def __missing__(self, stored: tuple[str, str, str]) -> Any:
        kind, name, slug = stored
        made = self[stored] = _NAMES[kind](name, self._settings)
        if slug:
            made.slug = slug
        return made


def _plain(metadata: Stored) -> dict[str, Any]:
    """The plain values of metadata, as they were read."""
    return dict(zip(metadata[0][0], metadata[1], strict=False))


def _stored(metadata: Stored) -> Iterator[tuple[str, Any]]:
    """The names of those values of which objects have to be made, and what these are made of."""
    (_, keys, stored), values = metadata
    return zip(stored, values[len(keys) :], strict=True)


def _written(value: Any) -> Any:
    """A value of metadata as plain values, with its kind. Raises TypeError."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, SafeDatetime):
        if value.tzinfo:
            return "date", value.isoformat()
        return "moment", (*value.timetuple()[:6], value.microsecond)
    if isinstance(value, list):
        return "list", tuple(_written(part) for part in value)
    for kind, made in _NAMES.items():
        if type(value) is made:
            return kind, value.name, "" if value._slug_from_name else value.slug
    raise TypeError(type(value).__name__)
