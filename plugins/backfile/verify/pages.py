"""A built page as the checks see it: anchors, links, the addresses of people on it, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.etree import LxmlError

from backfile.privacy import find_addresses
from backfile.verify.files import unread
from backfile.verify.finding import Finding
from backfile.verify.wellformed import faults

_LINKS = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
_CANDIDATE = re.compile(r"([^\s,]\S*)(?:(?<!,)\s[^,]*)?")
"""Of a `srcset`: an address, and for which screens it is."""
# What an article says: all of it but its comments, which stand beside it; in other themes, what says so itself.
_OWN = (
    '//article[contains(concat(" ", @class, " "), " story ")]'
    ' | //*[@itemprop="articleBody" or @itemprop="headline" or contains(concat(" ", @class, " "), " author-note ")]'
)
_TELLING = ".//@href | .//@src | .//@content | .//@title | .//@alt | .//@value"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the output: `file` is its path there.

    `addresses` are people's, `own` those among them that the article itself prints; `faults` is what is wrong with it.
    """

    file: str
    anchors: frozenset[str]
    links: tuple[str, ...]
    addresses: frozenset[str]
    own: frozenset[str]
    faults: tuple[str, ...]


def read_page(path: Path, file: str) -> Page | Finding:
    """The page, or what is wrong with it."""
    try:
        text = path.read_bytes().decode("utf-8")
        root = html.document_fromstring(text.removeprefix("\ufeff").encode("utf-8"), html.HTMLParser(encoding="utf-8"))
    except UnicodeDecodeError as error:
        return Finding(file, "pages", f"not UTF-8 at byte {error.start}")
    except OSError as error:
        return unread(file, error)
    except (LxmlError, ValueError) as error:
        return Finding(file, "pages", f"cannot be read as a page: {error}")
    return Page(
        file=file,
        anchors=frozenset([*root.xpath("//@id"), *root.xpath("//a/@name")]),
        links=tuple(link for element in root.iter(*_LINKS) for link in _links(element)),
        addresses=_addresses(root),
        own=frozenset(address for element in root.xpath(_OWN) for address in _addresses(element)),
        faults=tuple(faults(text)),
    )


def _links(element: html.HtmlElement) -> Iterator[str]:
    for attribute in _LINKS[element.tag]:
        value = element.get(attribute) or ""
        if attribute == "srcset":
            yield from (found[1].rstrip(",") for found in _CANDIDATE.finditer(value))
        elif value:
            yield value


def _addresses(element: html.HtmlElement) -> frozenset[str]:
    """The addresses in the text of an element, and where its links and other attributes say them."""
    text = element.text_content()
    said = "\n".join(element.xpath(_TELLING))
    return frozenset((*find_addresses(text), *find_addresses(said), *find_addresses(unquote(said))))


def inner_targets(page: Page) -> Iterator[tuple[str, str, str]]:
    """The page's links that stay in the archive: (link as written, file it leads to, anchor or empty)."""
    folder = page.file.rpartition("/")[0]
    for link in page.links:
        try:
            parts = urlsplit(link)
        except ValueError:
            yield link, "", ""
            continue
        if parts.scheme or parts.netloc:
            continue
        path = unquote(parts.path)
        target = _join(folder, path) if path else page.file
        yield link, target, unquote(parts.fragment)


def _join(folder: str, path: str) -> str:
    """The path from the output folder that a relative path means; empty when it leads out of it."""
    if path.startswith("/"):
        return ""
    steps = folder.split("/") if folder else []
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps) + ("/" if path.endswith("/") else "")
