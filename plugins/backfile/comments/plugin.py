"""The thin adapter to Pelican: gives templates the archive, sets the undated apart, writes pages of comments."""

from __future__ import annotations

import logging
from itertools import chain
from pathlib import Path
from typing import Any

from pelican.generators import PelicanTemplateNotFound

from backfile.comments.archive import build_archive
from backfile.comments.catalog import Catalog, CatalogError, find_catalog
from backfile.comments.compiled import quicken
from backfile.comments.once import Once
from backfile.comments.private import refuse_addresses, refuse_positions
from backfile.comments.reader import ContentReader
from backfile.comments.shelves import fill_shelves
from backfile.comments.showing import shows_comments
from backfile.comments.withheld import kept_back, still_saying, withheld_paths
from backfile.folders import IMPORTING
from backfile.settings import check_folders, read_settings
from backfile.takedown.finding import site_rules
from backfile.takedown.rules import Rules

log = logging.getLogger(__name__)

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
    quicken(generator.env)
    generator.env.globals["once"] = Once()
    check_folders(Path(generator.settings["PATH"]), Path(generator.settings["OUTPUT_PATH"]))
    ours = read_settings(generator.settings)
    size = ours.comments_per_page if _has_template(generator, COMMENTS_PAGE) else 0
    word, title = catalog.gettext("A reader"), catalog.gettext("Removed article")
    rules = site_rules(generator.settings, ours.takedown, everyone=ours.pseudonyms == "all", word=word, title=title)
    if rules.made_key:
        log.warning(
            "%s was made, the secret that pseudonyms come from: keep it with your backups. If there was one before,"
            " put that back: with another key all pseudonyms are others.",
            rules.made_key,
        )
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
    if _has_template(generator, COMMENTS_PAGE):
        _leave_out_others(generator)
    every = [article for name in _SHELVES for article in getattr(generator, name)]
    if len({article.save_as for article in every}) < len(every):
        _leave_out_twins(generator)
    undated = [article for article in generator.articles if _is_undated(article)]
    if undated:
        generator.articles = [article for article in generator.articles if not _is_undated(article)]
        generator.hidden_articles = [*generator.hidden_articles, *undated]


def _leave_out_others(generator: Any) -> None:
    """Leaves out what another reader read, and says so: the theme shows comments, dates and sources of none such."""
    for name in _SHELVES:
        others = [article for article in getattr(generator, name) if not hasattr(article, "archive")]
        for article in others:
            log.warning(
                "%s is left out: articles are Markdown files (docs/content-format.md). To make one of it, "
                "import it: backfile import FILE",
                article.relative_source_path,
            )
            generator.context["generated_content"].pop(article.relative_source_path, None)
        if others:
            kept = [article for article in getattr(generator, name) if hasattr(article, "archive")]
            setattr(generator, name, kept)
            _forget_translations(generator)


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
    _forget_translations(generator)


def _forget_translations(generator: Any) -> None:
    """Takes those that were left out from the translations of others: of two at one address Pelican makes such."""
    every = [article for name in _SHELVES for article in getattr(generator, name)]
    left = set(map(id, every))
    for article in every:
        if any(id(other) not in left for other in article.translations):
            vars(article)["translations"] = [other for other in article.translations if id(other) in left]


def _tell_of_half_an_import(generator: Any) -> None:
    """What an import has not written yet is missing from the site, and nothing else would tell of it."""
    if Path(generator.settings["PATH"], IMPORTING).exists():
        log.warning(
            "An import into %s goes on, or was stopped before its end: articles may be missing. "
            "Run the same import (again), and then build.",
            generator.settings["PATH"],
        )


def complete_lists(generator: Any) -> None:
    """Gives the undated their place under author, section and tag, and templates the archive.

    Raises PublishedAddressError before anything is written.
    """
    if not any(getattr(generator, name) for name in _SHELVES):
        log.warning(
            "No article was found in %s: the archive is empty. Import some (backfile import --help), "
            "or name the folder in which they are (pelican FOLDER).",
            generator.settings["PATH"],
        )
    _tell_of_half_an_import(generator)
    every = every_article(generator)
    refuse_addresses(every, read_settings(generator.settings).allow_addresses)
    undated = [
        article for article in generator.hidden_articles if article.status == "published" and _is_undated(article)
    ]
    # What leaves not even its address is not written; whoever has to forget it finds it in the context.
    generator.gone_articles = [a for a in generator.hidden_articles if hasattr(a, "archive") and a.archive.is_gone]
    generator.hidden_articles = [
        a for a in generator.hidden_articles if not (hasattr(a, "archive") and a.archive.is_gone)
    ]
    shown = [a for a in [*generator.articles, *undated] if hasattr(a, "archive")]
    named = (
        frozenset(path for article in every for path in article.archive.source_paths) if rules_of(generator) else None
    )
    saying = still_saying(every, rules_of(generator), Path(generator.settings["PATH"]))
    archive = build_archive(shown, chain(withheld_paths([article.archive for article in every]), saying), named)
    authors, categories = dict(generator.authors), dict(generator.categories)
    fill_shelves(archive.undated, authors, categories, generator.tags)
    generator.authors = sorted(authors.items())
    generator.categories = sorted(categories.items())
    generator.context.update(
        archive=archive,
        authors=generator.authors,
        categories=generator.categories,
        tags=generator.tags.items(),
    )
    _keep_what_is_known(generator.period_archives)
    if archive.comment_count and not shows_comments(generator.env, generator.get_template("article").name):
        log.warning(
            "The theme shows no comments, and there are %d: have its article.html include comments.html"
            " (docs/theme.md).",
            archive.comment_count,
        )


def every_article(generator: Any) -> list[Any]:
    """All articles that we have read, drafts included, and those that leave not even their addresses."""
    names = (*_SHELVES, "gone_articles")
    return [article for name in names for article in getattr(generator, name, ()) if hasattr(article, "archive")]


def _keep_what_is_known(periods: Any) -> None:
    """Takes out of months and days what is not known to be of them: Pelican files all of "2009" under 1 January."""
    for name, part in (("month", 2), ("day", 3)):
        for period in periods.get(name, ()):
            articles, dates = period["articles"], period["dates"]
            if not all(_is_known_by(article, part) for article in dates):
                period["dates"] = [article for article in dates if _is_known_by(article, part)]
                period["articles"] = [article for article in articles if _is_known_by(article, part)]
        if name in periods:
            periods[name][:] = [period for period in periods[name] if period["dates"]]


def _is_known_by(article: Any, part: int) -> bool:
    """Whether a part of its date (see `When`) is known."""
    return not hasattr(article, "archive") or article.archive.when[part] is not None


def write_comment_pages(generator: Any, writer: Any) -> None:
    """Writes the further pages of long threads, beside their articles; those of a removed article say what it does."""
    for article in every_article(generator):
        if article.archive.is_gone:
            continue
        for number, url in enumerate(article.archive.comment_pages, 2):
            writer.write_file(
                url,
                generator.get_template(article.template if article.archive.is_removed else COMMENTS_PAGE),
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


def _is_undated(article: Any) -> bool:
    return hasattr(article, "archive") and article.archive.undated
