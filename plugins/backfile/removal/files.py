"""The text of a file of the output, as a check for words has to read it."""

from __future__ import annotations

import codecs
import html
import os
import re
from collections.abc import Iterator
from pathlib import Path

from backfile.sourcetext import PUBLISHED, readings, without_escapes

_TEXTS = frozenset(
    ".html .htm .xml .json .jsonl .csv .txt .md .bib .ris .atom .rss .conf .htaccess .js .css .svg .map".split()
)
_NO_TEXTS = frozenset(
    ".avif .br .gif .gz .ico .jpeg .jpg .m4a .mp3 .mp4 .ogg .otf .pdf .png .ttf .webm .webp .woff .woff2 .zip".split()
)
_HEAD = 4096
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")
_TAG_NAME = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*")
_PAGES, _FEEDS, _JSON = (".html", ".htm"), (".xml", ".atom", ".rss"), (".json", ".jsonl")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
SEARCH = "search/x/"


def text_files(output: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The files that hold text, by path relative to the output folder, without the search files."""
    pending = [str(output)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                name = os.path.relpath(entry.path, output).replace(os.sep, "/")
                if entry.is_dir(follow_symlinks=False):
                    if f"{name}/" != SEARCH:
                        pending.append(entry.path)
                elif entry.is_file() and is_text(Path(entry.path)):
                    yield name, entry.stat()


def is_text(path: Path) -> bool:
    """Whether a file holds text: by its name, else by how it begins. `index.html~` and `index.html.bak` do."""
    suffix = path.suffix.lower() or ".txt"
    if suffix in _TEXTS or suffix in _NO_TEXTS:
        return suffix in _TEXTS
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_UTF16):
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


def readable(data: bytes, name: str, addresses: re.Pattern[str] | None) -> Iterator[str]:
    """What a file says; of a page, what readers see and then all of its source.

    `addresses` are names of pages, which stay as they are and count for nothing.
    """
    if name.startswith(f"{PUBLISHED}/"):
        yield from (text if addresses is None else addresses.sub(" ", text) for text in readings(data))
        return
    text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8", "replace")
    name = name.lower()
    if name.endswith(_JSON):
        text = without_escapes(text)
    # What has a name of its own, as `index.html~`, may be a page.
    is_marked_up = name.endswith((*_PAGES, *_FEEDS, ".json")) or (Path(name).suffix or ".txt") not in _TEXTS
    if is_marked_up and "<" in text:
        yield _TAG.sub(" ", _INLINE.sub("", _resolved(text, addresses)))
    yield _resolved(_without_tag_names(text, name), addresses)


def _without_tag_names(text: str, name: str) -> str:
    """A page or feed in whose source no tag's name stands beside the words before it: "Walter.</p>" is no "Walter P."

    Before anything is resolved: a `<p` that a reader wrote stands in a page as `&lt;p`, in a feed as `&amp;lt;p`.
    """
    if name.endswith((*_PAGES, *_FEEDS)):
        text = _TAG_NAME.sub("<", text)
    return _TAG_NAME.sub("<", html.unescape(text)) if name.endswith(_FEEDS) else text


def _resolved(text: str, addresses: re.Pattern[str] | None) -> str:
    if "\\u" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if addresses is not None:
        text = addresses.sub(" ", text)
    return html.unescape(html.unescape(text)) if "&" in text else text
