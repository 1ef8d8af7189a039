"""Asks the index of a built site, through Whoosh: the reference for the engine in the browser."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backfile.search.results import Results
from backfile.search.whoosh.archive import Archive


def search(output: Path, text: str, limit: int | None = 10) -> Results:
    """Asks the index of the site built in `output`."""
    return Archive(output / "search").search(text, limit)


def as_json(results: Results) -> dict[str, Any]:
    """What `backfile search --json` prints."""
    hits: list[dict[str, Any]] = [
        {"url": hit.url, "title": hit.title, "score": hit.score, **({"partial": True} if hit.partial else {})}
        for hit in results.hits
    ]
    return {"total": results.total, "exact": results.exact, "hits": hits}


def lines(results: Results) -> Iterable[str]:
    """What `backfile search` prints for a person."""
    if results.exact == results.total:
        yield f"{results.total} found"
    else:
        yield f"{results.exact} found with all the words, {results.total - results.exact} with some"
    for place, hit in enumerate(results.hits, 1):
        mark = "  (some of the words)" if hit.partial else ""
        yield f"{place:3}. {hit.title or hit.url}{mark}"
        yield f"     {hit.date or 'undated'}  {hit.url}  {hit.score:.3f}"
