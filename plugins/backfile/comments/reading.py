"""From a content file's text to what its page needs: the split of texts pasted by hand included."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from slugify import slugify

from backfile.comments.slips import slips
from backfile.contentfile import comment_identity, read_content
from backfile.dates import parse_edtf
from backfile.model import Article, Comment, Split
from backfile.sourcetext import source_text_path
from backfile.takedown.canonical import file_identity
from backfile.takedown.entries import Entry
from backfile.takedown.images import images_of
from backfile.takedown.rules import Rules

# What is a slug already stays as it is: most names and nearly all ids are.
_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)
_LONGEST_SLUG = 80
_IMAGE = "image"
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an article's page stands, relative to the site."""

    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class Published:
    """An article as it is published, and where.

    `taken` stands for the takedowns that touched it, `removal` is the one that took it out as a whole. `withheld` are
    untouched texts of its sources that must not be published with it, since they hold what was taken out, and images
    that stood in what was taken out; `images` are the files that it shows, or did where it was taken out as a whole;
    `found_url` is where it stood, `passages` are those that were taken out, `thread` is what readers said to an article
    that is not there any more.
    """

    article: Article
    address: Address
    taken: tuple[str, ...] = ()
    removal: Entry | None = None
    withheld: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    found_url: str = ""
    passages: tuple[str, ...] = ()
    thread: tuple[Comment, ...] = ()


def published(found: Article, rules: Rules, address: Address | None = None) -> Published:
    """What is published of an article: the one door to pages, lists, search and downloads.

    Its address is that of the article as it was found; whoever has worked it out before may give it.
    """
    address = address or address_of(found)
    applied = rules.apply(found, address.url)
    hidden = applied.taken or any(comment.removed for comment in found.comments)
    withheld = tuple(source_text_path(source.sha256) for source in found.sources) if hidden else ()
    left, images = applied.article, images_of(found)
    if hidden and not applied.removal:
        shown = images_of(left)
        gone = tuple(
            path for path in dict.fromkeys((*images, *map(_listed, found.extra))) if path and path not in shown
        )
        # What a picture was called, and its digest, says what was taken out as well as the picture does.
        left = replace(left, extra=tuple(pair for pair in left.extra if _listed(pair) not in gone))
        withheld, images = withheld + gone, shown
    return Published(
        left,
        address,
        applied.taken,
        applied.removal,
        withheld,
        images,
        found.url,
        applied.passages,
        found.comments if applied.removal else (),
    )


def _listed(pair: tuple[str, str]) -> str:
    """Where an image is kept that an import found, still shown or not; nothing where that is no image."""
    key, value = pair
    parts = value.split(" ", 2) if key.lower() == _IMAGE else []
    return parts[1] if len(parts) > 1 else ""


def read_article(
    text: str, place: str, *, split_text: bool = True, tell: Callable[[str], object] | None = None
) -> Article:
    """The article of a content file as it was found, no takedown applied; a body nobody has split yet is split here.

    `place` is the file's path relative to the content folder; it makes the id of a file without one. `tell` is told
    what was probably not meant. Raises ContentError.
    """
    found = read_content(text, place)
    if tell:
        for slip in slips(found, place):
            tell(slip)
    article = found.article
    if not article.id:
        article = replace(article, id=slugify(str(PurePosixPath(place).with_suffix(""))) or "page")
    if found.has_marker or not split_text:
        return article
    return _split(article)


def address_of(article: Article) -> Address:
    """`2009/03/12/slug-id.html`, as far as the date is known, or `undated/slug-id.html`."""
    slug = _slug(article.slug or article.title) or "article"
    identity = file_identity(article.id)
    name = slug if slug.endswith(f"-{identity}") or slug == identity else f"{slug}-{identity}"
    published = parse_edtf(article.published)
    if published is None:
        return Address(name, f"undated/{name}.html")
    parts = [f"{published.year:04}"]
    parts += [f"{part:02}" for part in (published.month, published.day) if part is not None]
    return Address(name, "/".join([*parts, f"{name}.html"]))


def _slug(text: str) -> str:
    if len(text) <= _LONGEST_SLUG and _SLUG.fullmatch(text):
        return text.lower()
    return slugify(text, max_length=_LONGEST_SLUG)


def _split(article: Article) -> Article:
    """The article with its body told from its comments by the text itself; the Markdown is kept."""
    from backfile.split import separate, split  # a large module that few content files need

    blocks = [block.strip("\n") for block in _BLANK_LINES.split(article.body) if block.strip()]
    result = split(blocks)
    if result.boundary is None:
        return article
    comments = []
    for found in separate(blocks[result.boundary :]):
        body = "\n\n".join(found.paragraphs)
        comments.append(
            Comment(
                id=comment_identity(found.author, found.date, body),
                body=body,
                author=found.author,
                date=found.date,
                kind="comment" if found.known else "block",
            )
        )
    return replace(
        article,
        body="\n\n".join(blocks[: result.boundary]),
        comments=tuple(comments),
        split=Split("text", round(result.confidence, 4)),
    )
