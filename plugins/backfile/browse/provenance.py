"""Where each article comes from and how it became what it is, as JSON: no text of it, all of its evidence."""

from __future__ import annotations

import json
from typing import Any

_IMAGE = "image"
"""The key under which a content file names an image that it shows."""


def provenance_line(view: Any, page: str) -> str:
    """A line of `downloads/provenance/YEAR.jsonl` (`docs/downloads.md`); `view` is the article as templates see it."""
    article = view.model
    removed = sum(bool(comment.removed) for comment in article.comments)
    record: dict[str, object] = {
        "id": article.id,
        "page": page,
        "url": article.url,
        "published": article.published,
        "captured": article.captured,
        "tool": article.tool,
        "sources": [_source(source, view.withheld) for source in view.sources],
        "images": [image for key, value in article.extra if key.lower() == _IMAGE if (image := _image(value))],
        "split": {"method": article.split.method, "confidence": article.split.confidence}
        if article.split.method
        else {},
        "guessed": article.guessed,
        "comments": len(article.comments) - removed,
        "removed": removed,
    }
    kept = {key: value for key, value in record.items() if value or key in ("sources", "comments", "removed")}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def _source(source: Any, withheld: tuple[str, ...]) -> dict[str, object]:
    record = {"name": source.name, "sha256": source.sha256, "parts": source.parts}
    if source.url and source.url not in withheld:
        record["text"] = source.url
    return {key: value for key, value in record.items() if value}


def _image(line: str) -> dict[str, str]:
    """`sha256:DIGITS PATH NAME`, as a content file has it; nothing of a line that is none."""
    digest, _, rest = line.partition(" ")
    path, _, name = rest.partition(" ")
    return {"name": name, "sha256": digest.removeprefix("sha256:"), "file": path} if name else {}
