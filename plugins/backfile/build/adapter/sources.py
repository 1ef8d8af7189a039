"""The content files of articles: those that changed are read, the others are remembered."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator, Mapping
from typing import Any

from pelican.contents import Article, SkipStub
from pelican.plugins import signals

from backfile.build.adapter.deferred import Codec, Form, Loaded, Loader, Stored
from backfile.build.adapter.session import Session, source_digest
from backfile.build.fingerprints import fingerprint
from backfile.build.kept import Place
from backfile.build.render import spread
from backfile.build.same import Same
from backfile.build.scan import Stamp
from backfile.build.store import Source
from backfile.errors import BackfileError

log = logging.getLogger(__name__)

_MOST_NAMED = 10


class Sources:
    """Reads for a generator. What is read goes the way of what is remembered, so that both are the same."""

    def __init__(self, generator: Any, session: Session) -> None:
        self._generator = generator
        self._session = session
        self._path = generator.path
        self._root = os.path.join(generator.path, "")
        settings = session.settings
        self._static = session.tree.files(settings["STATIC_PATHS"], settings["STATIC_EXCLUDES"])
        deferrable = {
            extension: getattr(reader, "deferrable", None) for extension, reader in generator.readers.readers.items()
        }
        self._deferrable = {extension: kinds for extension, kinds in deferrable.items() if kinds is not None}
        readers = generator.readers.readers
        self._rules = {
            name: readers[name].rules.plain() for name in self._deferrable if hasattr(readers[name], "rules")
        }
        loader = Loader(self._load, self._read)
        self._codecs = {
            extension: Codec(session.settings, kinds, loader) for extension, kinds in self._deferrable.items()
        }

        self._kept = session.kept
        self._places: dict[str, Place] = {}
        """Where that stands which was read in this build."""

    def articles(self, found: Mapping[str, Stamp]) -> Iterator[tuple[str, Any]]:
        """Each file's path and article; None for a file that should be one and cannot be used."""
        session = self._session
        session.progress.counts.files = len(found)
        remembered = {} if session.reads_everything else self._remembered(found)
        missing = [path for path in found if path not in remembered]
        session.progress.counts.read = len(missing)
        live: dict[str, Any] = {}
        if session.reads_everything:
            live = {path: self._article(path) for path in session.progress.stage("Reading", missing, len(missing))}
        else:
            for path, source in self._read_all(missing, found):
                if source is None:
                    live[path] = self._article(path)
                else:
                    remembered[path] = source
        session.state.sources, session.state.rules = remembered, self._rules
        for path in found:
            source = remembered.get(path)
            if source is not None:
                yield path, self._revived(path, source)
            elif not isinstance(live.get(path), SkipStub):
                yield path, live.get(path)

    def _remembered(self, found: Mapping[str, Stamp]) -> dict[str, Source]:
        """What is known of files that are as they were."""
        sources, changed_rules = self._session.state.sources, self._session.state.rules != self._rules
        result = {}
        for path, stamp in found.items():
            known = sources.get(path)
            if known is None or (changed_rules and self._reads_otherwise(path, known)):
                continue
            if known.stamp != stamp:
                if source_digest(path, _bytes(self._path, path)) != known.digest:
                    continue
                known = known._replace(stamp=self._session.tree.trusted(stamp))
            result[path] = known
        return result

    def _reads_otherwise(self, path: str, known: Source) -> bool:
        """Whether a file may be read otherwise than it was, since its reader goes by other rules now."""
        extension = _extension(path)
        rules = self._rules.get(extension)
        before = self._session.state.rules.get(extension)
        if rules == before:
            return False
        reader = self._generator.readers.readers[extension]
        if not hasattr(reader, "may_differ"):
            return True
        return bool(reader.may_differ(before, self._codecs[extension].remembered(known.metadata)))

    def _read_all(self, paths: list[str], found: Mapping[str, Stamp]) -> Iterator[tuple[str, Source | None]]:
        """Reads files, by several processes when there are many; None for what cannot be remembered."""

        def work(number: int) -> Any:
            return self._described(paths[number])

        def lost(number: int, how: str) -> None:
            log.error("%s is left out: the process that read it ended, twice, the last time %s.", paths[number], how)

        session = self._session
        forms: dict[Form, Form] = {}
        same = Same()  # each message has objects of its own
        results = spread(work, len(paths), session.workers, seconds=session.patience, lost=lost)
        for number, described in self._session.progress.stage("Reading", results, len(paths)):
            path = paths[number]
            if described is None:
                yield path, None
                continue
            digest, (form, values), outside, leans_on, place = described
            if place is not None:
                self._places[path] = place
            form = forms.setdefault(form, form)
            stamp = self._session.tree.trusted(found[path])
            yield path, Source(stamp, digest, (form, same(values)), same(outside), same(leans_on))

    def _described(self, path: str) -> tuple[str, Stored, str, tuple[str, ...], Place | None] | None:
        codec = self._codecs.get(_extension(path))
        if codec is None:
            return None
        digest = source_digest(path, _bytes(self._path, path))
        reader = self._generator.readers.readers[_extension(path)]
        reader.metadata_only = True
        try:
            article = self._article(path)
        finally:
            reader.metadata_only = False
        if type(article) is not Article:
            return None
        metadata = codec.write(article.metadata)
        if metadata is None:
            return None
        kept = reader.kept(os.path.join(self._path, path)) if hasattr(reader, "kept") else None
        place = None if kept is None else self._kept.put(kept)
        return digest, metadata, codec.outside(metadata), codec.leans_on(article.metadata), place

    def _revived(self, path: str, source: Source) -> Any:
        _, digest, metadata, outside, leans_on = source
        if outside:
            digest = fingerprint(digest, outside)
        if leans_on:
            digest = fingerprint(digest, *(str(self._is_there(other)) for other in leans_on))
        codec = self._codecs[_extension(path)]
        return codec.article(path, f"{self._root}{path}", digest, metadata, self._generator.context)

    def _is_there(self, path: str) -> bool:
        return path in self._static or os.path.isfile(os.path.join(self._path, path))

    def _article(self, path: str) -> Any:
        """The article as Pelican reads it, None when it cannot be used."""
        try:
            article = self._read(path)
        except Exception as error:
            told = str(error) if isinstance(error, BackfileError) else f"{type(error).__name__}: {error}"
            debug = self._session.settings.get("DEBUG", False)
            log.exception("Could not process %s: %s", path, told, exc_info=debug)
            return None
        if isinstance(article, SkipStub):
            return article
        if not article.is_valid():
            return None
        self._generator.add_static_links(article)
        return article

    def _load(self, path: str) -> Loaded:
        reader = self._generator.readers.readers[_extension(path)]
        full_path = os.path.join(self._path, path)
        if path in self._places:
            with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
                return reader.load(full_path, self._kept.get(self._places[path]))  # type: ignore[no-any-return]
        return reader.load(full_path)  # type: ignore[no-any-return]

    def _read(self, path: str) -> Any:
        generator = self._generator
        return generator.readers.read_file(
            base_path=self._path,
            path=path,
            content_class=Article,
            context=generator.context,
            preread_signal=signals.article_generator_preread,
            preread_sender=generator,
            context_signal=signals.article_generator_context,
            context_sender=generator,
        )


def _bytes(root: str, path: str) -> bytes:
    place = os.path.join(root, path)
    try:
        with open(place, "rb") as file:
            return file.read()
    except OSError as error:  # what cannot be read on is not named
        raise OSError(error.errno, error.strerror, place) from error


def _extension(path: str) -> str:
    """Of a file that was found for it."""
    return path.rpartition(".")[2]


def tell_of_dead_links(session: Session) -> None:
    """What stood behind a link that leads nowhere is missing from the site, and nothing else would tell of it."""
    if dead := sorted(session.tree.dead):
        more = f" and {len(dead) - _MOST_NAMED} more" if len(dead) > _MOST_NAMED else ""
        log.warning(
            "Links in %s that lead nowhere: %s%s. What they should lead to is not in the archive: put it back, "
            "or remove them.",
            session.settings["PATH"],
            ", ".join(dead[:_MOST_NAMED]),
            more,
        )
