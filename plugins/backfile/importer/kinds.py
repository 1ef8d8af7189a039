"""What a file is, told by its content, and the reader for it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Literal

from backfile.errors import SourceError
from backfile.importer import limits
from backfile.importer.blogger import is_blogger, is_comments_of_blogger, read_blogger
from backfile.importer.bloggercomments import read_comments_of_blogger
from backfile.importer.blogml import is_blogml, read_blogml
from backfile.importer.discussions import Discussion
from backfile.importer.disqus import is_disqus, read_disqus
from backfile.importer.foreign import foreign_kind, is_xml, packed_kind
from backfile.importer.fronted import is_fronted, read_fronted
from backfile.importer.html.reader import has_tags, is_html, read_html, without_http_header
from backfile.importer.images.beside import Beside
from backfile.importer.images.rasters import suffix_of
from backfile.importer.jsonfiles import JSON_LINES, JsonFile, json_file
from backfile.importer.jsonlines import is_json_lines, read_json
from backfile.importer.jsonremarks import read_remarks
from backfile.importer.jsonvalues import are_json_values
from backfile.importer.mhtml import is_mhtml, read_mhtml
from backfile.importer.movabletype import is_movable_type, read_movable_type
from backfile.importer.plaintext import read_plain_text
from backfile.importer.record import Problem, Record
from backfile.importer.sharing import ALONE, Sharing
from backfile.importer.walking import PAGES, SourceFile
from backfile.importer.warc import is_wacz, is_warc, read_wacz, read_warc
from backfile.importer.watching import Advance, open_followed, unheard
from backfile.importer.wordpress import is_wordpress, read_wordpress
from backfile.model import Source

Item = Record | Problem | Discussion
Kind = Literal["page", "container", "remarks", "discussions", "image", "companions", "unreadable"]

_HEAD = 8192
_PARTS_OF_PAGES = frozenset({".css", ".js", ".mjs", ".map", ".svg"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NEVER_TEXT = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .bmp .ico .tif .tiff .heic .psd .mp3 .m4a .ogg .oga .wav .flac .mp4 .m4v .mov"
    " .avi .webm .mkv .flv .swf .pdf .docx .odt .xlsx .zip .gz .tgz .bz2 .xz .7z .rar .tar .woff .woff2 .ttf .otf .eot"
    " .exe .dll .class .pyc .sqlite".split()
)
"""Files that are called so hold no text. One that does is more likely a server's complaint, or a download cut short."""
_DATA = frozenset(".json .xml .rss .atom .csv .tsv .sql .yaml .yml .opml .eml .mbox".split())
"""Files that are called so hold data; a kind of data that is not known would make one article of all its records."""
_Reader = Callable[[BinaryIO, Source, Beside, Sharing], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Known:
    """A file with its kind; of an unreadable one `reason` says why."""

    file: SourceFile
    kind: Kind
    reason: str = ""


def tell_kind(file: SourceFile) -> Known:
    """Looks at the beginning of a file."""
    if file.barred:
        return Known(file, "unreadable", file.barred)
    if file.path.is_dir():
        return Known(file, "companions", "saved with the page of that name, whose images and frames lie in it")
    try:
        with file.path.open("rb") as stream:
            head = _head(stream)
            if not head:
                return Known(file, "unreadable", "the file is empty")
            if is_disqus(head) or is_comments_of_blogger(head):
                return Known(file, "discussions")
            if _container_reader(file, head, stream) is not None:
                return Known(file, "container" if _remarks_reader(file, head, stream) is None else "remarks")
    except OSError as error:
        return Known(file, "unreadable", f"cannot be read: {error.strerror or error}")
    if suffix_of(head):
        return Known(file, "image")
    if file.path.suffix.lower() in _PARTS_OF_PAGES and not is_html(head):
        return Known(file, "unreadable", "a part of how a page looks or works, which is no article")
    if reason := packed_kind(head, file.path.suffix.lower()):
        return Known(file, "unreadable", reason)
    if head.startswith(_UTF16) and _begins_as_json(head):
        return Known(file, "unreadable", "JSON in UTF-16, which JSON is not written in: save it as UTF-8")
    if b"\0" in head and not head.startswith(_UTF16):
        return Known(file, "unreadable", "not a kind of file that can be imported (binary)")
    if (suffix := file.path.suffix.lower()) in _NEVER_TEXT and not is_html(head):
        return Known(file, "unreadable", f"called {suffix}, and none of that kind; if it is a text, call it .txt")
    if reason := _of_foreign_data(file, head):
        return Known(file, "unreadable", reason)
    return Known(file, "page")


def _of_foreign_data(file: SourceFile, head: bytes) -> str:
    """What a file is that holds data of no kind we read, or the empty string."""
    suffix = file.path.suffix.lower()
    if is_mhtml(head):
        return ""
    if suffix in _DATA and not is_html(head):
        return foreign_kind(head) or f"{suffix} data of a kind that cannot be read; if it is a text, call it .txt"
    if reason := foreign_kind(head):
        return reason
    if is_xml(head) and not _is_page(file, head):
        return "XML of a kind that cannot be read: import the site's export or its saved pages"
    return ""


def _begins_as_json(head: bytes) -> bool:
    told = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")
    return is_json_lines(told) or are_json_values(told)


def _is_page(file: SourceFile, head: bytes) -> bool:
    """True for what begins like a page, or is called one and has tags."""
    return is_html(head) or (file.path.suffix.lower() in PAGES and has_tags(head))


def _head(stream: BinaryIO) -> bytes:
    """The beginning of a file, from where something stands: pages may have kilobytes of blank lines before it."""
    head = stream.read(_HEAD)
    if head.strip():
        return head
    while head and not head.strip():
        head = stream.read(_HEAD)
    return head.lstrip() + stream.read(_HEAD)


def read_page_file(file: SourceFile) -> Record | Problem:
    """The one page of a file, saved HTML or plain text; never an exception."""
    try:
        if file.path.stat().st_size > limits.current.file:
            return Problem(file.name, f"larger than {limits.in_words(limits.current.file)}, which is no page")
        data = file.path.read_bytes()
    except OSError as error:
        return Problem(file.name, f"cannot be read: {error.strerror or error}")
    source = Source(file.name, hashlib.sha256(data).hexdigest())
    head = _head(io.BytesIO(data))
    if is_fronted(file.name, head) and (found := read_fronted(data, source, Beside(file.path, file.name))):
        return found
    if _is_page(file, head):
        data = without_http_header(data)
        return read_html(data, source, finder=Beside(file.path, file.name), file=file.path)
    return read_mhtml(data, source) if is_mhtml(head) else read_plain_text(data, source, Beside(file.path, file.name))


def read_comments(file: SourceFile, advance: Advance = unheard) -> Iterator[Item]:
    """The discussions of a comment service's export, or of a file with comments by themselves; as `read_container`."""
    return _read(file, advance, ALONE, _remarks_reader)


def read_container(file: SourceFile, advance: Advance = unheard, sharing: Sharing = ALONE) -> Iterator[Item]:
    """The records of an export or a web archive, streamed; a file that cannot be read is a problem.

    `sharing` says who reads them, and what is done to each in the end; `advance` is told of the bytes of the file as
    they are read.
    """
    return _read(file, advance, sharing, _container_reader)


def _read(
    file: SourceFile,
    advance: Advance,
    sharing: Sharing,
    choose: Callable[[SourceFile, bytes, BinaryIO], _Reader | None],
) -> Iterator[Item]:
    try:
        with file.path.open("rb") as stream:
            source = Source(file.name, hashlib.file_digest(stream, "sha256").hexdigest())
            stream.seek(0)
            head = _head(stream)
            reader = _discussions_reader(head) or choose(file, head, stream)
        if reader is None:
            yield Problem(file.name, "has changed while it was read", source)
            return
        with open_followed(file.path, advance) as stream:
            yield from reader(stream, source, Beside(file.path, file.name), sharing)
    except OSError as error:
        yield Problem(file.name, f"cannot be read: {error.strerror or error}")
    except SourceError as error:
        yield Problem(file.name, str(error))


def _discussions_reader(head: bytes) -> _Reader | None:
    if is_disqus(head):
        return _read_disqus
    return _read_comments_of_blogger if is_comments_of_blogger(head) else None


def _read_disqus(stream: BinaryIO, source: Source, _beside: Beside, sharing: Sharing) -> Iterator[Item]:
    return map(sharing.finish, read_disqus(stream, source))


def _read_comments_of_blogger(stream: BinaryIO, source: Source, _beside: Beside, sharing: Sharing) -> Iterator[Item]:
    return map(sharing.finish, read_comments_of_blogger(stream, source))


def _read_blogger(stream: BinaryIO, source: Source, beside: Beside, sharing: Sharing) -> Iterator[Item]:
    return read_blogger(stream, source, beside.open, beside, sharing)


def _read_wordpress(stream: BinaryIO, source: Source, beside: Beside, sharing: Sharing) -> Iterator[Item]:
    return read_wordpress(stream, source, beside, beside.open, sharing)


def _read_warc(stream: BinaryIO, source: Source, beside: Beside, sharing: Sharing) -> Iterator[Item]:
    return read_warc(stream, source, beside.open, sharing)


def _read_wacz(stream: BinaryIO, source: Source, beside: Beside, sharing: Sharing) -> Iterator[Item]:
    return read_wacz(stream, source, beside.path, sharing)


def _json_file(file: SourceFile, head: bytes, stream: BinaryIO) -> JsonFile | None:
    return json_file(head, stream, file.path.suffix.lower())


def _remarks_reader(file: SourceFile, head: bytes, stream: BinaryIO) -> _Reader | None:
    """The reader of the comments by themselves in a file of JSON; None for one without."""
    found = _json_file(file, head, stream)
    return partial(_read_remarks, found) if found and found.remarks != "none" else None


def _read_remarks(
    found: JsonFile, stream: BinaryIO, source: Source, _beside: Beside, _sharing: Sharing
) -> Iterator[Item]:
    return read_remarks(found.values(stream, source), source, found.remarks)


def _read_json(found: JsonFile, stream: BinaryIO, source: Source, beside: Beside, sharing: Sharing) -> Iterator[Item]:
    values = found.values(stream, source)
    return read_json(values, source, beside, sharing, found.remarks, what=f"the {found.cut}")


def _container_reader(file: SourceFile, head: bytes, stream: BinaryIO) -> _Reader | None:
    if found := _json_file(file, head, stream):
        return partial(_read_json, found)
    if is_wordpress(head):
        return _read_wordpress
    if is_blogger(head):
        return _read_blogger
    if is_blogml(head):
        return read_blogml
    if is_movable_type(head):
        return read_movable_type
    if is_warc(head):
        return _read_warc
    if head.startswith(b"PK") and is_wacz(stream):
        return _read_wacz
    if file.path.suffix.lower() in JSON_LINES and b"\0" not in head and not is_html(head):
        return partial(_read_json, JsonFile("line"))
    return None
