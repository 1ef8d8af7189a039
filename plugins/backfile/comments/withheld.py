"""Files that are copied as they are, and must not be where they hold what was taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from backfile.sourcetext import PUBLISHED


def withheld_paths(articles: Sequence[Any]) -> Iterator[str]:
    """What must not be published: untouched texts, and images that only what was taken out shows."""
    withheld = {path for article in articles for path in article.archive.withheld}
    texts = {path for path in withheld if path.startswith(f"{PUBLISHED}/")}
    images = {path for a in articles if a.archive.is_removed for path in a.archive.images} | (withheld - texts)
    if images:
        images.difference_update(path for a in articles if not a.archive.is_removed for path in a.archive.images)
    yield from images
    yield from texts


def kept_back(context: Mapping[str, Any]) -> Callable[[str], bool]:
    """Tells files that must not be copied: untouched texts that takedowns touch, images that no text shows any more."""
    withheld = getattr(context.get("archive"), "withheld", ())
    named = getattr(context.get("archive"), "named_sources", None)
    shown = "\n".join(getattr(page, "_content", "") or "" for page in context.get("pages", ())) if withheld else ""
    hidden = frozenset(path for path in withheld if path.startswith(f"{PUBLISHED}/") or path not in shown)

    def is_kept_back(path: str) -> bool:
        return path in hidden or (named is not None and path.startswith(f"{PUBLISHED}/") and path not in named)

    return is_kept_back
