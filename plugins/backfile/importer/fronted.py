"""Reads files with front matter, as static site generators keep articles and clippers save pages: Markdown, or HTML.

What stands in the front matter is read as an object of JSON is, comments in it as well. A file that names the page that
it was saved from may have that page's comments below the article; another is the article and no more.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from backfile.dates import normalise_edtf
from backfile.decoding import decode
from backfile.importer.assembling import comments_of
from backfile.importer.drafts import as_draft
from backfile.importer.frontmatter import FrontMatter, front_matter
from backfile.importer.html.links import safe_url
from backfile.importer.identity import article_slug
from backfile.importer.images.beside import Finder
from backfile.importer.jsonlines import record_of
from backfile.importer.labels import split_names
from backfile.importer.markdowntext import MARKDOWN, blocks_of, html_of
from backfile.importer.record import Problem, Record
from backfile.importer.shingles import fold
from backfile.importer.threads import as_thread
from backfile.markdown import plain_text
from backfile.model import Article, Source, Split
from backfile.split import split
from backfile.text import clean_line

_PAGES = (".html", ".htm")
_NAMES = {
    "lastmod": "modified", "last_modified_at": "modified", "updated": "modified", "update": "modified",
    "publishdate": "published", "pubdate": "published", "published_at": "published", "publish_date": "published",
    "author": "authors", "creator": "authors", "byline": "authors", "by": "authors",
    "category": "categories", "keywords": "tags", "tag": "tags",
    "summary": "standfirst", "subtitle": "standfirst", "deck": "standfirst", "lead": "standfirst",
    "lang": "language", "locale": "language",
}  # fmt: skip
"""What others call what the schema of JSON knows."""
_ADDRESSES = ("url", "source", "permalink", "canonical_url", "canonical", "canonicalurl", "original_url")
_IMAGES = ("image", "cover", "featured_image", "featuredimage", "thumbnail", "banner", "hero")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?.*)?$", re.IGNORECASE)
_TABLES = ("params", "taxonomies", "extra")
"""Objects of Hugo and Zola whose values are the article's."""
_OF_PROGRAMS = frozenset(
    "layout type draft published status sitemap toc math mathjax katex weight menu pinned noindex hidden".split()
)
"""What tells a program whether and how to show a page."""
_DRAFT = frozenset("draft private pending future trash auto-draft scheduled unpublished".split())
_DATED = re.compile(r"(?P<date>(?:19|20)\d\d-[01]\d-[0-3]\d)-(?P<slug>.+)")
_WIKI = re.compile(r"\[\[([^\[\]|]{1,200})(?:\|([^\[\]]{1,200}))?\]\]")
_TEMPLATE = re.compile(
    r"\{\{-?\s{0,9}content\s{0,9}-?\}\}|\{%-?\s{0,9}for\s{1,9}\w{1,99}\s{1,9}in\s{1,9}(?:site|paginator)\."
)
_WRITER = ("display_name", "name", "title", "login")
_LONGEST = 200


def is_fronted(name: str, head: bytes) -> bool:
    """True for the beginning of a file with front matter whose name says that it holds Markdown or HTML."""
    fenced = head.removeprefix(b"\xef\xbb\xbf").startswith((b"---", b"+++"))
    return fenced and PurePosixPath(name).suffix.lower() in (*MARKDOWN, *_PAGES)


def read_fronted(data: bytes, source: Source, finder: Finder | None = None) -> Record | Problem | None:
    """The file's article; None where its front matter is none, so that another has to read it."""
    text, notes = decode(data)
    matter = front_matter(text)
    if matter is None:
        return None
    place, path = f"{source.name}:1", PurePosixPath(source.name)
    given = dict(_flat(matter.values))
    marked_up = path.suffix.lower() in _PAGES
    if marked_up and _TEMPLATE.search(matter.text) and "{% raw" not in matter.text:
        return Problem(source.name, "a template of a site, which is no article", source)
    body = matter.text if marked_up else html_of(matter.text)
    if body is None:
        return None
    cover = _cover(given, body, finder)
    value = dict(_schema(given, shown=cover)) | {
        "html": f'<figure><img src="{html.escape(cover)}"></figure>' * bool(cover) + body
    }
    record = record_of(value, place, source, finder)
    article = _named(record.article, given, path)
    article = replace(article, body=_without_title(article))
    if not (article.title or article.body or article.comments):
        return Problem(source.name, "no text in the file", source)
    record = replace(record, article=article, notes=(*notes, *record.notes))
    if article.url and not article.comments:
        record = _told_apart(record)
    why = _why_draft(matter) or ("it lies in a folder of drafts" if "/_drafts/" in f"/{source.name}" else "")
    return as_draft(record, why) if why else record


def _flat(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """All values, of tables those whose names are free, by their names in lower case."""
    seen = {name.lower() for name in values}
    for name, value in values.items():
        if name.lower() in _TABLES and isinstance(value, dict):
            yield from ((str(n).lower(), part) for n, part in value.items() if str(n).lower() not in seen)
        else:
            yield name.lower(), value


def _schema(given: dict[str, Any], shown: str) -> Iterator[tuple[str, Any]]:
    """The values under the names of the schema of JSON; the first of a name counts, others keep their own.

    Left out are those that stand elsewhere: the image that is `shown`, the slug, addresses of e-mail.
    """
    taken: set[str] = set()
    for name, value in sorted(given.items(), key=lambda item: item[0] in _NAMES):  # own names first
        if name in _OF_PROGRAMS and (isinstance(value, str | dict) and not _is_date(name, value)):
            continue
        if name == "comments" and isinstance(value, str):
            continue  # whether there may be some
        if name == "slug" or "email" in name or (shown and value in (shown, shown.lstrip("/"))):
            continue
        known = f"x-{name}" if name in ("id", "commonmark") else _NAMES.get(name, name)
        if name in _ADDRESSES:
            known = "url" if isinstance(value, str) and safe_url(value) else "path"
        if known in taken:
            known = name
        taken.add(known)
        yield known, _value(known, value, given)


def _is_date(name: str, value: Any) -> bool:
    return name == "published" and isinstance(value, str) and value[:1].isdigit()


def _value(name: str, value: Any, given: dict[str, Any]) -> Any:
    """A value as the schema has it: names and tags as lists. Jekyll parts tags in a line at blanks."""
    if name in ("authors", "tags", "categories") and isinstance(value, list):
        return [
            _WIKI.sub(lambda found: found[2] or found[1], item) if isinstance(item, str) else item for item in value
        ]
    if name == "authors" and isinstance(value, dict):
        return list(filter(None, [next((clean_line(str(value[n])) for n in _WRITER if value.get(n)), "")]))
    if not isinstance(value, str):
        return value
    if name == "authors":
        return list(split_names(clean_line(_WIKI.sub(lambda found: found[2] or found[1], value))))
    if name in ("tags", "categories") and "layout" in given and not re.search(r"[,;]", value):
        return value.split()
    if name == "categories":
        return [part for part in map(clean_line, re.split(r"[;,]", value)) if part]
    return value


def _why_draft(matter: FrontMatter) -> str:
    """Why a file says that it was never public, or the empty string."""
    for name, value in matter.values.items():
        key, said = name.lower(), str(value).lower()
        if (key, said) in (("draft", "true"), ("published", "false")) or (key == "status" and said in _DRAFT):
            return f"its front matter says '{name}: {said}'"
    return ""


def _named(article: Article, given: dict[str, Any], path: PurePosixPath) -> Article:
    """With what the name of the file says of an article's date and address; of a post of Jekyll it is what counts."""
    dated = _DATED.fullmatch(path.stem)
    name = given.get("slug") or (dated["slug"] if dated else "")
    slug = article_slug(name[:_LONGEST]) if isinstance(name, str) and name else ""
    article = replace(article, slug=slug)
    if not dated or article.published or not (published := normalise_edtf(dated["date"])):
        return article
    sure = "layout" in given or "_posts" in path.parts
    return replace(article, published=published, guessed=(*article.guessed, *(() if sure else ("published",))))


def _without_title(article: Article) -> str:
    """The text without a heading at its top that is the title."""
    first, _, rest = article.body.partition("\n\n")
    is_title = first.startswith("# ") and article.title and fold(plain_text(first)) == fold(article.title)
    return rest if is_title else article.body


def _cover(given: dict[str, Any], body: str, finder: Finder | None) -> str:
    """The address of the image that stands above the text, if it is at hand or on the web, and the text has it not."""
    for name in _IMAGES:
        image = given.get(name)
        if isinstance(image, dict):  # Hugo's `cover` has the image and its words
            image = image.get("image")
        if not isinstance(image, str) or not _IMAGE.search(image) or PurePosixPath(image).name in body:
            continue
        places = (image, f"/{image.lstrip('/')}")  # seen from the file, and from the top of the site
        if at := next((place for place in places if safe_url(place) or (finder and finder.find(place, ""))), ""):
            return at
    return ""


def _told_apart(record: Record) -> Record:
    """The record of a saved page with the comments that follow its article, where the text tells them."""
    blocks = blocks_of(record.article.body)
    found = split([said for said, _ in blocks])
    article = replace(record.article, split=Split("text", round(found.confidence, 4)))
    if found.boundary is None:
        doubt = "whether comments follow the article is not sure" if found.doubtful else ""
        return replace(record, article=article, doubt=doubt)
    body = "\n\n".join(block for _, block in blocks[: found.boundary])
    comments, _ = as_thread(comments_of([said for said, _ in blocks[found.boundary :]]))
    doubt = "where the comments begin is not sure" if found.doubtful else ""
    images = tuple(image for image in record.images if image.path in body)
    return replace(record, article=replace(article, body=body, comments=comments), doubt=doubt, images=images)
