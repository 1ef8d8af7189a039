"""What the last build knew of each article, so that one that stayed as it was need not be read again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FORMAT = "backfile-search-articles"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Known:
    """The digest of an article, and that of the document that was made of it."""

    article: str
    document: bytes


def load(path: Path, key: str) -> dict[str, Known]:
    """What is known by URL. A file that is missing, damaged, or written under another key says nothing.

    The key stands for settings and code. With it, the URL and the article's digest a document is certain, so
    that an old file does no harm.
    """
    try:
        head, _, data = path.read_bytes().partition(b"\n")
        if json.loads(head) != _head(key, data):
            return {}
        return {url: Known(article, bytes.fromhex(document)) for url, (article, document) in json.loads(data).items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def save(path: Path, key: str, known: Mapping[str, Known]) -> None:
    """Replaces the file, unless it says the same already."""
    content = {url: (one.article, one.document.hex()) for url, one in known.items()}
    data = json.dumps(content, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode("ascii")
    whole = json.dumps(_head(key, data)).encode("ascii") + b"\n" + data
    try:
        if path.read_bytes() == whole:
            return
    except OSError:
        pass  # there is none yet, or none that can be read
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(whole)
    beside.replace(path)


def _head(key: str, data: bytes) -> dict[str, object]:
    return {"format": FORMAT, "version": VERSION, "key": key, "digest": hashlib.sha256(data).hexdigest()}
