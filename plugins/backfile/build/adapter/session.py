"""One build: what is known when it starts, what it finds, and what it leaves to the next."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican.contents import Content
from pelican.log import console
from pelican.plugins import signals

from backfile.build import sealed
from backfile.build.adapter.forplugins import ForPlugins
from backfile.build.adapter.inputs import site_key
from backfile.build.adapter.leaves import Leaves, identity, is_record
from backfile.build.adapter.places import outside, scratch, state_folder
from backfile.build.adapter.templates import Templates
from backfile.build.claims import Claims
from backfile.build.dependencies import Kinds, Site
from backfile.build.files import Output
from backfile.build.fingerprints import UnknowableError, fingerprint
from backfile.build.kept import Kept
from backfile.build.progress import Progress
from backfile.build.prune import remove
from backfile.build.render import processors
from backfile.build.scan import UNSURE, Stamp, Tree, digest_of, stamp_of
from backfile.build.sight import Sight
from backfile.build.standing import Standing
from backfile.build.store import Page as Record
from backfile.build.store import State, Store
from backfile.disk import make_folder
from backfile.takedown.places import watched

log = logging.getLogger(__name__)

# Where plugins may have changed an article by means we cannot see, every article is read in every build.
_READING_SIGNALS = ("article_generator_preread", "article_generator_context", "content_object_init")


class _Heard(logging.Handler):
    """Notes whether anything was said that the next build must say again."""

    anything = False

    def emit(self, _record: logging.LogRecord) -> None:
        """Called for each warning and error."""
        self.anything = True


class Session(ForPlugins):
    """A build of one site, from the first generator to the last file.

    `standing` is what the last build said of its result when nothing changed since, else None.
    """

    def __init__(self, pelican: Any) -> None:
        settings = pelican.settings
        self.settings: Mapping[str, Any] = settings
        self.progress = Progress(console)
        root = Path(settings["OUTPUT_PATH"])
        state = state_folder(settings, root)
        self.tree = Tree(settings["PATH"], tuple(settings["IGNORE_FILES"]), (str(root), str(state.absolute())))
        self.store = Store(state)
        self.workers = int(settings.get("BACKFILE_WORKERS") or processors())
        self.patience = float(settings.get("BACKFILE_PAGE_SECONDS", 600))
        try:
            self.key = site_key(settings, pelican.plugins)
        except UnknowableError as error:
            log.info("Every page is rendered: %s.", error)
            self.key = fingerprint(os.urandom(16).hex())
        root.mkdir(parents=True, exist_ok=True)
        self.store.open()
        self.listing = Sight(str(root), beside=self.workers > 1 and self.store.remembers_many())
        self._plugins = frozenset(plugin.__name__ for plugin in pelican.plugins)
        self._claims = Claims(self.store.folder, self.store.scratch)
        self._heard = _Heard(logging.WARNING)
        self._note = self._standing(pelican)
        self.standing = self._last_counts()
        if self.standing is None:
            self._begin(root)

    def _begin(self, root: Path) -> None:
        """Gets ready to build: from here on the output is no longer what was noted."""
        self.store.forget_standing()
        logging.getLogger().addHandler(self._heard)
        self.state, ours = self.store.load(self.key)
        self.output = Output(root, scratch(root, self.store.scratch), ours)
        self.bytecode = sealed.SealedTemplates(self.store.compiled(self.key), self.store.scratch)
        self.templates = Templates(self.state.templates)
        self.kept = Kept(self.store.scratch)
        self.pages: dict[str, Record] = {}
        self.copied: set[str] = set()
        self._looked_at: set[str] = set()
        self.lengths: list[dict[str, int]] = []
        self.shapes = {shape: number for number, shape in enumerate(self.state.shapes)}
        self.site: Site | None = None
        self.works_aside = False
        self.leaves = Leaves()
        self._last: list[Callable[[], None]] = []

    def begin_writing(self) -> None:
        """Gets ready for the first file: Pelican may have emptied the output folder since the build began."""
        if self.settings["DELETE_OUTPUT_DIRECTORY"]:
            self.listing.end()
            self.listing = Sight(str(self.output.root), beside=False)
            make_folder(self.output.scratch)

    def found(self, name: str) -> Stamp | None:
        """The stamp of a file of the output folder, as it was when the build began; as it is now, if we wrote it."""
        return self.output.stamp(name) if name in self.pages else self.listing().stamp(name)

    def _standing(self, pelican: Any) -> Standing | None:
        """The note of a build in which nothing changed, where there can be one: other plugins may do anything."""
        ours = all(plugin.__name__.startswith("backfile.") for plugin in pelican.plugins)
        settings = self.settings
        if not ours or self.reads_everything or settings["DELETE_OUTPUT_DIRECTORY"] or not self.store.is_settled():
            return None
        folders = [str(settings["THEME"]), *map(str, settings["THEME_TEMPLATES_OVERRIDES"])]
        files = map(str, watched(settings))
        found = self.tree.files(["", *outside(settings)], ())
        return Standing(self.store.standing, self.key, self.tree, found, folders, files, self.listing)

    def _last_counts(self) -> dict[str, Any] | None:
        counts = self._note.counts() if self._note else None
        # What a quiet build did not say must be said now.
        return None if counts and counts["quiet"] and log.isEnabledFor(logging.WARNING) else counts

    @property
    def reads_everything(self) -> bool:
        """True when articles cannot be remembered, since others have a hand in how they are read."""
        return (
            any(getattr(signals, name).receivers for name in _READING_SIGNALS)
            or not self.settings["WITH_FUTURE_DATES"]
            or self.settings.get("DEFAULT_DATE") == "fs"
        )

    def see(self, context: Mapping[str, Any]) -> Site:
        """The site as templates can ask about it, from now on unchanged."""
        self.leaves.clear()
        self.listing()  # known here, all processes know it
        self.site = Site(context, Kinds(self.leaves.digest, self.leaves.digests, record=is_record, identity=identity))
        return self.site

    def let_stand(self, names: Sequence[str]) -> None:
        """Notes that files of the output folder are what the last build left."""
        self.pages.update(zip(names, map(self.state.pages.__getitem__, names), strict=True))

    def record(self, name: str, page: Record, *, written: bool) -> None:
        """Notes a file of the output folder that was looked at, and perhaps made, in this build."""
        self.pages[name] = page
        self._looked_at.add(name)
        self.progress.counts.written += written

    def keep(self, name: str) -> None:
        """Leaves a file that could not be made as it is, and has the next build make it."""
        there = self.output.stamp(name)
        if there is not None:
            self.record(name, Record("", -1, "", UNSURE), written=False)

    def shape_of(self, queries: tuple[Any, ...]) -> int:
        """The number of a list of questions."""
        return self.shapes.setdefault(queries, len(self.shapes))

    def copy(self, source: str, name: str) -> None:
        """Copies a file into the output folder, unless it is there."""
        try:
            stamp = stamp_of(os.stat(source))
        except OSError as error:
            log.warning("%s cannot be copied: %s", name, error.strerror)
            return
        # A file so young that a change could hide behind its stamp is compared again next time.
        own = "" if self.tree.trusted(stamp) == UNSURE else fingerprint(source, stamp.hex())
        old = self.state.pages.get(name)
        if old and own and old.own == own and old.stamp == self.output.stamp(name):
            self.record(name, old, written=False)
            self.copied.add(name)
            return
        self.store.begin([name])
        there, written = self.output.copy(source, name)
        self.record(name, Record(own, -1, "", there), written=written)
        self.copied.add(name)

    def link(self, source: str, name: str) -> None:
        """Has a file of the output folder be this very one, unless it is."""
        due = not self.output.is_link(source, name)
        if due:
            self.store.begin([name])
            try:
                self.output.link(source, name)
            except OSError as error:
                log.warning("%s cannot be linked: %s", name, error.strerror)
                return
        self.record(name, Record("", -1, "", self.output.stamp(name) or UNSURE), written=due)
        self.copied.add(name)

    def count(self, generator: Any, lists: Iterable[str]) -> None:
        """Notes how long a generator's lists are, which Pelican says at the end."""
        self.lengths.append({name: len(getattr(generator, name)) for name in lists})

    def abandon(self) -> None:
        """Lets go of a build that came to no end, as `pelican -r` goes on after one."""
        logging.getLogger().removeHandler(self._heard)
        gc.enable()
        if self.standing is None:
            self.kept.close()
        self.listing.end()
        self.store.release()

    def stand(self) -> None:
        """Ends a build in which nothing changed."""
        assert self.standing is not None
        self.listing.end()
        self.progress.stand(self.standing["files"], self.standing["made"])
        self.store.close()
        _collect_again()

    def close(self) -> None:
        """Takes away what vanished, and leaves the state for the next build."""
        left = self._claims.left(self._plugins)
        vanished = (self.output.ours | set(self.state.pages) | left) - set(self.pages)
        self.progress.counts.removed = remove(self.output.root, vanished)
        self._claims.forget(self._plugins)
        self.kept.close()
        shapes = [shape for shape, _ in sorted(self.shapes.items(), key=lambda pair: pair[1])]
        self.store.save(
            State(self.key, self.state.sources, self.pages, shapes, self.templates.used(), self.state.rules)
        )
        if self.output.scratch != self.store.scratch:
            shutil.rmtree(self.output.scratch, ignore_errors=True)
        self.progress.counts.pages = len(self.pages)
        self._look_again()
        self._leave_note(vanished)
        self.store.close()
        self.progress.close()
        # Pelican remembers the text of every page it ever showed, in all rebuilds of `pelican -r`.
        for name in ("get_content", "get_summary"):
            Content.__dict__[name].cache.clear()
        self.leaves.clear()
        self.site = None
        _collect_again()

    def _look_again(self) -> None:
        """Lets plugins look at what came of the build; one that ends it leaves no note that all stands."""
        try:
            for work in self._last:
                work()
        except BaseException:
            self.abandon()
            raise

    def _leave_note(self, vanished: Iterable[str]) -> None:
        """Says that all stands, unless the next build has to say or do something again."""
        logging.getLogger().removeHandler(self._heard)
        if self._note is None or self._heard.anything:
            return
        if all(page.shape >= 0 or name in self.copied for name, page in self.pages.items()):
            counts = {"lengths": self.lengths, "files": self.progress.counts.files, "made": len(self.pages)}
            quiet = not log.isEnabledFor(logging.WARNING)
            changed = {name: self.pages[name].stamp for name in self._looked_at} | dict.fromkeys(vanished)
            self._note.note({**counts, "quiet": quiet}, self.store.scratch, self.listing().again(self.pages, changed))


def _collect_again() -> None:
    gc.enable()
    # Looking through all of it when Python ends would take a tenth of a small change's time; `pelican -r`, which
    # goes on, thaws it.
    gc.freeze()


def source_digest(path: str, data: bytes) -> str:
    """Stands for a content file and the place where it stands."""
    return digest_of(path.encode("utf-8", "surrogatepass") + b"\0" + data)
