"""The thin adapter to Pelican: notes facts as articles are read, gives templates the ways, writes the pages."""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader
from pelican.generators import Generator, PelicanTemplateNotFound

from backfile.browse.calendar import period_url
from backfile.browse.facts import Noted, Remembered
from backfile.browse.filters import FACTS, Filters, facts_of
from backfile.browse.outputs import Output, Shelf, Site, TextOutput, claimed_twice, feed_links, outputs, parts
from backfile.browse.relations import from_plain, relate
from backfile.browse.takeover import ATOM
from backfile.browse.ways import Ways, find_ways
from backfile.settings import read_settings

log = logging.getLogger(__name__)

_RELATIONS = "relations"
_TEMPLATES = Path(__file__).with_name("templates")


# Where the Atom feed of the whole archive stands, once it is ours to write.
_ATOM = "_BACKFILE_ATOM"


def prepare_generator(generator: Any) -> None:
    """Gives a generator's templates our filters, and its reader of articles a second task."""
    settings = generator.settings
    ours = read_settings(settings)
    generator.env.filters.update(_filters(settings).all())
    # Last, so that a theme may have templates of the same name.
    generator.env.loader.loaders.append(FileSystemLoader(_TEMPLATES))
    for reader in {id(reader): reader for reader in generator.readers.readers.values()}.values():
        reader.read = functools.partial(_read_and_note, reader.read, ours.commenters)
        if hasattr(reader, "deferrable"):
            reader.deferrable = {**reader.deferrable, FACTS: Remembered}


def _read_and_note(
    read: Callable[[str], tuple[str, dict[str, Any]]], with_remarks: bool, path: str
) -> tuple[str, dict[str, Any]]:
    content, metadata = read(path)
    view = metadata.get("archive")
    if view is not None:
        metadata[FACTS] = Noted(view, with_remarks)
    return content, metadata


def _filters(settings: Mapping[str, Any]) -> Filters:
    return Filters(str(settings["SITENAME"]), _site(settings), read_settings(settings).citations)


def _site(settings: Mapping[str, Any]) -> str:
    return str(settings.get("SITEURL") or "").rstrip("/")


class BrowseGenerator(Generator):  # type: ignore[misc]  # Pelican carries no types
    """Pages and files that lead through the archive. Runs after the generators of articles and pages."""

    def generate_context(self) -> None:
        """Gives templates the ways; every article is known by now."""
        self._ways: Ways | None = None
        base = self.context.get("archive")
        if base is None:
            log.warning("backfile.browse does nothing: it needs backfile.comments among the PLUGINS.")
            return
        settings, ours = self.settings, read_settings(self.settings)
        self._facts = {article.url: facts_of(article) for article in (*base.dated, *base.undated)}
        self._shelves = list(_shelves(self.context))
        site = _site(settings)
        # For templates, which link to it; ours is not written without a SITEURL.
        self.context["FEED_ALL_ATOM"] = (settings.get(ATOM) if site else None) or settings["FEED_ALL_ATOM"]
        whole = settings.get(ATOM) or settings["FEED_ALL_ATOM"] or ""
        self._ways = self.context["archive"] = find_ways(
            base,
            self._facts,
            alike=self._alike((*base.dated, *base.undated), ours.related),
            month_url=lambda year, month: period_url(
                settings["MONTH_ARCHIVE_URL" if month else "YEAR_ARCHIVE_URL"] or "", year, month
            ),
            feed_links=feed_links(self._shelves, whole, ours, settings["SITENAME"]) if site else {},
            downloads=parts(base) if ours.downloads else (),
        )

    def _alike(self, articles: Sequence[Any], most: int) -> Sequence[Sequence[int]]:
        """The related articles of each; with `backfile.build`, worked out again only where they can have changed."""
        if not most:
            return [()] * len(articles)
        session: Any = getattr(self, "session", None)
        keys = [_key(article) for article in articles]
        lasting = all(keys) and hasattr(session, "recall")
        before = from_plain(session.recall(_RELATIONS)) if lasting else None
        found = relate(keys, lambda at: self._facts[articles[at].url].signature, most, before)
        if lasting and found != before:
            session.remember(_RELATIONS, found.plain())
        return found.others

    def generate_output(self, writer: Any) -> None:
        """Writes everything, through Pelican's writer."""
        if self._ways is None:
            return
        site = self._site_of()
        if not site.address:
            log.warning("SITEURL is not set: no feeds of Backfile's and no sitemap, since both hold full addresses.")
        elif not site.address.lower().startswith(("https://", "http://")):
            log.warning(
                "SITEURL is %r, which is no address on the web: write https:// before it."
                " Feeds, the sitemap and references would lead nowhere.",
                site.address,
            )
        if site.settings.redirects:
            for url in claimed_twice((*self._ways.base.dated, *self._ways.base.undated), self._facts):
                log.warning("Two articles say that they stood at %s: it leads to the first.", url)
        gather = getattr(writer, "batch", None)
        with gather(self.context) if gather else contextlib.nullcontext():
            for output in outputs(self._ways, self._facts, self._shelves, site):
                if isinstance(output, TextOutput):
                    self._write_text(writer, output)
                else:
                    self._write(writer, output)

    def _write_text(self, writer: Any, output: TextOutput) -> None:
        """Writes a file of text: part by part where the writer can, else as a page like any other."""
        make = getattr(self._filters, output.filter)
        if hasattr(writer, "write_text"):
            writer.write_text(output.name, make, output.parts)
            return
        text = "".join(make(**part) for part in output.parts)
        self._write(writer, Output(output.name, "browse/text.txt", {"text": text}))

    def _site_of(self) -> Site:
        settings = self.settings
        return Site(
            name=settings["SITENAME"],
            address=_site(settings),
            atom=settings.get(ATOM) or "",
            language=settings["DEFAULT_LANG"] or "",
            settings=read_settings(settings),
            newest=settings["FEED_MAX_ITEMS"],
            makes_days=not settings["DAY_ARCHIVE_SAVE_AS"],
            pages=tuple(_other_pages(self.context, settings)),
        )

    def _write(self, writer: Any, output: Output) -> None:
        template = self._template(output.template)
        if template is None:
            return
        writer.write_file(
            output.name,
            template,
            self.context,
            self.settings["RELATIVE_URLS"],
            paginated={output.pages_of: output.given[output.pages_of]} if output.pages_of else {},
            template_name=output.template if output.pages_of else None,
            url=output.name,
            **output.given,
        )

    def _template(self, name: str) -> Any:
        """The template, or nothing where the theme has none of that name."""
        if name in self._missing:
            return None
        try:
            return self.env.get_template(name) if "/" in name else self.get_template(name)
        except PelicanTemplateNotFound:
            log.info("The theme has no template %s.html: pages of that kind are left out.", name)
            self._missing.add(name)
            return None

    @functools.cached_property
    def _filters(self) -> Filters:
        return _filters(self.settings)

    @functools.cached_property
    def _missing(self) -> set[str]:
        return set()


def _key(article: Any) -> str:
    """Stands for an article and all that was read of it; empty when nobody remembers it."""
    inside = vars(article)
    digest = "" if FACTS in inside.get("_changed", ()) else inside.get("_digest", "")
    return f"{article.url} {digest}" if digest else ""


def _shelves(context: Mapping[str, Any]) -> Iterator[Shelf]:
    for kind, name in (("section", "categories"), ("author", "authors")):
        for thing, articles in context[name]:
            ours = [article for article in articles if hasattr(article, "archive")]
            if ours and thing.url:
                dated = [article for article in ours if not article.archive.undated]
                dated.sort(key=lambda article: (article.archive.published.edtf, article.url), reverse=True)
                undated = [article for article in ours if article.archive.undated]
                yield Shelf(kind, thing.name, thing.slug, thing.url, (*dated, *undated))


def _other_pages(context: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[str]:
    """Where the pages stand that Pelican makes beside articles; a list counts by its first page."""
    for name in settings["DIRECT_TEMPLATES"]:
        yield settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html") or ""
    yield from (page.save_as for page in context.get("pages", ()))
    for name in ("categories", "authors", "tags"):
        yield from (thing.save_as for thing, _ in context[name])
    for periods in dict(context.get("period_archives") or {}).values():
        yield from (period["save_as"] for period in periods)


def generators(_pelican: Any) -> type:
    """Our generator, for Pelican to make."""
    return BrowseGenerator
