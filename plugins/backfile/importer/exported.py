"""What only our own export says (docs/downloads.md): the text as it is kept, the address, what was a guess.

Anyone can write such a file, so each value is taken only when it is what the export would write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, cast, get_args

from backfile.contentfile import KNOWN_KEYS
from backfile.importer.mentions import GUESSED
from backfile.model import Article, Source, SourcePart, Split, SplitMethod
from backfile.text import clean_line, clean_text

# Metadata by which Pelican decides where and whether a page is written.
ACTED_ON = frozenset("status template save-as url translation slug lang date category author authors tags".split())
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,40}", re.ASCII)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 1000


def is_exported(value: dict[str, Any]) -> bool:
    """True for a record with the text as an archive keeps it."""
    return isinstance(value.get("commonmark"), str)


def kept_text(value: dict[str, Any]) -> str:
    """The text as an archive keeps it, or the empty string."""
    found = value.get("commonmark")
    return clean_text(found).strip("\n") if isinstance(found, str) else ""


def as_exported(article: Article, value: dict[str, Any]) -> Article:
    """The article with what the export says beside its text; a source it does not name stays the export itself."""
    slug, tool = value.get("slug"), value.get("tool")
    return replace(
        article,
        slug=slug if isinstance(slug, str) and len(slug) <= 100 and _SLUG.fullmatch(slug) else "",
        split=_split(value.get("split")),
        sources=tuple(_sources(value.get("sources"))) or article.sources,
        guessed=tuple(name for name in _texts(value.get("guessed")) if name in _FIELDS),
        tool=clean_line(tool)[:_LONGEST_NAME] if isinstance(tool, str) else "",
        extra=tuple(_extra(value.get("extra"))),
    )


_FIELDS = frozenset(field.name for field in fields(Article)) | KNOWN_KEYS | {GUESSED}


def _split(given: Any) -> Split:
    if not isinstance(given, dict) or given.get("method") not in get_args(SplitMethod):
        return Split()
    confidence = given.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        confidence = None
    return Split(cast("SplitMethod", given["method"]), confidence if confidence is None else float(confidence))


def _sources(given: Any) -> Iterator[Source]:
    for item in given if isinstance(given, list) else []:
        name = item.get("name") if isinstance(item, dict) else None
        digest = item.get("sha256") if isinstance(item, dict) else None
        if isinstance(name, str) and clean_line(name) and isinstance(digest, str) and _SHA256.fullmatch(digest):
            parts = tuple(part for part in _texts(item.get("parts")) if part in get_args(SourcePart))
            yield Source(clean_line(name)[:_LONGEST_NAME], digest, cast("tuple[SourcePart, ...]", parts))


def _extra(given: Any) -> Iterator[tuple[str, str]]:
    for pair in given if isinstance(given, list) else []:
        if not isinstance(pair, list) or len(pair) != 2:
            continue
        key, text = _texts(pair) if len(_texts(pair)) == 2 else ("", "")
        if _KEY.fullmatch(key) and key.lower() not in KNOWN_KEYS | ACTED_ON:
            yield key, clean_text(text)


def _texts(given: Any) -> list[str]:
    return [item for item in given if isinstance(item, str)] if isinstance(given, list) else []
