"""Saved HTML made into a record: metadata, body, comments with author, date and thread."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from lxml.html import HtmlElement

from backfile.importer.drafts import as_draft
from backfile.importer.html.body import read_body, read_rest
from backfile.importer.html.comments import Found, FoundComment, read_comments
from backfile.importer.html.dropping import drop_trees
from backfile.importer.html.enclosed import enclosed_pages, frames_beside
from backfile.importer.html.formulas import write_formulas
from backfile.importer.html.jsonld import Node, find_article, find_comments, is_signed, parents_of, read_nodes, text_of
from backfile.importer.html.links import safe_url
from backfile.importer.html.metadata import canonical, read_metadata, without_guessed_date
from backfile.importer.html.missing import how_many_missing, why_missing
from backfile.importer.html.nopage import doubt_of_page
from backfile.importer.html.page import HtmlPage, parse_page
from backfile.importer.html.paging import thread_address, told_of_pages
from backfile.importer.html.shown import shown_author_note
from backfile.importer.html.told import without_told
from backfile.importer.html.unread import count_lost
from backfile.importer.html.words import letters_of
from backfile.importer.images.beside import Finder
from backfile.importer.images.image import Origin
from backfile.importer.images.pictures import Pictures, images_of
from backfile.importer.mentions import GUESSED, with_mentioned_parents
from backfile.importer.moments import read_moment
from backfile.importer.record import Part, Problem, Record
from backfile.importer.threads import as_thread
from backfile.markdown import join_paragraphs, plain_text
from backfile.model import Article, Comment, Source, Split
from backfile.text import clean_line, clean_text

_HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|div|article|p|title|meta)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rb"</?(?:h[1-6]|p|br|hr|div|span|a|b|i|em|strong|font|center|table|tr|td|ul|ol|li|dl|img|link|style|script|base|form"
    rb"|article|section|main|header|nav|blockquote|pre|html|head|body|title|meta)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SEVERAL = 3
_DRAFT_NAME = re.compile(r"(?:^|/)draft_[^/]*\.html$")
_HEADER = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}[^\n]{0,200}\n(?:[\w-]{1,80}:[^\n]{0,8000}\n){0,100}\r?\n")
_BEFORE = re.compile(rb"^(?:<\?xml[^>]*>|<!--.*?(?:-->|$)|\s+)+", re.DOTALL)


def is_html(head: bytes) -> bool:
    """True for bytes that begin like a page, be it after a mark, a declaration, or a server's complaints."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe\0").replace(b"\0", b"")
    if not start.startswith(b"<"):
        return False
    start = _BEFORE.sub(b"", start)
    return not start or bool(_HTML.match(start) or _PAGE.search(start))


def has_tags(head: bytes) -> bool:
    """True for bytes that begin with a tag, or have several: enough of a file that is called a page."""
    text = _BEFORE.sub(b"", head.lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe\0").replace(b"\0", b""))
    return bool(_TAG.match(text)) or len(_TAG.findall(text)) >= _SEVERAL


def without_http_header(data: bytes) -> bytes:
    """The page with blanks for a header that a server sent and somebody saved; every byte of the rest has its place."""
    header = _HEADER.match(data)
    return b" " * header.end() + data[header.end() :] if header else data


def read_html(
    data: bytes,
    source: Source,
    *,
    url: str = "",
    captured: str = "",
    encoding: str = "",
    place: str = "",
    finder: Finder | None = None,
    file: Path | None = None,
) -> Record | Problem:
    """One page as a record. `url`, `captured` (EDTF) and `encoding` are what the page came with.

    `finder` knows where its images are; `file` is the page itself, when it is a file of its own.
    """
    place = place or source.name
    try:
        page = parse_page(data, url=url, captured=captured, encoding=encoding)
    except ValueError as error:
        return Problem(place, f"the page is {error}", source)
    if page is None:
        return Problem(place, "no HTML in the file", source)
    record = _read(page, source, place, finder, partial(_pictures, page, data, finder, file))
    if isinstance(record, Record) and _DRAFT_NAME.search(source.name) and b"h-entry" in page.markup:
        return as_draft(record, "its name is that of a draft in an export of Medium")
    return record


def _read(
    page: HtmlPage, source: Source, place: str, finder: Finder | None, pictures_of: Callable[[], Pictures]
) -> Record | Problem:
    # While they are all held, walking the tree again need not wrap each element anew.
    held = list(page.root.iter())
    nodes = read_nodes(page.root)
    write_formulas(page.root)
    pictures, of_readers = pictures_of(), pictures_of()
    found, of_readers, frame = _find_comments(page, nodes, of_readers, finder)
    _take_out(found, page.root)
    metadata = read_metadata(page, nodes)
    address = canonical(page, nodes)
    paged = told_of_pages(page.root, page.markup, address, page.base, forum=page.forum)
    if page.forum and (thread := thread_address(address)) != address:
        address, metadata = thread, without_guessed_date(metadata)  # which would be that of one page's posts
    pictures.mark(page.root)
    read = read_rest if page.forum and found.comments else read_body
    body = read(page.root, page.base, pictures, metadata.standfirst)
    body = without_told(body, metadata.title, metadata.authors, metadata.published)
    body = _in_its_paragraphs(body, text_of(find_article(nodes, page.root).get("articleBody")))
    note = "" if page.forum else shown_author_note(page.root, body)
    del held
    comments, repairs = as_thread(one.comment for one in found.comments)
    comments, mentions = with_mentioned_parents(comments)
    if not body and not comments:
        return Problem(place, "no text of an article found in the page", source)
    article = Article(
        id="",
        title=metadata.title,
        body=body,
        standfirst=metadata.standfirst,
        authors=metadata.authors,
        author_note=note,
        published=metadata.published,
        modified=metadata.modified,
        captured=page.captured,
        section=metadata.section,
        tags=metadata.tags,
        language=metadata.language,
        url=address,
        comments=comments,
        split=Split("markup") if comments else Split(),
        sources=(source, frame.source) if frame else (source,),
        guessed=(*metadata.guessed, *(["author-note"] if note else []), *([GUESSED] if mentions else [])),
    )
    text = plain_text(body) if not comments else ""
    lost = count_lost(found.unread, text) if not comments else 0
    notes = (*_notes(page, comments, lost, text), *([paged] if paged else []), *repairs)
    if frame:
        notes = (f"the comments stood in a frame, {frame.source.name}", *notes)
    images = images_of(body, pictures, comments, of_readers)
    doubt = doubt_of_page(article)
    doubts = (doubt,) if doubt else ()
    return Record(place, source, article, notes=notes, doubts=doubts, images=images, frame=frame)


def _pictures(page: HtmlPage, data: bytes, finder: Finder | None, file: Path | None) -> Pictures:
    """The images of a page: those beside it, and those embedded in it."""

    def origin(number: int, start: int, end: int) -> Origin:
        return Origin(f"embedded image {number}", file, b"" if file else data, start, end)

    embedded = [origin(number, *span) for number, span in enumerate(page.embedded, 1)]
    return Pictures(finder, page.base, embedded=embedded, shared=dict(page.shared))


def comments_of(page: HtmlPage, nodes: list[Node] | None = None, pictures: Pictures | None = None) -> Found:
    """The comments of a page: those its markup shows, or those of its JSON-LD where they are more."""
    found = read_comments(
        page.root,
        base=page.base,
        language=page.language,
        captured=page.captured,
        forum=page.forum,
        show=pictures.show_of_reader if pictures else None,
    )
    told = find_comments(read_nodes(page.root) if nodes is None else nodes)
    # Beside comments that the page shows, those of nobody at no time are no reason to read JSON-LD instead.
    counted = sum(map(is_signed, told)) if found.comments else len(told)
    if counted > 1.25 * len(found.comments):
        return Found(_told_all(told, page), found.elements, tailed=found.tailed)
    return found


def _find_comments(
    page: HtmlPage, nodes: list[Node], pictures: Pictures, finder: Finder | None
) -> tuple[Found, Pictures, Part | None]:
    """The comments of a page; where it has none, those of whatever has the most of what was saved with it.

    With them what shows their images, and the file of the frame in which they stood.
    """
    of_page = comments_of(page, nodes, pictures)
    if of_page.comments:
        return of_page, pictures, None
    found: list[tuple[Found, Pictures, Part | None]] = [(of_page, pictures, None)]
    found += ((comments_of(one, pictures=pictures), pictures, None) for one in enclosed_pages(page))
    for frame in frames_beside(page, finder):
        of_frame = Pictures(frame.finder, frame.page.base)
        found.append((comments_of(frame.page, pictures=of_frame), of_frame, frame.part))
    return max(found, key=lambda one: len(one[0].comments))


def _told_all(nodes: list[Node], page: HtmlPage) -> tuple[FoundComment, ...]:
    told = [_told(node, number, page) for number, node in enumerate(nodes, 1)]
    parents = parents_of(nodes)
    return tuple(
        replace(one, comment=replace(one.comment, parent=told[parent].comment.id)) if parent >= 0 else one
        for one, parent in zip(told, parents, strict=True)
    )


def _told(node: Node, number: int, page: HtmlPage) -> FoundComment:
    """A comment of JSON-LD. Its text is plain, whatever markup it looks like."""
    when = text_of(node.get("dateCreated") or node.get("datePublished"))
    url = safe_url(text_of(node.get("url") or node.get("@id")), page.base)
    author = node.get("author")
    profile = text_of(author.get("url")) if isinstance(author, dict) else ""
    digits = re.search(r"(\d{2,20})/?$", url)
    comment = Comment(
        id=digits[1] if digits else f"n{number}",
        body=join_paragraphs(clean_text(text_of(node.get("text"))).split("\n")),
        author=clean_line(text_of(author)),
        author_url=safe_url(profile, page.base),
        date=read_moment(when, now=page.captured),
    )
    return FoundComment(comment, url, when)


def _in_its_paragraphs(body: str, told: str) -> str:
    """The body with the paragraphs of JSON-LD, where it is what is told there, in a single one."""
    lines = [line for line in clean_text(told).split("\n") if line.strip()]
    if len(lines) > 1 and "\n\n" not in body and letters_of(plain_text(body)) == letters_of(told):
        return join_paragraphs(lines)
    return body


def _take_out(found: Found, root: HtmlElement) -> None:
    for element in found.tailed:
        element.tail = None
    drop_trees(root, [element for element in found.elements if element.getparent() is not None])


def _notes(page: HtmlPage, comments: tuple[Comment, ...], lost: int, text: str) -> list[str]:
    notes = []
    if page.encoding not in ("utf-8", "utf-16"):
        notes.append(f"read as {page.encoding}")
    if page.cut:
        notes.append("elements are nested too deeply; the page was read up to there")
    if any(comment.kind == "block" for comment in comments):
        return [*notes, "nothing tells where one of its comments ends: they are kept together, as one of nobody's"]
    missing = how_many_missing(page, len(comments)) if comments else why_missing(page, text) if lost <= 1 else ""
    notes += [missing] if missing else []
    if lost > 1:
        notes.append(f"{lost} elements that look like comments were not read")
    return notes
