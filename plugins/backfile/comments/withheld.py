"""Files that are copied as they are, and must not be where they hold what was taken out."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from backfile.sourcetext import PUBLISHED, readings
from backfile.takedown.canonical import has_run, words_of
from backfile.takedown.rules import Rules


def withheld_paths(articles: Sequence[Any]) -> Iterator[str]:
    """What must not be published: untouched texts, and images that only what was taken out shows."""
    withheld = {path for article in articles for path in article.archive.withheld}
    texts = {path for path in withheld if path.startswith(f"{PUBLISHED}/")}
    images = {path for a in articles if a.archive.is_removed for path in a.archive.images} | (withheld - texts)
    if images:
        images.difference_update(path for a in articles if not a.archive.is_removed for path in a.archive.images)
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


def kept_back(context: Mapping[str, Any]) -> Callable[[str], bool]:
    """Tells files that must not be copied: untouched texts that takedowns touch, images that no text shows any more."""
    withheld = getattr(context.get("archive"), "withheld", ())
    named = getattr(context.get("archive"), "named_sources", None)
    shown = "\n".join(getattr(page, "_content", "") or "" for page in context.get("pages", ())) if withheld else ""
    shown += "\n" + unquote(html.unescape(shown))  # an address has other signs than the path of its file
    hidden = frozenset(path for path in withheld if path.startswith(f"{PUBLISHED}/") or path not in shown)

    def is_kept_back(path: str) -> bool:
        return path in hidden or (named is not None and path.startswith(f"{PUBLISHED}/") and path not in named)

    return is_kept_back
