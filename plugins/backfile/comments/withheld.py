"""Files that are copied as they are, and must not be where they hold what was taken out."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from backfile.sourcetext import PUBLISHED, readings
from backfile.takedown.canonical import has_run, words_of
from backfile.takedown.rules import Rules


class Withholding(Protocol):
    """What takedowns did to an article, as its view has it."""

    @property
    def withheld(self) -> tuple[str, ...]:
        """Untouched texts and images that hold what was taken out."""

    @property
    def images(self) -> tuple[str, ...]:
        """The files that it shows, or did where it was taken out as a whole."""

    @property
    def is_removed(self) -> bool:
        """True when it was taken out as a whole."""


def withheld_paths(articles: Sequence[Withholding]) -> Iterator[str]:
    """What must not be published: untouched texts, and images that only what was taken out shows."""
    withheld = {path for article in articles for path in article.withheld}
    texts = {path for path in withheld if path.startswith(f"{PUBLISHED}/")}
    images = {path for article in articles if article.is_removed for path in article.images} | (withheld - texts)
    if images:
        images.difference_update(path for article in articles if not article.is_removed for path in article.images)
    yield from images
    yield from texts


def still_saying(articles: Sequence[Any], rules: Rules, content: Path) -> Iterator[str]:
    """The untouched texts that say what is taken out everywhere, though their articles may not say it any more."""
    runs = [words_of(entry.passage) for entry in rules.entries if entry.everywhere and entry.passage]
    if not runs:
        return
    named = dict.fromkeys(path for article in articles for path in article.archive.source_paths)
    for path in named:
        try:
            data = (content / path).read_bytes()
        except OSError:  # it is not there, or cannot be published either
            continue
        if any(has_run(words, run) for words in map(words_of, readings(data)) for run in runs):
            yield path


def without_shown(withheld: Iterable[str], pages: Iterable[str]) -> frozenset[str]:
    """Those of the `withheld_paths` that no page of the site shows; `pages` are their texts."""
    shown = "\n".join(pages)
    shown += "\n" + unquote(html.unescape(shown))  # an address has other signs than the path of its file
    return frozenset(path for path in withheld if path.startswith(f"{PUBLISHED}/") or path not in shown)


def kept_back(context: Mapping[str, Any]) -> Callable[[str], bool]:
    """Tells files that must not be copied: untouched texts that takedowns touch, images that no text shows any more."""
    withheld = getattr(context.get("archive"), "withheld", ())
    named = getattr(context.get("archive"), "named_sources", None)
    texts = (getattr(page, "_content", "") or "" for page in context.get("pages", ()))
    hidden = without_shown(withheld, texts) if withheld else frozenset()

    def is_kept_back(path: str) -> bool:
        return path in hidden or (named is not None and path.startswith(f"{PUBLISHED}/") and path not in named)

    return is_kept_back
