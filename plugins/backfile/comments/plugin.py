"""The thin adapter to Pelican: reads content files, attaches threads, sets the undated apart."""

from __future__ import annotations

import functools
import hashlib
import html
import logging
import os
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

from pelican.contents import Author, Category, Tag
from pelican.generators import PelicanTemplateNotFound
from pelican.readers import BaseReader
from pelican.utils import SafeDatetime
from slugify import slugify

from backfile.comments.archive import build_archive
from backfile.comments.catalog import Catalog, CatalogError, find_catalog
from backfile.comments.deferred import DeferredView
from backfile.comments.links import with_links
from backfile.comments.pictures import with_sizes
from backfile.comments.private import METADATA, refuse_addresses, refuse_positions
from backfile.comments.reading import Published, published, read_article
from backfile.comments.views import ArticleView, article_view
from backfile.comments.withheld import kept_back, withheld_paths
from backfile.dates import Edtf, parse_edtf
from backfile.errors import BackfileError
from backfile.markdown import render
from backfile.model import Article, as_plain, from_plain
from backfile.privacy import readers_addresses
from backfile.settings import read_settings
from backfile.takedown.finding import site_rules
from backfile.takedown.rules import Rules

log = logging.getLogger(__name__)

# Pelican cannot hold an article without a date; this one is never shown (`archive.undated` tells).
_NO_DATE = SafeDatetime(1, 1, 1)
_SKIP: dict[str, Any] = {"title": "unreadable", "status": "skip", "date": _NO_DATE}
_NOTHING: tuple[str, Article | None] = ("", None)
# Metadata of Pelican's own that a person may set in a content file. `save_as` and `url` are not among
# them: an address is made from the article, never from what a text claims.
_PASSED_ON = ("status", "template", "translation")

COMMENTS_PAGE = "article_comments"
"""The template of the further pages of a long thread."""
REMOVED_PAGE = "removed_article"
"""The template of what stays where an article was taken out."""

INCLUDES = frozenset(
    f"{name}.html" for name in ("comments", "macros", "search_app", "search_box", "search_texts", "words")
)
"""What other themes include, and what that includes in turn."""

# Where Pelican keeps articles; of two with one address, the first in this order is built.
_SHELVES = ("articles", "hidden_articles", "translations", "hidden_translations", "drafts", "drafts_translations")


class ContentReader(BaseReader):  # type: ignore[misc]  # Pelican carries no types
    """Reads content files (`docs/content-format.md`) for Pelican."""

    enabled = True
    file_extensions = ("md", "markdown")
    deferrable: ClassVar = {"archive": DeferredView}
    """For `backfile.build`: metadata that can be put off, and what stands in for it."""
    metadata_only = False
    """For `backfile.build`: True while only the metadata is wanted."""
    _latest: tuple[str, Article | None] = _NOTHING
    comments_per_page = 0
    """Set where the theme has pages for the comments that do not fit on the article's."""
    rules = Rules()
    """The site's takedowns; for `backfile.build`, which asks what else than its file an article depends on."""
    removed_template = ""
    """Set where the theme has a template for articles that were taken out."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The page's HTML and Pelican's metadata; a file that cannot be read is reported and left out."""
        place = self._place(source_path)
        is_page = any(place.startswith(f"{folder}/") for folder in self.settings["PAGE_PATHS"] if folder)
        try:
            article = self._model(source_path, split_text=not is_page)
        except UnicodeDecodeError as error:
            # A warning, not an error: one broken file must not end a build run with --fatal errors.
            log.warning("%s is left out: not UTF-8 at byte %d. Save it as UTF-8.", place, error.start)
            return "", dict(_SKIP)
        except (BackfileError, OSError) as error:
            log.warning("An article is left out: %s", error)
            return "", dict(_SKIP)
        self._latest = (source_path, article)
        found = published(article, self.rules)
        if is_page and found.removal:
            return "", dict(_SKIP)
        body = "" if self.metadata_only else self._html(found.article, place)
        return body, self._common(found.article) if is_page else self._article(found)

    def kept(self, source_path: str) -> Any:
        """For `backfile.build`: what the latest `read` made, if it was of this file, as plain values; else None."""
        (path, article), self._latest = self._latest, _NOTHING
        return as_plain(article) if path == source_path and article else None

    def load(self, source_path: str, kept: Any = None) -> tuple[Callable[[], str], dict[str, Any]]:
        """For `backfile.build`: what `read` was told to put off, of a file that it could read, or of what it `kept`."""
        article = self._model(source_path, split_text=True) if kept is None else from_plain(kept)
        found = published(article, self.rules)
        return functools.partial(self._html, found.article, self._place(source_path)), {"archive": self._view(found)}

    def may_differ(self, before: Any, metadata: Any) -> bool:
        """For `backfile.build`: whether a file may read otherwise than under the rules that were `before`.

        `metadata` is what was remembered of it then.
        """
        plain, stored = metadata
        if "archive" not in stored:
            return True
        card = stored["archive"][1]
        return self.rules.may_differ(before, card["id"], (card["found_url"], plain["url"]))

    def _place(self, source_path: str) -> str:
        return source_path.removeprefix(self.settings["PATH"]).replace(os.sep, "/").lstrip("/")

    def _model(self, source_path: str, *, split_text: bool) -> Article:
        with open(source_path, "rb") as file:  # noqa: PTH123 - a Path for each of many files would show
            text = file.read().decode("utf-8")
        return read_article(text, self._place(source_path), split_text=split_text)

    def _view(self, found: Published) -> ArticleView:
        return article_view(found, self._is_kept, self.comments_per_page)

    def _html(self, article: Article, place: str) -> str:
        linked = with_links(render(article.body), place, self.settings["STATIC_PATHS"])
        return with_sizes(linked, Path(self.settings["PATH"]))

    def _article(self, found: Published) -> dict[str, Any]:
        article, address = found.article, found.address
        metadata = self._common(article)
        date = parse_edtf(article.published)
        metadata |= {
            "archive": self._view(found),
            "date": _moment(date) if date else _NO_DATE,
            "slug": address.slug,
            "url": address.url,
            "save_as": address.url,
            "summary": html.escape(article.standfirst),
        }
        if found.removal:
            # Pelican's hidden articles are rendered, and are in no list and no feed.
            metadata["status"] = "hidden"
            if self.removed_template:
                metadata["template"] = self.removed_template
        if article.authors:
            metadata["authors"] = [self._wrapped(Author, name) for name in article.authors]
        if article.section:
            metadata["category"] = self._wrapped(Category, article.section)
        if article.tags:
            metadata["tags"] = [self._wrapped(Tag, name) for name in article.tags]
        if private := readers_addresses(article):
            metadata[METADATA] = list(private)
        return metadata

    def _is_kept(self, path: str) -> bool:
        return Path(self.settings["PATH"], path).is_file()

    def _common(self, article: Article) -> dict[str, Any]:
        metadata: dict[str, Any] = {"title": article.title}
        if article.language:
            metadata["lang"] = article.language.lower()
        metadata |= {key.lower(): value for key, value in article.extra if key.lower() in _PASSED_ON}
        return metadata

    def _wrapped(self, kind: Any, name: str) -> Any:
        """Pelican's object for a name; one whose letters all vanish from its slug gets a digest."""
        wrapper = kind(name, self.settings)
        wrapper.slug = _name_slug(name)
        return wrapper


@functools.lru_cache(maxsize=1 << 14)
def _name_slug(name: str) -> str:
    return slugify(name, max_length=80) or "x" + hashlib.sha256(name.encode()).hexdigest()[:8]


def add_reader(readers: Any) -> None:
    """Makes our reader the one for Markdown."""
    for extension in ContentReader.file_extensions:
        readers.reader_classes[extension] = ContentReader


def prepare_generator(generator: Any) -> None:
    """Gives templates their strings in the site's language, and Pelican our Markdown reader alone."""
    if "jinja2.ext.InternationalizationExtension" not in generator.env.extensions:
        generator.env.add_extension("jinja2.ext.i18n")
    if generator.env.autoescape is False:
        generator.env.autoescape = _is_ours
    catalog = _catalog(generator.settings)
    generator.env.install_gettext_callables(
        catalog.gettext, catalog.ngettext, newstyle=False, pgettext=catalog.pgettext
    )
    # What templates call: the extension's own function would look for it in the variables of each page.
    generator.env.globals["_"] = catalog.gettext
    ours = read_settings(generator.settings)
    size = ours.comments_per_page if _has_template(generator, COMMENTS_PAGE) else 0
    word, title = catalog.gettext("A reader"), catalog.gettext("Removed article")
    rules = site_rules(generator.settings, ours.takedown, everyone=ours.pseudonyms == "all", word=word, title=title)
    removed = REMOVED_PAGE if _has_template(generator, REMOVED_PAGE) else ""
    for extension in ContentReader.file_extensions:
        generator.readers.disabled_readers.pop(extension, None)
        if isinstance(reader := generator.readers.readers.get(extension), ContentReader):
            reader.comments_per_page = size
            reader.rules, reader.removed_template = rules, removed


def _is_ours(template: str | None) -> bool:
    """True for the templates that other themes include: they show strangers' text, and are escaped in any theme."""
    return template in INCLUDES


def _has_template(generator: Any, name: str) -> bool:
    try:
        generator.get_template(name)
    except PelicanTemplateNotFound:
        return False
    return True


def _catalog(settings: Any) -> Catalog:
    """The theme's strings in the site's language; in English when the theme has no such language."""
    try:
        found = find_catalog(Path(settings["THEME"]) / "translations", settings["DEFAULT_LANG"])
    except (CatalogError, OSError, UnicodeDecodeError) as error:
        log.warning("The theme stays in English: %s", error)
        found = None
    return found or Catalog()


def set_apart(generator: Any) -> None:
    """Leaves out pages that would overwrite another, and takes the undated out of what is dated.

    Undated articles become Pelican's hidden ones: rendered, but in no list by date and in no feed.
    """
    every = [article for name in _SHELVES for article in getattr(generator, name)]
    if len({article.save_as for article in every}) < len(every):
        _leave_out_twins(generator)
    undated = [article for article in generator.articles if _is_undated(article)]
    generator.articles = [article for article in generator.articles if not _is_undated(article)]
    generator.hidden_articles = [*generator.hidden_articles, *undated]


def _leave_out_twins(generator: Any) -> None:
    """Of several articles with one address keeps the first by path, and names the others."""
    taken: dict[str, str] = {}
    for name in _SHELVES:
        kept = set()
        for article in sorted(getattr(generator, name), key=lambda item: str(item.relative_source_path)):
            first = taken.setdefault(article.save_as, article.relative_source_path)
            if first == article.relative_source_path:
                kept.add(id(article))
            else:
                log.warning(
                    "%s is left out: it has the same address as %s (%s). Give one of them another Id.",
                    article.relative_source_path,
                    first,
                    article.save_as,
                )
        setattr(generator, name, [article for article in getattr(generator, name) if id(article) in kept])


def complete_lists(generator: Any) -> None:
    """Gives the undated their place under author, section and tag, and templates the archive.

    Raises PublishedAddressError before anything is written.
    """
    refuse_addresses(every_article(generator), read_settings(generator.settings).allow_addresses)
    undated = [
        article for article in generator.hidden_articles if article.status == "published" and _is_undated(article)
    ]
    shown = [a for a in [*generator.articles, *undated] if hasattr(a, "archive")]
    every = every_article(generator)
    named = frozenset(path for article in every for path in article.archive.source_paths)
    archive = build_archive(shown, withheld_paths(every), named if rules_of(generator) else None)
    authors, categories = dict(generator.authors), dict(generator.categories)
    for article in archive.undated:
        for author in getattr(article, "authors", []):
            authors.setdefault(author, []).append(article)
        if hasattr(article, "category"):
            categories.setdefault(article.category, []).append(article)
        for tag in getattr(article, "tags", []):
            generator.tags.setdefault(tag, []).append(article)
    generator.authors = sorted(authors.items())
    generator.categories = sorted(categories.items())
    generator.context.update(
        archive=archive,
        authors=generator.authors,
        categories=generator.categories,
        tags=generator.tags.items(),
    )
    _keep_what_is_known(generator.period_archives)


def every_article(generator: Any) -> list[Any]:
    """All articles that we have read, drafts included."""
    return [article for name in _SHELVES for article in getattr(generator, name) if hasattr(article, "archive")]


def _keep_what_is_known(periods: Any) -> None:
    """Takes out of months and days what is not known to be of them: Pelican files all of "2009" under 1 January."""
    for name in ("month", "day"):
        for period in periods.get(name, ()):
            for key in ("articles", "dates"):
                period[key] = [article for article in period[key] if _is_known_by(article, name)]
        if name in periods:
            periods[name][:] = [period for period in periods[name] if period["dates"]]


def _is_known_by(article: Any, part: str) -> bool:
    return not hasattr(article, "archive") or getattr(article.archive.published, part) is not None


def write_comment_pages(generator: Any, writer: Any) -> None:
    """Writes the further pages of long threads, beside their articles."""
    for article in every_article(generator):
        for number, url in enumerate(article.archive.comment_pages, 2):
            writer.write_file(
                url,
                generator.get_template(COMMENTS_PAGE),
                generator.context,
                generator.settings["RELATIVE_URLS"],
                article=article,
                category=getattr(article, "category", None),
                comments_number=number,
                override_output=hasattr(article, "override_save_as"),
                url=url,
            )


def withhold(generator: Any) -> None:
    """Keeps out of the site the files that hold what was taken out.

    Raises PublishedAddressError when a picture among the others tells where it was taken.
    """
    is_kept_back = kept_back(generator.context)
    gone = [file for file in generator.staticfiles if is_kept_back(_place(file))]
    if gone:
        left_out = set(map(id, gone))
        generator.staticfiles[:] = [file for file in generator.staticfiles if id(file) not in left_out]
        for table in ("static_content", "generated_content"):
            for file in gone:
                generator.context.get(table, {}).pop(_place(file), None)
    refuse_positions(generator.staticfiles, read_settings(generator.settings).allow_addresses)


def rules_of(generator: Any) -> Rules:
    """The site's takedowns, as a generator's reader has them."""
    readers = generator.readers.readers.values()
    return next((reader.rules for reader in readers if isinstance(reader, ContentReader)), Rules())


def _place(file: Any) -> str:
    return Path(file.relative_source_path).as_posix()


def _moment(published: Edtf) -> SafeDatetime:
    """The moment for Pelican, in the zone of its source: so its pages of months agree with the article's address."""
    zone = None if published.offset is None else timezone(timedelta(minutes=published.offset))
    day = (published.year, published.month or 1, published.day or 1)
    return SafeDatetime(*day, published.hour or 0, published.minute or 0, tzinfo=zone)


def _is_undated(article: Any) -> bool:
    return hasattr(article, "archive") and article.archive.undated
