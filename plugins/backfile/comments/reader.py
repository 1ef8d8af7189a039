"""The reader that Pelican has for content files: their metadata, their text, and a view for templates."""

from __future__ import annotations

import functools
import hashlib
import html
import logging
import os
import re
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

from pelican.contents import Author, Category, Tag
from pelican.readers import BaseReader
from pelican.utils import SafeDatetime
from slugify import slugify

from backfile.comments.deferred import DeferredView
from backfile.comments.headings import below
from backfile.comments.links import with_links
from backfile.comments.pictures import with_sizes
from backfile.comments.private import METADATA
from backfile.comments.reading import Address, Published, published, read_article
from backfile.comments.views import ArticleView, article_view
from backfile.dates import Edtf, parse_edtf
from backfile.errors import BackfileError
from backfile.folders import is_hidden
from backfile.markdown import render
from backfile.model import Article, as_plain, from_plain
from backfile.privacy import readers_addresses
from backfile.takedown.rules import Rules

log = logging.getLogger(__name__)

# Pelican cannot hold an article without a date; this one is never shown (`archive.undated` tells).
_NO_DATE = SafeDatetime(1, 1, 1)
_SKIP: dict[str, Any] = {"title": "unreadable", "status": "skip", "date": _NO_DATE}
_Latest = tuple[str, Article, Address] | None
# Metadata of Pelican's own that a person may set in a content file. `save_as` and `url` are not among
# them: an address is made from the article, never from what a text claims.
_PASSED_ON = ("status", "template", "translation")
_SIGNS = re.compile(r"(?<=\w)[+#]{1,9}(?!\w)")
_WORDS_OF_SIGNS = {"+": " plus", "#": " sharp"}


class ContentReader(BaseReader):  # type: ignore[misc]  # Pelican carries no types
    """Reads content files (`docs/content-format.md`) for Pelican."""

    enabled = True
    file_extensions = ("md", "markdown")
    deferrable: ClassVar = {"archive": DeferredView}
    """For `backfile.build`: metadata that can be put off, and what stands in for it."""
    metadata_only = False
    """For `backfile.build`: True while only the metadata is wanted."""
    _latest: _Latest = None
    comments_per_page = 0
    """Set where the theme has pages for the comments that do not fit on the article's."""
    rules = Rules()
    """The site's takedowns; for `backfile.build`, which asks what else than its file an article depends on."""
    removed_template = ""
    """Set where the theme has a template for articles that were taken out."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The page's HTML and Pelican's metadata; a file that cannot be read is reported and left out."""
        place = self._place(source_path)
        if is_hidden(place):  # Pelican's own IGNORE_FILES means to leave these out, and does not
            return "", dict(_SKIP)
        is_page = any(place.startswith(f"{folder}/") for folder in self.settings["PAGE_PATHS"] if folder)
        try:
            article = self._model(source_path, split_text=not is_page, tell=_tell)
        except UnicodeDecodeError as error:
            # A warning, not an error: one broken file must not end a build run with --fatal errors.
            log.warning("%s is left out: not UTF-8 at byte %d. Save it as UTF-8.", place, error.start)
            return "", dict(_SKIP)
        except (BackfileError, OSError) as error:
            log.warning("An article is left out: %s", error)
            return "", dict(_SKIP)
        found = published(article, self.rules)
        self._latest = (source_path, article, found.address)
        if found.removal and (is_page or _is_skipped(article)):
            return "", dict(_SKIP)
        body = "" if self.metadata_only else self._html(found.article, place)
        return body, self._common(found.article) if is_page else self._article(found)

    def kept(self, source_path: str) -> Any:
        """For `backfile.build`: what the latest `read` made, if it was of this file, as plain values; else None."""
        latest, self._latest = self._latest, None
        if latest is None or latest[0] != source_path:
            return None
        _, article, address = latest
        return as_plain(article), address.slug, address.url

    def load(self, source_path: str, kept: Any = None) -> tuple[Callable[[], str], dict[str, Any]]:
        """For `backfile.build`: what `read` was told to put off, of a file that it could read, or of what it `kept`."""
        if kept is None:
            found = published(self._model(source_path, split_text=True), self.rules)
        else:
            plain, *address = kept
            found = published(from_plain(plain), self.rules, Address(*address))
        return functools.partial(self._html, found.article, self._place(source_path)), {"archive": self._view(found)}

    def may_differ(self, before: Any, metadata: Any) -> bool:
        """For `backfile.build`: whether a file may read otherwise than under the rules that were `before`.

        `metadata` is what was remembered of it then: plain values, and cards.
        """
        plain, cards = metadata
        if "archive" not in cards:
            return True
        article_id, found_url = DeferredView.identity(cards["archive"])
        return self.rules.may_differ(before, article_id, (found_url, plain["url"]))

    def _place(self, source_path: str) -> str:
        return source_path.removeprefix(self.settings["PATH"]).replace(os.sep, "/").lstrip("/")

    def _model(self, source_path: str, *, split_text: bool, tell: Callable[[str], None] | None = None) -> Article:
        with open(source_path, "rb") as file:  # noqa: PTH123 - a Path for each of many files would show
            text = file.read().decode("utf-8")
        return read_article(text, self._place(source_path), split_text=split_text, tell=tell)

    def _view(self, found: Published) -> ArticleView:
        return article_view(found, self._is_kept, self.comments_per_page)

    def _html(self, article: Article, place: str) -> str:
        linked = with_links(below(1, render(article.body)), place, self.settings["STATIC_PATHS"])
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


def _is_skipped(article: Article) -> bool:
    """Whether no page is to be made of an article: one that was not there needs no note in its place."""
    return any((key.lower(), value.strip().lower()) == ("status", "skip") for key, value in article.extra)


def _tell(slip: str) -> None:
    log.warning("%s", slip)


@functools.lru_cache(maxsize=1 << 14)
def _name_slug(name: str) -> str:
    """The address of a name: `C++` and `C#` are no `C`."""
    told = _SIGNS.sub(lambda found: "".join(_WORDS_OF_SIGNS[sign] for sign in found[0]), name)
    return slugify(told, max_length=80) or "x" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _moment(published: Edtf) -> SafeDatetime:
    """The moment for Pelican, in the zone of its source: so its pages of months agree with the article's address."""
    zone = None if published.offset is None else timezone(timedelta(minutes=published.offset))
    day = (published.year, published.month or 1, published.day or 1)
    return SafeDatetime(*day, published.hour or 0, published.minute or 0, tzinfo=zone)
