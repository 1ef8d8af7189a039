"""No address of a reader is in the output: not in pages, downloads or search files; pictures tell no place."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from backfile.privacy import ALLOW_ALL, find_addresses
from backfile.sourcetext import PUBLISHED, find_in_source
from backfile.verify.files import unread
from backfile.verify.finding import Finding
from backfile.verify.pages import Page
from backfile.whereabouts import SUFFIXES, tells_where

_TEXTS = {".xml", ".json", ".jsonl", ".csv", ".txt", ".md", ".bib", ".ris", ".atom", ".rss", ".conf", ""}
_SHARD = re.compile(rb'\.shard\("[^"]{1,80}",\d{1,9},"([A-Za-z0-9+/=]+)"\)')
_LARGEST = 1 << 24
_SEARCH = "search/"
_EARLIER = "; if one did that was changed or deleted, delete the folder search in the output and build again"
"""Search files keep the text of such an article until they are merged; a takedown takes it out at once."""
_NUMBERS = tuple(b"BF\2" + bytes([letter]) for letter in b"bcklnpqtw")
"""How search files begin in which no text stands whole: numbers, and words apart (docs/shard-format.md). Numbers look
like an address by chance, in a large archive more often than not; what readers wrote is in the others."""


def check_privacy(
    output: Path, pages: Mapping[str, Page], files: frozenset[str], allowed: Container[str] = ()
) -> Iterator[Finding]:
    """Addresses that no article itself prints, and pictures with a position; `allowed` texts and paths may be."""
    if ALLOW_ALL in allowed:
        return
    own = {address for page in pages.values() for address in page.own}
    for file in sorted(files):
        try:
            if file.lower().endswith(SUFFIXES):
                if file not in allowed and tells_where((output / file).read_bytes()):
                    yield Finding(file, "privacy", "the picture tells where it was taken")
                continue
            found = set(pages[file].addresses) if file in pages else _addresses(output, file)
        except OSError as error:
            yield unread(file, error)
            continue
        for address in sorted(found - own):
            if address not in allowed:
                where = _EARLIER if file.startswith(_SEARCH) else ""
                yield Finding(file, "privacy", f"'{address}' is an address that no article prints{where}")


def _addresses(output: Path, file: str) -> set[str]:
    if file.startswith(f"{PUBLISHED}/"):
        return find_in_source((output / file).read_bytes())
    return {address for text in _texts(output / file) for address in find_addresses(text)}


def _texts(path: Path) -> Iterator[str]:
    """The text of a file that may hold some; a search file's is inside of its script."""
    if path.suffix in _TEXTS:
        yield path.read_bytes().decode("utf-8", "replace")
    elif path.suffix == ".js":
        script = path.read_bytes()
        yield script.decode("utf-8", "replace")  # a list of files, with names in it
        for packed in _SHARD.findall(script):
            try:
                raw = zlib.decompressobj(wbits=31).decompress(base64.b64decode(packed), _LARGEST)
            except (zlib.error, binascii.Error):
                continue  # damage is the search check's to report
            if not raw.startswith(_NUMBERS):
                yield raw.decode("utf-8", "replace")
