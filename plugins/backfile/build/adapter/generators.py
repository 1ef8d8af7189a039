"""Pelican's generators, with a cost that follows what changed and is linear in what there is."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from pelican.contents import Article, Page
from pelican.generators import (
    ArticlesGenerator,
    PagesGenerator,
    PelicanTemplateNotFound,
    SourceFileGenerator,
    StaticGenerator,
)
from pelican.plugins import signals
from pelican.utils import order_content
from pelican.writers import FileOverwriteFailedError

from backfile.build.adapter.deferred import DeferredArticle
from backfile.build.adapter.grouping import grouped, originals_and_translations, period_archives
from backfile.build.adapter.session import Session
from backfile.build.adapter.sources import Sources, tell_of_dead_links
from backfile.build.scan import Stamp

log = logging.getLogger(__name__)

# The lists whose lengths Pelican says at the end of a build.
_ARTICLES = "articles translations drafts drafts_translations hidden_articles hidden_translations".split()
_PAGES = "pages translations hidden_pages hidden_translations draft_pages draft_translations".split()


class WithTemplates:
    """A generator whose templates are compiled once for all builds, until they change."""

    session: Session
    env: Any

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.env.bytecode_cache = self.session.bytecode
        # Templates do not change while a build goes on, and each build has an environment of its own.
        self.env.auto_reload = False


class _Incremental(WithTemplates):
    """What ours share: the session, and one look at the content folder. `there` are templates that are, or are not."""

    settings: Mapping[str, Any]
    context: dict[str, Any]
    readers: Any
    there: dict[str, bool]
    get_template: Callable[[str], Any]

    def files(self, paths: Any, exclude: list[str] | None, extensions: Any = None) -> Mapping[str, Stamp]:
        """Path -> stamp of the files that Pelican would find, in an order that is always the same."""
        folders = [paths] if isinstance(paths, str) else paths
        found = self.session.tree.files(folders, exclude or ())
        if extensions is False:
            return found
        wanted = tuple(f".{name}" for name in (self.readers.extensions if extensions is None else extensions))
        return {path: stamp for path, stamp in found.items() if path.endswith(wanted) and _has_extension(path)}

    def get_files(self, paths: Any, exclude: list[str] | None = None, extensions: Any = None) -> Set[str]:
        """As Pelican's, without walking through the folder again; a set that keeps its order."""
        if extensions is not None and extensions is not False and not extensions:
            return frozenset()
        return self.files(paths, exclude, extensions).keys()

    def has_template(self, path: str, name: str) -> bool:
        """Whether there is the template that a text asks for; says so when there is none."""
        if name not in self.there:
            self.there[name] = True
            try:
                self.get_template(name)
            except PelicanTemplateNotFound:
                self.there[name] = False
            except TemplateSyntaxError:
                pass  # it is there, and what is wrong with it is said where it is rendered
        if not self.there[name]:
            log.warning("%s is left out: the theme has no template '%s'. Correct the line 'Template:'.", path, name)
        return self.there[name]

    def batch(self, writer: Any) -> contextlib.AbstractContextManager[None]:
        """Gathers the pages that follow, if the writer is ours."""
        gather = getattr(writer, "batch", None)
        return gather(self.context) if gather else contextlib.nullcontext()


def _has_extension(path: str) -> bool:
    """Whether what looks like an extension is one, and not the name of a hidden file."""
    return ("/." not in path and path[0] != ".") or bool(os.path.splitext(path)[1])


class IncrementalArticles(_Incremental, ArticlesGenerator):  # type: ignore[misc]  # Pelican carries no types
    """Articles: only what changed is read."""

    articles: list[Any]
    dates: list[Any]
    categories: Any
    authors: Any
    tags: Any
    period_archives: Any

    def generate_context(self) -> None:
        """Finds and groups the articles, as Pelican does."""
        there = self.there = {Article.default_template: True}  # without it the theme is none, and says so
        kinds: dict[str, list[Any]] = {"published": [], "hidden": [], "draft": []}
        found = self.files(self.settings["ARTICLE_PATHS"], self.settings["ARTICLE_EXCLUDES"])
        tell_of_dead_links(self.session)
        for path, article in Sources(self, self.session).articles(found):
            if article is None or not (there.get(article.template) or self.has_template(path, article.template)):
                self._add_failed_source_path(path)
                continue
            kinds[article.status].append(article)
            self.context["generated_content"][path] = article
        self.articles, self.translations = self._ordered(kinds["published"])
        self.hidden_articles, self.hidden_translations = self._ordered(kinds["hidden"])
        self.drafts, self.drafts_translations = self._ordered(kinds["draft"])
        signals.article_generator_pretaxonomy.send(self)
        self._group()
        names = ("articles", "drafts", "hidden_articles", "dates", "tags", "categories", "authors", "related_posts")
        self._update_context(names)
        # Left as it is: _update_context would make a list of it.
        self.context["period_archives"] = self.period_archives
        signals.article_generator_finalized.send(self)

    def _ordered(self, articles: list[Any]) -> tuple[list[Any], list[Any]]:
        originals, translations = originals_and_translations(articles, self.settings["ARTICLE_TRANSLATION_ID"])
        return order_content(originals, self.settings["ARTICLE_ORDER_BY"]), translations

    def _group(self) -> None:
        shelves = grouped(self.articles)
        self.categories.update(shelves["category"])
        self.tags.update(shelves["tag"])
        self.authors.update(shelves["author"])
        self.dates = sorted(self.articles, key=attrgetter("date"), reverse=self.context["NEWEST_FIRST_ARCHIVES"])
        self.period_archives = period_archives(self.dates, self.articles, self.settings)
        self.categories = sorted(self.categories.items(), reverse=self.settings["REVERSE_CATEGORY_ORDER"])
        self.authors = sorted(self.authors.items())

    def generate_output(self, writer: Any) -> None:
        """Feeds and pages."""
        self.session.count(self, _ARTICLES)
        with self.batch(writer):
            self.generate_feeds(writer)
            self.generate_pages(writer)
        with self.batch(writer):  # other plugins may have pages to write, too
            signals.article_writer_finalized.send(self, writer=writer)

    def generate_pages(self, writer: Any) -> None:
        """Every page, in Pelican's order."""
        self._places = {id(article): place for place, article in enumerate(self.dates)}
        self._in_order = self.dates == self.articles  # unless a site wants one of them in another order
        self._gather, self._ask_early = getattr(writer, "gather", None), getattr(writer, "ask_early", None)
        super().generate_pages(writer)

    def generate_articles(self, write: Callable[..., None]) -> None:
        """A page for each article; so many that what is the same for all is done once."""
        tell, relative = signals.article_generator_write_article, self.settings["RELATIVE_URLS"]
        if self._gather is None or self._ask_early is None or tell.receivers:
            super().generate_articles(write)
            return
        for article in chain(self.translations, self.articles, self.hidden_translations, self.hidden_articles):
            save_as = article.save_as
            if not save_as:
                continue
            inside = vars(article)
            given = {"article": article, "category": inside.get("category"), "blog": True}
            template = self.get_template(article.template)
            self._gather(save_as, template, given, relative, "override_save_as" in inside)
        self._ask_early()

    def generate_tags(self, write: Callable[..., None]) -> None:
        """A page, or several, for each tag."""
        self._shelves("tag", self.tags.items(), write)

    def generate_categories(self, write: Callable[..., None]) -> None:
        """The same for each section."""
        self._shelves("category", self.categories, write)

    def generate_authors(self, write: Callable[..., None]) -> None:
        """The same for each author."""
        self._shelves("author", self.authors, write)

    def _shelves(self, kind: str, shelves: Iterable[tuple[Any, list[Any]]], write: Callable[..., None]) -> None:
        template = self.get_template(kind)
        for name, articles in shelves:
            dates = self._dated(articles)
            try:
                write(
                    name.save_as,
                    template,
                    self.context,
                    url=name.url,
                    articles=articles,
                    dates=dates,
                    template_name=kind,
                    blog=True,
                    page_name=name.page_name,
                    all_articles=self.articles,
                    **{kind: name},
                )
            except FileOverwriteFailedError:
                if name.slug:
                    log.error('The page of %s "%s" would overwrite another.', kind, name)
                    raise
                log.info('%s "%s" has no page: its address would be empty.', kind, name)

    def _dated(self, articles: list[Any]) -> list[Any]:
        """Those of a shelf's articles that have a date, in the order of `dates`."""
        if self._in_order and all(map(self._places.__contains__, map(id, articles))):  # the usual case
            return articles.copy()
        found = map(self._places.get, map(id, articles))
        return [self.dates[place] for place in sorted(place for place in found if place is not None)]

    def refresh_metadata_intersite_links(self) -> None:
        """Makes the links in metadata; those of remembered articles hold escaped text and no links."""
        names = ("articles", "translations", "drafts", "drafts_translations", "hidden_articles", "hidden_translations")
        for article in (article for name in names for article in getattr(self, name)):
            if not isinstance(article, DeferredArticle) or "<" in vars(article).get("_summary", ""):
                article.refresh_metadata_intersite_links()


class IncrementalPages(_Incremental, PagesGenerator):  # type: ignore[misc]
    """Pages: there are few, and all are read; only what changed is rendered."""

    def generate_context(self) -> None:
        """Finds and groups the pages, as Pelican does."""
        self.there = {Page.default_template: True}
        super().generate_context()

    def _update_context(self, items: Iterable[str]) -> None:
        """Leaves out the pages that no template can show, before anybody sees the lists."""
        for name in _PAGES:
            there = getattr(self, name)
            left_out = [page for page in there if not self.has_template(page.relative_source_path, page.template)]
            for page in left_out:
                there.remove(page)
                self._add_failed_source_path(page.relative_source_path)
                for other in page.translations:
                    other.translations.remove(page)
        super()._update_context(items)

    def generate_output(self, writer: Any) -> None:
        """The pages, as Pelican writes them."""
        self.session.count(self, _PAGES)
        with self.batch(writer):
            super().generate_output(writer)


class IncrementalStatics(_Incremental, StaticGenerator):  # type: ignore[misc]
    """Files that are copied as they are: the theme's and the content's."""

    def generate_context(self) -> None:
        """Finds the files, in an order that is always the same."""
        super().generate_context()
        self.staticfiles.sort(key=attrgetter("source_path"))

    def _copy_paths(
        self, paths: Iterable[str], source: str, destination: str, output_path: str, final_path: str | None = None
    ) -> None:
        for path in paths:
            start = Path(source, path)
            parts = [destination, final_path or path, *([start.name] if start.is_file() and final_path else [])]
            for file in sorted(self._inside(start)):
                name = os.path.normpath(os.path.join(*parts, os.path.relpath(file, start)))
                self.session.copy(str(file), os.path.relpath(os.path.join(output_path, name), output_path))

    def _inside(self, start: Path) -> list[Path]:
        """The files at or under a path, without what Pelican is to ignore."""
        tree = type(self.session.tree)(str(start.parent), tuple(self.settings["IGNORE_FILES"]))
        return [start.parent / path for path in tree.files([start.name], ())]

    def _file_update_required(self, _staticfile: Any) -> bool:
        return True  # the session knows what is up to date, and takes away what it was not told of

    def _link_or_copy_staticfile(self, sc: Any) -> None:
        put = self.session.link if self.settings["STATIC_CREATE_LINKS"] else self.session.copy
        put(os.path.join(self.path, sc.source_path), os.path.normpath(sc.save_as))


class IncrementalSources(_Incremental, SourceFileGenerator):  # type: ignore[misc]
    """Copies of the sources, when OUTPUT_SOURCES asks for them."""

    def _create_source(self, obj: Any) -> None:
        name = os.path.splitext(obj.save_as)[0] + self.output_extension
        self.session.copy(obj.source_path, os.path.normpath(name))


SWAPPED = {
    ArticlesGenerator: IncrementalArticles,
    PagesGenerator: IncrementalPages,
    StaticGenerator: IncrementalStatics,
    SourceFileGenerator: IncrementalSources,
}
