"""Articles that are known without being read: what lists show is at hand, the text is loaded when asked for."""

from __future__ import annotations

import contextlib
import datetime
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pelican.contents import Article, Author, Category, Content, Tag
from pelican.utils import SafeDatetime

_NAMES = {"author": Author, "category": Category, "tag": Tag}
_LATER = frozenset(("date_format", "timezone", "locale_date", "locale_modified"))
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

    `_digest` stands for the file and its place. `_changed` are the attributes that others have set.
    """

    def __getattr__(self, name: str) -> Any:
        if name == "_content":
            return self._loader.load(self.relative_source_path)[0]()
        if name in _LATER:
            return getattr(self._loader.whole(self.relative_source_path), name)
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__.setdefault("_changed", set()).add(name)
        object.__setattr__(self, name, value)

    @contextlib.contextmanager
    def at_hand(self) -> Iterator[None]:
        """While this lasts, the article is whole: for its own page, which shows all of it."""
        inside = self.__dict__
        text, values = self._loader.load(self.relative_source_path)
        cards = [name for name in self._cards if name in values and name not in inside.get("_changed", ())]
        deferred = {name: inside[name] for name in cards}
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


class Codec:
    """Metadata to JSON and back. `deferrable` are the reader's classes for values it can put off.

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

    def write(self, metadata: Mapping[str, Any]) -> dict[str, Any] | None:
        """The metadata as JSON, or None when some of it cannot be written."""
        if "timezone" in metadata:
            return None
        try:
            return {
                key: ["card", self._deferrable[key].card(value)] if key in self._deferrable else self._written(value)
                for key, value in metadata.items()
            }
        except TypeError:
            return None

    def leans_on(self, metadata: Mapping[str, Any]) -> list[str]:
        """Files whose being there or not shows on the article's page."""
        return [
            path for key, kind in self._deferrable.items() if key in metadata for path in kind.leans_on(metadata[key])
        ]

    def outside(self, metadata: Mapping[str, Any]) -> str:
        """What beside the file had a hand in remembered metadata; most often nothing."""
        return " ".join(filter(None, (kind.outside(metadata[key][1]) for key, kind in self._others if key in metadata)))

    def article(self, path: str, full_path: str, digest: str, metadata: Mapping[str, Any], context: Any) -> Any:
        """The article that Pelican would make of this file, without reading it."""
        read = {key: self._value(key, value, path) for key, value in metadata.items()}
        settings = self._settings
        article = DeferredArticle.__new__(DeferredArticle)
        inside = article.__dict__
        inside.update((key.lower(), value) for key, value in read.items())
        for key in ("url", "save_as"):
            if key in inside:
                inside[f"override_{key}"] = inside.pop(key)
        inside.update(settings=settings, metadata=read, translations=[], _context=context, _digest=digest)
        inside["_cards"] = tuple(key for key in self._deferrable if key in read)
        inside["_loader"] = self._loader
        inside.update(source_path=full_path, relative_source_path=path)
        inside["template"] = read.get("template") or Article.default_template
        if "author" not in inside and ("authors" in inside or "AUTHOR" in settings):
            inside["author"] = (
                inside["authors"][0] if "authors" in inside else self._name("author", settings["AUTHOR"], "")
            )
        if "authors" not in inside and "author" in inside:
            inside["authors"] = [inside["author"]]
        default = settings["DEFAULT_LANG"].lower()
        inside["in_default_lang"] = inside.setdefault("lang", default) == default
        inside["_status"] = inside.pop("status", Article.default_status).lower()
        if "summary" in inside:
            inside["_summary"] = inside.pop("summary")
        for key in ("date", "modified"):
            if key in inside:
                moment = inside[key]
                inside[key] = moment if moment.tzinfo else moment.replace(tzinfo=self._zone)
        return article

    def _written(self, value: Any) -> Any:
        if value is None or isinstance(value, (str, int, float, bool)):
            return value
        if isinstance(value, SafeDatetime):
            return ["date", value.isoformat()]
        if isinstance(value, list):
            return ["list", [self._written(part) for part in value]]
        for kind, made in _NAMES.items():
            if type(value) is made:
                return [kind, value.name, "" if value._slug_from_name else value.slug]
        raise TypeError(type(value).__name__)

    def _value(self, key: str, value: Any, path: str) -> Any:
        if not isinstance(value, list):
            return value
        kind, *parts = value
        if kind in _NAMES:
            return self._name(kind, *parts)
        if kind == "list":
            return [self._value(key, part, path) for part in parts[0]]
        if kind == "date":
            moment = datetime.datetime.fromisoformat(parts[0])
            return SafeDatetime(
                moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond
            ).replace(tzinfo=moment.tzinfo)
        return self._deferrable[key](parts[0], lambda: self._loader.load(path)[1][key])

    def _name(self, kind: str, name: str, slug: str) -> Any:
        """Pelican's object for a name, one for all articles, so that grouping compares identities."""
        known = self._made.get((kind, name, slug))
        if known is None:
            known = self._made[kind, name, slug] = _NAMES[kind](name, self._settings)
            if slug:
                known.slug = slug
        return known
